"""Whose it is, from all that a row says."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from telvet.attribution.evidence import Evidence
from telvet.attribution.resolve import Resolver
from telvet.catalog.vendors import Register
from telvet.model.organisation import Attribution, Candidate, Tier

DEVICES = Path(__file__).resolve().parents[3] / ".." / "shared" / "samples" / "devices" / "device-types.csv"
NOBODY = {"manufacturer"}


@pytest.fixture(scope="module")
def resolver(register: Register) -> Resolver:
    return Resolver(register, date(2024, 1, 1))


def test_a_name_alone_is_settled_by_its_alias(resolver: Resolver) -> None:
    told = resolver.name("Huawei Technologies Co., Ltd.")
    assert told == Attribution((Candidate("huawei-technologies"),), Tier.LEGAL_ALIAS, ("manufacturer",))


def test_a_name_may_stand_in_another_column(resolver: Resolver) -> None:
    assert resolver.name("Ericsson", "supplier").columns == ("supplier",)
    assert resolver.name("Ericsson").columns == ("manufacturer",)


def test_agreeing_columns_are_listed_by_weight(resolver: Resolver) -> None:
    told = resolver.resolve(Evidence(manufacturer="ZTE", mac_prefixes=(), pens=(3902,), vendor_pens=(3902,)))
    assert told == Attribution((Candidate("zte"),), Tier.IDENTIFIER, ("sys_object_id", "vendor_id", "manufacturer"))


def test_a_stated_id_is_the_surest(resolver: Resolver) -> None:
    told = resolver.resolve(Evidence(organisation="zte", manufacturer="ZTE"))
    assert told == Attribution((Candidate("zte"),), Tier.STATED, ("organisation", "manufacturer"))


def test_a_name_in_the_column_for_ids_is_read_as_a_name(resolver: Resolver) -> None:
    assert resolver.resolve(Evidence(organisation="Cisco Systems")).organisation == "cisco"


def test_evidence_that_disagrees_is_disputed_with_both(resolver: Resolver) -> None:
    told = resolver.resolve(Evidence(manufacturer="Ericsson", pens=(2011,)))
    assert told.candidates == (Candidate("huawei-technologies"), Candidate("ericsson"))


def test_cards_of_two_makers_are_disputed(resolver: Resolver) -> None:
    told = resolver.resolve(Evidence(mac_prefixes=("202c05001", "3446632ab")))
    assert {one.organisation for one in told.candidates} == {"dahua-zhilian", "amcrest"}


def test_a_name_that_is_nobody_is_unresolved(resolver: Resolver) -> None:
    told = resolver.name("  Nobody  Knows Ltd ")
    assert told == Attribution((Candidate(None, "Nobody Knows Ltd"),), None, ("manufacturer",))
    assert told.organisation is None


def test_a_name_that_is_nobody_beside_a_number_is_disputed(resolver: Resolver) -> None:
    told = resolver.resolve(Evidence(manufacturer="Nobody Ltd", pens=(2011,)))
    assert told.candidates == (Candidate("huawei-technologies"), Candidate(None, "Nobody Ltd"))


@pytest.mark.parametrize("text", [None, "", "  ", "-", "n/a", "N.A.", "Unknown", "TBD", "null", "OTHER", "?"])
def test_empty_cells_and_placeholders_say_nothing(resolver: Resolver, text: str | None) -> None:
    assert resolver.name(text) == Attribution()
    assert (
        resolver.resolve(Evidence(organisation=text, manufacturer=text, pens=(2011,))).organisation
        == "huawei-technologies"
    )


def test_numbers_that_nobody_holds_say_nothing(resolver: Resolver) -> None:
    evidence = Evidence(
        manufacturer="Nokia", mac_prefixes=("0242ac110", "344663"), pens=(8072,), vendor_pens=(26381, 3600)
    )
    assert resolver.resolve(evidence) == Attribution((Candidate("nokia"),), Tier.LEGAL_ALIAS, ("manufacturer",))
    assert resolver.resolve(Evidence(pens=(8072,))) == Attribution()


def test_the_registration_authority_is_no_vendor(resolver: Resolver) -> None:
    assert resolver.name("IEEE Registration Authority") == Attribution()


def test_the_same_question_has_the_same_answer(resolver: Resolver, register: Register) -> None:
    evidence = Evidence("cisco", "Cisco", ("00000c",), (9,), (9,))
    assert (
        resolver.resolve(evidence)
        == resolver.resolve(evidence)
        == Resolver(register, date(2024, 1, 1)).resolve(evidence)
    )


def test_every_maker_of_a_public_device_library_that_is_somebody_resolves(resolver: Resolver) -> None:
    if not DEVICES.exists():
        pytest.skip("../shared/samples is missing: the device library is read in place and never copied")
    with DEVICES.open(encoding="utf-8", newline="") as file:
        makers = {row["manufacturer"] for row in csv.DictReader(file)}
    assert sorted(maker for maker in makers - NOBODY if resolver.name(maker).organisation is None) == []
    assert [maker for maker in NOBODY if resolver.name(maker).organisation is not None] == []
