"""An assessment into one self-contained HTML page.

* Nothing is fetched and nothing runs: no script, font, style or image from elsewhere; the page's own policy forbids it.
* The run's parameters and digests stand in the page as data, for replay.
* The page holds the strongest findings; the json report holds them all.
"""

from __future__ import annotations

import re
from importlib.resources import files
from string import Template
from typing import TextIO

from telvet.model.finding import Assessment
from telvet.reporting.html_account import coverage_section, figures, lead, rows_section, run_section, summary_section
from telvet.reporting.html_charts import due_section, makers_section, unknown_section
from telvet.reporting.html_findings import findings_section
from telvet.reporting.markup import data_script, text
from telvet.reporting.run import run_object
from telvet.reporting.words import CANDIDATE, NOTICE

__all__ = ["write"]

_SECTION = re.compile(r'<section id="(\w+)".*?>\n<h2 [^>]*>(.*?)</h2>', re.DOTALL)


def write(assessment: Assessment, out: TextIO) -> None:
    """Write the page."""
    sections = [part for part in _sections(assessment) if part]
    day = assessment.as_of.isoformat()
    page = Template(_template("report.html")).substitute(
        title=f"telvet report as of {day}",
        css=_template("report.css").strip(),
        version=text(assessment.telvet),
        headline=f"Whose equipment it is, and what the law said on {day}",
        lead=text(lead(assessment)),
        notice=text(f"{NOTICE} {CANDIDATE}"),
        figures=figures(assessment),
        contents=_contents(sections),
        sections="\n".join(sections),
        run=data_script(run_object(assessment)),
    )
    out.write(page)


def _sections(assessment: Assessment) -> tuple[str, ...]:
    return (
        coverage_section(assessment),
        rows_section(assessment),
        summary_section(assessment),
        due_section(assessment),
        unknown_section(assessment),
        makers_section(assessment),
        findings_section(assessment),
        run_section(assessment),
    )


def _contents(sections: list[str]) -> str:
    links = (f'<li><a href="#{found[1]}">{found[2]}</a></li>' for part in sections if (found := _SECTION.match(part)))
    return f"<ul>{''.join(links)}</ul>"


def _template(name: str) -> str:
    return files("telvet.reporting").joinpath("templates", name).read_text(encoding="utf-8")
