"""Draw the pictures of the documents: charts of a real report on the examples, each as a file of its own."""

from __future__ import annotations

import io
import re
import sys
from datetime import date
from pathlib import Path

from telvet.cli.entry import app
from telvet.pipeline import Request, running, write_report

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
IMAGES = ROOT / "docs" / "images"
CHARTS = {"due-chart": "due.svg"}
MARGIN = 14
STYLE = ROOT / "src" / "telvet" / "reporting" / "templates" / "report.css"
KEPT = re.compile(
    r"^(?::root|@media \(prefers-color-scheme: dark\)) \{.*?^\}$|^(?:svg|\.s\d)\b[^\n]*$", re.DOTALL | re.MULTILINE
)


def main() -> int:
    """Write every picture."""
    request = Request(
        inputs=(EXAMPLES / "inventory.csv",),
        as_of=date(2024, 1, 15),
        operators=(EXAMPLES / "operators.yaml",),
        overlays=(EXAMPLES / "overlays.yaml",),
    )
    page = io.StringIO()
    with running(request) as run:
        write_report(run, "html", page)
    IMAGES.mkdir(exist_ok=True)
    for chart, name in CHARTS.items():
        (IMAGES / name).write_text(_alone(page.getvalue(), chart), encoding="utf-8")
    drawn = ["positions", "--as-of", "2026-01-01", "--format", "svg", "-o", str(IMAGES / "positions.svg")]
    app.main(args=drawn, standalone_mode=False)
    (IMAGES / "positions.svg").chmod(0o644)
    return 0


def _alone(page: str, chart: str) -> str:
    """Return a chart of a page with a margin and the styles that it needs, so that it can stand alone."""
    found = re.search(rf'<svg id="{chart}" ([^>]*)viewBox="0 0 (\d+) (\d+)">(.*?)</svg>', page, re.DOTALL)
    if not found:
        sys.exit(f"the report has no {chart}")
    wide, high = int(found[2]) + 2 * MARGIN, int(found[3]) + 2 * MARGIN
    place = f'x="-{MARGIN}" y="-{MARGIN}" width="{wide}" height="{high}"'
    style = "\n".join(rule[0] for rule in KEPT.finditer(STYLE.read_text(encoding="utf-8")))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {found[1]}viewBox="-{MARGIN} -{MARGIN} {wide} {high}">'
    return f'{head}\n<style>\n{style}\n</style>\n<rect {place} fill="var(--paper)"/>{found[4]}</svg>\n'


if __name__ == "__main__":
    sys.exit(main())
