"""Names are compared without case, accents, punctuation and legal forms, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from telvet.catalog.vendor_names import LegalForm, NameNormaliser, fold

FORMS = [
    *(LegalForm(form, "end") for form in ("co", "ltd", "co ltd", "limited", "inc", "s a u", "gmbh co kg", "as", "a s")),
    *(LegalForm(form, "start") for form in ("ooo", "ооо")),
    *(LegalForm(form, "joined") for form in ("有限公司", "股份有限公司", "株式会社")),
    *(LegalForm(form, "glued") for form in ("technology", "technologies")),
]
normalise = NameNormaliser(FORMS)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Acme Technologies Co., Ltd.", "acme technologies"),
        ("ACME  Technologies CO.,LIMITED", "acme technologies"),
        ("Zhejiang Acme Technologyco.,Ltd", "zhejiang acme technology"),
        ("Acme S.A.U.", "acme"),
        ("Acme Funk GmbH & Co. KG", "acme funk"),
        ("ООО «Акме»", "акме"),
        ("甲乙通讯股份有限公司", "甲乙通讯"),
        ("日本甲乙株式会社", "日本甲乙"),
        ("株式会社甲乙", "甲乙"),
        ("Ａｃｍｅ　Ｌｔｄ", "acme"),
        ("Ac\u200bme\u202e Ltd", "acme"),
        ("Télé-Açme A/S", "tele acme"),
        ("Co., Ltd.", "co"),
        ("", ""),
        ("—", ""),
    ],
)
def test_a_name_is_compared_without_its_legal_form(written: str, compared: str) -> None:
    assert normalise(written) == compared


def test_a_brand_that_ends_in_co_is_not_torn_apart() -> None:
    assert normalise("Cisco Ltd") == "cisco"


def test_folding_keeps_the_legal_form() -> None:
    assert fold("Acme S.A.U.") == "acme s a u"


def test_a_normaliser_without_forms_only_folds() -> None:
    assert NameNormaliser([])("Acme, Ltd.") == "acme ltd"


@given(st.text())
@example("ǰͅ")
@example("technologyco ltd technologyco ltd")
def test_folding_and_normalising_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert normalise(normalise(text)) == normalise(text)


@given(
    st.lists(
        st.sampled_from(["acme", "co", "ltd", "technologyco", "ooo", "有限公司", "甲", "s", "a", "u", "as"]), max_size=8
    )
)
def test_normalising_names_full_of_legal_forms_twice_changes_nothing(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        assert normalise(normalise(text)) == normalise(text)
        assert bool(normalise(text)) == bool(fold(text))
