from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.catalog.outlets import read_outlets
from telvet.evidence.documents.origins import Cited, How, cited_origins, origin_of

PRESS = Path(__file__).parents[5] / "shared" / "samples" / "press"
NAMES = [name for outlet in read_outlets().by_id.values() for name in outlet.names]
PIECES = [
    "told ",
    "the ",
    "The Times",
    "The paper said",
    " reported ",
    "\n",
    "Source: ",
    "(",
    ") - ",
    ", ",
    " and ",
    "/",
    "\u00a0",
    ". ",
]


def found(text: str) -> list[tuple[str, str]]:
    return [(one.outlet, one.exact) for one in cited_origins(text, read_outlets())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two officials told the Reuters news agency.", [("reuters", "Reuters")]),
        ("the senator told\nReuters.", [("reuters", "Reuters")]),
        ("according to the New York Times, which", [("nyt", "New York Times")]),
        ("according to\u00a0the New\u00a0York Times", [("nyt", "New\u00a0York Times")]),
        ("it would wait, the FT said.", [("ft", "FT")]),
        ("meeting.Reuters reported it", [("reuters", "Reuters")]),
        ("REUTERS on Tuesday first reported", [("reuters", "REUTERS")]),
        ("Reuters, citing two sources, reported that", [("reuters", "Reuters")]),
        ("Reuters’ report showed", [("reuters", "Reuters")]),
        (
            "articles by The Financial Times, The Wall Street Journal and others",
            [("ft", "Financial Times"), ("wsj", "Wall Street Journal")],
        ),
        ("she said in a statement to CNBC.", [("cnbc", "CNBC")]),
        ("according to a report in the Financial Times.", [("ft", "Financial Times")]),
        ("told the state-run Xinhua news agency", [("xinhua", "Xinhua")]),
        ("told German newspaper Handelsblatt", [("handelsblatt", "Handelsblatt")]),
        ("in an interview with Germany's Der Spiegel, he", [("spiegel", "Der Spiegel")]),
        ("seen by Les Echos", [("les-echos", "Les Echos")]),
        ("laut Handelsblatt", [("handelsblatt", "Handelsblatt")]),
        ("Reuters hat es nicht; das Handelsblatt berichtete", [("handelsblatt", "Handelsblatt")]),
    ],
)
def test_outlets_that_are_cited_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a mast by the sea [File: A. Person/Reuters]",
        "AP Photo/A. Person said",
        "left a request by Reuters without an answer.",
        "A spokesman for CNN said no.",
        "Michael Bloomberg said so.",
        "the Thomson Reuters Foundation said",
        "Follow the BBC on social networks.",
        "told reporters that the Financial Times was old",
        "The Brussels Post said",
        "The US Department of Commerce said, according to the European Commission",
        "told @Reuters",
        "The paper said nothing.",
        "told the Journal",
    ],
)
def test_what_is_merely_mentioned_or_is_somebody_else_is_not_cited(text: str) -> None:
    assert found(text) == []


def test_a_line_of_sources_and_a_dateline_are_told_apart() -> None:
    def hows(text: str) -> list[tuple[str, How]]:
        return [(one.outlet, one.how) for one in cited_origins(text, read_outlets())]

    assert hows("Text.\n\nSource: Reuters") == [("reuters", How.SOURCE_LINE)]
    assert hows("Text.\nSource\u00a0: Reuters/AFP") == [("reuters", How.SOURCE_LINE), ("afp", How.SOURCE_LINE)]
    assert hows("SOURCE: Al Jazeera and news agencies") == [("al-jazeera", How.SOURCE_LINE)]
    assert hows("LONDON, Jan 28 (Reuters) - Britain") == [("reuters", How.DATELINE)]
    assert hows("Berlin (dpa) \u2013 Das Land") == [("dpa", How.DATELINE)]
    assert hows("Text.\n\n- Reuters") == [("reuters", How.SOURCE_LINE)]
    assert hows("A picture of a mast (Reuters)") == []
    middle = "\n".join(["Some words."] * 20)
    assert hows(f"{middle}\nSource: Reuters\n{middle}") == [("reuters", How.CITED)]


def test_a_short_name_stands_for_the_fuller_one_before_it() -> None:
    assert found("the New York Times reported. Later, according to the Times, it") == [
        ("nyt", "New York Times"), ("nyt", "the Times"),
    ]  # fmt: skip
    assert found("according to the Times, it") == [("the-times", "the Times")]
    assert found("The Wall Street Journal said so. The Journal reported more.")[1] == ("wsj", "The Journal")


def test_the_paper_stands_for_the_newspaper_named_last() -> None:
    text = "the FT said. Reuters was asked. The paper cited a person."
    assert cited_origins(text, read_outlets())[-1] == Cited("ft", 32, 41, "The paper", How.ANAPHORA)
    assert found("Reuters reported so. The news agency said more.")[-1] == ("reuters", "The news agency")


@given(st.lists(st.sampled_from(NAMES) | st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join))
def test_places_are_exact_in_order_and_do_not_overlap(text: str) -> None:
    cited = cited_origins(text, read_outlets())
    assert all(text[one.start : one.end] == one.exact and one.exact for one in cited)
    assert all(one.end <= other.start for one, other in pairwise(cited))
    assert {one.outlet for one in cited} <= read_outlets().by_id.keys()


def test_an_origin_is_the_via_then_the_source_line_then_the_publisher() -> None:
    outlets = read_outlets()
    sources = cited_origins("He told the FT.\n\nSource: Reuters", outlets)
    assert origin_of("CNBC", sources, "Al Jazeera", outlets) == "cnbc"
    assert origin_of("told the FT", sources, "Al Jazeera", outlets) == "ft"
    assert origin_of("a letter", sources, "Al Jazeera", outlets) == "reuters"
    assert origin_of("FT, Reuters", (), "aljazeera.com", outlets) == "al-jazeera"
    assert origin_of(None, cited_origins("He told the FT.", outlets), "The Al Jazeera", outlets) == "al-jazeera"
    assert origin_of(None, (), " Harbour Gazette ", outlets) == "Harbour Gazette"
    assert origin_of(None, (), " ", outlets) is None
    assert origin_of(None, (), None, outlets) is None


@pytest.mark.skipif(not PRESS.is_dir(), reason="the articles of the press are not here")
def test_the_articles_of_the_press_name_their_sources() -> None:
    outlets = read_outlets()
    told: dict[str, list[tuple[str, How]]] = {}
    for path in sorted(PRESS.glob("*.txt")):
        text = path.read_bytes().decode()
        cited = cited_origins(text, outlets)
        assert all(text[one.start : one.end] == one.exact for one in cited)
        told[path.name[:3]] = [(one.outlet, one.how) for one in cited]
    assert told["000"] == [("cnbc", How.CITED), ("reuters", How.CITED)]
    assert told["001"] == [("reuters", How.CITED), ("reuters", How.CITED), ("reuters", How.SOURCE_LINE)]
    assert [outlet for outlet, _ in told["002"]] == ["ft", "wsj", "ft", "ft", "ft", "ft", "ft"]
    assert told["002"][-1][1] is How.ANAPHORA
    assert [outlet for outlet, _ in told["003"]] == ["nyt", "nyt", "reuters", "nyt", "ft", "cnbc"]
    assert told["003"][-1] == ("cnbc", How.SOURCE_LINE)
    assert told["004"] == []
