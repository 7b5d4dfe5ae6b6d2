from __future__ import annotations

from dataclasses import replace

from telvet.model.sharing import Arrangement, Originators, ThirdParty
from telvet.sharing.deciding.third_party import third_parties_agree
from tests.unit.sharing.deciding.cases import ARRANGEMENT, CONSENT, GREEN, THEIRS, WAIVER, ask, case, no, shown

NOBODY = Originators()


def saying(rule: ThirdParty | None) -> Arrangement:
    return replace(ARRANGEMENT, third_party=rule)


def test_our_own_material_asks_for_nobody() -> None:
    assert all(not list(third_parties_agree(case(saying(rule)), GREEN)) for rule in (*ThirdParty, None))


def test_never_is_not_moved_by_consent_and_is_by_a_waiver() -> None:
    never = saying(ThirdParty.NEVER)
    assert shown(third_parties_agree(case(never, THEIRS, consents=frozenset({CONSENT})), GREEN)) == no("third-party")
    waiver = replace(WAIVER, rule="third-party")
    assert shown(third_parties_agree(case(never, THEIRS, waivers=frozenset({waiver})), GREEN)) == []


def test_consent_is_asked_of_every_third_party() -> None:
    asking, two = saying(ThirdParty.CONSENT), Originators(frozenset({"they", "others"}), complete=True)
    found = list(third_parties_agree(case(asking, two, consents=frozenset({CONSENT})), GREEN))
    assert shown(found) == no("third-party")
    assert [reason.excused_by for reason in found] == [None, "consent c"]


def test_where_it_is_not_known_whose_it_is_only_marks_can_free_it() -> None:
    for rule in (ThirdParty.NEVER, ThirdParty.CONSENT, None):
        assert shown(third_parties_agree(case(saying(rule), NOBODY), GREEN)) == ask("third-party")
    assert list(third_parties_agree(case(saying(ThirdParty.AS_MARKED), NOBODY), GREEN)) == []
    assert list(third_parties_agree(case(None, NOBODY), GREEN)) == []


def test_an_arrangement_that_says_nothing_leaves_third_parties_to_a_person() -> None:
    (found,) = third_parties_agree(case(saying(None), THEIRS, consents=frozenset({CONSENT})), GREEN)
    assert found.unless == ("fact arrangement.third_party",)
