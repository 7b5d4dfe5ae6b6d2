"""Measure telvet beside its floor in one run, and print every claim with its target: `python benchmarks/run.py`.

    --rows N     elements to judge, 1,000,000 by default; the claim is about 10,000,000

* Ratios only are claims; seconds are shown for orientation.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.elements import Wanted
from benchmarks.generate import generate
from benchmarks.scale import copied, judged
from benchmarks.startup import start

_HERE = Path(__file__).parent
_OPERATORS = _HERE / "vocabulary" / "operators.yaml"
_EXAMPLE = _HERE.parent / "examples" / "inventory.csv"


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    rows = asked.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        for attributed, target in ((True, 1.2), (False, 2.0)):
            _scale(Path(folder), rows, attributed=attributed, target=target)
    seconds, ratio = start(["--help"])
    print(f"telvet --help                 {seconds:6.2f} s, {ratio:5.1f} times an empty Python (target 0.3 s)")
    seconds, ratio = start(["assess", str(_EXAMPLE), "--as-of", "2024-01-15"])
    print(f"5,000 elements, CSV to table  {seconds:6.2f} s, {ratio:5.1f} times an empty Python (target 2 s)")


def _scale(folder: Path, rows: int, *, attributed: bool, target: float) -> None:
    source = folder / f"{'attributed' if attributed else 'raw'}.parquet"
    generate(source, Wanted(rows=rows, attributed=attributed))
    floor = copied(source, folder / "copy.parquet")
    scaled, counts = judged(source, _OPERATORS, folder / "findings.parquet")
    what = "makers attributed" if attributed else "makers from text, MAC and sysObjectID"
    print(
        f"{rows:,} elements, {what}: {scaled.seconds / floor.seconds:.2f} times a copy (target {target}); "
        f"{counts['classes']:,} classes, {counts['findings']:,} findings, peak {scaled.peak_mib:,.0f} MiB (target 1,024), "
        f"{scaled.seconds:.1f} s against {floor.seconds:.1f} s",
        flush=True,
    )
    source.unlink()


if __name__ == "__main__":
    main()
