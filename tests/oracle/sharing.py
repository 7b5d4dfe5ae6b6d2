"""The decision to release, by asking every rule of every arrangement: spec/sharing.md, word by word.

* Written from the document only; slow, and as plain as the document. Facts, candidates and answers are plain rows.
* A row leaves out what is not known. A term's ends are `[first, last]`, one day, `never`, or left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tests.oracle.sharing_acs import permits

__all__ = ["close", "decide"]

Row = Mapping[str, Any]
EFFECTS = ("permit", "redact", "refer", "withhold")
LEVELS = ("clear", "green", "amber", "amber+strict", "red")
CLASSES = ("U", "R", "C", "S", "TS")
REACHES = ("all-communities", "connected-communities", "this-community", "your-organisation")
KEPT = {"id", "type", "spec_version", "created", "modified", "object_marking_refs", "granular_markings"}
NEVER = "9999-12-31"


class Reason(NamedTuple):
    """What one rule says."""

    rule: str
    effect: str
    excused: str | None = None
    unless: tuple[str, ...] = ()
    about: Any = None

    @property
    def counts(self) -> bool:
        return self.effect != "permit" and self.excused is None


def decide(facts: Row, candidate: Row) -> dict[str, Any]:
    """Answer by section 6."""
    partner = facts.get("partner")
    bases = [
        one
        for one in facts.get("arrangements", ())
        if partner and one["partner"] == partner["id"] and holds(one, facts["as_of"]) != "false"
    ]
    judged = [Asked(facts, candidate, base).judged() for base in bases or [None]]
    best = min(
        judged,
        key=lambda one: (
            EFFECTS.index(one["effect"]),
            len({reason.rule for reason in one["reasons"] if reason.counts}),
            one["arrangement"] or "",
        ),
    )
    ways = set()
    for one in judged if best["effect"] != "permit" else ():
        at_least = [
            reason
            for reason in one["reasons"]
            if reason.counts and EFFECTS.index(reason.effect) >= EFFECTS.index(best["effect"])
        ]
        if all(reason.unless for reason in at_least):
            ways.add(tuple(sorted({fact for reason in at_least for fact in reason.unless})))
    return {**best, "unless": sorted(ways, key=lambda way: (len(way), way))}


def holds(row: Row, day: str) -> str:
    """Tell whether a term holds on a day: true, false or unknown."""
    begins, ends = bounds(row.get("begins")), bounds(row.get("ends"))
    if (begins and begins[0] > day) or (ends and ends[1] < day):
        return "false"
    return "true" if begins and ends and begins[1] <= day <= ends[0] else "unknown"


def bounds(cell: Any) -> tuple[str, str] | None:
    if cell is None:
        return None
    first, last = (NEVER, NEVER) if cell == "never" else (cell, cell) if isinstance(cell, str) else cell
    return first, last


def strictest(reasons: Sequence[Reason]) -> str:
    return max((reason.effect for reason in reasons if reason.counts), key=EFFECTS.index, default="permit")


class Asked:
    """One candidate, asked about under one arrangement."""

    def __init__(self, facts: Row, candidate: Row, arrangement: Row | None) -> None:
        self.facts, self.candidate, self.arrangement = facts, candidate, arrangement
        self.partner: Any = facts.get("partner")
        origin = candidate.get("originators", {})
        own = set((self.partner or {}).get("identities", ()))
        self.settled = bool(origin.get("complete") and origin.get("ids"))
        self.everyone = sorted(set(origin.get("ids", ())) - own)
        self.thirds = [name for name in self.everyone if name not in facts.get("ours", ())]

    def judged(self) -> dict[str, Any]:
        whole = set(self.of_handling(self.candidate["whole"]))
        reasons, kept, missing = set(self.standing()) | whole, [self.candidate["whole"]], []
        for selector, handling in self.candidate.get("parts", ()):
            more = set(self.of_handling(handling)) - whole
            stops = {reason for reason in more if reason.counts}
            if stops and self.may_miss(selector):
                liftable = all(reason.unless for reason in stops)
                unless = {fact for reason in stops for fact in reason.unless} if liftable else set()
                reasons.add(Reason("parts", "redact", None, tuple(sorted(unless)), selector))
                missing.append(selector)
            else:
                kept.append(handling)
                reasons |= {reason._replace(about=(selector, reason.about)) for reason in more}
        return {
            "effect": strictest(list(reasons)),
            "reasons": reasons,
            "obligations": sorted(self.obligations(kept, missing)),
            "redacted": sorted(set(missing)),
            "arrangement": self.arrangement["id"] if self.arrangement else None,
            "scenario": sorted({p["provision"] for p in self.facts.get("laws", ()) if p.get("force") == "scenario"}),
            "may redact": bool(self.arrangement and self.arrangement.get("redaction")),
        }

    def may_miss(self, selector: str) -> bool:
        first = selector.partition(".")[0]
        return (
            bool(self.arrangement and self.arrangement.get("redaction"))
            and first not in KEPT
            and first not in self.candidate.get("required", ())
        )

    def obligations(self, kept: list[Row], missing: list[str]) -> set[tuple[str, str]]:
        found = {("terms", term) for handling in kept for term in handling.get("terms", ())}
        levels = [handling["tlp"] for handling in kept if handling.get("tlp")]
        if levels:
            found.add(("tlp", max(levels, key=LEVELS.index)))
        found |= {("onward", term) for term in (self.arrangement or {}).get("onward", ())}
        found |= {(f"law {p['provision']}", "") for p in self.facts.get("laws", ()) if p["outcome"] == "consider"}
        return found | ({("parts", "")} if missing else set())

    # Proof: section 1.

    def consent(self, originator: str, level: str | None) -> str | None:
        found = [
            row["id"]
            for row in self.facts.get("consents", ())
            if row["originator"] == originator
            and self.reaches(row)
            and (level is None or LEVELS.index(row["tlp"]) >= LEVELS.index(level))
            and (row.get("by") or "").strip()
            and (row.get("source") or "").strip()
        ]
        return min(found, default=None)

    def waiver(self, rule: str) -> str | None:
        found = [
            row["id"]
            for row in self.facts.get("waivers", ())
            if row["rule"] == rule
            and self.reaches(row)
            and row.get("ends") != "never"
            and (row.get("issuer") or "").strip()
            and (row.get("clause") or "").strip()
            and len({name.strip().lower() for name in row.get("persons", ()) if name.strip()}) > 1
        ]
        return min(found, default=None)

    def reaches(self, row: Row) -> bool:
        return (
            bool(self.partner)
            and row["partner"] == self.partner["id"]
            and (row.get("objects") is None or self.candidate["id"] in row["objects"])
            and holds(row, self.facts["as_of"]) == "true"
        )

    def waivable(self, rule: str, effect: str, about: Any, lifted: str | None = None) -> Reason:
        waiver = self.waiver(rule)
        if waiver:
            return Reason(rule, effect, f"waiver {waiver}", (), about)
        return Reason(rule, effect, None, (lifted or f"waiver of {rule}",), about)

    def consenting(self, rule: str, name: str, level: str | None, about: Any) -> Reason:
        consent = self.consent(name, level)
        if consent:
            return Reason(rule, "withhold", f"consent {consent}", (), about)
        return Reason(rule, "withhold", None, (f"consent of {name}",), about)

    # Section 2.

    def standing(self) -> Iterator[Reason]:
        partner, found = self.partner, self.arrangement
        if partner is None:
            yield Reason("partner", "withhold", None, ("fact partner",))
        elif partner.get("country") is None:
            yield Reason("partner", "refer", None, ("fact partner.country",))
        if partner is not None and found is None:
            yield Reason("arrangement", "withhold", None, ("fact arrangement",))
        if found is not None:
            if holds(found, self.facts["as_of"]) == "unknown":
                yield Reason("arrangement", "refer", None, ("fact arrangement.term",))
            else:
                yield Reason("arrangement", "permit")
            yield from self.purpose(found)
        for law in self.facts.get("laws", ()):
            rule = f"law {law['provision']}"
            if law["outcome"] == "barred":
                yield self.waivable(rule, "withhold", None)
            if law["outcome"] == "unknown":
                yield self.waivable(rule, "refer", None, f"fact {law['provision']}")

    def purpose(self, found: Row) -> Iterator[Reason]:
        agreed, asked = found.get("purposes"), self.facts.get("purpose")
        missing = (("fact arrangement.purposes",) * (agreed is None)) + (("fact purpose",) * (asked is None))
        if missing:
            yield Reason("purpose", "refer", None, missing)
        elif agreed is not None and asked not in agreed:
            yield self.waivable("purpose", "withhold", None)

    # Section 3.

    def of_handling(self, handling: Row) -> Iterator[Reason]:
        said = ("tlp", "classification", "reach", "rel_to", "organisations")
        if all(handling.get(key) is None for key in said) and not handling.get("acs"):
            yield Reason("marks", "withhold")
        for ground in handling.get("withheld", ()):
            yield Reason("withheld", "withhold", about=tuple(ground))
        for ground in handling.get("referred", ()):
            yield self.referred(handling, tuple(ground))
        if self.partner is not None:
            yield from self.tlp(handling)
            yield from self.countries(handling)
            yield from self.acs(handling)
            yield from self.misp(handling)
        if self.arrangement is not None:
            yield from self.caps(handling, self.arrangement)
            yield from self.third_party(handling, self.arrangement)

    def referred(self, handling: Row, ground: tuple[str, ...]) -> Reason:
        if self.partner is None or (ground[0], ground[2]) != ("ism-control", "OC"):
            return Reason("referred", "refer", about=ground)
        consents = {name: self.consent(name, handling.get("tlp")) for name in self.everyone}
        missing = [f"consent of {name}" for name, consent in consents.items() if consent is None]
        missing += [] if self.settled else ["fact originators"]
        if missing:
            return Reason("referred", "refer", None, tuple(sorted(missing)), ground)
        named = ", ".join(f"consent {consent}" for consent in consents.values())
        return Reason("referred", "refer", named or "the partner is the originator", (), ground)

    def tlp(self, handling: Row) -> Iterator[Reason]:
        level = handling.get("tlp")
        unsettled = not self.settled
        if level == "red":
            for name in self.everyone:
                yield self.consenting("tlp-red", name, level, (name, level))
            if unsettled:
                yield Reason("tlp-red", "withhold", None, ("fact originators",), level)
        if level in {"amber", "amber+strict"}:
            for name in self.thirds:
                yield self.consenting("tlp-onward", name, level, (name, level))
            if unsettled:
                yield Reason("tlp-onward", "refer", None, ("fact originators",), level)

    def caps(self, handling: Row, found: Row) -> Iterator[Reason]:
        rules = (("tlp-cap", "tlp", LEVELS), ("classification", "classification", CLASSES))
        for rule, key, levels in rules:
            level, cap = handling.get(key), found.get(key)
            if level is None or level == levels[0]:
                continue
            if cap is None:
                yield Reason(rule, "refer", None, (f"fact arrangement.{key}",), level)
            elif levels.index(level) > levels.index(cap):
                yield self.waivable(rule, "withhold", level)

    def third_party(self, handling: Row, found: Row) -> Iterator[Reason]:
        said = found.get("third_party")
        if said == "as marked":
            return
        if said is None:
            if self.thirds or not self.settled:
                yield Reason("third-party", "refer", None, ("fact arrangement.third_party",))
            return
        for name in self.thirds:
            if said == "never":
                yield self.waivable("third-party", "withhold", name)
            else:
                yield self.consenting("third-party", name, handling.get("tlp"), name)
        if not self.settled:
            yield Reason("third-party", "refer", None, ("fact originators",))

    def countries(self, handling: Row) -> Iterator[Reason]:
        listed, country = handling.get("rel_to"), self.partner["country"] if self.partner.get("country") else None
        if listed is not None and not listed:
            yield Reason("countries", "withhold", about="none left")
        elif country is not None and country in handling.get("display_to", ()):
            yield Reason("countries", "withhold", about="only shown")
        elif country is not None and listed is not None and country not in listed:
            owner_only = len(listed) == 1 and set(listed) <= set(handling.get("owners", ()))
            yield Reason("countries", "withhold", about="the owner only" if owner_only else "not listed")

    def acs(self, handling: Row) -> Iterator[Reason]:
        for assertion in handling.get("acs", ()):
            permitted, line = permits(assertion, self.partner)
            if not permitted:
                yield Reason("acs", "withhold", about=(assertion["marking"], line))
            elif not assertion.get("public"):
                if self.partner.get("country") in handling.get("owners", ()):
                    yield Reason("acs", "refer", about=(assertion["marking"], "home"))
                if self.partner.get("acs") is None and not all(rule["permit"] for rule in assertion.get("sharing", ())):
                    unless = ("fact partner.acs_organisations",)
                    yield Reason("acs", "refer", None, unless, (assertion["marking"], "codes"))

    def misp(self, handling: Row) -> Iterator[Reason]:
        groups, own = handling.get("organisations"), self.partner.get("misp")
        if groups is not None:
            if own is None and groups:
                yield Reason("misp-organisations", "refer", None, ("fact partner.misp_organisations",))
            elif not set(groups) & set(own or ()):
                yield Reason("misp-organisations", "withhold")
        reach, needed = handling.get("reach"), self.partner.get("reach")
        if reach is None or reach == REACHES[0]:
            return
        if reach == REACHES[-1] or (needed and REACHES.index(reach) > REACHES.index(needed)):
            yield Reason("misp-reach", "withhold", about=reach)
        elif needed is None:
            yield Reason("misp-reach", "refer", None, ("fact partner.reach",), reach)


def close(objects: Mapping[str, Row], references: Mapping[str, Sequence[Row]]) -> dict[str, tuple[str, list[str]]]:
    """Return by id the effect and what goes missing, closed by section 7; objects are decisions."""
    marking = {row["target"] for rows in references.values() for row in rows if row.get("marking")}
    base: dict[str, list[Reason]] = {
        name: [r for r in one["reasons"] if name not in marking or r.rule not in {"marks", "third-party"}]
        for name, one in objects.items()
    }
    idle: set[str] = set()
    while True:
        now = {name: "withhold" if name in idle else strictest(reasons) for name, reasons in base.items()}
        missing = {name: list(one["redacted"]) for name, one in objects.items()}
        settle(now, missing, objects, marks_at_work(references, idle))
        lone = {name for name in marking & set(now) if now[name] in EFFECTS[:2]} - accompanying(
            now, objects, references, marking
        )
        if not lone:
            return {name: (effect, sorted(set(missing[name]))) for name, effect in now.items()}
        idle |= lone


def marks_at_work(references: Mapping[str, Sequence[Row]], idle: set[str]) -> Mapping[str, Sequence[Row]]:
    """Leave out the marks of definitions that are idle: what they mark stays for reasons of its own."""
    return {
        name: [row for row in rows if not (row.get("marking") and row["target"] in idle)]
        for name, rows in references.items()
    }


def settle(
    now: dict[str, str],
    missing: dict[str, list[str]],
    objects: Mapping[str, Row],
    references: Mapping[str, Sequence[Row]],
) -> None:
    """Apply references to every object until nothing changes."""
    start = dict(now)
    changed = True
    while changed:
        changed = False
        for name, before in list(now.items()):
            rows = [row for row in references.get(name, ()) if not inside(row["at"], objects[name]["redacted"])]
            gone = [row for row in rows if is_gone(row, now)]
            if not gone:
                continue
            kept = [row for row in rows if not is_gone(row, now)]
            if objects[name]["may redact"] and all(can_miss(row, kept) for row in gone):
                effect, more = "redact", [row["at"] for row in gone]
            else:
                targets = [now.get(row["target"], "refer") for row in gone]
                effect, more = max(targets, key=EFFECTS.index), []
            effect = max(effect, start[name], key=EFFECTS.index)
            changed = changed or effect != before
            now[name], missing[name] = effect, [*objects[name]["redacted"], *more]


def is_gone(row: Row, now: Mapping[str, str]) -> bool:
    if row["target"] not in now:
        return not row.get("marking")
    return now[row["target"]] in EFFECTS[2:]


def can_miss(row: Row, kept: Sequence[Row]) -> bool:
    if row.get("marking"):
        return False
    name, _, place = row["at"].partition(".[")
    return not row.get("required") or bool(place and any(each["at"].startswith(f"{name}.[") for each in kept))


def inside(at: str, parts: Sequence[str]) -> bool:
    return any(at == part or at.startswith(f"{part}.") for part in parts)


def accompanying(
    now: Mapping[str, str], objects: Mapping[str, Row], references: Mapping[str, Sequence[Row]], marking: set[str]
) -> set[str]:
    """Return the marking definitions to which marks lead from what goes out."""
    reached: set[str] = set()
    for _ in range(len(now) + 1):
        for name, effect in now.items():
            if effect in EFFECTS[:2] and (name not in marking or name in reached):
                rows = [row for row in references.get(name, ()) if row.get("marking")]
                reached |= {row["target"] for row in rows if not inside(row["at"], objects[name]["redacted"])}
    return reached
