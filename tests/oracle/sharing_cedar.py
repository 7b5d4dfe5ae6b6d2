"""Turns facts and a candidate, as plain rows, into a request to Cedar, and its answer into an effect and what stands in the way.

* The rules are policies, `cedar/sharing.cedar`, written from spec/sharing.md only; Cedar judges terms, levels, consents, waivers, countries, ACS
  and MISP itself. Here nothing is concluded: words are put where policies look for them, days and levels become numbers, texts lose outer spaces.
* Cedar cannot ask for "some consent such that", so the domain is bounded: at most two originators with one consent each, one waiver a rule, one
  arrangement, one law of each outcome, one ACS assertion with one privilege, one sharing rule that denies and one that permits. Anything else is
  `OutsideDomain`. Parts are outside too: the whole object is judged, so nothing is ever redacted.
* A waiver or consent of which the rule or originator is another's is put where there is none, so that Cedar looks at the name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.oracle.sharing import CLASSES, EFFECTS, LEVELS, NEVER, REACHES

__all__ = ["POLICIES", "SCHEMA", "Answer", "Cedar", "OutsideDomain", "fits"]

Row = Mapping[str, Any]
FOLDER = Path(__file__).parent / "cedar"
POLICIES = (FOLDER / "sharing.cedar").read_text("utf-8")
SCHEMA = (FOLDER / "sharing.cedarschema").read_text("utf-8")
TWO = 2
WAIVABLE = {
    "purpose": "waiver_purpose",
    "tlp-cap": "waiver_tlp_cap",
    "third-party": "waiver_third_party",
    "classification": "waiver_classification",
}
ACS_SAYS = ("nationalities", "organisations", "entities", "shareability")


class OutsideDomain(ValueError):  # noqa: N818 - it says what the input is, and is no error of the input
    """Cedar cannot be asked about this input."""


@dataclass(frozen=True)
class Answer:
    """What Cedar says of one input."""

    effect: str
    reasons: frozenset[tuple[str, str]]
    """Rules that stand in the way, each with its effect."""
    policies: tuple[str, ...]
    """The policies by which."""


class Cedar:
    """Cedar with the policies read."""

    def __init__(self, policies: str = POLICIES) -> None:
        import cedarpy  # noqa: PLC0415 - it need not be installed

        self._cedar = cedarpy
        self._policies = cedarpy.PolicySet.from_str(policies)
        told = json.loads(cedarpy.policies_to_json_str(policies))["staticPolicies"]
        self.rules: dict[str, tuple[str, str]] = {
            name: (each["annotations"]["rule"], each["annotations"]["effect"])
            for name, each in told.items()
            if each["effect"] == "forbid"
        }
        """The rule and effect of each policy that forbids."""

    def faults(self) -> list[str]:
        """Return what the schema says against the policies as shipped: what is not known may be asked for nowhere."""
        return [str(fault) for fault in self._cedar.validate_policies(POLICIES, SCHEMA).errors]

    def answers(self, inputs: Sequence[tuple[Row, Sequence[Row]]], *, checked: bool = False) -> list[list[Answer]]:
        """Ask about candidates, each under the facts with which they come.

        Args:
            inputs: Facts, with the candidates to be judged by them.
            checked: Hold entities against the schema, which is slow.

        Raises:
            OutsideDomain: One of them is more than Cedar can be asked about.
            ValueError: Cedar could not judge.
        """
        entities, requests = list[Row](), list[dict[str, Any]]()
        for place, (facts, candidates) in enumerate(inputs):
            asking, *said = asker(str(place), facts)
            entities += (asking, *said)
            for number, candidate in enumerate(candidates):
                thing = an_object(f"{place}.{number}", candidate, consents(str(place), facts, candidate))
                entities.append(thing)
                requests.append({"principal": asking["uid"], "action": 'Action::"release"', "resource": thing["uid"]})
        known = self._cedar.Entities.from_json_str(json.dumps(entities), SCHEMA if checked else None)
        found = iter(self._cedar.is_authorized_batch(requests, self._policies, known))
        return [[self._answer(facts, next(found)) for _ in candidates] for facts, candidates in inputs]

    def _answer(self, facts: Row, result: Any) -> Answer:
        if result.diagnostics.errors or result.decision.name == "NoDecision":
            raise ValueError(f"Cedar could not judge: {result.diagnostics.errors}")
        if result.allowed:
            return Answer("permit", frozenset(), ())
        policies = tuple(result.diagnostics.reasons)
        reasons = frozenset(named(facts, *self.rules[policy]) for policy in policies)
        return Answer(max((effect for _, effect in reasons), key=EFFECTS.index), reasons, policies)


def fits(facts: Row, candidate: Row) -> bool:
    """Tell whether Cedar can be asked about an input."""
    try:
        asker("", facts)
        an_object("", candidate, consents("", facts, candidate))
    except OutsideDomain:
        return False
    return True


def named(facts: Row, rule: str, effect: str) -> tuple[str, str]:
    """Name the provision of a law by its outcome; other rules are named as they are."""
    kind, _, outcome = rule.partition(" ")
    if kind != "law":
        return rule, effect
    return next(f"law {law['provision']}" for law in facts["laws"] if law["outcome"] == outcome), effect


def asker(name: str, facts: Row) -> list[dict[str, Any]]:
    """Return who asks, with what is known when it asks, and the consents."""
    partner = facts.get("partner")
    cells = (of_partner(partner) if partner else {}) | of_facts(facts)
    kind = "Partner" if partner else "Nobody"
    given = [entity("Consent", f"{name} {row['id']}", of_consent(row)) for row in facts.get("consents", ())]
    return [entity(kind, name, cells), *given]


def an_object(name: str, candidate: Row, said: Iterable[tuple[str, Row]]) -> dict[str, Any]:
    """Return what is asked for, with what its originators say."""
    return entity("Object", name, of_object(candidate) | dict(said))


def entity(kind: str, name: str, cells: Row) -> dict[str, Any]:
    return {"uid": {"type": kind, "id": name}, "attrs": cells, "parents": []}


def known(**cells: Any) -> dict[str, Any]:
    """Leave out what is not known."""
    return {key: value for key, value in cells.items() if value is not None}


def of_partner(row: Row) -> dict[str, Any]:
    return known(
        name=row["id"],
        identities=row.get("identities") or [],
        country=row.get("country"),
        nationalities=row.get("nationalities"),
        acs_organisations=row.get("acs"),
        misp_organisations=row.get("misp"),
        entities=row.get("entities"),
        shareability=row.get("shareability"),
        reach=rank(REACHES, row.get("reach")),
    )


def of_object(row: Row) -> dict[str, Any]:
    if row.get("parts"):
        raise OutsideDomain("parts")
    whole, origin = row["whole"], row.get("originators", {})
    return known(
        name=row["id"],
        originators_complete=bool(origin.get("complete")),
        **{f"originator{place}": each for place, each in originators(row)},
        tlp=rank(LEVELS, whole.get("tlp")),
        classification=rank(CLASSES, whole.get("classification")),
        reach=rank(REACHES, whole.get("reach")),
        rel_to=whole.get("rel_to"),
        display_to=whole.get("display_to") or [],
        owners=whole.get("owners") or [],
        organisations=whole.get("organisations"),
        acs=of_acs(only("ACS assertions", whole.get("acs"))),
        referred=[f"{code} {about}" for code, _, about in whole.get("referred", ())],
        withheld=[f"{code} {about}" for code, _, about in whole.get("withheld", ())],
    )


def originators(candidate: Row) -> list[tuple[int, str]]:
    ids = candidate.get("originators", {}).get("ids", ())
    if len(ids) > TWO:
        raise OutsideDomain("originators")
    return list(enumerate(ids, 1))


def of_acs(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    rules, privilege = row.get("sharing", ()), only("privileges", row.get("privileges"))
    denied = only("sharing rules that deny", [rule["scope"] for rule in rules if not rule["permit"]])
    permitted = only("sharing rules that permit", [rule["scope"] for rule in rules if rule["permit"]])
    return known(
        no_foreign=bool(row.get("no_foreign")),
        public=bool(row.get("public")),
        shared_by_default=bool(row.get("shared_by_default")),
        privilege=privilege and known(**{"entities" if key == "entity" else key: privilege[key] for key in privilege}),
        sharing_denied=denied,
        sharing_permitted=permitted,
        **{key: row.get(key) for key in ACS_SAYS},
    )


def of_facts(facts: Row) -> dict[str, Any]:
    arrangement = only("arrangements", facts.get("arrangements"))
    laws = {law["outcome"]: law for law in facts.get("laws", ())}
    if len(laws) < len(facts.get("laws", ())):
        raise OutsideDomain("laws of one outcome")
    return known(
        day=a_day(facts["as_of"]),
        purpose=facts.get("purpose"),
        ours=facts.get("ours") or [],
        arrangement=arrangement and of_arrangement(arrangement),
        **{f"law_{outcome}": of_law(law) for outcome, law in laws.items()},
        **dict(waivers(facts.get("waivers", ()), laws)),
    )


def of_law(row: Row) -> dict[str, Any]:
    return {"rule": f"law {row['provision']}", "force": row.get("force", "binding")}


def of_arrangement(row: Row) -> dict[str, Any]:
    return known(
        partner=row["partner"],
        **term(row),
        tlp=rank(LEVELS, row.get("tlp")),
        classification=rank(CLASSES, row.get("classification")),
        purposes=row.get("purposes"),
        third_party=row.get("third_party"),
    )


def waivers(rows: Iterable[Row], laws: Mapping[str, Row]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each waiver at its rule's place, and each of another rule where there is none."""
    of_laws = {f"law {laws[each]['provision']}": f"waiver_law_{each}" for each in ("barred", "unknown") if each in laws}
    yield from placed("waivers of one rule", rows, "rule", WAIVABLE | of_laws, of_waiver)


def of_waiver(row: Row) -> dict[str, Any]:
    persons = [name.strip().casefold() or None for name in row.get("persons", ())]
    if len(persons) > TWO:
        raise OutsideDomain("persons of a waiver")
    return known(
        rule=row["rule"],
        partner=row["partner"],
        issuer=text(row.get("issuer")),
        clause=text(row.get("clause")),
        **{f"person{place}": name for place, name in enumerate(persons, 1)},
        objects=row.get("objects"),
        **term(row),
    )


def consents(name: str, facts: Row, candidate: Row) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each consent at its originator's place, and each of another originator where there is none."""
    places = {owner: f"consent{place}" for place, owner in originators(candidate)}
    yield from placed(
        "consents of one originator",
        facts.get("consents", ()),
        "originator",
        places,
        lambda row: {"__entity": {"type": "Consent", "id": f"{name} {row['id']}"}},
    )


def of_consent(row: Row) -> dict[str, Any]:
    return known(
        originator=row["originator"],
        partner=row["partner"],
        tlp=rank(LEVELS, row["tlp"]),
        by=text(row.get("by")),
        source=text(row.get("source")),
        objects=row.get("objects"),
        **term(row),
    )


def placed(
    what: str, rows: Iterable[Row], key: str, places: Mapping[str, str], encode: Any
) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = list(rows)
    own = [row for row in rows if row[key] in places]
    free = sorted(set(places.values()) - {places[row[key]] for row in own})
    if len({row[key] for row in own}) < len(own):
        raise OutsideDomain(what)
    yield from ((places[row[key]], encode(row)) for row in own)
    yield from zip(free, (encode(row) for row in rows if row[key] not in places), strict=False)


def only(what: str, rows: Sequence[Any] | None) -> Any:
    if rows and len(rows) > 1:
        raise OutsideDomain(what)
    return rows[0] if rows else None


def rank(levels: Sequence[str], level: str | None) -> int | None:
    return None if level is None else levels.index(level)


def text(cell: str | None) -> str | None:
    return (cell or "").strip() or None


def term(row: Row) -> dict[str, Any]:
    return {key: between(row.get(key)) for key in ("begins", "ends")}


def between(cell: Any) -> dict[str, int] | None:
    if cell is None:
        return None
    first, last = (NEVER, NEVER) if cell == "never" else (cell, cell) if isinstance(cell, str) else cell
    return {"first": a_day(first), "last": a_day(last)}


def a_day(written: str) -> int:
    return int(written.replace("-", ""))
