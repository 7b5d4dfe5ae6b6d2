from __future__ import annotations

import io
import json

from telvet.model.finding import Disposition
from telvet.reporting import jsonl
from tests.unit.reporting import sample

KEYS = [
    "id", "subject", "subject_id", "equipment", "operator", "country", "provision", "status", "force", "by", "vendor", "missing", "unless", "because",
    "cites", "reading", "until", "excused_by", "grade",
]  # fmt: skip


def written(*findings: object) -> list[str]:
    out = io.StringIO()
    jsonl.write(sample.assessment(list(findings)), out)  # type: ignore[arg-type]  # findings, as the callers pass
    return out.getvalue().splitlines()


def test_a_finding_has_the_published_keys_in_the_published_order() -> None:
    (line,) = written(sample.finding())
    assert list(json.loads(line)) == KEYS
    assert line.startswith(
        '{"id": "f-7c1d0a5e11aa22bb", "subject": "equipment", "subject_id": "hss-02", "equipment": "hss-02", '
        '"operator": "northwind", "country": "GBR", "provision": "gbr.huawei-direction-2022.core", '
        '"status": "contravention", "force": "binding", "by": "2023-12-31", '
        '"vendor": {"organisation": "huawei-technologies", "group": "huawei", "relation": "owned", '
        '"tier": "legal alias"}, "missing": [], "unless": [], "because": [{"fact": "equipment.vendor", '
    )


def test_candidates_are_named_only_where_the_maker_is_not_settled() -> None:
    settled, disputed, nobody = (
        jsonl.finding_object(sample.finding(vendor=vendor))["vendor"]
        for vendor in (sample.HUAWEI, sample.DISPUTED, sample.NOBODY)
    )
    assert isinstance(settled, dict)
    assert isinstance(disputed, dict)
    assert isinstance(nobody, dict)
    assert "candidates" not in settled
    assert disputed["candidates"] == ["cisco", "huawei-technologies"]
    assert nobody["candidates"] == ["Blue Heron Networks"]


def test_a_disposition_comes_last_and_only_when_there_is_one() -> None:
    held = Disposition("accepted risk", "j.doe", "2024-01-10T09:12:00Z", "spare parts", None)
    shown = jsonl.finding_object(sample.finding(disposition=held))
    assert list(shown) == [*KEYS, "disposition"]
    assert shown["disposition"] == {
        "state": "accepted risk",
        "by": "j.doe",
        "on": "2024-01-10T09:12:00Z",
        "why": "spare parts",
        "ticket": None,
    }


def test_what_is_not_there_is_null_and_not_left_out() -> None:
    shown = jsonl.finding_object(sample.finding(vendor=None, by=None, equipment=None))
    assert (shown["vendor"], shown["by"], shown["equipment"]) == (None, None, None)
    assert list(shown) == KEYS


def test_a_line_is_one_line_whatever_the_texts_hold() -> None:
    lines = written(sample.finding(operator="north\nwind\u2028", subject_id="华为"))
    assert len("".join(lines).split("\n")) == 1
    assert "华为" in lines[0]


def test_every_finding_is_written_in_the_order_of_the_stream() -> None:
    lines = written(*sample.findings())
    assert [json.loads(line)["id"] for line in lines] == [finding.id for finding in sample.findings()]
