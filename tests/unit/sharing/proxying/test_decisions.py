from __future__ import annotations

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect
from telvet.sharing.objects.thing import Thing
from telvet.sharing.proxying.decisions import Basis, Decisions, Judged

BASIS = Basis("partner-a", "e1", ("https://a.example/",), "https://a.example/", newest=True)
THING = Thing(b"{}", {"id": "x"})
JUDGED = Judged(THING, Outcome(Decision(Effect.PERMIT, ())), seen=True)


def test_a_decision_is_known_on_the_same_basis_and_on_no_other() -> None:
    kept = Decisions(60)
    kept.keep(BASIS, JUDGED)
    assert kept.known(BASIS, THING) is JUDGED
    assert kept.known(BASIS, Thing(b"{ }", {"id": "x"})) is None
    for other in (
        BASIS._replace(partner="partner-b"),
        BASIS._replace(epoch="e2"),
        BASIS._replace(readable=()),
        BASIS._replace(collection="https://b.example/"),
        BASIS._replace(newest=False),
    ):
        assert kept.known(other, THING) is None


def test_nothing_is_kept_without_time_or_epoch() -> None:
    for kept, basis in ((Decisions(0), BASIS), (Decisions(60), BASIS._replace(epoch=""))):
        kept.keep(basis, JUDGED)
        assert kept.known(basis, THING) is None
