"""A bundle and rules -> the plan to mend its marks.

* Same bundle, rules, day and person, same bytes.
* What each object's marks come to before and after is compiled, not guessed; where more would be open without leave, there is no plan.
* An object's version stays as it is unless its maker is one of ours and a new version is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from telvet.catalog.handling import HandlingRules
from telvet.errors import Fault, SharingError, UsageError
from telvet.model.handling import Handling, at_least_as_strict, strictest
from telvet.sharing.audit.canonical import canonical
from telvet.sharing.marking.bundles import Pieces
from telvet.sharing.marking.definitions import added, dropped, put_right
from telvet.sharing.marking.mending import Mending, marks_of
from telvet.sharing.marking.plan import Edit, Plan, Shift
from telvet.sharing.marking.rules import Rules
from telvet.sharing.marking.swaps import bare, swaps_of
from telvet.sharing.marking.wording import comes_to
from telvet.sharing.markings.selectors import covers, read_selector
from telvet.sharing.markings.stix_object import MarkingCompiler, ObjectHandling, definitions_of

__all__ = ["Asked", "planned"]

_MARKING = "marking-definition"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for."""

    by: str
    on: date
    """The day for which codes of countries and unions are looked up."""
    allow_opening: bool = False
    new_version: datetime | None = None
    """The moment of the new versions."""
    ours: frozenset[str] = frozenset()
    """The identities that are ours."""


def planned(pieces: Pieces, rules: Rules, known: HandlingRules, asked: Asked) -> Plan:
    """Plan.

    Raises:
        SharingError: A rule cannot be followed, or a new version would be older than what is there.
        UsageError: The bundle holds what cannot be written down exactly.
    """
    before = MarkingCompiler(definitions_of(pieces.objects), known, asked.on)
    used = Counter(mark for thing in pieces.objects for mark in marks_of(thing))
    swaps, left = swaps_of(used, before, rules, allow_opening=asked.allow_opening)
    right = tuple(put_right(pieces.objects, swaps, known))
    objects = _with(pieces.objects, right)
    compiler = MarkingCompiler(definitions_of(objects.values()), known, asked.on)
    edits = tuple(_edits(objects, Mending(swaps, rules.unmarked, compiler), asked, _placed(right)))
    objects = {place: _changed(thing, edits_at) for place, thing, edits_at in _beside(objects, edits)}
    marks = {mark for thing in objects.values() for mark in marks_of(thing)}
    gone = tuple(dropped(tuple(objects.items()), ()))
    kept = {place: thing for place, thing in objects.items() if place not in _placed(gone)}
    defined = {str(thing["id"]) for thing in kept.values() if thing["type"] == _MARKING}
    new = tuple(added(marks, defined, known))
    after = MarkingCompiler(definitions_of([*kept.values(), *(dict(one.after) for one in new)]), known, asked.on)
    every = (*right, *edits, *gone, *new)
    plan = Plan(
        bundle=pieces.name,
        sha256=pieces.digest,
        as_of=asked.on.isoformat(),
        by=asked.by,
        edits=tuple(sorted(every, key=lambda one: (one.place is None, one.place or 0, one.object))),
        shifts=tuple(_shifts(pieces.objects, kept, before, after, allowed=asked.allow_opening)),
        left=left,
        rules=rules.told(),
        opening=asked.allow_opening,
        new_version=_stix(asked.new_version) if asked.new_version else None,
        foreign=sum("modified" not in one.after for one in edits if "modified" in objects[one.place or 0]),
    )
    _check_exact(plan)
    return plan


def _edits(
    objects: Mapping[int, Mapping[str, Any]], mending: Mending, asked: Asked, taken: frozenset[int]
) -> Iterator[Edit]:
    faults: list[Fault] = []
    for place, thing in objects.items():
        after, because = mending.mended(thing)
        if not after or place in taken:
            continue
        if asked.new_version and thing.get("created_by_ref") in asked.ours and "modified" in thing:
            moment = _stix(asked.new_version)
            if not _follows(moment, thing["modified"]):
                what = f"the new version would not be later than the one that is here ({thing['modified']!r})"
                faults.append(Fault(str(thing["id"]), None, "modified", "version-early", what, "give a later moment"))
            after["modified"] = moment
        before = {key: thing[key] for key in after if key in thing}
        yield Edit("set", str(thing["id"]), because, place, before, after)
    if faults:
        raise SharingError("no new versions can be made", tuple(faults), code="version-early", where="--new-version")


def _follows(moment: str, held: object) -> bool:
    try:
        return datetime.fromisoformat(moment) > datetime.fromisoformat(str(held))
    except (ValueError, TypeError):
        return False


def _with(objects: Sequence[Mapping[str, Any]], edits: Sequence[Edit]) -> dict[int, Mapping[str, Any]]:
    """Return the objects by place, with some replaced or gone."""
    found: dict[int, Mapping[str, Any]] = dict(enumerate(objects))
    for one in edits:
        if one.place is not None and one.do == "drop":
            del found[one.place]
        elif one.place is not None:
            found[one.place] = one.after
    return found


def _beside(
    objects: Mapping[int, Mapping[str, Any]], edits: Sequence[Edit]
) -> Iterator[tuple[int, Mapping[str, Any], Edit | None]]:
    at = {one.place: one for one in edits}
    return ((place, thing, at.get(place)) for place, thing in objects.items())


def _changed(thing: Mapping[str, Any], edit: Edit | None) -> Mapping[str, Any]:
    if edit is None:
        return thing
    return {key: value for key, value in {**thing, **edit.after}.items() if value is not None or key not in edit.after}


def _placed(edits: Sequence[Edit]) -> frozenset[int]:
    return frozenset(one.place for one in edits if one.place is not None)


def _shifts(
    objects: Sequence[Mapping[str, Any]],
    kept: Mapping[int, Mapping[str, Any]],
    before: MarkingCompiler,
    after: MarkingCompiler,
    *,
    allowed: bool,
) -> Iterator[Shift]:
    counted: Counter[tuple[str, str, str]] = Counter()
    for place, thing in enumerate(objects):
        if thing["type"] == _MARKING or place not in kept:
            continue
        was, shall = before.compile(thing), after.compile(kept[place])
        way = _way(was, shall)
        if way == "opened" and not allowed:
            raise UsageError(
                f"{thing['id']} would be more open than it is",
                code="plan-opens",
                why="what was repaired around it lets out more, and no rule says that it may",
                fix="give a rule with a reason and --allow-opening, or mend it by hand",
            )
        counted[way, comes_to(was.strictest), comes_to(shall.strictest)] += 1
    for (way, one, other), times in sorted(counted.items()):
        yield Shift(way, one, other, times)


def _way(was: ObjectHandling, shall: ObjectHandling) -> str:
    """Compare the whole and each part that was or is marked by itself."""
    selectors = {part.selector for part in (*was.parts, *shall.parts)}
    pairs = [(bare(was.whole), bare(shall.whole))]
    pairs += [(bare(_at(was, selector)), bare(_at(shall, selector))) for selector in sorted(selectors)]
    if not all(at_least_as_strict(new, old) for old, new in pairs):
        return "opened"
    if was.whole.unmarked and not shall.whole.unmarked:
        return "first"
    return "same" if all(new == old for old, new in pairs) else "closed"


def _at(made: ObjectHandling, selector: str) -> Handling:
    """Return the handling of what a selector selects, whether or not it is marked by itself."""
    path = read_selector(selector) or ()
    around = [part.handling for part in made.parts if (wide := read_selector(part.selector)) and covers(wide, path)]
    return strictest((made.whole, *around))


def _stix(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _check_exact(plan: Plan) -> None:
    """Refuse a plan that has no one spelling."""
    try:
        canonical(plan.told())
    except ValueError as problem:
        raise UsageError(
            f"the plan cannot be written exactly: {problem}",
            code="plan-value",
            where=plan.bundle,
            why="a plan is signed by its bytes, and its marks must have one spelling",
            fix="mend that value in the bundle",
        ) from problem
