"""Semantics, section 4: whether a maker is designated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.oracle.days import Span, day_of, days_in, span_of
from tests.oracle.facts import Case
from tests.oracle.truth import Truth, any_of, disputed

__all__ = ["designated"]


def designated(case: Case, fact: str, names: Sequence[str]) -> Truth:
    """Put `designated: [names]` to equipment.vendor or equipment.managed_by."""
    counting = [each for each in case.pack["designations"] if each["id"] in names and counts(each, case.day)]
    if not counting:
        return False  # rule 3
    if fact == "equipment.managed_by":
        managers = case.register.managers(case.element)
        return over_candidates(case, counting, managers) if managers else False  # rule 5; empty: the operator itself
    makers, suppliers = case.register.makers(case.element), case.register.suppliers(case.element)
    if not suppliers:
        return over_candidates(case, counting, makers)
    of_makers = [each for each in counting if each["tests"] in ("made", "supplied")]  # rule 4
    of_suppliers = [each for each in counting if each["tests"] in ("supplied", "provided")]
    answers = []
    if of_makers:
        answers.append(over_candidates(case, of_makers, makers))
    if of_suppliers:
        answers.append(over_candidates(case, of_suppliers, suppliers))
    return any_of(answers)


def counts(designation: Mapping[str, Any], day: date) -> bool:
    """Tell whether a designation counts on the day (rule 1)."""
    begun = day_of(designation["from"]) <= day
    return begun and ("to" not in designation or day <= day_of(designation["to"]))


def over_candidates(case: Case, designations: Sequence[Mapping[str, Any]], candidates: Sequence[str | None]) -> Truth:
    """Judge the candidates for maker or supplier (rule 3): for each, any of the designations; nobody is unknown."""
    return disputed(
        None if each is None else any_of(one_candidate(case, designation, each) for designation in designations)
        for each in candidates
    )


def one_candidate(case: Case, designation: Mapping[str, Any], organisation: str) -> Truth:
    """Judge one organisation (rule 2)."""
    if "home" in designation:
        country = case.register.country(organisation)
        return None if country is None else country in designation["home"]
    if designation.get("owned on", "judgement") == "judgement":
        return case.register.in_closure(organisation, designation, case.day)
    making = day_of_making(case)
    days = case.register.turning_days() if making is None else days_in(making)
    answers: set[Truth] = {case.register.in_closure(organisation, designation, day) for day in days}
    return answers.pop() if len(answers) == 1 else None


def day_of_making(case: Case) -> Span | None:
    """Return the earlier known of procured_on and installed_on."""
    known: list[tuple[date, date]] = []
    for column in ("procured_on", "installed_on"):
        span = span_of(case.element.get(column))
        if span is not None:
            known.append(span)
    return min(known) if known else None
