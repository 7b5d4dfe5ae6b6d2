"""Check one test of a condition: does the fact exist, does the question fit its form, are its words known."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from telvet.catalog.places import Places
from telvet.model.condition import Test
from telvet.tables.codes import nearest
from telvet.tables.columns import Column, Kind

__all__ = ["test_faults"]

_MAKERS = ("equipment.vendor", "equipment.managed_by")
_MEMBERS = frozenset({"is", "has", "any of", "all of", "denies"})
_SINGLE = frozenset({"is", "any of"})
_OF_COUNTRIES = {
    "partner.country.permits": ("permits", "what it permits"),
    "partner.country.deploys": ("deploys", "what it deploys"),
    "partner.country.position": ("position", "what its position is"),
}
_FITS: Mapping[Kind, frozenset[str]] = {
    Kind.CODES: _MEMBERS,
    Kind.LABELS: _MEMBERS,
    Kind.NUMBERS: frozenset({"between"}),
    Kind.NUMBER: frozenset({"at least", "at most", "above", "below"}),
    Kind.DATE: frozenset({"on or after", "on or before"}),
    Kind.COUNTRY: _SINGLE | {"member of"},
}


def test_faults(
    test: Test, columns: Mapping[str, Column], places: Places, vendors: Container[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield (code, what, fix) for whatever is wrong with a test; `vendors` are the register's."""
    if test.fact in _MAKERS:
        if test.operator != "designated":
            yield "lint-test", f"{test.fact} can only be asked whether it is designated", "use `designated`"
        return
    if test.fact in _OF_COUNTRIES:
        word, what = _OF_COUNTRIES[test.fact]
        if test.operator != word:
            yield "lint-test", f"{test.fact} can only be asked {what}", f"use `{word}`"
        elif (vendor := _vendor(test)) not in vendors:
            yield "lint-vendor", f"the register has no {vendor!r}", "add it to catalog/vendors or mend the id"
        return
    column = columns.get(test.fact)
    if column is None:
        near = nearest(test.fact, tuple(columns))
        yield (
            "lint-fact",
            f"there is no fact {test.fact!r}",
            f"did you mean {near}?" if near else "see docs/reference/tables.md",
        )
        return
    if test.operator not in _FITS.get(column.kind, _SINGLE):
        yield (
            "lint-test",
            f"{test.fact} cannot be asked `{test.operator}`",
            f"ask one of {', '.join(sorted(_FITS.get(column.kind, _SINGLE)))}",
        )
        return
    yield from _words(test, column, places)


def _vendor(test: Test) -> str:
    """Return the vendor of `vendor/generation` or of `vendor=position`."""
    first = test.operand[0] if isinstance(test.operand, tuple) else test.operand
    return str(first).partition("=")[0].partition("/")[0]


def _words(test: Test, column: Column, places: Places) -> Iterator[tuple[str, str, str]]:
    words = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    for word in words:
        if column.codes and word not in column.codes:
            near = nearest(str(word), column.codes)
            yield (
                "lint-code",
                f"{test.fact} has no code {word!r}",
                f"did you mean {near}?" if near else "see docs/reference/tables.md",
            )
        if column.kind is Kind.COUNTRY and test.operator == "member of" and word not in places.unions:
            yield "lint-union", f"there is no union {word!r}", "see catalog/places"
        if column.kind is Kind.COUNTRY and test.operator in _SINGLE and word not in places.names:
            yield "lint-country", f"{word!r} is no country", "use ISO 3166-1 alpha-3"
