from __future__ import annotations

from collections.abc import Callable

import pytest

from telvet.catalog.gazetteers import read_gazetteers
from telvet.evidence.proposing.passages import Passage
from telvet.evidence.proposing.topics import main_country, spoken_of

Passages = Callable[..., list[Passage]]


@pytest.mark.parametrize(
    ("text", "publisher", "country"),
    [
        ("Sweden met Huawei. It waited.", None, "SWE"),
        ("Sweden waits. Norway waits too. It has a plan.", None, "NOR"),
        ("Sweden spoke to Norway and Denmark. People in Oslo and Copenhagen heard of it. Nobody answered.", None, None),
        ("- Ecuador. Washington lent money. Nobody answered.", None, "ECU"),
        ("The law holds. Sweden has one too. It was asked.", "Ministry of Transport, Tallinn", "SWE"),
        ("The law holds. Sweden has one too. Operators were asked.", "Ministry of Transport, Tallinn", "EST"),
        ("In the first quarter the American and European missions wrote. Nobody answered.", None, "USA"),
    ],
)  # fmt: skip
def test_the_text_speaks_of_the_country_that_it_opened_with(
    passages: Passages, text: str, publisher: str | None, country: str | None
) -> None:
    held = passages(text)
    topic = main_country(held, publisher, read_gazetteers())
    assert spoken_of(topic, held[-1]) == country


def test_a_new_paragraph_speaks_of_nobody_until_it_names_somebody(passages: Passages) -> None:
    text = (
        "Sweden and Norway and Denmark and Finland met.\n\nPoland spoke. Chile spoke. Peru spoke.\n\nNobody answered."
    )
    held = passages(text)
    assert spoken_of(main_country(held, None, read_gazetteers()), held[-1]) is None


def test_a_document_of_a_state_may_name_it_in_its_heading_alone(passages: Passages) -> None:
    held = passages(
        "Ministry of Justice.\n\nThe Hague, 14 May.\n\nThe cabinet has decided.\n\nDone.\n\nIt was asked.\n\nEstonia and Poland wrote."
    )
    topic = main_country(held, "Ministry of Justice", read_gazetteers())
    assert (topic.main, topic.official) == ("NLD", True)
    assert not main_country(held, "The Evening Post", read_gazetteers()).official


def test_the_first_paragraph_lends_its_only_country_to_the_second(passages: Passages) -> None:
    held = passages(
        "Had Britain acted, all would be well.\n\nThe government decided it.\n\nSweden, Norway, Chile and Peru wrote."
    )
    assert spoken_of(main_country(held, None, read_gazetteers()), held[1]) == "GBR"
