"""Turn packs of law into text: a list of all, and one pack as a person reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TextIO

from telvet.model.condition import All, Any, Condition, Not, Test, Uses
from telvet.model.law import Deadline, Pack, Provision
from telvet.reporting.screen import console
from telvet.reporting.words import hung
from telvet.rules.explain import words

__all__ = ["write_list", "write_pack"]


def write_list(packs: Iterable[Pack], console_width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write a line for each pack and its provisions."""
    from rich.table import Table  # noqa: PLC0415 - heavy: loaded when used
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, show_edge=False)
    for head in ("pack", "force", "enacted", "title and provisions"):
        table.add_column(head, overflow="fold")
    for pack in packs:
        names = ", ".join(provision.id.removeprefix(f"{pack.id}.") for provision in pack.provisions)
        title = Text.assemble(f"{pack.title}\n", (names, "dim"))
        table.add_row(Text(pack.id, style="bold"), str(pack.force), pack.enacted.isoformat(), title)
    console(console_width, colour, out).print(table)


def write_pack(pack: Pack, chosen: Collection[str], console_width: int, out: TextIO) -> None:
    """Write who is bound, what, until when, what excuses, what is uncertain, and the sources."""
    out.writelines(f"{line}\n" for text in _pack(pack, chosen) for line in hung(text, console_width))


def _pack(pack: Pack, chosen: Collection[str]) -> Iterator[str]:
    yield f"{pack.id}: {pack.title}"
    yield (
        f"  {pack.jurisdiction}, {pack.force}, enacted {pack.enacted}"
        + (f", ended {pack.to}" if pack.to else "")
        + f", version {pack.version}"
    )
    yield f"  {pack.about.strip()}"
    if pack.uncertain:
        yield f"  uncertain: {pack.uncertain.strip()}"
    yield "  Names:"
    for one in pack.designations.values():
        whom = one.vendor or f"makers controlled from {', '.join(one.home)}"
        closure = f"at least {one.closure:g} %" if isinstance(one.closure, float) else one.closure
        yield f"    {one.id.partition('#')[2]}: {whom}, {one.tests}, {closure}, from {one.from_}" + (
            f" to {one.to}" if one.to else ""
        )
        if one.uncertain:
            yield f"      uncertain: {one.uncertain.strip()}"
    for provision in pack.provisions:
        if provision.id in chosen:
            yield ""
            yield from _provision(provision)
    yield ""
    yield "  Sources:"
    for source in pack.instruments.values():
        yield f"    {source.id}: {source.title}, {source.issuer}, {source.dated} ({source.read})" + (
            f", read at {source.address}" if source.address else ""
        )


def _provision(provision: Provision) -> Iterator[str]:
    yield f"  {provision.id}: {provision.title}"
    yield f"    {'quotes' if provision.quoted else 'in short'}: {provision.text.strip()}"
    yield f"    force {provision.force}, about {provision.subject}, effect {provision.effect.kind} {provision.effect.act}"
    when = [f"{word} {_deadline(line)}" for word, line in (("from", provision.from_), ("by", provision.by)) if line]
    when += [f"to {provision.to}"] if provision.to else []
    when += [f"extended to {one.to} (granted {one.granted})" for one in provision.extensions]
    yield f"    when: enacted {provision.enacted}" + "".join(f", {part}" for part in when)
    yield from _tree("binds", provision.binds, 2)
    yield from _tree("among" if provision.share else "applies", provision.when, 2)
    if provision.share:
        yield from _tree("limits", provision.share.of, 2)
        metrics = ", ".join(metric.id for metric in provision.share.metrics)
        yield f"    at most {float(provision.share.limit) * 100:g} % by {metrics} per {', '.join(provision.per)}"
    if provision.weigh:
        yield from _tree("weighs", provision.weigh, 2)
    for excuse in provision.excuses:
        days = "".join(f" {word} {day}" for word, day in (("from", excuse.from_), ("to", excuse.to)) if day)
        yield from _tree(f"{excuse.kind} {excuse.id}{',' if days else ''}{days}", excuse.when, 2)
    for cite in provision.cites:
        yield f"    cites {cite.instrument}, {cite.place} ({cite.grade})"
    if provision.uncertain:
        yield f"    uncertain: {provision.uncertain.strip()}"


def _deadline(line: Deadline) -> str:
    if line.day:
        return line.day.isoformat()
    plus = line.plus
    spans = [
        f"{count} {unit}{'s' * (count > 1)}"
        for count, unit in ((plus.years, "year"), (plus.months, "month"), (plus.days, "day"))
        if count
    ]
    return f"{' '.join(spans)} after {line.anchor}" if spans else f"the day of {line.anchor}"


def _tree(name: str, condition: Condition, depth: int) -> Iterator[str]:
    indent, head = "  " * depth, f"{name}: " if name else ""
    match condition:
        case Test():
            yield f"{indent}{head}{words(condition)}"
        case All(parts) | Any(parts):
            if parts:
                yield f"{indent}{head}{'all of' if isinstance(condition, All) else 'any of'}"
            elif name == "binds":
                yield f"{indent}binds: everyone"
            for part in parts:
                yield from _tree("", part, depth + 1)
        case Not(part) | Uses(part):
            yield f"{indent}{head}{'not' if isinstance(condition, Not) else 'the operator uses'}"
            yield from _tree("", part, depth + 1)
