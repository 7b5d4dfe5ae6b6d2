from __future__ import annotations

import pytest

from telvet.errors import SharingError
from telvet.model.handling import Classification, Tlp
from telvet.model.sharing import Originators, Reference
from telvet.sharing.markings.stix_object import MarkingCompiler
from telvet.sharing.objects.plain_file import PlainFile, read_plain
from tests.unit.sharing.markings.marks import DAY, MARK, OFFICIAL, RULES, marking
from tests.unit.sharing.objects.things import name

COMPILER = MarkingCompiler(
    {MARK: (marking(definition_type="statement", definition={"statement": "REL TO USA, GBR"}),)}, RULES, DAY
)
OURS, ALPHA = name("identity", 1), name("identity", 2)
OWN = name("plain-file", 3)


def read(beside: str, data: bytes = b"%PDF") -> PlainFile:
    return read_plain(data, "note.pdf", beside, COMPILER)


def test_a_file_is_what_is_said_beside_it() -> None:
    made = read(f"id: {OWN}\nversion: 2024-01-01T00:00:00Z\ntlp: amber+strict\noriginator: {ALPHA}\n")
    assert (made.thing.id, made.thing.type, made.thing.version, made.thing.raw) == (
        OWN,
        "plain-file",
        "2024-01-01T00:00:00Z",
        b"%PDF",
    )
    assert made.candidate.whole.tlp is Tlp.AMBER_STRICT
    assert made.candidate.originators == Originators(frozenset({ALPHA}), complete=True)
    assert made.candidate.references == (
        Reference("object_marking_refs.[0]", OFFICIAL[Tlp.AMBER_STRICT], marking=True),
    )
    assert made.candidate.parts == ()


def test_marks_add_up() -> None:
    made = read(
        f"tlp: green\nmarkings: [{MARK}]\nclassification: SECRET//REL TO USA, GBR\nstatement: nobody knows this one"
    )
    whole = made.candidate.whole
    assert (whole.tlp, whole.classification, whole.rel_to) == (Tlp.GREEN, Classification.S, frozenset({"USA", "GBR"}))
    assert {ground.code for ground in whole.withheld} >= {"statement-unlisted"}


def test_without_marks_nothing_is_known() -> None:
    made = read(f"originator: {OURS}")
    assert made.candidate.whole.unmarked
    assert read("tlp: clear").candidate.originators == Originators()


def test_whose_it_is_is_settled_only_where_it_says_so() -> None:
    both = f"originators: [{OURS}, {ALPHA}]"
    assert read(both).candidate.originators == Originators(frozenset({OURS, ALPHA}))
    assert read(f"{both}\ncomplete: true").candidate.originators.complete


def test_the_same_bytes_have_the_same_id_without_one() -> None:
    first, again, other = (read("tlp: clear", data).thing.id for data in (b"a", b"a", b"b"))
    assert first == again != other
    assert read(f"id: {first}", b"z").thing.id == first


def test_ids_in_its_bytes_cannot_go_missing() -> None:
    target = name("malware", 4)
    for data in (f"see {target}".encode(), f"see {target.upper()}".encode("utf-16")):
        assert read(f"id: {OWN}", data).candidate.references == (Reference("content", target, required=True),)
    assert read(f"id: {OWN}", OWN.encode()).candidate.references == ()


@pytest.mark.parametrize(
    ("beside", "codes"),
    [
        ("", ["not-a-mapping"]), ("- x", ["not-a-mapping"]), ("tpl: red", ["unknown-code"]), ("tlp: white", ["unknown-code"]),
        ("tlp: TLP:RED", ["unknown-code"]), (f"id: {ALPHA}", ["id-malformed"]), ("originator: Alpha", ["id-malformed"]),
        ("originator: [x]", ["missing"]), ("originators: x", ["not-a-list"]), ("markings: [red, 5]", ["id-malformed"] * 2),
        ("complete: yes", ["not-a-truth"]), (f"originator: {OURS}\ncomplete: true", ["not-one-of-two"]),
        ("classification: HARMLESS", ["not-a-banner"]), ("statement: ''", ["missing"]), ("version: 2024-01-01", ["not-a-moment"]),
        ("statement: [a]\ntlp: none\nversion: soon", ["missing", "unknown-code", "not-a-moment"]),
    ],
)  # fmt: skip
def test_what_is_wrong_beside_it_is_told(beside: str, codes: list[str]) -> None:
    with pytest.raises(SharingError) as caught:
        read(beside)
    assert [fault.code for fault in caught.value.faults] == codes
    assert {fault.file for fault in caught.value.faults} == {"note.pdf.handling.yaml"}


def test_what_is_no_yaml_is_told_with_its_line() -> None:
    with pytest.raises(SharingError) as caught:
        read("tlp: red\ntlp: clear")
    assert [fault.record for fault in caught.value.faults] == [2]
