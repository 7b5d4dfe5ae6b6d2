"""What is in use where, counted."""

from __future__ import annotations

from fractions import Fraction

from telvet.assessment.survey import Survey, made_by, survey
from telvet.lawcheck.rows import Rows
from telvet.model.condition import Condition, Test
from tests.unit.assessment.toy_world import FILE, Cells, knowledge, row, rows_of
from tests.unit.packs.toy_law import pack

HERE: Condition = Test("equipment.country", "is", "XAA")
FAST = made_by("acme", "5G", "XAA")
ANY = made_by("acme", None, "XAA")


def of(*given: Cells) -> Survey:
    backend = Rows()
    return survey(backend, backend.table(rows_of(*given)), knowledge(pack()), [FAST, ANY, HERE])


def test_what_surely_meets_a_condition_is_counted_with_the_place_of_the_first() -> None:
    done = of(
        row("a", country="XAA", generation="4G"),
        row("b", country="XAA", generation="5G", manufacturer="Acme Radio"),
        row("c", country="XAA", generation="4G;5G"),
        row("d", country="XBB", generation="5G"),
        row("e", generation="5G"),
    )
    assert done.surely(FAST) == (2, f"{FILE} record 3")
    assert done.surely(ANY) == (3, f"{FILE} record 2")


def test_what_may_be_or_is_not_in_use_is_not_sure() -> None:
    given = {"country": "XAA", "generation": "5G"}
    done = of(
        row("a", **given, lifecycle="stock"),
        row("b", **given, installed_on="2021-06"),
        row("c", **given, manufacturer="Perhaps BV"),
        row("d", **given, manufacturer="Nobody Inc"),
        row("e", **given, manufacturer="Borea AG", supplier="Acme Ltd"),
        row("f", **given, vendor_id="4002"),
        row("g", country="XAA", generation="-4G"),
    )
    assert done.surely(FAST) == (0, "")


def test_a_share_is_an_interval_over_what_may_be_there() -> None:
    done = of(
        row("a", country="XAA", generation="5G"),
        row("b", country="XAA", generation="5G", manufacturer="Borea AG"),
        row("c", country="XAA", generation="5G", manufacturer=None),
        row("d"),
        row("e", country="XBB"),
        row("f", country="XAA", lifecycle="off"),
    )
    made = Test("equipment.vendor", "designated", ("survey#acme",))
    # Sure: a. May not be: b, c. May be: a, c, d. Sure not: b.
    assert done.share(made, HERE) == (Fraction(1, 3), Fraction(3, 4), 4)


def test_of_nothing_the_share_is_nothing() -> None:
    assert of(row("e", country="XBB")).share(FAST, HERE) == (Fraction(0), Fraction(0), 0)
