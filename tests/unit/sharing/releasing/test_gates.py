from __future__ import annotations

from datetime import date
from pathlib import Path

from telvet.model.sharing import LawAnswer, LawOutcome, Partner
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gates import RecordedGates, data_digest, gate_of, shipped_rules

DAY = date(2024, 6, 1)


class Record:
    """A record that can change, and counts how often it is read."""

    def __init__(self) -> None:
        self.mark, self.reads, self.day = 1, 0, DAY
        self.known = Known(partners={"p": Partner("p", "GBR")}, digest="1")
        self.asked: list[tuple[Partner | None, date]] = []

    def read(self) -> Known:
        self.reads += 1
        return self.known

    def laws(self, partner: Partner | None, day: date) -> frozenset[LawAnswer]:
        self.asked.append((partner, day))
        return frozenset()

    def gates(self) -> RecordedGates:
        return RecordedGates(lambda: self.mark, self.read, lambda: self.day, self.laws)


def test_a_gate_is_kept_while_nothing_changes() -> None:
    record = Record()
    gates = record.gates()
    first = gates.gate("p")
    assert gates.gate("p") is first
    assert record.reads == 1
    record.mark = 2
    assert gates.gate("p") is first
    assert record.reads == 2
    record.mark, record.known = 3, Known(digest="2")
    assert gates.gate("p").epoch != first.epoch


def test_another_day_and_another_partner_have_gates_of_their_own() -> None:
    record = Record()
    gates = record.gates()
    first = gates.gate("p")
    assert gates.gate("q").epoch != first.epoch
    record.day = date(2024, 6, 2)
    assert gates.gate("p").epoch != first.epoch
    assert record.asked == [
        (Partner("p", "GBR"), DAY),
        (None, DAY),
        (Partner("p", "GBR"), date(2024, 6, 2)),
    ]
    assert record.reads == 1


def test_everything_that_decisions_rest_on_is_in_the_epoch() -> None:
    rules, known = shipped_rules(), Known(digest="1")
    law = LawAnswer("x.y", LawOutcome.CLEAR)
    gates = [
        gate_of("p", DAY, known, rules, frozenset(), "1"),
        gate_of("p", DAY, known, rules, frozenset({law}), "1"),
        gate_of("p", DAY, known, rules, frozenset(), "2"),
        gate_of("p", DAY, Known(digest="2"), rules, frozenset(), "1"),
        gate_of("p", date(2024, 6, 2), known, rules, frozenset(), "1"),
        gate_of("q", DAY, known, rules, frozenset(), "1"),
    ]
    assert len({gate.epoch for gate in gates}) == len(gates)
    assert gates[0].about["as_of"] == "2024-06-01"


def test_the_digest_of_data_follows_every_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.yaml").write_text("1")
    first = data_digest([tmp_path / "a"])
    assert data_digest([tmp_path / "a"]) == first
    (tmp_path / "a" / "x.yaml").rename(tmp_path / "a" / "y.yaml")
    assert data_digest([tmp_path / "a"]) != first
