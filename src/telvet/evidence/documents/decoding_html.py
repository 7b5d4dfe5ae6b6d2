"""Turns the source of an HTML page into its text without what surrounds it, and what the page says of itself.

* The text is what is left when navigation, advertisements and other boilerplate are taken away; what is left is stored.
* Nothing is fetched: the page is given as text, and no address in it is followed.
* A date is marked only by a name, a type or a class that stands for publication; dates of changes are passed over.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from telvet.evidence.documents.publication import (
    Marked,
    PublicationWords,
    publication_words,
    published_by_marks,
    read_date,
)
from telvet.model.evidence import Published

__all__ = ["LARGEST_PAGE", "Page", "declared_encoding", "read_page"]

LARGEST_PAGE = 10_000_000
"""Characters; a page that is longer is not an article."""

_HEAD = 4096
_DECLARED = re.compile(rb"<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_PUBLISHERS = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title")
_WEB = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_DEEPEST = 12
_MOST_OBJECTS = 10_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text, and what the page says of itself."""

    text: str | None
    """None where no text was found."""
    title: str | None
    publisher: str | None
    published: Published | None
    lang: str | None
    address: str | None
    disputed: bool
    """True where marked places give dates of publication that contradict one another."""


def declared_encoding(content: bytes) -> str | None:
    """Return the encoding that the head of a page declares, if any."""
    found = _DECLARED.search(content[:_HEAD])
    return found[1].decode("ascii", "ignore") if found else None


def read_page(source: str) -> Page:
    """Read a page."""
    import trafilatura  # noqa: PLC0415 - heavy: loaded when used

    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    tree = trafilatura.load_html(source)
    text = trafilatura.extract(source, include_comments=False, include_tables=True, with_metadata=False)
    if tree is None:
        return Page(text, None, None, None, None, None, disputed=False)
    meta = _meta(tree)
    objects = tuple(_linked_data(tree))
    marked = [*_marked_meta(meta), *_marked_objects(objects), *_marked_elements(tree)]
    published = published_by_marks(marked)
    return Page(
        text or None,
        title=_first(meta, _TITLES) or _said(tree.findtext(".//title")),
        publisher=_first(meta, _PUBLISHERS) or _publisher(objects),
        published=published,
        lang=_language(tree, meta),
        address=_address(tree, meta),
        disputed=published is None and any(read_date(one.text) for one in marked),
    )


# ------------------------------------------------------------------------------------------------ what the head says


def _meta(tree: Any) -> dict[str, list[str]]:  # noqa: ANN401 - elements of a library without types
    """Return the contents of meta elements by their folded name."""
    result: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = _said(element.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := _said(element.get(attribute))):
                result.setdefault(name.casefold(), []).append(content)
    return result


def _first(meta: dict[str, list[str]], names: Iterable[str]) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _said(text: object) -> str | None:
    """Return text in one line, or None where it says nothing."""
    return " ".join(text.split()) or None if isinstance(text, str) else None


def _language(tree: Any, meta: dict[str, list[str]]) -> str | None:  # noqa: ANN401
    root = tree.getroottree().getroot()
    given = (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang"))
    for text in (*given, _first(meta, ("og:locale", "content-language"))):
        if text and (found := _LANGUAGE.fullmatch(text.strip())):
            return found[0].replace("_", "-")
    return None


def _address(tree: Any, meta: dict[str, list[str]]) -> str | None:  # noqa: ANN401
    links = (
        link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").casefold().split()
    )
    for text in (*links, _first(meta, ("og:url",))):
        if text and _WEB.fullmatch(text.strip()):
            return str(text.strip())
    return None


# ------------------------------------------------------------------------------------------------ linked data


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Yield the objects of a page's JSON-LD, the outer ones first."""
    budget = _MOST_OBJECTS
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").casefold():
            continue
        try:
            waiting: list[tuple[Any, int]] = [(json.loads(script.text or ""), 0)]
        except (ValueError, RecursionError):
            continue
        while waiting and budget:
            budget -= 1
            value, depth = waiting.pop(0)
            if isinstance(value, dict):
                yield value
            if depth < _DEEPEST:
                inner = value.get("@graph", []) if isinstance(value, dict) else value
                waiting += [(part, depth + 1) for part in inner] if isinstance(inner, list) else []


def _is_of(value: dict[str, Any], type_: str) -> bool:
    given = value.get("@type")
    return any(isinstance(one, str) and one.endswith(type_) for one in (given if isinstance(given, list) else [given]))


def _publisher(objects: Iterable[dict[str, Any]]) -> str | None:
    for value in objects:
        publisher = value.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            name = one.get("name") if isinstance(one, dict) else one
            if found := _said(name):
                return found
    return None


# ------------------------------------------------------------------------------------------------ marked dates


def _marked_meta(meta: dict[str, list[str]]) -> Iterator[Marked]:
    for name in publication_words().meta:
        for text in meta.get(name, ()):
            yield Marked(f"meta {name}", text)


def _marked_objects(objects: Iterable[dict[str, Any]]) -> list[Marked]:
    """Return the dates of the objects of the best type that has any."""
    for type_ in publication_words().types:
        dates = (value.get("datePublished") for value in objects if _is_of(value, type_))
        if found := [Marked(f"JSON-LD {type_} datePublished", text) for text in dates if isinstance(text, str)]:
            return found
    return []


def _marked_elements(tree: Any) -> Iterator[Marked]:  # noqa: ANN401
    """Yield the times that they themselves, or what stands closely around them, mark as that of publication."""
    words = publication_words()
    for element in tree.iter("time", "span", "abbr", "p", "div"):
        own = (element.get("itemprop") or "").casefold()
        if "datepublished" in own.split() or (element.tag == "time" and element.get("pubdate") is not None):
            where = "an element datePublished"
        elif element.tag == "time" and _marks_publication(element, words):
            where = "an element time of publication"
        else:
            continue
        if any("comment" in _described(around) for around in element.iterancestors()):
            continue
        text = element.get("datetime") or element.get("content") or "".join(element.itertext())
        if text and text.strip():
            yield Marked(where, text)


def _marks_publication(element: Any, words: PublicationWords) -> bool:  # noqa: ANN401
    near = [element, *element.iterancestors()][:3]
    described = " ".join(_described(one) for one in near)
    if any(mark in described for mark in words.other_marks):
        return False
    return any(mark in described for mark in words.marks)


def _described(element: Any) -> str:  # noqa: ANN401
    return " ".join(element.get(name) or "" for name in ("class", "id", "itemprop")).casefold() + f" {element.tag}"
