from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from telvet.errors import UsageError
from telvet.model.handling import Ground, Handling, Reach, Tlp
from telvet.sharing.markings.misp import read_event
from telvet.sharing.markings.misp_export import MispPartner, confined, export_settings
from tests.unit.sharing.markings.marks import DAY, RULES, data

EVENT = data("misp_event.json")
BETA = "aaaaaaaa-0000-4000-8000-000000000002"
PARTNER = MispPartner(BETA, "Beta", "https://misp.beta.example")
GROUP = "5b7e8d3e-3a52-4ce1-9d0b-2d6a0a7e0002"
OPEN = Handling(marks=frozenset({"e"}), tlp=Tlp.AMBER_STRICT, reach=Reach.CONNECTED)


def nodes(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from nodes(each)
    elif isinstance(value, list):
        for each in value:
            yield from nodes(each)


def test_a_file_is_for_the_partners_organisation_alone_in_every_part() -> None:
    made = confined(EVENT, export_settings(OPEN, PARTNER))
    distributions = {node["distribution"] for node in nodes(made) if "distribution" in node}
    assert distributions == {"0"}
    assert not any("SharingGroup" in node for node in nodes(made))


def test_what_is_synchronised_is_for_a_group_of_the_partner_alone_in_every_part() -> None:
    made = confined(EVENT, export_settings(OPEN, PARTNER, group=GROUP))
    held = [node for node in nodes(made) if "distribution" in node]
    assert len(held) == 6
    for node in held:
        group = node["SharingGroup"]
        assert node["distribution"] == "4"
        assert (group["uuid"], group["roaming"], group["active"]) == (GROUP, False, True)
        assert [(row["Organisation"]["uuid"], row["extend"]) for row in group["SharingGroupOrg"]] == [(BETA, False)]
        assert [row["all_orgs"] for row in group["SharingGroupServer"]] == [False]


def test_what_is_exported_is_read_back_as_the_partners_alone() -> None:
    back = read_event(confined(EVENT, export_settings(OPEN, PARTNER, group=GROUP)), RULES, DAY)
    assert {part.organisations for part in (back.event, *back.parts.values())} == {frozenset({BETA})}
    back = read_event(confined(EVENT, export_settings(OPEN, PARTNER)), RULES, DAY)
    assert {part.reach for part in (back.event, *back.parts.values())} == {Reach.ORGANISATION}
    assert back.event.tlp is Tlp.AMBER_STRICT


def test_other_events_proposals_old_groups_and_local_tags_stay_behind() -> None:
    text = json.dumps(confined(EVENT, export_settings(OPEN, PARTNER)))
    for left in ("RelatedEvent", "proposal", "sharing_group_id", "seen-by", "alpha", "Two and one", "tlp:green"):
        assert left not in text
    assert "tlp:amber+strict" in text
    assert "misp-galaxy" in text


def test_the_event_that_was_given_is_not_changed() -> None:
    before = json.dumps(EVENT)
    confined(EVENT, export_settings(OPEN, PARTNER, group=GROUP))
    assert json.dumps(EVENT) == before


def test_an_event_that_states_no_distribution_is_given_one() -> None:
    assert confined({"uuid": "e"}, export_settings(OPEN, PARTNER))["distribution"] == "0"


@pytest.mark.parametrize(
    "handling",
    [
        Handling(), Handling(marks=frozenset({"e"}), reach=Reach.ORGANISATION), Handling(marks=frozenset({"e"}), organisations=frozenset({"c"})),
        Handling(marks=frozenset({"e"}), withheld=frozenset({Ground("x", "e")})),
    ],
)  # fmt: skip
def test_what_its_marks_keep_from_the_partner_is_refused(handling: Handling) -> None:
    with pytest.raises(UsageError) as caught:
        export_settings(handling, PARTNER)
    assert caught.value.code == "misp-withheld"
    assert caught.value.fix


def test_a_member_of_its_groups_may_have_it() -> None:
    assert export_settings(Handling(marks=frozenset({"e"}), organisations=frozenset({BETA})), PARTNER).distribution == 0


def test_a_group_needs_a_server_that_it_is_bound_to() -> None:
    with pytest.raises(UsageError):
        export_settings(OPEN, MispPartner(BETA, "Beta"), group=GROUP)
