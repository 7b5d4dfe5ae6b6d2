"""Turns triggers compared side by side into a table for the terminal and JSON lines; each says that it is no law."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from telvet.reporting.screen import Column, Grid, Heading, Line, Part, draw, line
from telvet.sharing.lawful.gathering import Question
from telvet.sharing.lawful.triggers import STAMP, Answer, Compared, Trigger

__all__ = ["trigger_object", "write_jsonl", "write_table"]

_STYLES = {Answer.YES: "bright_red", Answer.NO: "green", Answer.UNKNOWN: "dim", Answer.DISPUTED: "yellow"}
_HEADS = {
    Trigger.PERMITS: "law permits",
    Trigger.DEPLOYS: "deploys",
    Trigger.CORE: "in core",
    Trigger.INTERCEPT: "in LI",
    Trigger.POSITION: "position",
}


def trigger_object(one: Compared, question: Question, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a trigger for a country as an object of plain values, its keys in a fixed order.

    Args:
        one: The trigger.
        question: When it was asked about.
        names: Names of countries by alpha-3.
    """
    return {
        "country": one.country,
        "name": names.get(one.country, one.country),
        "vendor": one.vendor,
        "as_of": question.as_of.isoformat(),
        "known_by": question.known_by.isoformat() if question.known_by else None,
        "trigger": one.trigger.value,
        "answer": one.answer.value,
        "says": one.says,
        "origins": [
            {"value": said.value, "origin": said.origin, "grade": said.grade.value if said.grade else None}
            for said in one.origins
        ],
        "stamp": STAMP,
    }


def write_jsonl(found: Iterable[Compared], question: Question, names: Mapping[str, str], out: TextIO) -> None:
    """Write a line for every trigger of every country."""
    out.writelines(json.dumps(trigger_object(one, question, names), ensure_ascii=False) + "\n" for one in found)


def write_table(
    found: Sequence[Compared],
    question: Question,
    names: Mapping[str, str],
    *,
    width: int,
    colour: bool,
    out: TextIO,
) -> None:
    """Write a row for every country, and below them what says so."""
    draw(_page(found, question, names), width, colour, out)


def _page(found: Sequence[Compared], question: Question, names: Mapping[str, str]) -> Iterator[Part]:
    known = f", by what was published by {question.known_by}" if question.known_by else ""
    whose = ", ".join(dict.fromkeys(one.says for one in found if one.trigger is Trigger.PERMITS))
    yield line((whose, "bold"), f" as of {question.as_of}{known}")
    yield line("Sharing would stop where the answer is yes, if that were what stops it.")
    yield line((f"Each row is {STAMP}.", "yellow"))
    yield line()
    rows: dict[str, dict[Trigger, Compared]] = {}
    for one in found:
        rows.setdefault(one.country, {})[one.trigger] = one
    heads = [Column(ratio=1, least=8, head="country"), *(Column(head=head) for head in _HEADS.values())]
    cells = [(line(names.get(country, country)), *_answers(row)) for country, row in rows.items()]
    yield Grid(tuple(heads), tuple(cells), gap=2)
    origins = [(one, said) for one in found for said in one.origins]
    if origins:
        yield from (line(), Heading("What says so"))
        yield Grid(
            (Column(), Column(ratio=2), Column(ratio=4)),
            tuple(
                (line(one.country), line(f"{one.trigger}: {said.value}"), line((said.origin, "dim")))
                for one, said in origins
            ),
            gap=2,
        )


def _answers(row: Mapping[Trigger, Compared]) -> Iterator[Line]:
    for trigger in _HEADS:
        one = row[trigger]
        word = f"{one.answer}, {one.says}" if trigger is Trigger.POSITION and one.says != one.answer else one.answer
        yield line((str(word), _STYLES[one.answer]))
