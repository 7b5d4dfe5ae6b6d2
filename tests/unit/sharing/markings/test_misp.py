from __future__ import annotations

from typing import Any

import pytest

from telvet.model.handling import Handling, Reach, Tlp
from telvet.sharing.markings.compiled import Compiled
from telvet.sharing.markings.misp import read_event, read_marks
from tests.unit.sharing.markings.marks import DAY, RULES, codes, data, grounds, referrals

EVENT = data("misp_event.json")
GROUP = EVENT["Event"]["Attribute"][2]["SharingGroup"]
ALPHA, BETA = "aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"


def read(around: Handling | None = None, **more: Any) -> Compiled:
    return read_marks({"uuid": "u", **more}, RULES, DAY, around)


def grouped(**more: Any) -> Compiled:
    return read(distribution="4", SharingGroup={**GROUP, **more})


@pytest.mark.parametrize(
    ("distribution", "reach"),
    [("0", Reach.ORGANISATION), (1, Reach.COMMUNITY), ("2", Reach.CONNECTED), (3, Reach.ALL)],
)
def test_a_distribution_is_how_far_it_travels(distribution: object, reach: Reach) -> None:
    assert read(distribution=distribution).handling.reach is reach


@pytest.mark.parametrize("distribution", [None, "", "6", -1, "5", 5, True, [], {}, 1.0, "all"])
def test_what_is_no_distribution_of_an_event_is_withheld(distribution: object) -> None:
    assert grounds(read(distribution=distribution).handling) == {"distribution-malformed"}


def test_what_is_held_is_never_freer_than_what_holds_it() -> None:
    around = Handling(marks=frozenset({"e"}), reach=Reach.COMMUNITY, tlp=Tlp.AMBER)
    assert read(around, distribution="5").handling == around
    held = read(around, distribution="3", Tag=[{"name": "tlp:clear"}]).handling
    assert (held.reach, held.tlp) == (Reach.COMMUNITY, Tlp.AMBER)


def test_a_sharing_group_is_its_members() -> None:
    made = grouped()
    assert made.handling.organisations == frozenset({ALPHA, BETA})
    assert made.findings == ()


def test_two_groups_leave_those_who_are_in_both() -> None:
    around = Handling(organisations=frozenset({BETA, "c"}))
    assert read(around, distribution="4", SharingGroup=GROUP).handling.organisations == frozenset({BETA})


@pytest.mark.parametrize(
    ("more", "ground"),
    [
        ({"SharingGroupOrg": []}, "group-empty"), ({"SharingGroupOrg": None}, "group-empty"), ({"SharingGroupOrg": [{"org_id": "1"}]}, "group-empty"),
        ({"active": False}, "group-inactive"), ({"active": None}, "group-inactive"),
    ],
)  # fmt: skip
def test_a_group_that_lets_nobody_in_is_withheld(more: dict[str, Any], ground: str) -> None:
    made = grouped(**more)
    assert grounds(made.handling) == {ground}
    assert ground in codes(made)


@pytest.mark.parametrize("group", [None, "1", []])
def test_a_group_that_is_not_sent_along_lets_nobody_have_it(group: object) -> None:
    handling = read(distribution="4", sharing_group_id="1", SharingGroup=group).handling
    assert handling.organisations == frozenset()
    assert grounds(handling) == {"group-absent"}


def test_a_group_as_the_index_writes_it_is_read_too() -> None:
    inner = {key: GROUP[key] for key in ("uuid", "name", "releasability", "active", "roaming")}
    index = {"SharingGroup": inner, "SharingGroupOrg": GROUP["SharingGroupOrg"], "SharingGroupServer": []}
    assert read(distribution=4, SharingGroup=index).handling.organisations == frozenset({ALPHA, BETA})


def test_what_widens_a_group_is_told_and_does_not_count() -> None:
    servers = [{"all_orgs": True, "Server": {"name": "Alpha"}}]
    made = grouped(SharingGroupServer=servers, roaming=True)
    assert codes(made) == ["group-all-organisations", "group-roaming"]
    assert made.handling.organisations == frozenset({ALPHA, BETA})


def test_the_free_text_of_a_group_is_read_or_left_to_a_person() -> None:
    assert referrals(grouped(releasability="Friends of Alpha").handling) == {"Friends of Alpha"}
    assert grouped(releasability="SECRET//REL TO USA, GBR").handling.rel_to == frozenset({"USA", "GBR"})


@pytest.mark.parametrize(
    ("tag", "level"),
    [("tlp:white", Tlp.CLEAR), ("TLP:AMBER", Tlp.AMBER), ("tlp:amber+strict", Tlp.AMBER_STRICT), ("tlp:red", Tlp.RED)],
)
def test_tags_of_tlp_are_levels(tag: str, level: Tlp) -> None:
    assert read(distribution="3", Tag=[{"name": tag}]).handling.tlp is level


@pytest.mark.parametrize(
    "tag", ["tlp:ex:chr", "tlp:unclear", "tlp:", 'nato:classification="NS"', 'dni-ism:dissem="NF"', "IEP:traffic"]
)
def test_a_tag_that_marks_and_is_not_understood_is_withheld(tag: str) -> None:
    made = read(distribution="3", Tag=[{"name": tag}])
    assert grounds(made.handling) == {"tag-unread"}
    assert codes(made) == ["tag-unread"]


def test_a_listed_tag_adds_its_terms_and_others_say_nothing() -> None:
    assert read(distribution="3", Tag=[{"name": "PAP:Green"}]).handling.terms
    assert grounds(read(distribution="3", Tag=[{"name": "PAP:purple"}]).handling) == {"statement-unlisted"}
    assert read(distribution="3", Tag=[{"name": 'misp-galaxy:tool="x"'}]) == read(distribution="3")


@pytest.mark.parametrize("tags", ["tlp:red", {"name": "tlp:red"}, [{}], [{"name": 7}], [None]])
def test_tags_that_cannot_be_read_withhold(tags: object) -> None:
    assert grounds(read(distribution="3", Tag=tags).handling) == {"tags-malformed"}


def test_several_levels_are_told_and_the_strictest_holds() -> None:
    made = read(distribution="3", Tag=[{"name": "tlp:red"}, {"name": "tlp:green"}])
    assert made.handling.tlp is Tlp.RED
    assert codes(made) == ["tlp-conflict"]


def test_an_event_is_read_with_all_it_holds() -> None:
    made = read_event(EVENT, RULES, DAY)
    assert (made.event.tlp, made.event.reach) == (Tlp.GREEN, Reach.CONNECTED)
    parts = {name[:1] + name[-1:]: part for name, part in made.parts.items()}
    assert set(parts) == {"a1", "a2", "a3", "a4", "b1"}
    assert parts["a1"] == made.event
    assert parts["a2"].tlp is Tlp.RED
    assert parts["a3"].organisations == frozenset({ALPHA, BETA})
    assert parts["b1"].reach is parts["a4"].reach is Reach.ORGANISATION
    assert made.findings == ()
    assert read_event(EVENT["Event"], RULES, DAY) == made
