"""Check packs for what a schema cannot see: names that lead nowhere, tests that cannot fit, dates out of order, missing cases.

* Every finding of the linter is a `Fault` with a stable code; none is hidden behind the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from telvet.assessment.facts import COLUMNS
from telvet.catalog.places import Places
from telvet.catalog.vendors import Register
from telvet.errors import Fault
from telvet.lawcheck.lint_tests import test_faults
from telvet.model.condition import All, Condition, Not, Test, Uses, tests_of
from telvet.model.law import Citation, EffectKind, Pack, Provision, Subject
from telvet.packs.documents import PackDocuments

__all__ = ["Linter"]

_NEEDED = ("hit", "miss", "unknown")


@dataclass(frozen=True, slots=True)
class Linter:
    """Checks packs against the register and the places that ship beside them."""

    register: Register
    places: Places

    def faults(self, pack: Pack, documents: PackDocuments) -> list[Fault]:
        """Return every fault of a pack."""
        found = [
            *_files(pack, documents),
            *_citations(pack),
            *self._designations(pack),
            *(fault for provision in pack.provisions for fault in self._provision(pack, provision)),
            *_cases(pack, documents.cases),
        ]
        return [Fault(f"packs/{pack.id}", None, place, code, what, fix) for place, code, what, fix in found]

    @property
    def _vendors(self) -> frozenset[str]:
        return frozenset((*self.register.organisations, *self.register.groups))

    def _designations(self, pack: Pack) -> Iterator[_Found]:
        used = {
            name
            for p in pack.provisions
            for test in _all_tests(p)
            if test.operator == "designated" and isinstance(test.operand, tuple)
            for name in test.operand
        }
        for designation in pack.designations.values():
            place = f"designations.yaml {designation.id.partition('#')[2]}"
            for vendor in filter(None, (designation.vendor, *designation.annex)):
                if vendor not in self.register.organisations and vendor not in self.register.groups:
                    yield (
                        place,
                        "lint-vendor",
                        f"the register has no {vendor!r}",
                        "add it to catalog/vendors or mend the id",
                    )
            for country in designation.home:
                if country not in self.places.names:
                    yield place, "lint-country", f"{country!r} is no country", "use ISO 3166-1 alpha-3"
            if designation.id not in used:
                yield place, "lint-unused", "no provision asks for this designation", "use it or take it out"
            if designation.to and designation.to < designation.from_:
                yield place, "lint-dates", "it ends before it begins", "mend from or to"

    def _provision(self, pack: Pack, provision: Provision) -> Iterator[_Found]:
        place = f"provisions/{provision.id.removeprefix(pack.id + '.')}.yaml"
        for code, what, fix in (*_strata(provision), *_dates(provision), *_shape(provision)):
            yield place, code, what, fix
        for test in _all_tests(provision):
            for code, what, fix in test_faults(test, COLUMNS, self.places, self._vendors):
                yield place, code, what, fix


_Found = tuple[str, str, str, str]
_Short = tuple[str, str, str]


def _all_tests(provision: Provision) -> Iterator[Test]:
    conditions: list[Condition] = [provision.binds, provision.when, *(excuse.when for excuse in provision.excuses)]
    if provision.share:
        conditions.append(provision.share.of)
    if provision.weigh:
        conditions.append(provision.weigh)
    for condition in conditions:
        yield from tests_of(condition)


def _files(pack: Pack, documents: PackDocuments) -> Iterator[_Found]:
    jurisdiction, _, name = pack.id.partition(".")
    if documents.folder.name != name or documents.folder.parent.name != jurisdiction:
        yield (
            "pack.yaml",
            "lint-folder",
            f"the pack {pack.id} lies in {documents.folder.parent.name}/{documents.folder.name}",
            "a pack's folder is its id",
        )
    for stem, document in documents.provisions.items():
        if document["id"] != stem:
            yield (
                f"provisions/{stem}.yaml",
                "lint-folder",
                f"it holds the provision {document['id']!r}",
                "a file's name is its provision's id",
            )
    if not (documents.folder / "CHANGELOG.md").is_file():
        yield "CHANGELOG.md", "lint-changelog", "there is none", "write which provisions changed for which period"


def _citations(pack: Pack) -> Iterator[_Found]:
    cited: list[tuple[str, Citation]] = [
        ("designations.yaml", cite) for one in pack.designations.values() for cite in one.cites
    ]
    for provision in pack.provisions:
        inside = [*provision.cites, *(c for one in provision.excuses for c in one.cites)]
        inside += [c for one in provision.extensions for c in one.cites]
        cited.extend((provision.id, cite) for cite in inside)
    for place, cite in cited:
        if cite.instrument not in pack.instruments:
            yield (
                place,
                "lint-cite",
                f"instruments.yaml has no {cite.instrument!r}",
                "declare the instrument or mend the id",
            )
    for unused in pack.instruments.keys() - {cite.instrument for _, cite in cited}:
        yield "instruments.yaml", "lint-unused", f"nothing cites {unused!r}", "cite it or take it out"


def _strata(provision: Provision) -> Iterator[_Short]:
    """A provision reads its own stratum and those below.

    document < equipment < network < operator < country < partner < arrangement.
    """
    above = {
        Subject.EQUIPMENT: ("operator.", "partner.", "arrangement."),
        Subject.NETWORK: ("operator.", "partner.", "arrangement."),
        Subject.OPERATOR: ("partner.", "arrangement."),
        Subject.PARTNER: ("arrangement.",),
        Subject.ARRANGEMENT: (),
    }[provision.subject]
    about = (provision.when, *((provision.share.of,) if provision.share else ()))
    for test in (test for condition in about for test in tests_of(condition)):
        if test.fact.startswith(above):
            yield (
                "lint-stratum",
                f"a provision about {provision.subject} reads {test.fact}, which stands above it",
                "say who is bound under `binds`",
            )
    for test in tests_of(provision.weigh) if provision.weigh else ():
        if not test.fact.startswith("equipment."):
            yield "lint-stratum", f"`weigh` reads {test.fact}", "weigh equipment, by its own facts"
    for test in tests_of(provision.binds):
        if test.fact.startswith("equipment."):
            yield (
                "lint-stratum",
                f"`binds` reads {test.fact}",
                "who is bound is an operator's matter; move it to `when`",
            )


def _dates(provision: Provision) -> Iterator[_Short]:
    starts, ends = (line.day if line else None for line in (provision.from_, provision.by))
    if starts and starts < provision.enacted:
        yield "lint-dates", "it bites before it is enacted", "mend enacted or from"
    if starts and ends and ends < starts:
        yield "lint-dates", "it must end before it begins", "mend from or by"
    if provision.to and provision.to < provision.enacted:
        yield "lint-dates", "it ends before it is enacted", "mend to"
    if provision.extensions and not provision.by:
        yield "lint-dates", "it has extensions but nothing to extend", "give it a `by`"
    for extension in provision.extensions:
        if ends and extension.to <= ends:
            yield "lint-dates", f"the extension {extension.id} is no later than the deadline", "mend its `to`"


def _shape(provision: Provision) -> Iterator[_Short]:
    if provision.by and not provision.share and provision.effect.kind is not EffectKind.STATE:
        yield "lint-effect", "`by` means nothing for this effect", "use `from`, or prohibit use"
    yield from _of_arrangements(provision)
    has_uses = any(isinstance(part, Uses) for part in _top(provision.when))
    elsewhere = [part.part if isinstance(part, Uses) else part for part in _top(provision.when)]
    elsewhere += [provision.binds, *(excuse.when for excuse in provision.excuses)]
    elsewhere += [provision.share.of] if provision.share else []
    if any(_contains_uses(part) for part in elsewhere):
        yield (
            "lint-uses",
            "`operator.uses` stands inside another condition",
            "put it at the top of `when`, or directly below its `all`",
        )
    if has_uses and provision.subject is not Subject.OPERATOR:
        yield "lint-uses", f"`operator.uses` in a provision about {provision.subject}", "make its subject the operator"
    if provision.share and provision.subject is not Subject.NETWORK:
        yield "lint-share", "a share is about a network", "make its subject the network"


def _of_arrangements(provision: Provision) -> Iterator[_Short]:
    if provision.weigh and provision.subject is not Subject.ARRANGEMENT:
        yield "lint-weigh", f"`weigh` in a provision about {provision.subject}", "make its subject the arrangement"
    if provision.subject is not Subject.ARRANGEMENT:
        return
    if provision.effect.kind in (EffectKind.STATE, EffectKind.EVENT):
        what = "an arrangement is neither used, installed nor bought"
        yield "lint-effect", what, "let the effect be consider, `bar` or `require`"
    if any(test.fact.startswith("equipment.") for test in tests_of(provision.when)):
        what = "`when` reads equipment, and an arrangement has none"
        yield "lint-stratum", what, "read what the country deploys, or have equipment weighed"


def _top(condition: Condition) -> Iterable[Condition]:
    return condition.parts if isinstance(condition, All) else (condition,)


def _contains_uses(condition: Condition) -> bool:
    inner = (*getattr(condition, "parts", ()), *((condition.part,) if isinstance(condition, Not) else ()))
    return isinstance(condition, Uses) or any(_contains_uses(part) for part in inner)


def _cases(pack: Pack, cases: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[_Found]:
    for provision in pack.provisions:
        name = provision.id.removeprefix(pack.id + ".")
        expected = {case["expect"].get(name) for case in cases.get(name, ())}
        kinds = {
            "unknown": "unknown" in expected,
            "miss": "clear" in expected,
            "hit": bool(expected - {"unknown", "clear", None}),
        }
        lacking = [kind for kind in _NEEDED if not kinds[kind]]
        if lacking:
            yield (
                f"cases/{name}.yaml",
                "lint-cases",
                f"no case is a {' nor a '.join(lacking)}",
                "every provision needs a hit, a miss and an unknown",
            )
    for orphan in cases.keys() - {provision.id.removeprefix(pack.id + ".") for provision in pack.provisions}:
        yield f"cases/{orphan}.yaml", "lint-cases", "no provision has this name", "name the file after its provision"
