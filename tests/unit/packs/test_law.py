from __future__ import annotations

from pathlib import Path

import pytest

from telvet.errors import PackError, UsageError
from telvet.model.law import Pack
from telvet.packs.law import Law, load_law, select
from tests.unit.packs.toy_law import pack, pack_files, rule, write

PACKS: tuple[Pack, ...] = (
    pack(rule("core"), rule("core-late"), id="xa.direction"),
    pack(rule("sharing"), id="xa.bill", force="scenario"),
    pack(rule("buying"), id="xb.policy", force="policy"),
)


def own(law: Law) -> list[str]:
    return sorted(law.chosen)


def test_all_packs_below_the_roots_are_loaded_by_their_ids(tmp_path: Path) -> None:
    write(tmp_path / "one", pack_files(id="xb.second"))
    write(tmp_path / "two", pack_files(id="xa.first"))
    assert [each.id for each in load_law([tmp_path / "one", tmp_path / "two"])] == ["xa.first", "xb.second"]


def test_the_faults_of_all_packs_are_raised_together(tmp_path: Path) -> None:
    write(tmp_path, pack_files(force="heavy"))
    write(tmp_path, pack_files(rule("rule", {"when": {"equipment.vendor": {"designated": "zeta"}}}), id="xa.second"))
    write(tmp_path / "one", pack_files(id="xb.same"))
    write(tmp_path / "two", pack_files(id="xb.same"))
    with pytest.raises(PackError) as caught:
        load_law([tmp_path])
    assert sorted(fault.code for fault in caught.value.faults) == ["pack-name", "pack-schema", "pack-twice"]
    assert "3 fault(s)" in caught.value.what


def test_all_is_every_pack_but_scenarios() -> None:
    law = select(PACKS, ["all"])
    assert own(law) == ["xa.direction.core", "xa.direction.core-late", "xb.policy.buying"]
    assert law.named == frozenset()
    assert [each.id for each in law.packs_chosen] == ["xa.direction", "xb.policy"]
    assert law.packs == PACKS


def test_a_scenario_takes_part_when_it_is_named() -> None:
    assert own(select(PACKS, ["xa.bill"])) == ["xa.bill.sharing"]
    assert own(select(PACKS, ["xa.bill.sharing"])) == ["xa.bill.sharing"]
    assert "xa.bill.sharing" in own(select(PACKS, ["all", "xa.bill"]))
    assert select(PACKS, ["all", "xa.bill"]).named == {"xa.bill"}


def test_to_name_a_jurisdiction_is_not_to_name_its_scenarios() -> None:
    law = select(PACKS, ["xa"])
    assert own(law) == ["xa.direction.core", "xa.direction.core-late"]
    assert law.named == {"xa.direction"}


def test_a_name_is_a_pack_a_provision_or_their_beginning_up_to_a_dot() -> None:
    assert own(select(PACKS, ["xa.direction.core"])) == ["xa.direction.core"]
    assert own(select(PACKS, ["xb", "xa.direction.core-late"])) == ["xa.direction.core-late", "xb.policy.buying"]


@pytest.mark.parametrize("name", ["xa.dir", "x", "xa.direction.cor", "", "core"])
def test_part_of_a_word_names_nothing(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        select(PACKS, [name])
    assert caught.value.code == "law-unknown"
    assert repr(name) in caught.value.what


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="no pack or provision") as caught:
        select(PACKS, ["all", "xa.direktion"])
    assert "did you mean xa.direction?" in caught.value.fix
    with pytest.raises(UsageError) as caught:
        select(PACKS, ["0000"])
    assert "did you mean" not in caught.value.fix
    assert "telvet law list" in caught.value.fix
