"""Which provisions may touch a maker and an operator, and what need not be told apart where none does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from telvet.assessment.dimensions import dimensions
from telvet.assessment.docket import Docket, index
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.relevance import facts_read
from telvet.lawcheck.rows import Rows
from tests.unit.assessment.toy_world import knowledge, row, rows_of
from tests.unit.packs.toy_law import ACME, designation, pack, rule

FAST = {"equipment.generation": {"is": "5G"}}
MNO = {"operator.roles": {"has": "mno"}}
OPERATORS = {name: {"operator": name, "roles": roles} for name, roles in (("north", "mno"), ("south", "isp"))}
Cells = Mapping[str, str | int | None]


def docket_of(known: Knowledge, *given: Cells) -> tuple[Docket, Rows, Any]:
    backend = Rows()
    relation = backend.table(rows_of(*given))
    return (
        Docket(known, [index(one, backend.distinct(relation, one.sources)) for one in dimensions(known)]),
        backend,
        relation,
    )


def touched(known: Knowledge, *given: Cells) -> list[list[str]]:
    """Return the provisions that may touch each row."""
    docket, backend, relation = docket_of(known, *given)
    found = []
    for one in given:
        (picked,) = backend.pick(relation, str(one["id"]))
        ((tokens, _),) = backend.classify(backend.only(relation, picked), docket.keys)
        found.append([provision.id.rpartition(".")[2] for provision in docket.touching(tokens)])
    return found


def classes(known: Knowledge, *given: Cells) -> int:
    docket, backend, relation = docket_of(known, *given)
    return len(backend.classify(relation, docket.keys))


def test_a_provision_touches_whom_it_binds_and_the_makers_it_may_mean() -> None:
    known = knowledge(pack(rule("all"), rule("bound", {"binds": MNO})), operators=OPERATORS)
    assert touched(
        known, row("a"), row("b", operator="south"), row("c", manufacturer="Borea AG"), row("d", manufacturer="Nobody Inc"),
        row("e", operator="unheard of"),
    ) == [["all", "bound"], ["all"], [], ["all", "bound"], ["all", "bound"]]  # fmt: skip


def test_a_maker_within_alternatives_is_seen_too() -> None:
    either = {"any": [{"all": [ACME, FAST]}, {"all": [{"equipment.vendor": {"designated": "borea"}}, FAST]}]}
    two = [designation(), designation("borea", vendor="borea")]
    known = knowledge(pack(rule("rule", {"when": either}), designations=two))
    assert touched(known, row("a"), row("b", manufacturer="Borea AG"), row("c", manufacturer="Ceres SA")) == [
        ["rule"], ["rule"], [],
    ]  # fmt: skip


def test_what_asks_for_no_maker_touches_every_maker() -> None:
    share = {"share": {"of": ACME, "among": FAST, "by": ["t"], "at most": "1 %"}, "by": "2020-01-01"}
    law = pack(rule("cap", share), rule("fast", {"when": FAST}), metrics={"t": {"sum": "traffic"}})
    assert touched(knowledge(law), row("a", manufacturer="Borea AG")) == [["cap", "fast"]]


def test_whoever_may_have_owned_the_maker_when_it_was_made_is_touched() -> None:
    known = knowledge(pack(designations=[designation(owned_on="making")]))
    assert touched(known, row("a", manufacturer="Borea AG")) == [["rule"]]


def test_what_no_provision_reads_that_may_touch_is_not_told_apart() -> None:
    known = knowledge(pack(rule("fast", {"when": {"all": [ACME, FAST]}})), on=date(2021, 6, 15))
    fast, slow = {"generation": "5G"}, {"generation": "4G"}
    assert classes(known, row("a", **fast), row("b", **slow)) == len("ab")
    assert (
        classes(known, *(row(name, manufacturer="Borea AG", **cells) for name, cells in (("a", fast), ("b", slow))))
        == 1
    )


@pytest.mark.parametrize(("effect", "number"), [("prohibit use", 2), ({"prohibit": "install"}, 4)])
def test_stages_of_life_are_told_apart_where_an_event_may_have_happened(effect: object, number: int) -> None:
    known = knowledge(pack(rule("rule", {"effect": effect})))
    stages = ("live", "planned", "stock", "off")
    assert classes(known, *(row(stage, lifecycle=stage) for stage in stages)) == number


def test_what_is_not_said_of_life_is_apart_for_it_is_counted() -> None:
    known = knowledge(pack())
    given = (row("a", lifecycle="live"), row("b", lifecycle=None))
    assert classes(known, *(({**one, "manufacturer": "Borea AG"}) for one in given)) == len(given)


def test_days_are_cut_by_the_provisions_that_may_touch_alone() -> None:
    cut = {"when": {"all": [ACME, {"equipment.installed_on": {"on or after": "2020-05-01"}}]}}
    known = knowledge(pack(rule("rule", cut)))
    days = ("2019-01-01", "2021-01-01")
    assert classes(known, *(row(day, installed_on=day) for day in days)) == len(days)
    assert classes(known, *(row(day, installed_on=day, manufacturer="Borea AG") for day in days)) == 1


def test_the_facts_that_a_share_reads_are_those_of_both_its_sides_and_of_its_metrics() -> None:
    share = {"share": {"of": ACME, "among": FAST, "by": ["t"], "at most": "1 %"}, "by": "2020-01-01"}
    known = knowledge(pack(rule("cap", share), metrics={"t": {"sum": "traffic", "at": ["core.user"]}}))
    (cap,) = known.provisions
    assert {"equipment.vendor", "equipment.generation", "equipment.function", "equipment.lifecycle"} <= facts_read(
        cap, known
    )
