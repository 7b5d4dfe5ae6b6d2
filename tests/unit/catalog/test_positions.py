from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from telvet.catalog.evidence_codes import read_codes
from telvet.catalog.positions import ANYONE, CatalogueRow, read_catalogue
from telvet.errors import CatalogError
from telvet.model.dates import Span
from telvet.model.evidence import Level
from telvet.model.status import Grade
from telvet.shipped import shipped

ROW = """
- id: gbr-2020-07-14-removal
  vendors: [huawei]
  measure: REMOVAL_ORDERED
  scope: 5g
  modality: done
  level: state
  actor: Its government
  date: 2020-07
  until: 2028-01-01
  deadline: 2027-12-31
  text: >-
    It is to be
    taken out.
  publisher: A gazette
  published: 2020-07-14
  source: https://example.org/removal
  grade: secondary
  recorded: 2026-11-25
  note: Not read.
  via: An agency
"""


def folder(tmp_path: Path, text: str = ROW, name: str = "GBR.yaml") -> Path:
    (tmp_path / name).write_text(text)
    return tmp_path


def faults(place: Path) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(CatalogError) as caught:
        read_catalogue(place)
    return [(fault.record, fault.field, fault.code) for fault in caught.value.faults]


def test_a_row_is_read_with_its_dates_parsed(tmp_path: Path) -> None:
    assert read_catalogue(folder(tmp_path)) == (
        CatalogueRow(
            id="gbr-2020-07-14-removal",
            country="GBR",
            vendors=("huawei",),
            measure="REMOVAL_ORDERED",
            scope="5g",
            modality="done",
            level=Level.STATE,
            actor="Its government",
            date="2020-07",
            until=date(2028, 1, 1),
            deadline=date(2027, 12, 31),
            text="It is to be taken out.",
            publisher="A gazette",
            published=Span(date(2020, 7, 14), date(2020, 7, 14)),
            source="https://example.org/removal",
            grade=Grade.SECONDARY,
            recorded=date(2026, 11, 25),
            via="An agency",
            note="Not read.",
        ),
    )


def test_what_is_optional_may_be_left_out(tmp_path: Path) -> None:
    lines = [line for line in ROW.splitlines() if not re.match(r"  (scope|until|deadline|note):", line)]
    (row,) = read_catalogue(folder(tmp_path, "\n".join(lines)))
    assert (row.scope, row.until, row.deadline, row.note) == (None, None, None, "")


@pytest.mark.parametrize(
    "day", ["2020-07-14", "2020-07", "2020Q3", "2020", "2019/2020-07", "2019/..", "../2020", "2019/"]
)
def test_a_date_may_be_as_exact_as_it_is_known(tmp_path: Path, day: str) -> None:
    (row,) = read_catalogue(folder(tmp_path, ROW.replace("date: 2020-07\n", f"date: {day}\n")))
    assert row.date == day


def test_rows_come_by_country_and_then_as_they_stand(tmp_path: Path) -> None:
    second = ROW.replace("07-14-removal", "01-28-core")
    folder(tmp_path, ROW + second)
    folder(tmp_path, ROW.replace("gbr-", "aus-"), "AUS.yaml")
    (tmp_path / "README.md").write_text("Not a row.")
    assert [row.id for row in read_catalogue(tmp_path)] == [
        "aus-2020-07-14-removal", "gbr-2020-07-14-removal", "gbr-2020-01-28-core",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("measure: REMOVAL_ORDERED", "measure: REMOVAL_ORDRED", (4, "measure", "unknown-code")),
        ("modality: done", "modality: doen", (6, "modality", "unknown-code")),
        ("scope: 5g", "scope: 5gg", (5, "scope", "unknown-code")),
        ("level: state", "level: stat", (7, "level", "unknown-code")),
        ("grade: secondary", "grade: second", (18, "grade", "unknown-code")),
        ("[huawei]", "[huawai]", (3, "vendors", "unknown-code")),
        ("[huawei]", "huawei", (3, "vendors", "not-a-list")),
        ("[huawei]", "[]", (3, "vendors", "not-a-list")),
        ("[huawei]", "[huawei, anyone]", (3, "vendors", "anyone")),
        ("gbr-2020-07-14-removal", "usa-2020-07-14-removal", (2, "id", "bad-id")),
        ("gbr-2020-07-14-removal", "gbr-2020_07", (2, "id", "bad-id")),
        ("date: 2020-07\n", "date: July\n", (9, "date", "bad-date")),
        ("date: 2020-07\n", "date: 2021/2020\n", (9, "date", "bad-date")),
        ("date: 2020-07\n", "date: ../..\n", (9, "date", "bad-date")),
        ("published: 2020-07-14", "published: 2019/2020", (16, "published", "bad-date")),
        ("until: 2028-01-01", "until: 2028", (10, "until", "bad-date")),
        ("until: 2028-01-01", "until: 2020-06-30", (10, "until", "bad-date")),
        ("deadline: 2027-12-31", "deadline: 2019-12-31", (11, "deadline", "bad-date")),
        ("recorded: 2026-11-25", "recorded: 2020-07-13", (19, "recorded", "bad-date")),
        ("actor: Its government", "actor: ''", (8, "actor", "missing")),
        ("  source: https://example.org/removal\n", "", (2, "source", "missing")),
        ("note: Not read.", "notes: Not read.", (20, "notes", "unknown-code")),
    ],
)
def test_a_fault_has_its_line_and_field(tmp_path: Path, old: str, new: str, fault: tuple[int, str, str]) -> None:
    assert faults(folder(tmp_path, ROW.replace(old, new))) == [fault]


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ("REMOVAL_ORDERED", "REMOVE_ORDER", "REMOVAL_ORDERED"),
        ("modality: done", "modality: urge", "urged"),
        ("[huawei]", "[huawai]", "huawei"),
        ("level: state", "level: agencies", "agency"),
    ],
)
def test_the_nearest_code_is_named(tmp_path: Path, old: str, new: str, near: str) -> None:
    with pytest.raises(CatalogError) as caught:
        read_catalogue(folder(tmp_path, ROW.replace(old, new)))
    assert f"did you mean {near}?" in caught.value.faults[0].line()


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder(tmp_path, ROW.replace("done", "doen").replace("5g", "5gg"))
    folder(tmp_path, "- [", "AUS.yaml")
    folder(tmp_path, "just words", "NZL.yaml")
    folder(tmp_path, ROW, "UK.yaml")
    assert [code for _, _, code in faults(tmp_path)] == [
        "yaml", "unknown-code", "unknown-code", "not-a-list", "unknown-country",
    ]  # fmt: skip


def test_an_id_stands_once(tmp_path: Path) -> None:
    assert faults(folder(tmp_path, ROW + ROW)) == [(23, "id", "duplicate-id")]


@pytest.mark.parametrize("text", ["", "[]", "{}", "- 5", "- [a]"])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    assert faults(folder(tmp_path, text))


def test_an_empty_folder_has_no_rows(tmp_path: Path) -> None:
    assert read_catalogue(tmp_path) == ()


def test_what_ships_is_sound_and_covers_the_countries_that_the_law_and_the_press_name() -> None:
    rows = read_catalogue()
    countries = {row.country for row in rows}
    assert countries >= set(
        "USA GBR AUS NZL JPN DEU SWE CAN FRA ITA POL ROU EST DNK PRT ESP IND TWN CRI ARE".split()  # noqa: SIM905
    )
    assert {row.grade for row in rows} == set(Grade)
    assert any(row.vendors == (ANYONE,) for row in rows)


def test_no_shipped_row_is_dated_or_published_after_it_was_recorded() -> None:
    for row in read_catalogue():
        assert row.published.last <= row.recorded, row.id
        assert row.id.startswith(f"{row.country.lower()}-20"), row.id


def test_a_shipped_row_without_an_address_is_never_verified() -> None:
    bare = [row.id for row in read_catalogue() if row.grade is Grade.VERIFIED and not row.source.startswith("https://")]
    assert bare == []


def test_no_shipped_sentence_stands_twice() -> None:
    told: dict[str, list[str]] = defaultdict(list)
    for row in read_catalogue():
        told[row.text].append(row.id)
    assert {text: ids for text, ids in told.items() if len(ids) > 1} == {}


def test_a_shipped_row_names_a_scope_of_its_own_only_where_its_measure_leaves_it_one() -> None:
    measures = read_codes().measures
    idle = [row.id for row in read_catalogue() if row.scope and measures[row.measure].fixed]
    assert idle == []


def test_the_countries_that_are_left_out_are_told() -> None:
    told = (shipped("catalog") / "positions" / "README.md").read_text("utf-8")
    for country in ("Singapore", "Vietnam", "South Korea", "Malaysia", "Thailand", "Latvia", "Slovenia"):
        assert country in told


def test_every_stage_of_one_long_story_is_there() -> None:
    story = [(row.measure, row.modality, row.date) for row in read_catalogue() if row.country == "GBR"]
    for stage in (
        ("WARNING", "done", "2018-10/2018-11"),
        ("BANNED", "unlikely", "2018-11"),
        ("RESTRICTED_NONCORE", "decided_in_principle", "2019"),
        ("RESTRICTED_NONCORE", "done", "2020-01-28"),
        ("CAPPED", "done", "2020-01-28"),
        ("NEW_EQUIPMENT_BAN", "done", "2020-07-14"),
        ("REMOVAL_ORDERED", "done", "2020-07-14"),
        ("REMOVAL_ORDERED", "done", "2022-10-13"),
    ):
        assert stage in story
