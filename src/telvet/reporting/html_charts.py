"""An assessment's dates, makers and unknown facts into charts of the HTML report, each with its table behind it.

* A chart that leaves something out says how much; the table behind it holds all of it.
"""

from __future__ import annotations

from telvet.model.finding import Assessment
from telvet.reporting.charts import SERIES, Bar, Due, Stack, bars, stacked_shares, time_line
from telvet.reporting.grouping import ProvisionGroup, falling_due, makers_by_function
from telvet.reporting.markup import Head, code, figure, paragraph, section, small, table, text
from telvet.reporting.words import counted, days_from, listed, number, share, standing, whose

__all__ = ["due_section", "makers_section", "unknown_section"]

_DUE_SHOWN, _FACTS_SHOWN, _OPERATORS = 12, 12, 8
_UNKNOWN, _OTHERS = "unknown", "others"
_DUE = (
    Head("By", "day"),
    Head("Left", "day"),
    Head("Provision"),
    Head("Standing"),
    Head("Findings", "n"),
    Head("Operators"),
)


def due_section(assessment: Assessment) -> str:
    """Draw what falls due, soonest first."""
    groups = falling_due(assessment)
    if not groups:
        return ""
    dated = [Due(group.by, group.title, group.count) for group in groups if group.by]
    about = f"{counted(len(dated), 'date')}, soonest first, each with the findings due by then."
    drawing = time_line("due-chart", "What falls due", about, assessment.as_of, dated[:_DUE_SHOWN])
    behind = table("What falls due, soonest first", _DUE, [_due_row(assessment, group) for group in groups])
    more = len(dated) - _DUE_SHOWN
    left_out = paragraph(f"{counted(more, 'later date')} not drawn; the table has all.", "muted") if more > 0 else ""
    shown = figure("Time left, with the findings due by each date", "", drawing, behind)
    return section("due", "What falls due", shown, left_out)


def unknown_section(assessment: Assessment) -> str:
    """Draw which missing facts keep findings unknown."""
    facts = sorted(assessment.unknown_facts, key=lambda row: (-row[1], -row[2], row[0]))
    if not facts:
        return ""
    fact, findings, alone = max(facts, key=lambda row: (row[2], row[1]))
    said = f"{code(fact)} would settle most: {number(alone)} of the {counted(findings, 'finding')} that miss it miss nothing else."
    about = "For each fact, the findings that miss it and, in front, those that miss nothing else."
    drawing = bars(
        "unknown-chart",
        "Unknowns by missing fact",
        about,
        [Bar(name, whole, part) for name, whole, part in facts[:_FACTS_SHOWN]],
    )
    legend = '<ul class="legend"><li><i class="strong"></i>misses nothing else</li><li><i class="weak"></i>misses other facts too</li></ul>'
    heads = (Head("Fact"), Head("Findings that miss it", "n"), Head("Miss nothing else", "n"))
    behind = table(
        "Unknowns by missing fact", heads, [(code(name), number(whole), number(part)) for name, whole, part in facts]
    )
    return section(
        "unknown", "What is unknown", paragraph(said), figure("Findings by the fact they miss", legend, drawing, behind)
    )


def makers_section(assessment: Assessment) -> str:
    """Draw whose equipment is in use in each part of the network, and list the names that are nobody."""
    functions = makers_by_function(assessment)
    if not functions:
        return _nobody(assessment)
    named = _largest(assessment)
    css = {name: f"s{index}" for index, name in enumerate(named)} | {_UNKNOWN: _UNKNOWN}
    stacks = [_stack(function, makers, css) for function, makers in functions]
    about = "For each network function, the makers' shares of the elements in use."
    drawing = stacked_shares("makers-chart", "Makers by network part", about, stacks)
    keys = [f'<li><i class="{css[name]}"></i>{text(name)}</li>' for name in named]
    keys += (
        [f'<li><i class="{_OTHERS}"></i>others</li>']
        if any(part[0] == _OTHERS for stack in stacks for part in stack.parts)
        else []
    )
    keys += (
        ['<li><i class="nobody"></i>unknown</li>']
        if any(part[0] == _UNKNOWN for stack in stacks for part in stack.parts)
        else []
    )
    heads = (Head("Function"), Head("Maker"), Head("Elements in use", "n"), Head("Share", "n"))
    rows = [
        (code(function), text(name), number(count), share(count, sum(n for _, n in makers)))
        for function, makers in functions
        for name, count in makers
    ]
    shown = figure(
        "Makers' shares of the elements in use",
        f'<ul class="legend">{"".join(keys)}</ul>',
        drawing,
        table("Makers by network part", heads, rows),
    )
    return section("makers", "Whose equipment it is", shown, _names(assessment))


def _due_row(assessment: Assessment, group: ProvisionGroup) -> tuple[str, ...]:
    operators = [f"{whose(operator)}\N{NO-BREAK SPACE}{number(count)}" for operator, count in group.operators]
    return (
        group.by.isoformat() if group.by else "no date",
        days_from(assessment.as_of, group.by) if group.by else "",
        f"{text(group.title)}{small(code(group.provision))}",
        text(standing(group.status, group.force)),
        number(group.count),
        text(listed(operators, _OPERATORS)),
    )


def _largest(assessment: Assessment) -> list[str]:
    """Return the makers that get a colour: those with most elements."""
    totals: dict[str, int] = {}
    for _, name, elements in assessment.makers:
        totals[name] = totals.get(name, 0) + elements
    totals.pop(_UNKNOWN, None)
    return sorted(totals, key=lambda name: (-totals[name], name))[:SERIES]


def _stack(function: str, makers: list[tuple[str, int]], css: dict[str, str]) -> Stack:
    counts = dict(makers)
    parts = [(css[name], name, counts[name]) for name in css if name != _UNKNOWN and name in counts]
    others = sum(count for name, count in makers if name not in css)
    parts += [(_OTHERS, _OTHERS, others)] if others else []
    parts += [(_UNKNOWN, _UNKNOWN, counts[_UNKNOWN])] if counts.get(_UNKNOWN) else []
    return Stack(function, tuple(parts))


def _nobody(assessment: Assessment) -> str:
    names = _names(assessment)
    return section("makers", "Whose equipment it is", names) if names else ""


def _names(assessment: Assessment) -> str:
    if not assessment.unresolved:
        return ""
    rows = [
        (text(name), number(count)) for name, count in sorted(assessment.unresolved, key=lambda row: (-row[1], row[0]))
    ]
    return "<h3>Names that are nobody in the register</h3>\n" + table(
        "As written under manufacturer, most elements first", (Head("Name"), Head("Elements", "n")), rows, "slim"
    )
