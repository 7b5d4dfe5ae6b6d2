"""What of a row can matter to the law in question, and which values are the same before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from telvet.assessment.dimensions import MAKER, Dimension, dimensions, maker_of
from telvet.assessment.knowledge import Knowledge
from telvet.model.organisation import Tier
from telvet.tables.judging import Part, Raw, Source
from tests.unit.assessment.toy_world import knowledge
from tests.unit.packs.toy_law import ACME, ID, designation, pack, rule

ALWAYS = [MAKER, "operator", "equipment.installed_on", "equipment.lifecycle", "equipment.removed_on"]


def names(known: Knowledge) -> list[str]:
    return [one.name for one in dimensions(known)]


def dimension(known: Knowledge, name: str) -> Dimension:
    return next(one for one in dimensions(known) if one.name == name)


def apart(known: Knowledge, name: str, *cells: str | None) -> list[int]:
    """Number the cells by what tells them apart, in the order in which they come."""
    one = dimension(known, name)
    seen: dict[object, int] = {}
    return [seen.setdefault(one.signature(one.value((cell,))), len(seen)) for cell in cells]


def law_of(about: Mapping[str, Any] | None = None, **head: Any) -> Knowledge:
    return knowledge(pack(rule("rule", about), **head))


def test_maker_operator_and_use_always_count_the_maker_first_and_the_operator_next() -> None:
    assert names(law_of()) == ALWAYS
    assert names(knowledge(pack(), chosen=frozenset())) == ALWAYS


@pytest.mark.parametrize(
    ("about", "more"),
    [
        ({"when": {"all": [ACME, {"equipment.generation": {"is": "5G"}}]}}, ["equipment.generation"]),
        ({"except": [{"id": "e", "when": {"equipment.tags": {"has": "a"}}}]}, ["equipment.tags"]),
        ({"when": {"equipment.managed_by": {"designated": "acme"}}}, ["equipment.managed_by"]),
        ({"effect": {"prohibit": "procure"}}, ["equipment.procured_on"]),
        ({"by": {"after": "equipment.procured_on", "months": 1}}, ["equipment.procured_on"]),
        ({"when": {"equipment.procured_on": {"on or after": "2020-01-01"}}}, ["equipment.procured_on"]),
        ({"binds": {"operator.roles": {"has": "mno"}}}, []),
    ],
)
def test_a_fact_counts_when_some_provision_looks_at_it(about: Mapping[str, Any], more: list[str]) -> None:
    assert sorted(names(law_of(about))) == sorted([*ALWAYS, *more])


def test_the_day_of_purchase_counts_where_ownership_is_asked_as_of_making() -> None:
    assert "equipment.procured_on" in names(law_of(designations=[designation(owned_on="making")]))


def test_notes_count_where_waivers_may_name_elements() -> None:
    known = knowledge(pack(), overlays=[{"kind": "waiver", "subject": "e1", "provision": ID}])
    assert "notes" in names(known)
    assert "notes" not in names(knowledge(pack(), overlays=[{"kind": "order", "subject": "north", "provision": ID}]))


def test_a_maker_is_made_of_every_cell_that_hints_at_one() -> None:
    known = law_of()
    one = maker_of(known, (None, "Acme Ltd", None, None, None, None))
    assert (one.maker.organisation, one.maker.tier, one.supplier) == ("acme", Tier.LEGAL_ALIAS, None)
    both = maker_of(known, (None, "Acme Ltd", "a00001", None, "4002", "Borea AG"))
    assert {candidate.organisation for candidate in both.maker.candidates} == {"acme", "borea"}
    assert both.supplier is not None
    assert both.supplier.organisation == "borea"
    assert maker_of(known, ("acme", None, None, "4001", None, "unknown")).supplier is None


def test_the_cells_of_a_maker_come_from_their_columns_and_parts() -> None:
    assert dimension(law_of(), MAKER).sources == (
        Source("organisation"), Source("manufacturer"), Source("mac", Part.BLOCK),
        Source("sys_object_id", Part.ENTERPRISE), Source("vendor_id"), Source("supplier"),
    )  # fmt: skip


def makers_apart(known: Knowledge, *manufacturers: str | None) -> list[int]:
    one = dimension(known, MAKER)
    seen: dict[object, int] = {}
    raws: Sequence[Raw] = [(None, name, None, None, None, None) for name in manufacturers]
    return [seen.setdefault(one.signature(one.value(raw)), len(seen)) for raw in raws]


def test_makers_that_the_law_treats_alike_are_one() -> None:
    assert makers_apart(law_of(), "Acme Ltd", "Acme Radio", "Borea AG", "Ceres SA", None, "Nobody Inc") == [
        0, 0, 1, 1, 2, 2,
    ]  # fmt: skip


def test_makers_that_different_designations_meet_are_apart() -> None:
    two = [designation(), designation("borea", vendor="borea")]
    known = law_of({"when": {"equipment.vendor": {"designated": ["acme", "borea"]}}}, designations=two)
    assert makers_apart(known, "Acme Ltd", "Borea AG", "Acme Radio") == [0, 1, 0]


def test_makers_whose_owners_changed_are_apart_where_the_day_of_making_is_asked() -> None:
    known = law_of(designations=[designation(owned_on="making")])
    assert makers_apart(known, "Acme Ltd", "Sold GmbH", "Borea AG") == [0, 1, 2]
    assert makers_apart(law_of(), "Borea AG", "Sold GmbH") == [0, 0]


def test_makers_that_swapped_owners_are_apart_for_each_was_anothers_when_it_was_made() -> None:
    two = [designation(owned_on="making"), designation("borea", vendor="borea", owned_on="making")]
    known = law_of({"when": {"equipment.vendor": {"designated": ["acme", "borea"]}}}, designations=two)
    assert makers_apart(known, "Sold GmbH", "Swapped SA") == [0, 1]


def test_days_are_told_apart_only_where_the_law_turns() -> None:
    known = law_of({"when": {"equipment.installed_on": {"on or after": "2020-05-01"}}})
    days = ("2019-01-01", "2020-04-30", "2020-05-01", "2020-05-02", "2021-06-14", "2021-06-16", "2022-01-01", None)
    parts = apart(known, "equipment.installed_on", *days)
    assert parts[0] == parts[1]
    assert len({parts[1], parts[2], parts[3], parts[5], parts[7]}) == 5
    assert parts[3] == parts[4]


def test_spans_are_apart_by_both_their_ends() -> None:
    known = law_of()
    parts = apart(known, "equipment.removed_on", "2021-05", "2021-06", "2021-06-01", "2021", "2021Q2")
    assert parts[0] == parts[2]
    assert parts[1] == parts[3] == parts[4] != parts[0]


def test_planned_days_are_one_for_each_row_keeps_its_own() -> None:
    known = law_of({"effect": {"prohibit": "install"}})
    assert apart(known, "equipment.installed_on", "2022-01-01", "2022-01-02", "2022-01", "2021-06-15") == [0, 0, 0, 1]


def test_days_that_a_deadline_hangs_on_stay_apart() -> None:
    known = law_of({"by": {"after": "equipment.procured_on", "months": 1}})
    assert apart(known, "equipment.procured_on", "2019-01-01", "2019-01-02", "2019-01") == [0, 1, 2]


def test_days_in_and_out_of_an_excuse_of_an_event_are_apart() -> None:
    waiver = {"id": "w", "when": {"equipment.tags": {"has": "a"}}, "from": "2020-03-01", "to": "2020-03-31"}
    known = law_of({"effect": {"prohibit": "install"}, "waivers": [waiver]})
    days = ("2020-02-29", "2020-03-01", "2020-03-31", "2020-04-01")
    assert apart(known, "equipment.installed_on", *days) == [0, 1, 1, 2]


def test_days_before_and_after_a_rule_bites_are_apart() -> None:
    known = law_of({"effect": {"prohibit": "procure"}, "from": "2020-05-01", "to": "2021-07-01"})
    days = ("2020-04-30", "2020-05-01", "2021-06-14", "2021-07-01", "2021-07-02")
    assert apart(known, "equipment.procured_on", *days) == [0, 1, 1, 2, 3]


def test_a_rule_that_bites_after_a_designation_cuts_at_each_of_its_days() -> None:
    two = [designation(from_="2020-02-01"), designation("borea", vendor="borea", from_="2020-04-01")]
    about = {
        "when": {"equipment.vendor": {"designated": ["acme", "borea"]}}, "effect": {"prohibit": "install"},
        "from": {"after": "designation", "months": 1},
    }  # fmt: skip
    known = law_of(about, designations=two)
    days = ("2020-02-29", "2020-03-01", "2020-04-30", "2020-05-01")
    assert apart(known, "equipment.installed_on", *days) == [0, 1, 1, 2]


def test_days_of_making_are_cut_where_ownership_changed() -> None:
    known = law_of(designations=[designation(owned_on="making")])
    assert apart(known, "equipment.installed_on", "2020-12-31", "2021-01-02", "2021-01-15", "2019-05-05") == [
        0,
        1,
        1,
        0,
    ]


def test_codes_are_apart_only_by_the_answers_they_give() -> None:
    known = law_of({"when": {"all": [ACME, {"equipment.generation": {"is": "5G"}}]}})
    assert apart(known, "equipment.generation", "5G", "4G", "4G;5G", "3G", None, "-5G") == [0, 1, 0, 1, 2, 1]


def test_a_manager_that_is_not_named_is_nobody() -> None:
    known = law_of({"when": {"equipment.managed_by": {"designated": "acme"}}})
    managers = (None, "Borea AG", "Acme Ltd", "Nobody Inc", "Acme Radio")
    assert apart(known, "equipment.managed_by", *managers) == [0, 0, 1, 2, 1]


def test_operators_are_apart_by_their_facts_and_by_what_overlays_say_of_them() -> None:
    law = pack(binds={"operator.roles": {"has": "mno"}})
    operators = {name: {"operator": name, "roles": roles} for name, roles in (("a", "mno"), ("b", "mno"), ("c", "isp"))}
    plain = knowledge(law, operators=operators)
    assert apart(plain, "operator", "a", "b", "c", "unheard of", None) == [0, 0, 1, 2, 2]
    waived = knowledge(law, operators=operators, overlays=[{"kind": "waiver", "subject": "b", "provision": ID}])
    assert apart(waived, "operator", "a", "b", "c") == [0, 1, 2]


def test_stages_of_life_are_all_apart() -> None:
    assert apart(law_of(), "equipment.lifecycle", "live", "planned", "stock", "off", "removed", None) == [
        0,
        1,
        2,
        3,
        4,
        5,
    ]
