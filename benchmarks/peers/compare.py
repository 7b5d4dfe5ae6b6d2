"""Turn one inventory into the claims about Cedar and Rego: the same rules, the same elements, decisions equal, who is quicker.

    python -m benchmarks.peers.compare [--rows 1000000] [--cedar 2000] [--rego 10000] [--law all]

* The inventory has every fact known, for the other engines know no unknown; their elements are rows of telvet's own file.
* telvet's time is its whole process, from the start of Python to findings in Parquet. Of the others only judging counts:
  elements and requests are made before the clock starts, and the least time of several is taken.
* Cedar is asked in three ways: by its batch call as documented, policies and elements given to it; with elements that come
  with each request; and with policies and elements that it has read before the clock starts, which is its best.
* Where decisions differ nothing is claimed: `Differ` is raised with the first differences.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

import duckdb

from benchmarks.elements import JUDGED_ON, Wanted
from benchmarks.generate import generate
from benchmarks.networks import OPERATORS
from benchmarks.peers import cedar, rego
from benchmarks.peers.elements import Element, elements_of, sampled
from benchmarks.peers.rules import Rule, rules_of
from telvet.assessment.knowledge import Knowledge
from telvet.inventory.gathered import gather
from telvet.pipeline import Request, knowledge_of, law_of

__all__ = ["Differ", "compare", "knowledge", "same"]

Pairs = set[tuple[str, str]]
"""(element, provision that applies to it)."""


class Differ(Exception):  # noqa: N818 - neither engine need have erred
    """Two engines decide differently."""


@dataclass(frozen=True, slots=True)
class _Peer:
    name: str
    is_available: Callable[[], bool]
    judged: Callable[[Sequence[Element], Sequence[Rule]], tuple[float, Pairs]]
    target: int
    sample: int


def _peers(cedar_rows: int, rego_rows: int) -> tuple[_Peer, ...]:
    as_documented, with_request = partial(cedar.judged, prepared=False), partial(cedar.judged, loaded=False)
    return (
        _Peer("Cedar (cedarpy batch, as documented)", cedar.available, as_documented, 300, cedar_rows),
        _Peer("Cedar (cedarpy batch, elements loaded beforehand)", cedar.available, cedar.judged, 300, cedar_rows),
        _Peer("Cedar (cedarpy batch, elements with the request)", cedar.available, with_request, 300, cedar_rows),
        _Peer("Rego (regorus)", rego.available, rego.judged, 50, rego_rows),
    )


def knowledge(laws: Sequence[str] = ("all",)) -> Knowledge:
    """Return what telvet knows beside the elements."""
    request = Request((), JUDGED_ON, laws=tuple(laws), operators=(OPERATORS,))
    return knowledge_of(request, law_of(), gather(request.operators, ()))


def compare(folder: Path, rows: int, cedar_rows: int, rego_rows: int, laws: Sequence[str] = ("all",)) -> Iterator[str]:
    """Yield a line for each claim; raise `Differ` where decisions are not equal.

    Args:
        folder: Where files may be written.
        rows: Elements for telvet.
        cedar_rows: About how many of them for Cedar.
        rego_rows: About how many of them for Rego.
        laws: Names of packs or provisions, as for `telvet assess --law`.
    """
    known = knowledge(laws)
    rules = rules_of(known)
    source, findings = folder / "known.parquet", folder / "known-findings.parquet"
    generate(source, Wanted(rows=rows, attributed=True, complete=True))
    seconds = _telvet(source, rules, findings)
    yield f"telvet, whole process: {rows:,} elements, {len(rules)} provisions, {seconds:.2f} s, {rows / seconds:,.0f} elements a second"
    for peer in _peers(cedar_rows, rego_rows):
        if not peer.is_available():
            yield f"{peer.name}: not installed here, so not compared"
            continue
        elements = list(elements_of(sampled(source, max(1, rows // peer.sample)), rules, known))
        yield _claim(peer, elements, rules, rows / seconds, findings)


def _telvet(source: Path, rules: Iterable[Rule], target: Path) -> float:
    """Return the seconds of a whole process of telvet."""
    telvet = str(Path(sys.executable).with_name("telvet"))
    asked = [telvet, "assess", str(source), "--operators", str(OPERATORS), "--as-of", JUDGED_ON.isoformat()]
    laws = [word for rule in rules for word in ("--law", rule.id)]
    begun = perf_counter()
    subprocess.run([*asked, *laws, "-o", str(target)], check=True)  # noqa: S603 - our own command
    return perf_counter() - begun


def _claim(peer: _Peer, elements: Sequence[Element], rules: Sequence[Rule], speed: float, findings: Path) -> str:
    closed = [element for element in elements if not element.open]
    spent, theirs = peer.judged(closed, rules)
    ours = _found(findings, closed)
    same(peer.name, ours, theirs)
    left_out = f", {len(elements) - len(closed):,} left out for unknown facts" if len(closed) < len(elements) else ""
    return (
        f"{peer.name}: telvet judges {speed / (len(closed) / spent):,.0f} times the elements a second (target {peer.target}); "
        f"{len(closed):,} elements{left_out}, {len(rules)} provisions, {len(ours):,} decisions to apply, all equal; "
        f"{len(closed) / spent:,.0f} elements a second"
    )


def _found(findings: Path, elements: Sequence[Element]) -> Pairs:
    """Return telvet's findings about some elements, of whatever status."""
    with duckdb.connect(":memory:") as engine:
        asked = engine.execute(
            "SELECT DISTINCT equipment, provision FROM read_parquet($findings) WHERE equipment IN (SELECT unnest($ids))",
            {"findings": str(findings), "ids": [element.id for element in elements]},
        )
        return {(element, provision) for element, provision in asked.fetchall()}


def same(name: str, ours: Pairs, theirs: Pairs) -> None:
    """Raise `Differ` where two sets of decisions are not equal."""
    if ours != theirs:
        only = "; ".join(
            f"{who} only: {sorted(pairs)[:3]} ({len(pairs)})"
            for who, pairs in (("telvet", ours - theirs), (name, theirs - ours))
            if pairs
        )
        raise Differ(f"telvet and {name} decide differently. {only}")


def main() -> None:
    """Run from a command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, rows in (("rows", 1_000_000), ("cedar", 2_000), ("rego", 10_000)):
        parser.add_argument(f"--{name}", type=int, default=rows)
    parser.add_argument("--law", action="append", default=[])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in compare(Path(folder), given.rows, given.cedar, given.rego, given.law or ("all",)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
