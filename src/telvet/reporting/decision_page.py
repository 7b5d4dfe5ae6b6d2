"""The decision on one object into a page: each reason with what excuses or would lift it, and what a release needs.

* The decision and the act of release stand apart: what may go, and who let it go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TextIO

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Reason
from telvet.reporting.decisions import EFFECT_STYLES, SCENARIO, decision_object, facts_of, summary
from telvet.reporting.screen import Column, Grid, Heading, Line, Part, draw, line
from telvet.reporting.words import NOTICE
from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.gate import Gate

_MOST_REFERENCES = 4

__all__ = ["Page", "write_json", "write_table"]


@dataclass(frozen=True, slots=True)
class Page:
    """One version of one object, and what becomes of it."""

    gate: Gate
    thing: Thing
    decision: Decision
    outcome: Outcome


def write_json(pages: Iterable[Page], out: TextIO) -> None:
    """Write a list with one object for every version."""
    told = [
        decision_object(page.thing, page.decision)
        | {
            "release": decision_object(page.thing, page.outcome.decision, page.outcome.leaves_by),
            "about": dict(page.gate.about),
        }
        for page in pages
    ]
    out.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def write_table(pages: Sequence[Page], width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write a page for every version."""
    draw([part for page in pages for part in _page(page)], width, colour, out)


def _page(page: Page) -> Iterator[Part]:
    thing, decision, released = page.thing, page.decision, page.outcome
    name = str(thing.held.get("name") or "")
    yield line((thing.id, "bold"), f" {thing.version}" + (f" ({name})" if name else ""))
    yield line(f"for {summary(page.gate)}")
    if decision.scenario:
        yield line((f"{SCENARIO.capitalize()}: {', '.join(decision.scenario)}.", "bold yellow"))
    yield line()
    yield line("may it go? ", (decision.effect.value, f"bold {EFFECT_STYLES[decision.effect]}"), _under(decision))
    by = "; ".join(released.leaves_by)
    word = by or ("with what it marks" if released.effect.releases else "nobody's act lets it go")
    yield line("does it?   ", (released.effect.value, f"bold {EFFECT_STYLES[released.effect]}"), f": {word}")
    stops = _few([each for each in released.decision.reasons if each.counts])
    others = [each for each in released.decision.reasons if not each.counts]
    for title, reasons in (("Stands in the way", stops), ("Looked at, and does not", others)):
        if reasons:
            yield line()
            yield Heading(title)
            yield Grid((Column(), Column(), Column(ratio=1)), tuple(map(_row, reasons)), gap=2)
    yield from _would_change(released.decision)
    if released.decision.obligations:
        yield line()
        yield Heading("To be observed when it goes")
        for each in released.decision.obligations:
            yield line(f"{each.what}" + (f" [{'; '.join(each.cites)}]" if each.cites else ""))
    yield line()
    yield line(("; ".join(f"{name} {value[:12]}" for name, value in sorted(page.gate.about.items())), "dim"))
    yield line((NOTICE, "dim"))


def _few(reasons: Sequence[Reason]) -> list[Reason]:
    """Leave out all but a few references; the others are counted in the last of them."""
    named = [each for each in reasons if each.rule == "references"]
    if len(named) <= _MOST_REFERENCES:
        return list(reasons)
    last = named[_MOST_REFERENCES - 1]
    more = len(named) - _MOST_REFERENCES
    told = replace(last, because=f"{last.because}; and {more:,} more that stay", unless=())
    kept = [each for each in reasons if each not in named[_MOST_REFERENCES - 1 :]]
    return [*kept, told]


def _under(decision: Decision) -> str:
    return f", under {decision.arrangement}" if decision.arrangement else ""


def _row(reason: Reason) -> tuple[Line, ...]:
    spans: list[str | tuple[str, str]] = [reason.because]
    if reason.cites:
        spans.append((f"\n[{'; '.join(reason.cites)}]", "dim"))
    if reason.excused_by:
        spans.append((f"\nexcused by {reason.excused_by}", "green"))
    if reason.unless:
        spans.append((f"\nunless {' and '.join(reason.unless)}", "dim"))
    return line((reason.effect.value, EFFECT_STYLES[reason.effect])), line((reason.rule, "bold")), line(*spans)


def _would_change(decision: Decision) -> Iterator[Part]:
    if decision.effect.releases and not decision.unless:
        return
    yield line()
    yield Heading("What would change it")
    if not decision.unless:
        yield line("nothing that telvet knows of")
    for facts in decision.unless:
        yield line(facts_of(facts))
