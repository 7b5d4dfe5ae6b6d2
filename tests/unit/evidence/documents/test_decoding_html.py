from __future__ import annotations

import socket
from pathlib import Path

import pytest

from telvet.evidence.documents.decoding_html import Page, declared_encoding, read_page

PAGES = Path(__file__).parents[3] / "data" / "evidence" / "pages"
BODY = "<p>The regulator wrote to all operators and asked what they had bought in the last year.</p><p>They have a month.</p>"


def page(name: str) -> Page:
    content = (PAGES / name).read_bytes()
    return read_page(content.decode(declared_encoding(content) or "utf-8"))


def read(head: str, body: str = BODY) -> Page:
    return read_page(f"<html><head>{head}</head><body><article>{body}</article></body></html>")


def day(found: Page) -> str | None:
    return found.published.span.first.isoformat() if found.published else None


def test_an_article_keeps_its_text_and_loses_what_surrounds_it() -> None:
    found = page("article.html")
    assert found.text is not None
    assert found.text.startswith("Ministry narrows the choice of suppliers\nThe ministry said on Tuesday")
    assert "“We decide by the rules, not by the flag,”" in found.text
    assert not any(word in found.text for word in ("Home", "Most read", "Ferries", "All rights"))


def test_a_page_says_its_title_publisher_language_and_address() -> None:
    found = page("article.html")
    assert found.title == "Ministry narrows the choice of suppliers"
    assert found.publisher == "Harbour Gazette"
    assert found.lang == "en-GB"
    assert found.address == "https://harbour-gazette.example/2019/suppliers"


def test_the_day_is_that_of_publication_as_it_is_written() -> None:
    found = page("article.html").published
    assert found is not None
    assert (found.span.first.isoformat(), found.span.last.isoformat()) == ("2019-05-14", "2019-05-14")
    assert found.how == "meta article:published_time"


def test_days_of_changes_crawls_comments_and_copyrights_are_none() -> None:
    found = page("crawled.html")
    assert found.published is None
    assert not found.disputed


def test_an_element_that_is_marked_gives_the_day() -> None:
    found = page("notice.html")
    assert day(found) == "2020-02-03"
    assert found.text is not None
    assert "L'autorité rappelle que tout équipement" in found.text
    assert found.lang == "fr"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta name="citation_publication_date" content="2020/01/09">', "2020-01-09"),
        ('<meta itemprop="datePublished" content="2020-01-09T23:59:00-05:00">', "2020-01-09"),
        ('<meta name="DC.date.issued" content="9 January 2020">', "2020-01-09"),
        ('<meta property="article:published_time" content="03/04/2020">', None),
        ('<meta name="date" content="2020-01-09">', None),
        ('<meta property="article:modified_time" content="2020-01-09">', None),
        ('<meta name="dcterms.modified" content="2020-01-09">', None),
        ('<meta name="copyright" content="2020">', None),
        ('<script type="application/ld+json">[{"@type": ["BlogPosting"], "datePublished": "2020-01-09"}]</script>', "2020-01-09"),
        ('<script type="application/ld+json">{"@type": "Event", "datePublished": "2020-01-09"}</script>', None),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "dateCreated": "2020-01-09"}</script>', None),
        ('<script type="application/ld+json">{broken</script>', None),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", None),
    ],
)  # fmt: skip
def test_only_marked_places_of_the_head_give_a_day(head: str, expected: str | None) -> None:
    assert day(read(head)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<time itemprop="datePublished" datetime="2020-01-09T10:00">today</time>', "2020-01-09"),
        ('<time pubdate datetime="2020-01-09">x</time>', "2020-01-09"),
        ('<p class="byline">By A. Writer <time datetime="2020-01-09">9 Jan</time></p>', "2020-01-09"),
        ('<p>The hearing is on <time datetime="2020-01-09">9 January</time>.</p>', None),
        ('<p class="posted updated"><time datetime="2020-01-09">9 January</time></p>', None),
        ('<div class="comments"><p class="posted"><time datetime="2020-01-09">9 January</time></p></div>', None),
    ],
)
def test_only_marked_elements_give_a_day(body: str, expected: str | None) -> None:
    assert day(read("", body + BODY)) == expected


def test_days_that_contradict_one_another_give_none_and_are_told() -> None:
    found = read(
        '<meta property="article:published_time" content="2018-11-30">'
        '<script type="application/ld+json">{"@type": "Article", "datePublished": "2020-01-09"}</script>'
    )
    assert found.published is None
    assert found.disputed


@pytest.mark.parametrize(
    "source", ["", "no tags at all", "<html><body></body></html>", "<html><body>" + "<div>" * 100_000]
)
def test_a_page_without_text_has_none(source: str) -> None:
    assert read_page(source).text is None


def test_what_is_no_address_of_the_web_is_no_address() -> None:
    assert read('<link rel="canonical" href="/article"><meta property="og:url" content="javascript:x">').address is None
    assert read('<meta property="og:url" content="https://a.example/x">').address == "https://a.example/x"


def test_a_publisher_may_stand_in_linked_data_alone() -> None:
    data = '{"@type": "Article", "publisher": [{"name": " Harbour\\n Gazette "}]}'
    assert read(f'<script type="application/ld+json">{data}</script>').publisher == "Harbour Gazette"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = '<base href="https://a.example/"><link rel="canonical" href="https://a.example/x"><script src="https://a.example/x.js"></script>'
    assert read(head, BODY + '<img src="https://a.example/x.png"><iframe src="https://a.example/y"></iframe>').text


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<meta charset="iso-8859-2">', "iso-8859-2"),
        (b"<META http-equiv=Content-Type content='text/html; charset=windows-1251'>", "windows-1251"),
        (b'<?xml version="1.0" encoding="UTF-8"?>', "UTF-8"),
        (b"<p>charset=none</p>", None),
    ],
)
def test_the_declared_encoding_is_found(head: bytes, expected: str | None) -> None:
    assert declared_encoding(head) == expected
