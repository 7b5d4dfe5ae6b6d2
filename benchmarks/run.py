"""Measure telvet beside its floor in one run, and print every claim with its target: `python benchmarks/run.py`.

    --rows N ...     elements to judge, 1,000,000 and then 10,000,000 by default; the claims are about the latter

* Ratios only are claims; seconds are shown for orientation.
* Between two sizes the growth is printed: how many times the time for how many times the elements.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.peers.compare import compare
from benchmarks.positions import added, positions
from benchmarks.scale import copied, generated, judged
from benchmarks.sharing import sharing
from benchmarks.startup import start

_HERE = Path(__file__).parent
_OPERATORS = _HERE / "vocabulary" / "operators.yaml"
_CEDAR, _REGO = 2_000, 10_000
"""Elements that the other engines are given: enough for seconds of work."""
_EXAMPLE = _HERE.parent / "examples" / "inventory.csv"


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    sizes: list[int] = asked.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        for attributed, target in ((True, 1.2), (False, 2.0)):
            spent = [_scale(Path(folder), rows, attributed=attributed, target=target) for rows in sizes]
            for (rows, before), (more, after) in pairwise(zip(sizes, spent, strict=True)):
                print(f"    {more / rows:.0f} times the elements take {after / before:.1f} times the time", flush=True)
        for line in compare(Path(folder), max(sizes), _CEDAR, _REGO):
            print(line, flush=True)
    seconds, ratio = start(["--help"])
    print(f"telvet --help: {seconds:.2f} s (target 0.3), {ratio:.1f} times an empty Python")
    seconds, ratio = start(["assess", str(_EXAMPLE), "--as-of", "2024-01-15"])
    print(f"5,000 elements, CSV to table: {seconds:.2f} s (target 2), {ratio:.1f} times an empty Python")
    for line in positions():
        print(line, flush=True)
    seconds, ratio = added()
    print(f"adding a document of 100 pages: {seconds:.2f} s (target 1), {ratio:.1f} times an empty Python")
    for line in sharing():
        print(line, flush=True)


def _scale(folder: Path, rows: int, *, attributed: bool, target: float) -> float:
    source = folder / f"{'attributed' if attributed else 'raw'}.parquet"
    generated(source, rows, attributed=attributed)
    floor = copied(source, folder / "copy.parquet")
    scaled, counts = judged(source, _OPERATORS, folder / "findings.parquet")
    what = "makers attributed" if attributed else "makers from text, MAC and sysObjectID"
    print(
        f"{rows:,} elements, {what}: {scaled.seconds / floor.seconds:.2f} times a copy (target {target}); "
        f"{counts['classes']:,} classes (target 20,000), {counts['findings']:,} findings, peak {scaled.peak_mib:,.0f} MiB (target 1,024), "
        f"{scaled.seconds:.1f} s against {floor.seconds:.1f} s",
        flush=True,
    )
    source.unlink()
    return scaled.seconds


if __name__ == "__main__":
    main()
