"""Query strings, by the table of TAXII 3.4."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.taxii.config import Bounds
from telvet.sharing.taxii.endpoints import ENDPOINTS
from telvet.sharing.taxii.moments import read_moment
from telvet.sharing.taxii.parameters import Asked, Fields, read_parameters
from telvet.sharing.taxii.refusals import Refusal
from telvet.sharing.taxii.source import Query

_FIELDS = {
    f"{name} {endpoint.name}": method.fields
    for endpoint in ENDPOINTS
    for name, method in endpoint.methods.items()
    if method.fields
}
_BOUNDS = Bounds(default_page=10, most_page=100)


def read(query: str, endpoint: str = "GET objects") -> Asked:
    return read_parameters(query.encode(), _FIELDS[endpoint], _BOUNDS)


def test_nothing_asked_is_the_last_version_of_everything() -> None:
    query = read("").query
    assert query == Query(limit=10)
    assert query.versions == {"last"}


def test_fields_are_read_and_commas_part_values() -> None:
    query = read("match[id]=a--1,b--2&match%5Btype%5D=indicator,malware&match[spec_version]=2.0%2C2.1&limit=7").query
    assert query.ids == {"a--1", "b--2"}
    assert query.types == {"indicator", "malware"}
    assert query.spec_versions == {"2.0", "2.1"}
    assert query.limit == 7


def test_a_version_is_asked_for_as_it_is_kept() -> None:
    query = read("match[version]=first,2016-01-01T01:01:01.5Z,last").query
    assert query.versions == {"first", "2016-01-01T01:01:01.500000Z", "last"}


def test_more_than_the_server_gives_is_what_it_gives() -> None:
    assert read(f"limit={2**53 - 1}").query.limit == 100


def test_a_moment_is_read_to_the_microsecond() -> None:
    assert read("added_after=2024-01-15T09:30:00.000001Z").query.added_after == read_moment(
        "2024-01-15T09:30:00.000001Z"
    )


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=-1", "limit=", "limit=1.0", "limit=ten", "limit=1e3", "limit=+1", "limit=%201", f"limit={2**53}", "limit=1&limit=1",
        "limit=%D9%A1", "limit=" + "9" * 5000, "added_after=", "added_after=yesterday", "added_after=2024-01-15",
        "added_after=2024-01-15T09:30:00", "added_after=2024-01-15T09:30:00%2B00:00", "added_after=2024-13-01T00:00:00.000000Z",
        "added_after=2024-01-15T09:30:00Z&added_after=2024-01-15T09:30:00Z", "next=", "next=a&next=a", "next=a%20b", "next=%C3%A4",
        "match[type]=", "match[type]=a,,b", "match[type]=a,%20b", "match[type]=a&match[type]=b", "match[type]=a%00", "match[id]=,",
        "match[version]=all,last", "match[version]=last,last", "match[version]=newest", "match[version]=2016-01-01",
        "match[spec_version]=two", "match[spec_version]=2", "match[]=a", "match[type=a", "match=a", "match[ty pe]=a", "match[foo]=a&match[foo]=b",
        "limit=%ff", "&".join(f"a{number}=1" for number in range(101)),
    ],
)  # fmt: skip
def test_what_is_malformed_is_refused(query: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(query)
    assert caught.value.status == 400


@pytest.mark.parametrize("query", ["match[foo]=a", "colour=blue", "match[confidence]=", "=&=x", "&&", "matches=1"])
def test_what_the_standard_does_not_know_is_ignored(query: str) -> None:
    assert read(query) == read("")


def test_an_endpoint_ignores_the_fields_of_others() -> None:
    assert read("match[id]=a--1&match[type]=x", "GET object") == read("", "GET object")
    assert read("match[version]=newest", "GET versions").query.versions == {"all"}


@pytest.mark.parametrize(
    "query", ["match[type]=x", "match[foo]=x", "limit=1", "added_after=2024-01-15T09:30:00Z", "x=1"]
)
def test_what_would_delete_more_than_was_meant_is_refused(query: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(query, "DELETE object")
    assert caught.value.status == 400


def test_without_a_version_all_are_deleted() -> None:
    assert read("", "DELETE object").query.versions == {"all"}
    assert read("match[version]=first", "DELETE object").query.versions == {"first"}


def test_a_question_has_one_name_however_it_is_written() -> None:
    one = read("match[type]=a,b&limit=3&added_after=2024-01-15T09:30:00Z&next=x")
    other = read("added_after=2024-01-15T09:30:00.000Z&match%5Btype%5D=b,a&limit=9&colour=blue")
    assert one.digest == other.digest
    assert one.next == "x"


@pytest.mark.parametrize(
    "query", ["match[type]=a", "match[id]=a", "match[version]=all", "match[spec_version]=2.1", "added_after=2024-01-15T09:30:00Z"]
)  # fmt: skip
def test_another_question_has_another_name(query: str) -> None:
    assert read(query).digest != read("").digest


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=6))
def test_no_query_makes_it_fail(pairs: list[tuple[str, str]]) -> None:
    with suppress(Refusal):
        asked = read_parameters(urlencode(pairs, errors="replace").encode(), _FIELDS["GET manifest"], _BOUNDS)
        assert 1 <= asked.query.limit <= 100


@given(st.binary(max_size=40))
def test_no_bytes_make_it_fail(query: bytes) -> None:
    with suppress(Refusal):
        read_parameters(query, Fields(), _BOUNDS)
