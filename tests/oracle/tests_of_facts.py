"""Semantics, section 3: the answer of a fact to a test, one function a row of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.oracle.days import day_of, span_of
from tests.oracle.facts import Case, cell, form_of, read_list
from tests.oracle.truth import Truth, all_of, any_of, negate
from tests.oracle.vendor import designated

__all__ = ["answer"]


def answer(case: Case, fact: str, test: Mapping[str, Any]) -> Truth:
    """Put a test, such as `{is: 5G}`, to a fact, such as `equipment.generation`."""
    [(operator, operand)] = test.items()
    if fact.startswith("partner.country."):
        if fact != f"partner.country.{operator}":
            raise ValueError(f"{operator} is no test of {fact}")
        country = case.partner.get("country")
        return case.of_country(country, operator, operand) if case.of_country and country else None
    form = form_of(fact)
    if form == "maker":
        if operator != "designated":
            raise ValueError(f"{operator} is no test of {fact}")
        return designated(case, fact, [operand] if isinstance(operand, str) else operand)
    function = TABLE.get((form, operator))
    if function is None:
        raise ValueError(f"{operator} is no test of {fact}")
    text = cell(case, fact)
    if text is None:
        return None
    return function(case, text, operand, form)


def single_is(_: Case, text: str, x: Any, __: str) -> Truth:
    """`is: x`: the value is x."""
    return text == str(x)


def single_any_of(_: Case, text: str, xs: Any, __: str) -> Truth:
    """`any of`: some `is` is true."""
    return any_of(text == str(x) for x in xs)


def single_member_of(case: Case, text: str, union: Any, _: str) -> Truth:
    """`member of: u`: the country is a member of the union on the day."""
    return case.register.in_union(text, union, case.day)


def list_has(_: Case, text: str, x: Any, form: str) -> Truth:
    """`has: x` (or `is: x`): x is stated, or denied, or absent because the list is closed."""
    listed = read_list(text, form)
    if str(x) in listed.stated:
        return True
    if str(x) in listed.denied or listed.rest_is_absent:
        return False
    return None


def list_any_of(case: Case, text: str, xs: Any, form: str) -> Truth:
    """`any of`: some `is` is true, or every one is false."""
    return any_of(list_has(case, text, x, form) for x in xs)


def list_all_of(case: Case, text: str, xs: Any, form: str) -> Truth:
    """`all of`: every `has` is true, or some is false."""
    return all_of(list_has(case, text, x, form) for x in xs)


def list_in(case: Case, text: str, name: Any, form: str) -> Truth:
    """`in: s`: as `any of` the codes of the pack's own function set."""
    return list_any_of(case, text, case.pack["pack"]["functions"][name], form)


def list_denies(case: Case, text: str, x: Any, form: str) -> Truth:
    """`denies: x`: true when `has: x` is false, false when it is true."""
    return negate(list_has(case, text, x, form))


def numbers_between(_: Case, text: str, pairs: Any, form: str) -> Truth:
    """`between`: some stated number lies within some pair, ends included."""
    listed = read_list(text, form)
    numbers = [float(number) for number in listed.stated]
    if any(low <= number <= high for number in numbers for low, high in pairs):
        return True
    return False if listed.rest_is_absent else None


def at_least(_: Case, text: str, limit: Any, __: str) -> Truth:
    """`at least`."""
    return float(text) >= float(limit)


def at_most(_: Case, text: str, limit: Any, __: str) -> Truth:
    """`at most`."""
    return float(text) <= float(limit)


def above(_: Case, text: str, limit: Any, __: str) -> Truth:
    """`above`."""
    return float(text) > float(limit)


def below(_: Case, text: str, limit: Any, __: str) -> Truth:
    """`below`."""
    return float(text) < float(limit)


def on_or_after(_: Case, text: str, day: Any, __: str) -> Truth:
    """`on or after`: every day of the span is, or none."""
    span = span_of(text)
    assert span
    if span[0] >= day_of(day):
        return True
    return False if span[1] < day_of(day) else None


def on_or_before(_: Case, text: str, day: Any, __: str) -> Truth:
    """`on or before`: every day of the span is, or none."""
    span = span_of(text)
    assert span
    if span[1] <= day_of(day):
        return True
    return False if span[0] > day_of(day) else None


Test = Callable[[Case, str, Any, str], Truth]
OF_LISTS: Mapping[str, Test] = {
    "is": list_has, "has": list_has, "any of": list_any_of, "all of": list_all_of, "in": list_in, "denies": list_denies,
}  # fmt: skip
OF_QUANTITIES: Mapping[str, Test] = {"at least": at_least, "at most": at_most, "above": above, "below": below}
TABLE: Mapping[tuple[str, str], Test] = {
    ("single", "is"): single_is,
    ("single", "any of"): single_any_of,
    ("single", "member of"): single_member_of,
    **{("closed list", operator): function for operator, function in OF_LISTS.items()},
    **{("open list", operator): function for operator, function in OF_LISTS.items()},
    ("numbers", "between"): numbers_between,
    **{("quantity", operator): function for operator, function in OF_QUANTITIES.items()},
    ("date", "on or after"): on_or_after,
    ("date", "on or before"): on_or_before,
}
