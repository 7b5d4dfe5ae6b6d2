from __future__ import annotations

from dataclasses import replace

from telvet.model.handling import Classification, Ground, Handling, Reach
from telvet.model.sharing import Originators
from telvet.sharing.deciding.marks import grounds_to_refer, grounds_to_withhold, marks_speak, says_who
from tests.unit.sharing.deciding.cases import CONSENT, GREEN, THEIRS, ask, case, no, shown

ORCON = Ground("ism-control", "m", "OC")
OTHER = Ground("ism-control", "m", "PR")


def test_what_no_mark_lets_out_is_withheld() -> None:
    marked = Handling(marks=frozenset({"m"}), terms=frozenset({"cite it"}))
    assert shown(marks_speak(case(), Handling())) == shown(marks_speak(case(), marked)) == no("marks")
    assert shown(marks_speak(case(), GREEN)) == []


def test_any_part_that_names_a_recipient_speaks() -> None:
    assert not says_who(Handling())
    assert says_who(Handling(classification=Classification.U))
    assert says_who(Handling(reach=Reach.ALL))
    assert says_who(Handling(rel_to=frozenset()))
    assert says_who(Handling(organisations=frozenset()))


def test_every_ground_is_told_with_its_marking() -> None:
    handling = replace(GREEN, withheld=frozenset({Ground("b", "m2", "text"), Ground("a", "m1")}))
    found = list(grounds_to_withhold(case(), handling))
    assert [(reason.because, reason.cites) for reason in found] == [("a", ("m1",)), ("b: text", ("m2",))]


def test_only_what_the_originator_controls_is_excused_by_consent() -> None:
    handling = replace(GREEN, referred=frozenset({ORCON, OTHER}))
    asked = case(originators=THEIRS, consents=frozenset({CONSENT}))
    found = list(grounds_to_refer(asked, handling))
    assert [reason.excused_by for reason in found] == ["consent c", None]
    assert shown(found) == ask("referred")


def test_everyone_whose_it_is_must_consent_and_be_known() -> None:
    handling = replace(GREEN, referred=frozenset({ORCON}))
    (lacking,) = grounds_to_refer(
        case(originators=Originators(frozenset({"they", "us"})), consents=frozenset({CONSENT})), handling
    )
    assert lacking.unless == ("consent of us", "fact originators")
    (own,) = grounds_to_refer(case(originators=Originators(frozenset({"partner"}), complete=True)), handling)
    assert own.excused_by == "the partner is the originator"
    assert shown(grounds_to_refer(case(partner=None), handling)) == ask("referred")
