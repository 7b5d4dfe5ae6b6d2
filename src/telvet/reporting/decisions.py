"""Decisions on the objects of a file into JSON Lines, and into a screenful grouped by effect and reason.

* A line of JSON says all: every reason that counts first, then those that are excused and those that permit.
* The table groups what was decided alike, so that a feed of thousands is a screenful; no group is left out unsaid.
* What a scenario decided says in every place that it is not law.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect, Reason
from telvet.reporting.screen import Column, Grid, Heading, Part, bar, draw, line
from telvet.reporting.words import NOTICE, counted, number
from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.gate import Gate

__all__ = [
    "EFFECT_STYLES",
    "SCENARIO",
    "counts",
    "decision_object",
    "facts_of",
    "said_of",
    "summary",
    "write_jsonl",
    "write_table",
]

EFFECT_STYLES = {
    Effect.PERMIT: "green",
    Effect.REDACT: "bright_blue",
    Effect.REFER: "yellow",
    Effect.WITHHOLD: "bright_red",
}
SCENARIO = "not law: a scenario was asked for"
_BAR, _MOST_GROUPS, _MOST_EXAMPLES, _MOST_REASONS = 24, 8, 2, 4

Decided = Sequence[tuple[Thing, Decision]]


def decision_object(thing: Thing, decision: Decision, leaves_by: Sequence[str] = ()) -> dict[str, Any]:
    """Return a decision as a line of JSON says it."""
    told: dict[str, Any] = {
        "object": thing.id,
        "type": thing.type,
        "version": thing.version,
        "effect": decision.effect.value,
        "reasons": [_reason(each) for each in decision.reasons],
        "obligations": [
            {"rule": each.rule, "what": each.what, "cites": list(each.cites)} for each in decision.obligations
        ],
        "unless": [list(facts) for facts in decision.unless],
        "redacted": list(decision.redacted),
        "arrangement": decision.arrangement,
        "leaves_by": list(leaves_by),
    }
    return told | ({"scenario": list(decision.scenario), "stamp": SCENARIO} if decision.scenario else {})


def write_jsonl(decided: Iterable[tuple[Thing, Decision | Outcome]], out: TextIO) -> None:
    """Write a line for every object, in the order of the file."""
    for thing, one in decided:
        decision, acts = (one.decision, one.leaves_by) if isinstance(one, Outcome) else (one, ())
        out.write(json.dumps(decision_object(thing, decision, acts), ensure_ascii=False) + "\n")


def write_table(gate: Gate, decided: Decided, width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write what was decided, grouped by effect and reason."""
    draw([*_head(gate, decided), *_groups(decided), *_foot(decided)], width, colour, out)


def counts(effects: Iterable[Effect]) -> Iterator[Part]:
    """Yield a bar for every effect."""
    found = Counter(effects)
    most = max(found.values(), default=0)
    rows = tuple(
        (
            line((effect.value, f"bold {style}")),
            line(number(found[effect])),
            line((bar(found[effect], most, _BAR), style)),
        )
        for effect, style in EFFECT_STYLES.items()
    )
    yield Grid((Column(), Column("right"), Column()), rows, gap=2)


def summary(gate: Gate) -> str:
    """Say whom and which day a decision is about, and by which law."""
    partner = gate.known.partners.get(gate.partner)
    where = f" ({partner.country})" if partner and partner.country else ""
    laws = ", ".join(sorted({law.provision for law in gate.laws})) or "no law about partners applies"
    return f"{gate.partner}{where} on {gate.as_of}; {laws}"


def said_of(reason: Reason) -> str:
    """Say a reason; of references only that there are, for each names another object."""
    if reason.rule == "references":
        return "references: it names what stays"
    cites = f" [{'; '.join(reason.cites)}]" if reason.cites else ""
    return f"{reason.rule}: {reason.because}{cites}"


def facts_of(facts: Sequence[str]) -> str:
    """Say which facts would change a decision; of many releases only how many."""
    releases = [each for each in facts if each.startswith("release of ")]
    shown = [each for each in facts if each not in releases]
    shown += releases if len(releases) <= _MOST_EXAMPLES else [f"release of {len(releases):,} objects that it names"]
    return " and ".join(shown)


def _reason(reason: Reason) -> dict[str, Any]:
    told: dict[str, Any] = {"rule": reason.rule, "cites": list(reason.cites), "because": reason.because}
    told |= {"effect": reason.effect.value, "counts": reason.counts}
    if reason.excused_by is not None:
        told["excused_by"] = reason.excused_by
    return told | ({"unless": list(reason.unless)} if reason.unless else {})


def _head(gate: Gate, decided: Decided) -> Iterator[Part]:
    yield line((counted(len(decided), "object"), "bold"), f" for {summary(gate)}")
    if any(decision.scenario for _, decision in decided):
        yield line((f"{SCENARIO.capitalize()}.", "bold yellow"))
    yield line()
    yield from counts(decision.effect for _, decision in decided)


def _groups(decided: Decided) -> Iterator[Part]:
    groups: dict[tuple[Effect, tuple[tuple[str, str], ...]], list[tuple[Thing, Decision]]] = defaultdict(list)
    for thing, decision in decided:
        groups[decision.effect, _likeness(decision)].append((thing, decision))
    for effect in reversed(EFFECT_STYLES):
        mine = sorted(((key, held) for key, held in groups.items() if key[0] is effect), key=lambda one: -len(one[1]))
        if not mine:
            continue
        yield line()
        yield Heading(f"{effect.value}: {number(sum(len(held) for _, held in mine))}", EFFECT_STYLES[effect])
        rows = tuple(_row(held) for _, held in mine[:_MOST_GROUPS])
        yield Grid((Column("right", least=5), Column(ratio=1)), rows, gap=2)
        if more := mine[_MOST_GROUPS:]:
            yield line(
                (f"and {counted(sum(len(held) for _, held in more), 'object')} in {len(more)} more groups", "dim")
            )


def _likeness(decision: Decision) -> tuple[tuple[str, str], ...]:
    """Return what a group has in common; of references the rule alone, for every one names another target."""
    stops = [each for each in decision.reasons if each.counts]
    return tuple(sorted({(each.rule, "" if each.rule in ("references", "parts") else each.because) for each in stops}))


def _row(held: Sequence[tuple[Thing, Decision]]) -> tuple[Any, ...]:
    _, decision = held[0]
    kinds = Counter(thing.type for thing, _ in held)
    shown = ", ".join(f"{number(many)} {kind}" for kind, many in kinds.most_common(_MOST_REASONS))
    rest = len(kinds) - _MOST_REASONS
    spans: list[str | tuple[str, str]] = [(shown + (f" and {rest} more types" if rest > 0 else ""), "bold")]
    stops = [each for each in decision.reasons if each.counts]
    said = list(dict.fromkeys(map(said_of, stops)))
    spans.extend(f"\n{text}" for text in said[:_MOST_REASONS])
    if len(said) > _MOST_REASONS:
        spans.append(f"\nand {len(said) - _MOST_REASONS} more reasons")
    if decision.unless:
        spans.append((f"\nunless: {facts_of(decision.unless[0])}", "dim"))
    if decision.effect.releases:
        spans.extend((f"\nobliges: {obligation.what}", "dim") for obligation in decision.obligations)
    names = ", ".join(thing.id for thing, _ in held[:_MOST_EXAMPLES])
    spans.append((f"\n{names}{' ...' if len(held) > _MOST_EXAMPLES else ''}", "dim"))
    return line((number(len(held)), "bold")), line(*spans)


def _foot(decided: Decided) -> Iterator[Part]:
    yield line()
    if any(decision.effect.releases for _, decision in decided):
        yield line(
            ("What may go still leaves only under a standing authority or an approval: telvet share release.", "dim")
        )
    yield line((NOTICE, "dim"))
