"""Turn the exhibits of one element into text for the terminal: what touches it first, then why the others do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from telvet.model.law import EffectKind
from telvet.model.status import reading
from telvet.model.truth import Truth, negate
from telvet.reporting.screen import console
from telvet.reporting.words import hung, printable
from telvet.rules.explain import Explained

__all__ = ["write"]

_MARK = {Truth.TRUE: ("yes", "green"), Truth.FALSE: ("no", "red"), Truth.UNKNOWN: ("?", "magenta")}
Exhibit = Any
"""See `telvet.assessment.explanation.Exhibit`; this room does not know that one."""


def write(
    exhibits: Sequence[Exhibit],
    titles: Mapping[str, str],
    console_width: int,
    colour: bool,  # noqa: FBT001 - one plain question
    out: TextIO,
) -> None:
    """Write how each provision came out for the element."""
    screen = console(console_width, colour, out)
    for exhibit in exhibits:
        for text, style in _lines(exhibit, titles):
            for line in hung(printable(text), console_width):
                screen.print(line, style=style)


def _lines(exhibit: Exhibit, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield f"{exhibit.identifier} of {exhibit.operator or 'no operator'}, {exhibit.place}", "bold"
    yield f"whose: {exhibit.maker.value or 'not known'} ({exhibit.tier}; {exhibit.maker.origin})", ""
    touching = [one for one in exhibit.provisions if one.verdict or _counts(one)]
    others = [one for one in exhibit.provisions if one not in touching]
    for one in sorted(touching, key=lambda one: one.verdict.status.rank if one.verdict else 99):
        yield "", ""
        yield from _touching(one, titles)
    if others:
        yield "", ""
        yield "Does not touch it", "bold"
    for one in others:
        yield f"  {one.provision.id}: {_why_not(one)}", ""


def _counts(one: Any) -> bool:  # noqa: ANN401
    """Tell whether an element may count in a share."""
    parts = (one.binds.truth, one.when.truth, one.in_use)
    return one.of is not None and Truth.FALSE not in parts


def _touching(one: Any, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    provision, verdict = one.provision, one.verdict
    said = reading(verdict.status, provision.force) if verdict else "counts in a share of the network"
    by = f" by {verdict.by}" if verdict and verdict.by else ""
    yield f"{provision.id}: {said}{by}", "bold yellow"
    yield f"  {titles.get(provision.id, provision.title)}", ""
    yield from _tree("binds", one.binds)
    yield from _tree("when", one.when)
    if one.of:
        yield from _tree("counts against the limit", one.of)
    if one.in_use is not None:
        yield f"  {_MARK[one.in_use][0]:<4}in use", _MARK[one.in_use][1]
    for name, tree in one.excuses:
        yield from _tree(name, tree)
    for fact in one.facts:
        yield f"      {fact.fact} = {fact.value}  [{fact.origin}]", "dim"
    if verdict and verdict.missing:
        yield f"  would be settled by: {', '.join(verdict.missing)}", "magenta"
    if verdict and verdict.unless:
        yield f"  could be excused by: {', '.join(verdict.unless)}", ""
    for cite in verdict.cites if verdict else provision.cites:
        yield f"  cites {cite.instrument}, {cite.place} ({cite.grade})", "dim"


def _tree(name: str, tree: Explained, depth: int = 1) -> Iterator[tuple[str, str]]:
    if tree.text == "all of" and not tree.parts:
        return
    mark, style = _MARK[tree.truth]
    head = f"{name}: " if name else ""
    yield f"{'  ' * depth}{mark:<4}{head}{tree.text}", style
    for part in tree.parts:
        yield from _tree("", part, depth + 1)


def _why_not(one: Any) -> str:  # noqa: ANN401
    if one.in_use is Truth.FALSE and one.when.truth is not Truth.FALSE and one.binds.truth is not Truth.FALSE:
        return "it is not in use"
    false = [*_deciding(one.binds), *_deciding(one.when)]
    if not false:
        is_event = one.provision.effect.kind is EffectKind.EVENT
        return "what it forbids has not happened" if is_event else "it is not there any more"
    facts = {fact.fact: fact for fact in one.facts}
    parts = []
    for part in false[:2]:
        known = facts.get(part.test.fact) if part.test else None
        no = "" if part.truth is Truth.TRUE else "not "
        parts.append(f"{no}{part.text}" + (f" (it is {known.value})" if known else ""))
    return "; ".join(parts)


def _deciding(tree: Explained, truth: Truth = Truth.FALSE) -> Iterable[Explained]:
    """Yield the tests that make a tree false, or below a negation those that make its part true."""
    if tree.truth is not truth:
        return
    if tree.test is not None:
        yield tree
    for part in tree.parts:
        yield from _deciding(part, negate(truth) if tree.text == "not" else truth)
