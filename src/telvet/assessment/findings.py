"""Turn a judgement into findings that people read: verdicts joined to their rows while printing.

* A value in `because` is the row's own, with the file, record and header it was read from.
* The order is that of the rows in their files, then of provisions; findings without an element come last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from telvet.assessment.assess import Judgement, Outcome
from telvet.assessment.dimensions import MAKER
from telvet.assessment.reasons import Reasons
from telvet.assessment.shares import Shared
from telvet.attribution.ownership import group_of, relation
from telvet.model.dates import read_span
from telvet.model.facts import Maker
from telvet.model.finding import Because, Finding, VendorShown, Verdict
from telvet.model.law import Subject
from telvet.model.organisation import Attribution, Relation
from telvet.model.status import Grade, weakest_grade
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.judging import Judging

__all__ = ["Findings", "finding_id", "planned_day", "shown_vendor"]

_ROW = ("id", "operator", "country", "site", "origin_file", "origin_row", "outcome", "detail")


def finding_id(provision: str, operator: str | None, subject: str | None, equipment: str | None) -> str:
    """Return the stable id of a finding: the same for the same provision, operator, subject and element."""
    text = "\x1f".join((provision, operator or "", subject or "", equipment or ""))
    return "f-" + hashlib.sha256(text.encode()).hexdigest()[:16]


def shown_vendor(judgement: Judgement, attribution: Attribution) -> VendorShown:
    """Return whose equipment it is, as shown beside a finding."""
    register, on = judgement.docket.knowledge.register, judgement.docket.knowledge.on
    names = tuple(candidate.organisation or candidate.text for candidate in attribution.candidates)
    if len(names) > 1:
        groups = {group_of(register, c.organisation, on) if c.organisation else None for c in attribution.candidates}
        return VendorShown(None, groups.pop() if len(groups) == 1 else None, Relation.DISPUTED, attribution.tier, names)
    organisation = attribution.organisation
    if organisation is None:
        return VendorShown(None, None, Relation.UNRESOLVED, attribution.tier, names)
    group = group_of(register, organisation, on)
    how = relation(register, organisation, group, on)[0] if group else Relation.NONE
    return VendorShown(organisation, group, how, attribution.tier)


@dataclass(frozen=True)
class Findings:
    """The findings of a judgement, to be streamed any number of times."""

    backend: Judging
    judgement: Judgement
    headers: Mapping[str, Mapping[str, str]]
    """For each file, our column's name to the header it was read from."""
    files: tuple[str, ...]
    """The files in the order in which they were given."""
    operators_file: str = "operators"

    @cached_property
    def makers(self) -> tuple[Maker, ...]:
        """The makers by the detail that rows carry."""
        return tuple(value for value in self.judgement.docket.indexed[0].details if isinstance(value, Maker))

    @cached_property
    def vendors(self) -> tuple[VendorShown, ...]:
        """The makers as shown."""
        return tuple(shown_vendor(self.judgement, maker.maker) for maker in self.makers)

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        facts = {fact for outcome in self.judgement.outcomes for fact in outcome.verdict.because}
        wanted = {fact.removeprefix("equipment.") for fact in facts if fact.startswith("equipment.")} - {"vendor"}
        return tuple(sorted((wanted | {column for _, column, _ in self._attested}) - set(_ROW)))

    def __call__(self) -> Iterator[Finding]:
        """Yield every finding in order."""
        columns = (*_ROW, *self._columns)
        for row in self.backend.rows(self.judgement.findings, columns, file_order=self.files):
            yield self._of_row(dict(zip(columns, row, strict=True)))
        yield from self.without_element()

    def without_element(self) -> Iterator[Finding]:
        """Yield the findings about networks, operators and partners as such."""
        for shared in self.judgement.shared:
            yield self._of_share(shared)
        for subject, outcome in self.judgement.others:
            yield self._of_other(subject, outcome)

    def _of_row(self, row: Mapping[str, object]) -> Finding:
        outcome = self.judgement.outcomes[_int(row["outcome"])]
        provision, identifier, operator = outcome.provision, str(row["id"]), _text(row["operator"])
        about_operator = provision.subject is Subject.OPERATOR
        subject_id = (operator or "") if about_operator else identifier
        detail = _int(row["detail"])
        return _finding(
            outcome, subject_id, identifier, operator, _text(row["country"]), _text(row["site"]), self.vendors[detail],
            tuple(self.because(fact, row, self.makers[detail]) for fact in outcome.verdict.because),
            by=planned_day(outcome.verdict, row),
        )  # fmt: skip

    def because(self, fact: str, row: Mapping[str, object], maker: Maker) -> Because:
        """Return a fact of a row with its value and the place it was read from."""
        if fact == MAKER:
            named = [maker.maker, *([maker.supplier] if maker.supplier else [])]
            value = " or ".join(c.organisation or c.text for attribution in named for c in attribution.candidates)
            return Because(fact, value, self._place(row, [column for one in named for column in one.columns]))
        stratum, _, column = fact.partition(".")
        if stratum == "equipment":
            return Because(fact, _text(row.get(column)) or "", self._place(row, [column]))
        return self._of_operator(fact, _text(row["operator"]))

    def _place(self, row: Mapping[str, object], columns: Sequence[str]) -> str:
        """Return where cells were read: first the overlays that gave some of them, then file, record and headers."""
        file, record = str(row["origin_file"]), _record(row["origin_row"])
        private, read = dict[str, None](), dict[str, None]()
        for column in columns:
            overlay, whole = self._overlay(row, column) if self._private else (None, False)
            private |= {f"overlay {overlay}": None} if overlay else {}
            read |= {} if whole else {self.headers.get(file, {}).get(column, column): None}
        own = [f"{file} record {record} {', '.join(read)}"] if read or not private else []
        return ", ".join((*private, *own))

    def _overlay(self, row: Mapping[str, object], column: str) -> tuple[str | None, bool]:
        """Return whom the overlay is about that a cell comes from, and whether the whole cell does."""
        text, site = _text(row.get(column)) or "", _text(row.get("site")) or ""
        if (str(row["id"]), column, text) in self._attested:
            return str(row["id"]), True
        tags = self._tags.get(site, frozenset()) & set(text.split(";")) if column == "site_tags" else frozenset()
        return (site, tags == set(text.split(";"))) if tags else (None, False)

    @cached_property
    def _private(self) -> bool:
        return bool(self._attested or self._tags)

    @cached_property
    def _tags(self) -> Mapping[str, frozenset[str]]:
        """What overlays tag sites with."""
        knowledge = self.judgement.docket.knowledge
        found: dict[str, set[str]] = {}
        for site, tag in knowledge.overlays.site_tags(knowledge.on):
            found.setdefault(site, set()).add(tag)
        return {site: frozenset(tags) for site, tags in found.items()}

    @cached_property
    def _attested(self) -> frozenset[tuple[str, str, str]]:
        """(element, column, text) of every cell that an attestation may have filled."""
        knowledge = self.judgement.docket.knowledge
        cells = knowledge.overlays.cells(knowledge.on)
        return frozenset(cell for cell in cells if cell[1] in EQUIPMENT.names)

    def _of_operator(self, fact: str, operator: str | None) -> Because:
        knowledge, column = self.judgement.docket.knowledge, fact.partition(".")[2]
        if fact.startswith("overlay."):
            return Because(fact, column, f"overlay {operator}")
        cell = knowledge.operators.get(operator or "", {}).get(column)
        ordered = ";".join(sorted(knowledge.overlays.named_in(operator, knowledge.on))) if column == "named_in" else ""
        attested = knowledge.overlays.attested(operator, fact, knowledge.on) or ""
        place = f"{self.operators_file} {operator} {column}" if cell else f"overlay {operator}"
        return Because(fact, cell or ordered or attested, place)

    def _of_share(self, shared: Shared) -> Finding:
        group = dict(zip(shared.provision.per, shared.group, strict=True))
        operator = group.get("operator")
        subject_id = " / ".join(cell or "" for cell in shared.group)
        limit = shared.provision.share.limit if shared.provision.share else Fraction(1)
        because = tuple(
            Because(
                f"share of {metric}",
                f"{_percent(lower)} to {_percent(upper)}, at most {_percent(limit)}",
                f"all elements of {subject_id or 'no operator'} in use",
            )
            for metric, lower, upper in shared.measured
        ) + tuple(self._of_operator(fact, operator) for fact in shared.verdict.because)
        return _finding(
            Outcome(shared.provision, shared.verdict), subject_id, None, operator, None, None, None, because
        )

    def _of_other(self, subject: str, outcome: Outcome) -> Finding:
        if outcome.provision.subject is Subject.OPERATOR:
            because = tuple(self._of_operator(fact, subject) for fact in outcome.verdict.because)
            return _finding(outcome, subject, None, subject, None, None, None, because)
        told = Reasons(self.judgement.countries).of(subject, outcome.provision, outcome.verdict)
        return _finding(
            outcome, subject, None, None, told.country, None, None, told.because, told.by, grades=told.grades
        )


def _finding(  # noqa: PLR0913 - a finding has that many parts
    outcome: Outcome, subject_id: str, equipment: str | None, operator: str | None, country: str | None, site: str | None,
    vendor: VendorShown | None, because: Sequence[Because], by: date | None = None, grades: Sequence[Grade] = (),
) -> Finding:  # fmt: skip
    provision, verdict = outcome.provision, outcome.verdict
    return Finding(
        id=finding_id(provision.id, operator, subject_id, equipment), subject=provision.subject, subject_id=subject_id,
        equipment=equipment, operator=operator, country=country, site=site, provision=provision.id, status=verdict.status,
        force=provision.force, by=by or verdict.by, until=verdict.until, excused_by=verdict.excused_by, vendor=vendor,
        missing=verdict.missing, unless=verdict.unless, because=tuple(because), cites=verdict.cites,
        grade=weakest_grade([*(cite.grade for cite in verdict.cites), *grades]),
    )  # fmt: skip


def planned_day(verdict: Verdict, row: Mapping[str, object]) -> date | None:
    """Return the first day on which a planned event may happen, from the row that plans it."""
    cell = row.get(verdict.by_fact.partition(".")[2]) if verdict.by_fact else None
    return read_span(str(cell)).first if cell else None


def _text(value: object) -> str | None:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return None if value is None else str(value)


def _int(value: object) -> int:
    return value if isinstance(value, int) else int(str(value))


def _record(value: object) -> str:
    return str(int(float(str(value)))) if value is not None else "?"


def _percent(share: Fraction) -> str:
    return f"{float(share) * 100:.2f} %"
