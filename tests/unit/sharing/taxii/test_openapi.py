"""The description of the interface is that of the table of endpoints."""

from __future__ import annotations

import json
from typing import Any

import pytest

from telvet.sharing.taxii.config import Bounds
from telvet.sharing.taxii.endpoints import ENDPOINTS
from telvet.sharing.taxii.openapi import described

TOLD: dict[str, Any] = json.loads(described(Bounds()))


def test_every_endpoint_is_described_and_no_other() -> None:
    assert {path: set(methods) for path, methods in TOLD["paths"].items()} == {
        endpoint.template: {name.lower() for name in endpoint.methods} for endpoint in ENDPOINTS
    }


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_an_operation_names_its_parameters_and_every_answer(endpoint: Any) -> None:
    for name, method in endpoint.methods.items():
        told = TOLD["paths"][endpoint.template][name.lower()]
        named = [one["name"] for one in told.get("parameters", [])]
        in_path = [part[1:-1] for part in endpoint.template.split("/") if part.startswith("{")]
        assert named[: len(in_path)] == in_path
        if method.fields:
            assert {f"match[{field}]" for field in method.fields.match} <= set(named)
        always = {"405", "503"} if endpoint.public else {"401", "405", "406", "500", "503"}
        assert set(told["responses"]) == {str(method.status), *map(str, method.refusals)} | always


def test_who_may_read_the_description_need_not_say_who_it_is() -> None:
    assert TOLD["paths"]["/openapi.json"]["get"]["security"] == []
    assert "security" not in TOLD["paths"]["/taxii2/"]["get"]


def test_all_that_is_referred_to_is_there() -> None:
    text = json.dumps(TOLD)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(TOLD["components"]["schemas"])
