"""What a client hears when it is not answered as it asked (TAXII 3.6.1)."""

from __future__ import annotations

import json

import pytest

from telvet.sharing.taxii.openapi_schemas import SCHEMAS
from telvet.sharing.taxii.refusals import (
    Refusal,
    busy,
    forbidden,
    malformed,
    not_found,
    place_lost,
    unprocessable,
)
from tests.unit.sharing.taxii.schemas import validated

ALL = [busy(), forbidden("read"), malformed("x"), not_found(), place_lost(), unprocessable("x", place=1)]


@pytest.mark.parametrize("refusal", ALL, ids=lambda one: one.code)
def test_each_is_an_error_resource_that_repeats_its_status(refusal: Refusal) -> None:
    told = validated("error", refusal.body("an-id"))
    assert told["http_status"] == str(refusal.status)
    assert told["error_code"] == refusal.code
    assert "error" in SCHEMAS


def test_what_is_not_there_is_one_text_for_every_request() -> None:
    assert not_found().body("one") == not_found().body("other")
    assert "error_id" not in json.loads(not_found().body("one"))


def test_any_other_holds_the_id_of_the_request() -> None:
    assert json.loads(malformed("x").body("an-id"))["error_id"] == "an-id"


def test_who_is_sent_away_hears_when_to_come_again() -> None:
    assert int(busy().headers["Retry-After"]) > 0


def test_details_are_told_where_there_are_some() -> None:
    assert json.loads(unprocessable("x", place=3).body(""))["details"] == {"place": 3}
    assert "details" not in json.loads(unprocessable("x").body(""))
