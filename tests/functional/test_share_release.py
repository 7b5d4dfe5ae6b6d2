"""`telvet share release`, `receipt` and `released`: what leaves, by whose act, and the proof of it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from telvet.sharing.objects.reading import read_bundle
from tests.functional.driver import TELVET, telvet
from tests.functional.sharing_desk import FACTS, FEED, NORTH, OURS, Desk, bundle, indicator, lasting, level

EVENT = "e0000000-0000-4000-8000-000000000001"
HIDDEN = "a0000000-0000-4000-8000-000000000002"
STAYS = [
    "indicator--7d1e0c5a-0014-4b6e-9c2f-1f2e3d4c5b6a",
    "indicator--7d1e0c5a-0015-4b6e-9c2f-1f2e3d4c5b6a",
    "identity--5d0f7c3e-8b21-4f6a-a9d3-7e1c2b3a4f50",
    "indicator--27b9b8a4-3c55-4f1c-8a4e-1c2d3e4f5a6b",
]
WORDS = (b"victim who asked", b"Sensor of our own", b"198.51.100.7", b"198.51.100.8", b"Halewick")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def event(*attributes: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = {
        "uuid": EVENT,
        "info": "Beacons",
        "distribution": "3",
        "Orgc": {"uuid": OURS.removeprefix("identity--"), "name": "We"},
        "Tag": [{"name": "tlp:green"}],
        "Attribute": list(attributes),
    }
    return {"Event": {**made, **more}}


def test_what_leaves_are_the_exact_bytes_and_nothing_of_what_stays(desk: Desk) -> None:
    said = desk.release(FEED)
    assert said.code == 0, said.err
    artefact, receipt = (desk.folder / name for name in ("out.json", "out.json.receipt.json"))
    left = read_bundle(artefact.read_bytes(), "out.json").things
    came = {thing.id: thing for thing in read_bundle(FEED.read_bytes(), "feed.json").things}
    assert all(came[thing.id].raw == thing.raw for thing in left)
    assert len(left) == 18
    for path in (artefact, receipt):
        data = path.read_bytes()
        assert not any(name.encode() in data for name in STAYS)
        assert not any(word in data for word in WORDS)
        assert path.stat().st_mode & 0o777 == 0o600
    told = desk.receipt()
    assert [each["id"] for each in told["objects"]] == [thing.id for thing in left]
    assert [each["sha256"] for each in told["objects"]] == [thing.digest for thing in left]
    assert (told["partner"], told["by"]) == ("northland-cert", "ana")
    by = {tuple(each["leaves_by"]) for each in told["objects"]}
    assert by == {(), ("standing authority SRA-1",)}
    assert "4 objects in the queue for a person" in said.err


def test_a_receipt_is_checked_with_the_public_key_alone(desk: Desk, tmp_path: Path) -> None:
    desk.release(FEED)
    artefact, receipt = tmp_path / "out.json", tmp_path / "out.json.receipt.json"
    good = telvet("share", "receipt", receipt, artefact, "--key", desk.public)
    assert good.code == 0
    assert "the artefact is the one that left" in good.out
    assert "18 objects" in good.out
    assert telvet("share", "receipt", receipt, "--key", desk.public).code == 0
    other = tmp_path / "other.json"
    data = bytearray(artefact.read_bytes())
    data[200] ^= 1
    other.write_bytes(data)
    bad = telvet("share", "receipt", receipt, other, "--key", desk.public)
    assert bad.code == 1
    assert "NOT THE ONE THAT LEFT" in bad.out
    told = receipt.read_bytes()
    for place in range(5, len(told), len(told) // 40):
        changed = bytearray(told)
        changed[place] ^= 1
        other.write_bytes(changed)
        ran = telvet("share", "receipt", other, artefact, "--key", desk.public)
        blank = json.loads(told) == _json(bytes(changed))
        assert ran.code == (0 if blank else 2), place
    assert telvet("share", "receipt", tmp_path / "none", "--key", desk.public).code == 2
    stranger = Desk(_folder(tmp_path / "stranger"))
    foreign = telvet("share", "receipt", receipt, artefact, "--key", stranger.public)
    assert foreign.code == 2
    assert "[receipt]" in foreign.err


def _json(data: bytes) -> object:
    try:
        return json.loads(data)
    except ValueError:
        return None


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.mark.parametrize(
    "other", [("--as-of", "2024-01-01"), ("--known-by", "2024-01-01"), ("--recorded-by", "2024-01-01"), ("--facts", FACTS)]
)  # fmt: skip
def test_nothing_leaves_by_the_facts_of_another_time(desk: Desk, other: tuple[object, ...]) -> None:
    said = desk.release(FEED, *other)
    assert said.code == 2
    assert "[not-now]" in said.err
    assert not (desk.folder / "out.json").exists()
    assert desk.queue() == {}


def test_without_a_log_nothing_leaves_and_nothing_is_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path, log=False)
    said = desk.release(FEED)
    assert (said.code, said.out) == (2, "")
    assert "[audit-missing]" in said.err
    assert "telvet share audit init" in said.err
    assert not list(tmp_path.glob("out*"))
    assert desk.queue() == {}
    nowhere = telvet("share", "release", FEED, *NORTH, "--by", "ana", "-o", tmp_path / "out.json")
    assert nowhere.code == 2
    assert "[no-workspace]" in nowhere.err


def test_a_log_that_was_tampered_with_lets_nothing_leave(desk: Desk) -> None:
    assert desk.release(FEED).code == 0
    (segment,) = (desk.workspace / "audit" / "main").glob("*.segment")
    segment.write_bytes(segment.read_bytes().replace(b'"by":"ana"', b'"by":"eva"'))
    said = desk.release(FEED, name="again.json")
    assert said.code == 2
    assert not (desk.folder / "again.json").exists()


def test_nothing_is_written_over_what_is_read(desk: Desk) -> None:
    file = bundle(desk.folder / "feed.json", [indicator(1, "green")])
    before = file.read_bytes()
    assert desk.release(file, name="feed.json").code == 2
    key = (desk.workspace / "audit.key").read_bytes()
    assert desk.release(file, "--receipt", desk.workspace / "audit.key").code == 2
    assert desk.release(file, "--receipt", desk.folder / "out.json").code == 2
    assert desk.release(file, name="nowhere/out.json").code == 2
    assert (file.read_bytes(), (desk.workspace / "audit.key").read_bytes()) == (before, key)
    assert desk.share("released", "--format", "jsonl").findings == []


def test_what_is_approved_leaves_the_next_time(desk: Desk) -> None:
    grey = "intrusion-set--7d1e0c5a-0002-4b6e-9c2f-1f2e3d4c5b6a"
    tie = "relationship--7d1e0c5a-0003-4b6e-9c2f-1f2e3d4c5b6a"
    first = desk.released(FEED)
    assert grey not in first
    assert {grey, tie} <= desk.queue().keys()
    approved = desk.judge("approve", grey)
    assert approved.code == 0
    assert "approved" in approved.out
    second = desk.released(FEED)
    assert set(second) == {*first, grey, tie}
    by = {each["id"]: each["leaves_by"] for each in desk.receipt()["objects"]}
    assert by[grey] == ["approval of bo"]


def test_an_object_goes_without_its_stricter_part_where_that_was_agreed(tmp_path: Path) -> None:
    text = lasting(FACTS.read_text("utf-8")).replace("redaction: no ", "redaction: yes", 1)
    text = text.replace("tlp: amber ", "tlp: green ", 1).replace("redacted: no", "redacted: yes", 1)
    desk = Desk(tmp_path, text)
    part = [{"marking_ref": level("amber"), "selectors": ["description"]}]
    file = bundle(
        tmp_path / "feed.json", [indicator(1, "green", description="Seen by the probe", granular_markings=part)]
    )
    assert desk.released(file) == [OURS], "with its parts it is stricter than the authority"
    desk.judge("approve", indicator(1)["id"])
    assert desk.released(file) == [OURS, indicator(1)["id"]]
    made = (tmp_path / "out.json").read_bytes()
    assert b"Seen by the probe" not in made + (tmp_path / "out.json.receipt.json").read_bytes()
    assert [each["effect"] for each in desk.receipt()["objects"] if each["id"] == indicator(1)["id"]] == ["redact"]


def test_what_a_partner_holds_already_counts_against_a_ceiling(tmp_path: Path) -> None:
    desk = Desk(tmp_path, lasting(FACTS.read_text("utf-8")).replace("most: 500", "most: 3"))
    file = bundle(tmp_path / "one.json", [indicator(number, "green") for number in (1, 2)])
    assert len(desk.released(file)) == 3
    more = bundle(tmp_path / "two.json", [indicator(number, "green") for number in (3, 4, 5)])
    left = desk.released(more)
    assert left == [OURS, indicator(3)["id"]]
    waits = desk.queue()
    assert waits.keys() == {indicator(4)["id"], indicator(5)["id"]}
    (reason,) = waits[indicator(4)["id"]]["reasons"]
    assert reason["rule"] == "together"
    assert "the partner would hold 5 together, and 3 may go" in reason["because"]
    (told,) = json.loads(desk.share("explain", more, indicator(4)["id"], *NORTH, "--format", "json").out)
    assert (told["effect"], told["release"]["effect"]) == ("permit", "refer")
    assert desk.released(file) == [OURS, indicator(1)["id"], indicator(2)["id"]]
    desk.judge("approve", indicator(5)["id"])
    assert desk.released(more) == [OURS, indicator(3)["id"], indicator(5)["id"]]


def test_what_has_gone_out_is_listed_with_whom_it_went_to(desk: Desk) -> None:
    nothing = desk.share("released")
    assert (nothing.code, nothing.out.strip()) == (0, "Nothing has gone out.")
    assert desk.share("released", "--together").out.strip() == "Nothing has gone out."
    desk.released(FEED)
    desk.released(FEED)
    rows = desk.share("released", "--format", "jsonl").findings
    assert len(rows) == 18
    assert {(each["partner"], each["times"], each["effect"]) for each in rows} == {("northland-cert", 2, "permit")}
    assert desk.share("released", "--since", "2098-01-01", "--format", "jsonl").findings == []
    assert len(desk.share("released", "--since", "2020-01-01", "--format", "jsonl").findings) == 18
    assert desk.share("released", "--partner", "suedwall-lage", "--format", "jsonl").findings == []
    (one,) = desk.share("released", "--object", OURS, "--format", "jsonl").findings
    assert one["object"] == OURS
    assert re.search(r"18.*versions? went out", desk.share("released").out)
    (held,) = desk.share("released", "--together", "--format", "jsonl").findings
    assert (held["partner"], held["objects"], held["types"]["indicator"]) == ("northland-cert", 18, 6)
    assert "northland-cert holds 18 objects" in desk.share("released", "--together").out


@pytest.mark.parametrize("columns", [80, 120])
def test_tables_fit_and_name_objects_in_full(desk: Desk, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    said = [
        desk.release(FEED),
        *(desk.share(*asked) for asked in (["released"], ["released", "--together"], ["queue", "list"])),
    ]
    for ran in said[1:]:
        assert all(len(text) <= columns for text in ran.out.splitlines())
    assert "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb" in said[1].out
    assert "intrusion-set--7d1e0c5a-0002-4b6e-9c2f-1f2e3d4c5b6a" in said[3].out


def test_an_event_leaves_so_that_it_stays_with_the_partner(desk: Desk) -> None:
    path = desk.folder / "event.json"
    plain = {
        "uuid": "a0000000-0000-4000-8000-000000000001",
        "type": "ip-dst",
        "value": "198.51.100.3",
        "distribution": "5",
    }
    path.write_text(json.dumps(event(plain, RelatedEvent=[{"Event": {"uuid": EVENT[:-1] + "9", "info": "Another"}}])))
    first = desk.release(path)
    assert first.code == 0, first.err
    assert json.loads((desk.folder / "out.json").read_text()) == {"response": []}
    assert desk.judge("approve", f"misp-event--{EVENT}").code == 0
    assert desk.release(path).code == 0
    made = json.loads((desk.folder / "out.json").read_text())["Event"]
    assert (made["uuid"], made["distribution"], made["Attribute"][0]["distribution"]) == (EVENT, "0", "0")
    assert made["Tag"] == [{"name": "tlp:green"}]
    assert "RelatedEvent" not in made
    assert [each["id"] for each in desk.receipt()["objects"]] == [f"misp-event--{EVENT}"]
    checked = telvet(
        "share", "receipt", desk.folder / "out.json.receipt.json", desk.folder / "out.json", "--key", desk.public
    )
    assert checked.code == 0


def test_an_event_goes_without_what_is_too_strict_in_it_and_without_its_name(tmp_path: Path) -> None:
    text = lasting(FACTS.read_text("utf-8")).replace("redaction: no ", "redaction: yes", 1)
    desk, path = Desk(tmp_path, text), tmp_path / "event.json"
    open_ = {
        "uuid": "a0000000-0000-4000-8000-000000000001",
        "type": "ip-dst",
        "value": "198.51.100.3",
        "distribution": "5",
    }
    shut = {
        "uuid": HIDDEN,
        "type": "domain",
        "value": "beacon.example",
        "distribution": "5",
        "Tag": [{"name": "tlp:red"}],
    }
    path.write_text(json.dumps(event(open_, shut)))
    (told,) = desk.decide(path).values()
    assert told["effect"] == "redact"
    assert desk.release(path).code == 0
    assert json.loads((tmp_path / "out.json").read_text()) == {"response": []}
    name = f"misp-event--{EVENT}"
    assert desk.queue()[name]["persons"] == 2
    for person in ("bo", "cy"):
        desk.judge("approve", name, person)
    assert desk.release(path).code == 0
    text = (tmp_path / "out.json").read_text()
    assert [each["value"] for each in json.loads(text)["Event"]["Attribute"]] == ["198.51.100.3"]
    assert not any(
        word in text + (tmp_path / "out.json.receipt.json").read_text() for word in ("beacon.example", HIDDEN)
    )


def test_a_plain_file_leaves_whole_or_not_at_all(desk: Desk) -> None:
    note, beside = desk.folder / "note.bin", desk.folder / "note.bin.handling.yaml"
    note.write_bytes(b"\x00\xff our own words")
    beside.write_text(f"tlp: green\noriginator: {OURS}\n")
    stays = desk.release(note, name="out.bin")
    assert stays.code == 1
    assert "Nothing leaves, and nothing was written." in stays.out
    assert not list(desk.folder.glob("out.bin*"))
    (name,) = desk.queue()
    shown = desk.share("queue", "show", desk.queue()[name]["entry"])
    assert "16 bytes that are no text" in shown.out
    assert desk.judge("approve", name).code == 0
    beside.write_text(f"tlp: amber\noriginator: {OURS}\n")
    assert desk.release(note, name="out.bin").code == 1, "other marks were not approved"
    beside.write_text(f"tlp: green\noriginator: {OURS}\n")
    leaves = desk.release(note, name="out.bin")
    assert leaves.code == 0, leaves.err
    assert (desk.folder / "out.bin").read_bytes() == note.read_bytes()
    checked = telvet(
        "share", "receipt", desk.folder / "out.bin.receipt.json", desk.folder / "out.bin", "--key", desk.public
    )
    assert checked.code == 0
    assert "1 object\n" in checked.out
    (row,) = desk.share("released", "--format", "jsonl").findings
    assert row["sha256"] == desk.receipt("out.bin")["artefact"]["sha256"]


def test_two_releases_at_once_do_not_share_the_room_below_a_ceiling(tmp_path: Path) -> None:
    desk = Desk(tmp_path, lasting(FACTS.read_text("utf-8")).replace("most: 500", "most: 3"))
    files = [
        bundle(tmp_path / f"{name}.json", [indicator(first + number, "green") for number in range(3)])
        for name, first in (("a", 10), ("b", 20))
    ]
    running = [
        subprocess.Popen(
            [TELVET, "share", "release", file, *NORTH, "--by", "ana", "-w", desk.workspace, "-o", f"{file}.out"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for file in files
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    sent = {each["object"] for each in desk.share("released", "--format", "jsonl").findings}
    assert len([name for name in sent if name.startswith("indicator--")]) == 3
