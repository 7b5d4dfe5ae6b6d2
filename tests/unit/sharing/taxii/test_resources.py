"""Resources against the tables of the standard."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.taxii import resources
from telvet.sharing.taxii.config import Root, User
from telvet.sharing.taxii.source import Item, Posting, What
from tests.simulators.taxii import ANN, INTEL, NORTH, OPEN, config, indicator
from tests.unit.sharing.taxii.schemas import validated

ITEMS = [indicator(1).item, indicator(2).item]


def test_an_envelope_holds_the_very_bytes_of_its_objects() -> None:
    body = resources.page(What.OBJECTS, ITEMS, "abc", more=True)
    assert body == b'{"more":true,"next":"abc","objects":[' + ITEMS[0].body + b"," + ITEMS[1].body + b"]}"
    validated("envelope", body)


def test_a_manifest_has_a_record_for_every_version() -> None:
    told = validated("manifest", resources.page(What.MANIFEST, ITEMS, None, more=False))
    assert told == {
        "objects": [
            {
                "id": ITEMS[0].id,
                "date_added": "2024-02-01T00:00:01.000000Z",
                "version": "2024-01-15T09:00:00.000000Z",
                "media_type": "application/stix+json;version=2.1",
            },
            {
                "id": ITEMS[1].id,
                "date_added": "2024-02-01T00:00:02.000000Z",
                "version": "2024-01-15T09:00:00.000000Z",
                "media_type": "application/stix+json;version=2.1",
            },
        ]
    }


def test_versions_are_a_list_of_text() -> None:
    told = validated("versions", resources.page(What.VERSIONS, ITEMS[:1], None, more=False))
    assert told == {"versions": ["2024-01-15T09:00:00.000000Z"]}


def test_a_page_of_nothing_is_an_empty_object() -> None:
    assert {resources.page(what, [], None, more=False) for what in What} == {b"{}"}
    assert resources.page(What.OBJECTS, [], "a", more=True) == b'{"more":true,"next":"a"}'
    assert resources.dated([]) == {}


@given(st.text(max_size=20).filter(lambda text: text.encode("utf-8", "ignore").decode() == text))
def test_whatever_a_source_names_is_json(text: str) -> None:
    item = Item(text, text, 0, text)
    for what in (What.MANIFEST, What.VERSIONS):
        assert json.loads(resources.page(what, [item], None, more=False))


def test_the_dates_are_those_of_the_first_and_last_item() -> None:
    assert resources.dated(ITEMS) == {
        "X-TAXII-Date-Added-First": "2024-02-01T00:00:01.000000Z",
        "X-TAXII-Date-Added-Last": "2024-02-01T00:00:02.000000Z",
    }


def test_discovery_lists_the_roots_in_which_the_user_sees_something() -> None:
    assert validated("discovery", resources.discovery(config(), ANN))["api_roots"] == ["/intel/", "/inner/"]
    assert validated("discovery", resources.discovery(config(), NORTH))["api_roots"] == ["/intel/"]


def test_who_sees_nothing_hears_of_no_root_and_no_default() -> None:
    assert validated("discovery", resources.discovery(config(description="What"), User("x"))) == {
        "title": "Sharing",
        "description": "What",
        "contact": "desk@example.org",
    }
    assert "default" not in json.loads(resources.discovery(config(default="inner"), NORTH))


def test_a_root_says_how_much_it_takes() -> None:
    told = validated("api-root", resources.api_root(Root("a", "A", (), "words"), 7))
    assert (told["title"], told["description"], told["max_content_length"]) == ("A", "words", 7)


def test_a_collection_says_what_its_reader_may_do_and_not_what_is_ours() -> None:
    told = validated("collection", resources.collection(replace(OPEN, upstream="https://up.example/"), NORTH))
    assert told == {
        "id": OPEN.id, "title": "Open", "description": "For all", "alias": "open", "can_read": True, "can_write": False,
        "media_types": ["application/stix+json;version=2.1"],
    }  # fmt: skip


def test_collections_that_are_not_there_for_a_user_are_not_listed() -> None:
    root = Root("a", "A", (OPEN, INTEL))
    reader = replace(NORTH, write=frozenset())
    assert [one["id"] for one in validated("collections", resources.collections(root, reader))["collections"]] == [
        OPEN.id
    ]
    assert resources.collections(root, User("x")) == b"{}"


def test_a_status_counts_and_lists() -> None:
    id_ = "44444444-4444-4444-8444-444444444444"
    posting = Posting(id_, "pending", 1, (("a", "1"),), (("b", "2", "why"),), (("c", "3"),))
    told = validated("status", resources.status(posting))
    assert told["total_count"] == 3
    assert told["failures"] == [{"id": "b", "version": "2", "message": "why"}]
    assert validated("status", resources.status(Posting(id_, "complete", 1))).keys() == {
        "id", "status", "request_timestamp", "total_count", "success_count", "failure_count", "pending_count",
    }  # fmt: skip
