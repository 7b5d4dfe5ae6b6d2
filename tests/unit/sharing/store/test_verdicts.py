from __future__ import annotations

import hashlib
import json

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect, Obligation, Reason
from telvet.sharing.objects.reading import read_object
from telvet.sharing.store.shelves import Row
from telvet.sharing.store.verdicts import OLDER, Verdicts, told_of, verdicts
from tests.unit.sharing.store.shop import an_object, rules


def row(key: int, *, number: int = 0, day: int | None = 1) -> Row:
    thing = read_object(an_object(number or key, day=day, name="n", description="d"))
    version = "2024-01-01T00:00:00.000000Z" if day is None else f"2023-01-{day:02}T00:00:00.000000Z"
    return Row(key, key, "c-1", thing.id, "2.1", version, thing.version, thing.digest, thing)


def outcome(effect: Effect, *redacted: str) -> Outcome:
    reasons = (Reason("tlp-cap", effect, "x"), Reason("tlp-cap", effect, "y"), Reason("law", effect, "z"))
    decision = Decision(effect, reasons, (Obligation("tlp", "observe it"),), redacted=redacted)
    return Outcome(decision, ("authority a",) if effect.releases else ())


def judged(*pairs: tuple[Row, Outcome], older: bool = False) -> Verdicts:
    return verdicts([one for one, _ in pairs], [each for _, each in pairs], rules().stix, older_versions=older)


def test_only_what_goes_out_is_shown_and_what_is_referred_waits() -> None:
    effects = (Effect.PERMIT, Effect.REFER, Effect.WITHHOLD)
    found = judged(*((row(key), outcome(effect)) for key, effect in enumerate(effects, 1)))
    assert [one.row.key for one in found.shown] == [1]
    assert [one.key for one, _ in found.waiting] == [2]
    assert [one.effect for one in found.decided] == list(effects)


def test_what_is_shown_says_why_and_by_which_act() -> None:
    (one,) = judged((row(1), outcome(Effect.PERMIT))).shown
    assert (json.loads(one.reasons), json.loads(one.obligations)) == (["authority a"], ["tlp"])
    assert (json.loads(one.leaves_by), one.body, one.digest) == (["authority a"], None, row(1).digest)


def test_what_loses_parts_is_shown_without_them_by_the_digest_of_what_is_left() -> None:
    (one,) = judged((row(1), outcome(Effect.REDACT, "name"))).shown
    assert one.body is not None
    assert "name" not in json.loads(one.body)
    assert one.digest == hashlib.sha256(one.body).hexdigest()


def test_what_cannot_be_written_without_its_parts_stays() -> None:
    found = judged((row(1), outcome(Effect.REDACT, "id")))
    assert not found.shown
    assert [(one.effect, one.reasons[-1]) for one in found.decided] == [("withhold", "parts")]


def test_older_versions_stay_with_the_newest() -> None:
    pairs = [(row(1, number=9, day=1), outcome(Effect.PERMIT)), (row(2, number=9, day=2), outcome(Effect.REFER))]
    found = judged(*pairs)
    assert not found.shown
    assert found.decided[0].reasons[-1] == OLDER
    assert [one.key for one, _ in found.waiting] == [2]
    assert [one.row.key for one in judged(*pairs, older=True).shown] == [1]


def test_a_version_that_the_object_does_not_name_is_older_than_one_that_it_does() -> None:
    pairs = [(row(1, number=9, day=1), outcome(Effect.PERMIT)), (row(2, number=9, day=None), outcome(Effect.REFER))]
    assert [one.row.key for one in judged(*pairs).shown] == [1]


def test_the_record_names_the_object_as_it_came() -> None:
    told = told_of(row(1), outcome(Effect.WITHHOLD))
    assert (told.object, told.version, told.digest) == (row(1).id, "2023-01-01T00:00:00.000Z", row(1).digest)
