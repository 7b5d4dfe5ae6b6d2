"""Turn a verdict about a country or an arrangement into its reasons: every fact that decided, with its origin.

* A reason names the overlay, the law in force, the row of coverage, the element, the statement or the table's row it is from.
* For an arrangement the record of what is to be weighed follows what decided; it is shown, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from telvet.assessment.countries import Countries
from telvet.assessment.judging import conditions_of
from telvet.assessment.records import record
from telvet.model.condition import tests_of
from telvet.model.dates import read_span
from telvet.model.finding import Because, Verdict
from telvet.model.law import Provision, Subject
from telvet.model.status import Grade, Status

__all__ = ["Reasons", "Told"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a finding says beside its verdict."""

    country: str | None
    because: tuple[Because, ...]
    grades: tuple[Grade, ...]
    """How sure the sources are that decided, beside those that the verdict cites."""
    by: date | None
    """For an arrangement that is planned: the first day on which it may be signed."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Tells the reasons of verdicts about countries and arrangements."""

    countries: Countries

    def of(self, subject: str, provision: Provision, verdict: Verdict) -> Told:
        """Return what a finding about a country, or an arrangement by its name, says."""
        if provision.subject is Subject.PARTNER:
            return self._told(subject, provision, verdict, {})
        knowledge = self.countries.knowledge
        row = knowledge.arrangements[subject]
        country = knowledge.partners.get(row.get("partner", ""), {}).get("country")
        told = self._told(country, provision, verdict, row)
        weighed = tuple(record(self.countries, subject, country, provision)) if _weighs(provision, verdict) else ()
        by = read_span(row["signed_on"]).first if verdict.by_fact else None
        return Told(country, (*told.because, *weighed), told.grades, by)

    def _told(self, country: str | None, provision: Provision, verdict: Verdict, row: Mapping[str, str]) -> Told:
        because: dict[Because, None] = {}
        grades: list[Grade] = []
        for fact in verdict.because:
            if not fact.startswith("partner.country."):
                because[self._cell(fact, country, row)] = None
                continue
            for test in (test for condition in conditions_of(provision) for test in tests_of(condition)):
                for one in self.countries.reasons(country or "", test) if test.fact == fact else ():
                    because[Because(fact, one.value, one.origin)] = None
                    grades.extend((one.grade,) if one.grade else ())
        return Told(country, tuple(because), tuple(grades), None)

    def _cell(self, fact: str, country: str | None, row: Mapping[str, str]) -> Because:
        """Return a fact that a table's row holds."""
        stratum, _, column = fact.partition(".")
        if stratum == "arrangement":
            file, name = row.get("origin_file", "arrangements"), row.get("arrangement", "")
            return Because(fact, row.get(column, ""), f"{file} {name} {column}")
        partner = row.get("partner")
        if partner is None:
            return Because(fact, country or "", f"partner {country}")
        file = self.countries.knowledge.partners.get(partner, {}).get("origin_file", "partners")
        return Because(fact, country or "", f"{file} {partner} {column}")


def _weighs(provision: Provision, verdict: Verdict) -> bool:
    return provision.weigh is not None and verdict.status not in (Status.EXCEPTED, Status.WAIVED)
