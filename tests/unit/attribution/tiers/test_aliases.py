"""A name leads to whoever lists it, the closest form first, and a look-alike to nobody."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.attribution.tiers.aliases import by_alias
from telvet.catalog.vendors import Register
from telvet.model.organisation import Tier

TODAY = date(2024, 1, 1)


def who(register: Register, text: str, on: date = TODAY) -> tuple[str, ...]:
    found = by_alias(register, text, on)
    return found.organisations if found else ()


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("Huawei", "huawei-technologies"),
        ("HUAWEI TECHNOLOGIES CO.,LTD.", "huawei-technologies"),
        ("Huawei Technologies Ltd", "huawei-technologies"),
        ("华为技术有限公司", "huawei-technologies"),
        ("華為", "huawei-technologies"),
        ("Huawei Technologies (UK) Co., Ltd", "huawei-uk"),
        ("Huawei Technologies S.R.L.", "huawei-romania"),
        ("zte corporation", "zte"),
        ("中兴通讯股份有限公司", "zte"),
        ("Zhejiang Dahua Technologyco.,Ltd", "dahua"),
        ("Hangzhou Hikvision Digital Technology Co.,Ltd.", "hikvision"),
        ("HiLook", "hikvision"),
        ("EZVIZ", "ezviz"),
        ("Imou", "huacheng"),
        ("HiSilicon", "hisilicon"),
        ("Honor Device Co., Ltd.", "honor-device"),
        ("New H3C Technologies Co., Ltd", "h3c"),
        ("Huawei-3Com", "h3c"),
        ("Teltronic S.A.U.", "teltronic"),
        ("Teltronic", "teltronic"),
        ("Telefonaktiebolaget LM Ericsson", "ericsson"),
    ],
)
def test_a_name_leads_to_its_organisation(register: Register, text: str, organisation: str) -> None:
    assert who(register, text) == (organisation,)


@pytest.mark.parametrize(
    "text",
    [
        "Teltronics, Inc.", "Teltronics", "Teltronic AG", "Lorex Industries, Inc.", "Lorex Industries", "ztevision",
        "3ZTelecom Inc.", "Aztech Electronics Pte Ltd", "Aztek, Inc.", "Pte Ltd", "Shanghai Dahua Scale Factory",
        "Shenzhen Honor Electronic Co.,Ltd", "Huawei Road Trading", "ZTE Industrial Park", "Hickvisions",
        "IEEE Registration Authority Ltd", "manufacturer",
    ],
)  # fmt: skip
def test_a_look_alike_leads_to_nobody(register: Register, text: str) -> None:
    assert who(register, text) == ()


def test_a_former_name_still_leads_to_its_organisation(register: Register) -> None:
    assert who(register, "Huawei-3Com Co., Ltd.", date(2024, 1, 1)) == ("h3c",)


def test_a_shared_name_leads_to_all_who_share_it(register: Register) -> None:
    assert set(who(register, "Motorola")) == {"motorola-mobility", "motorola-solutions"}


def test_a_brand_is_less_sure_than_a_legal_name(register: Register) -> None:
    tiers = [found.tier for text in ("ZTE", "ZTE Corporation") if (found := by_alias(register, text, TODAY))]
    assert tiers == [Tier.BRAND, Tier.LEGAL_ALIAS]


def test_every_alias_in_the_register_leads_to_its_organisation(register: Register) -> None:
    astray = [one for one in register.aliases if one.organisation not in who(register, one.alias, one.from_ or TODAY)]
    assert astray == []


@given(data=st.data())
def test_case_and_punctuation_do_not_matter(register: Register, data: st.DataObject) -> None:
    alias = data.draw(st.sampled_from(register.aliases)).alias
    written = data.draw(
        st.sampled_from([alias.upper(), alias.lower(), f"  {alias} ", alias.replace(" ", "  "), f"«{alias}»"])
    )
    if alias.isascii():
        assert who(register, written) == who(register, alias)


@given(st.text(max_size=12))
def test_a_name_with_something_more_in_it_is_not_that_name(register: Register, more: str) -> None:
    found = who(register, f"Huawei Technologies {more} Road")
    assert found == ()
