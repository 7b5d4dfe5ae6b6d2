from __future__ import annotations

from datetime import date

import pytest

from telvet.evidence.reviewing.mending import Draft, Unfit
from telvet.evidence.statements.making import Maker
from telvet.model.evidence import Level
from tests.unit.evidence.reviewing.reviewed import BAN, TEXT, candidates, document


@pytest.fixture
def draft() -> Draft:
    raw = candidates()[0].raw
    assert raw
    return Draft(Maker.of(document()), raw)


def assigned(draft: Draft, *lines: str) -> Draft:
    for line in lines:
        draft, told = draft.assign(line)
        assert told == ()
    return draft


def refused(draft: Draft, line: str) -> tuple[str, str, str]:
    with pytest.raises(Unfit) as caught:
        draft.assign(line)
    trouble = caught.value.trouble
    return trouble.key, trouble.code, trouble.fix


def test_assignments_change_their_keys_alone(draft: Draft) -> None:
    mended = assigned(
        draft, "measure=PROCUREMENT_BAN", "modality = planned", "date=2018-12", "level=Agency", "vendor=Huawei; ZTE"
    )
    said, told = mended.statement("now")
    assert told == ()
    assert (said.measure, said.scope, said.modality, said.country) == (
        "PROCUREMENT_BAN", "procurement", "planned", "AUS",
    )  # fmt: skip
    assert said.when
    assert (said.when.first, said.when.last) == (date(2018, 12, 1), date(2018, 12, 31))
    assert (said.level, [one.name for one in said.vendors]) == (Level.AGENCY, ["Huawei", "ZTE"])
    assert said.text == BAN


def test_codes_are_taken_in_any_case_and_values_are_emptied(draft: Draft) -> None:
    said = assigned(draft, "MEASURE=procurement ban", "modality=Decided in principle", "country=", "vendor=").said
    assert (said.measure, said.modality, said.country, said.vendor) == (
        "PROCUREMENT_BAN", "decided_in_principle", None, (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "key", "code", "fix"),
    [
        ("measure=BANED", "measure", "unknown-code", "did you mean BANNED?"),
        ("modality=plannd", "modality", "unknown-code", "did you mean planned?"),
        ("level=offical", "level", "unresolved", "did you mean official?"),
        ("level=zzz", "level", "unresolved", "use one of state, agency"),
        ("date=last week", "date", "unresolved", "write 2019-01-28"),
        ("until=soon", "until", "unresolved", "write 2019-01-28"),
        ("mesure=BANNED", "mesure", "unknown-key", "did you mean measure=?"),
        ("BANNED", "edit", "no-assignment", "KEY=VALUE"),
        ("measure", "edit", "no-assignment", "write measure="),
        ("start=12", "start", "unknown-key", "write quote="),
        ("measure=", "measure", "missing", "write measure="),
        ("quote=", "quote", "missing", "write quote="),
        ("quote=Australia will ban", "quote", "not-verbatim", "telvet evidence show"),
    ],
)
def test_what_cannot_be_taken_is_told_with_what_was_meant(
    draft: Draft, line: str, key: str, code: str, fix: str
) -> None:
    said = refused(draft, line)
    assert said[:2] == (key, code)
    assert fix in said[2]


def test_names_that_nobody_knows_are_kept_and_told(draft: Draft) -> None:
    after, told = draft.assign("vendor=Huawei, and others nobody knows; Nobodys Networks")
    assert [(one.key, one.value) for one in told] == [("vendor", "Nobodys Networks")]
    after, told = after.assign("country=Atlantis")
    assert [one.key for one in told] == ["country"]
    said, _ = after.statement("now")
    assert (said.country, said.raw.country if said.raw else None) == (None, "Atlantis")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("banned Huawei from 5G", "banned Huawei\u00a0from 5G"),
        ('it "a matter of security"', "it \u201ca matter of security\u201d"),
        ("New Zealand's operators", "New Zealand\u2019s operators"),
        ("went on all week. Australia", "went on all week.\n\nAustralia"),
        ("it \ufffda matter", "it \u201ca matter"),
    ],
)
def test_a_quote_is_found_as_a_terminal_shows_it_and_kept_as_it_stands(draft: Draft, typed: str, found: str) -> None:
    said, _ = assigned(draft, f"quote={typed}").statement("now")
    assert said.quote
    assert (said.quote.exact, TEXT[said.quote.start : said.quote.end]) == (found, found)


def test_of_several_places_the_nearest_to_the_old_one_is_meant() -> None:
    raw = candidates()[2].raw
    assert raw
    said = assigned(Draft(Maker.of(document()), raw), "quote=Huawei").said
    assert said.start == TEXT.index("Huawei equipment")


def test_the_old_offsets_do_not_hold_a_new_quote_back(draft: Draft) -> None:
    assert draft.said.end == TEXT.index(BAN) + len(BAN)
    assert assigned(draft, "quote=Huawei denied this").said.start == TEXT.index("Huawei denied")
