from __future__ import annotations

from datetime import date

import pytest

from telvet.assessment.overlays import Overlay, Overlays
from telvet.model.law import ExcuseKind
from tests.unit.packs.toy_law import ID, provision

ON = date(2021, 6, 15)
RULE = provision()


def overlay(kind: str, subject: str = "north", **cells: str) -> Overlay:
    return Overlay.of({"kind": kind, "subject": subject, **{name.rstrip("_"): text for name, text in cells.items()}})


def overlays(*rows: Overlay) -> Overlays:
    return Overlays(rows)


@pytest.mark.parametrize(
    ("begins", "ends", "on", "holds"),
    [
        (None, None, date(1999, 1, 1), True),
        ("2021-06-15", None, date(2021, 6, 15), True),
        ("2021-06-15", None, date(2021, 6, 14), False),
        (None, "2021-06-15", date(2021, 6, 15), True),
        (None, "2021-06-15", date(2021, 6, 16), False),
        ("2021-06", "2021-06", date(2021, 6, 1), True),
        ("2021-06", "2021-06", date(2021, 6, 30), True),
        ("2021-06", "2021-06", date(2021, 7, 1), False),
        ("2021", "2022Q1", date(2022, 3, 31), True),
    ],
)
def test_an_overlay_holds_from_its_first_to_its_last_day(
    begins: str | None, ends: str | None, on: date, holds: bool
) -> None:
    cells = {name: text for name, text in (("from_", begins), ("to", ends)) if text}
    assert overlay("order", **cells).holds(on) is holds


def test_an_overlay_is_called_by_its_source_else_its_issuer_else_its_kind() -> None:
    assert overlay("waiver", source="letter 7", issuer="the regulator").label == "letter 7"
    assert overlay("waiver", issuer="the regulator").label == "the regulator"
    assert overlay("waiver").label == "waiver"


def test_an_overlay_touches_the_provision_or_the_pack_that_it_names() -> None:
    assert overlay("waiver", provision=f"{ID}.rule").touches(RULE)
    assert overlay("waiver", provision=ID).touches(RULE)
    assert not overlay("waiver", provision=f"{ID}.other").touches(RULE)
    assert not overlay("waiver", provision="xa").touches(RULE)
    assert not overlay("waiver").touches(RULE)


def test_waivers_and_licences_excuse_their_subject_in_the_order_given() -> None:
    private = overlays(
        overlay("temporary_licence", provision=ID, source="licence", to="2022-01-31"),
        overlay("waiver", provision=f"{ID}.rule", source="waiver", from_="2021-01-01"),
        overlay("waiver", provision="xb.other", source="of another pack"),
        overlay("waiver", "south", provision=ID, source="of another operator"),
        overlay("extension", provision=ID, to="2022-01-01"),
    )
    first, second = private.excuses("north", RULE)
    assert (first.id, first.kind, first.from_, first.to) == (
        "licence", ExcuseKind.TEMPORARY_LICENCE, None, date(2022, 1, 31)
    )  # fmt: skip
    assert (second.id, second.kind, second.from_) == ("waiver", ExcuseKind.WAIVER, date(2021, 1, 1))
    assert private.excuses(None, RULE) == ()


def test_an_extension_is_granted_on_its_first_day_and_lasts_beyond_its_last() -> None:
    private = overlays(
        overlay("extension", provision=ID, from_="2021-02-01", to="2021-12-31", source="notice"),
        overlay("extension", provision=ID, to="2022"),
        overlay("extension", provision=ID, from_="2021-02-01"),
    )
    assert [(one.id, one.granted, one.to) for one in private.extensions("north", RULE)] == [
        ("notice", date(2021, 2, 1), date(2021, 12, 31)),
        ("extension", date.min, date(2022, 12, 31)),
    ]
    assert private.extensions("south", RULE) == ()


def test_an_order_names_its_operator_in_its_provision_while_it_holds() -> None:
    private = overlays(
        overlay("order", provision="xa.direction", from_="2021-01-01", to="2021-06-15", text="words"),
        overlay("order", provision="xb.order"),
        overlay("order", "south", provision="xc.order"),
    )
    assert private.named_in("north", ON) == {"xa.direction", "xb.order"}
    assert private.named_in("north", date(2021, 6, 16)) == {"xb.order"}
    assert private.named_in(None, ON) == frozenset()


def test_the_first_attestation_that_holds_gives_an_operators_cell() -> None:
    private = overlays(
        overlay("attestation", text="operator.roles=isp", to="2020-12-31"),
        overlay("attestation", text=" operator.roles = mno "),
        overlay("attestation", text="operator.roles=fixed"),
        overlay("attestation", text="operator.country=XAA"),
    )
    assert private.attested("north", "operator.roles", ON) == "mno"
    assert private.attested("north", "operator.roles", date(2020, 12, 31)) == "isp"
    assert private.attested("north", "operator.group", ON) is None
    assert private.attested("south", "operator.roles", ON) is None


def test_what_is_attested_of_elements_becomes_cells_by_column() -> None:
    private = overlays(
        overlay("attestation", "e1", text="equipment.generation=5G"),
        overlay("attestation", "e2", text="equipment.tags=a=b"),
        overlay("attestation", "e1", text="operator.roles=mno"),
        overlay("attestation", "e1", text="equipment.site=s1", from_="2022-01-01"),
    )
    assert private.cells(ON) == [("e1", "generation", "5G"), ("e2", "tags", "a=b")]


def test_tags_of_sites_hold_on_their_days() -> None:
    private = overlays(
        overlay("site_tag", "s1", text="guarded"),
        overlay("site_tag", "s2", text="-guarded", to="2020-01-01"),
        overlay("site_tag", "s3"),
    )
    assert private.site_tags(ON) == [("s1", "guarded")]


def test_what_is_said_of_a_country_is_said_of_one_fact_while_it_holds() -> None:
    private = overlays(
        overlay("permits", "XAA", text="acme/5G"),
        overlay("permits", "XAA", text="-acme/4G"),
        overlay("permits", "XBB", text="acme/6G"),
        overlay("permits", "XAA", text="acme/3G", to="2020-01-01"),
    )
    assert private.of_country("permits", "XAA", ON) == ("acme/5G", "-acme/4G")
    assert private.of_country("deploys", "XAA", ON) == private.of_country("permits", "XCC", ON) == ()
    assert private.countries == {"XAA", "XBB"}


def test_overlays_that_may_excuse_or_extend_tell_their_subjects_apart() -> None:
    private = overlays(
        overlay("order", provision=ID), overlay("waiver", provision=ID), overlay("extension", provision=ID, to="2022"),
        overlay("waiver", "south", provision=ID), overlay("temporary_licence", provision=ID),
    )  # fmt: skip
    assert private.touching("north") == (1, 2, 4)
    assert private.touching("south") == (3,)
    assert private.touching(None) == ()
