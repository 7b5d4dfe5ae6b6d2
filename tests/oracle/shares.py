"""Semantics, section 7: shares, by brute force over the elements of a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.condition import flat, joined, missing_sets, truth_of
from tests.oracle.deadlines import anchor_facts, by_of
from tests.oracle.excuses import Verdict, excused
from tests.oracle.facts import Case
from tests.oracle.register import Row
from tests.oracle.status import against_by, binds_of
from tests.oracle.truth import Truth, all_of
from tests.oracle.use import in_use

__all__ = ["Member", "bounds", "judge_share"]

Provision = Mapping[str, Any]


@dataclass(frozen=True)
class Member:
    """What one element is to a share: whether it is counted, whether it is of those that are limited."""

    case: Case
    among: Truth
    of: Truth

    @property
    def site(self) -> str | None:
        """Its site."""
        return self.case.element.get("site")

    def weight(self, column: str) -> Fraction | None:
        """Its weight, None where missing."""
        text = self.case.element.get(column)
        return None if text is None else Fraction(text)


def judge_share(cases: Sequence[Case], provision: Provision, overlays: Sequence[Row], group: Case) -> Verdict | None:
    """Return the verdict on one group; `cases` are its elements, `group` knows its operator alone."""
    binds = all_of(truth_of(group, part) for part in binds_of(group, provision))
    share = provision["share"]
    limit = Fraction(share["at most"].removesuffix(" %")) / 100
    counted: dict[str, list[Member]] = {name: members(cases, share, metric_of(group, name)) for name in share["by"]}
    if binds is False or not any(counted.values()):
        return None
    intervals = {name: bounds(counted[name], metric_of(group, name)) for name in share["by"]}
    if all(upper <= limit for _, upper in intervals.values()):
        return None
    over = any(lower > limit for lower, _ in intervals.values())
    missing = flat(joined([missing_sets(group, part) for part in binds_of(group, provision)]))
    if not over:
        undecided = [name for name, (_, upper) in intervals.items() if upper > limit]
        missing.extend(missing_of({name: counted[name] for name in undecided}, share, group))
    if over and binds is True:
        by = by_of(group, provision, overlays)
        verdict = against_by(group.day, by, anchor_facts(provision, provision["by"]))
    else:
        verdict = Verdict("unknown", missing=tuple(flat([missing])))
    return excused(group, provision, verdict, overlays)


def metric_of(group: Case, name: str) -> Mapping[str, Any]:
    """Return a declared metric of the pack."""
    metric: Mapping[str, Any] = group.pack["pack"]["metrics"][name]
    return metric


def among_parts(share: Mapping[str, Any], metric: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """List the conditions of being counted by a metric."""
    at = [{"equipment.function": {"any of": metric["at"]}}] if "at" in metric else []
    return [share["among"], *at]


def members(cases: Sequence[Case], share: Mapping[str, Any], metric: Mapping[str, Any]) -> list[Member]:
    """List the elements that are counted or may be."""
    found = []
    for case in cases:
        parts = [truth_of(case, part) for part in among_parts(share, metric)]
        among = all_of([*parts, in_use(case.element, case.day).truth])
        if among is not False:
            found.append(Member(case, among, truth_of(case, share["of"])))
    return found


def bounds(counted: Sequence[Member], metric: Mapping[str, Any]) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest that the share can be."""
    return of_sites(counted) if "count" in metric else of_sum(counted, metric["sum"])


def of_sum(counted: Sequence[Member], column: str) -> tuple[Fraction, Fraction]:
    """Sum a weight."""
    a = b = c = e = Fraction(0)
    missing_in_b = missing_in_c = False
    for member in counted:
        weight = member.weight(column)
        if member.among is True and member.of is True:
            a += weight or 0
        if member.of is not True:
            b += weight or 0
            missing_in_b = missing_in_b or weight is None
        if member.of is not False:
            c += weight or 0
            missing_in_c = missing_in_c or weight is None
        if member.among is True and member.of is False:
            e += weight or 0
    lower = Fraction(0) if missing_in_b else part_of(a, b)
    upper = Fraction(1) if missing_in_c else part_of(c, e)
    return lower, upper


def of_sites(counted: Sequence[Member]) -> tuple[Fraction, Fraction]:
    """Count distinct sites; a site with two makers counts as limited."""
    sited = [member for member in counted if member.site is not None]
    in_a = {member.site for member in sited if member.among is True and member.of is True}
    in_b = {member.site for member in sited} - in_a
    in_c = {member.site for member in sited if member.of is not False}
    in_e = {member.site for member in sited if member.among is True} - in_c
    a, b, c, e = len(in_a), len(in_b), len(in_c), len(in_e)
    for member in counted:
        if member.site is not None:
            continue
        if not (member.among is True and member.of is True):
            b += 1
        if member.of is not False and e > 0:
            c, e = c + 1, e - 1
        elif member.of is not False:
            c += 1
    return part_of(Fraction(a), Fraction(b)), part_of(Fraction(c), Fraction(e))


def part_of(these: Fraction, those: Fraction) -> Fraction:
    """Return the share of these among both; nothing of nothing is nothing."""
    return these / (these + those) if these else Fraction(0)


def missing_of(counted: Mapping[str, Sequence[Member]], share: Mapping[str, Any], group: Case) -> list[str]:
    """Name the facts that leave a share open: those of the elements in alphabetical order, weights, the site."""
    facts: set[str] = set()
    weights: list[str] = []
    sites: list[str] = []
    for name, elements in counted.items():
        metric = metric_of(group, name)
        for member in elements:
            for part in (share["of"], *among_parts(share, metric)):
                facts.update(flat(missing_sets(member.case, part)))
            facts.update(in_use(member.case.element, member.case.day).missing)
            if "sum" in metric and member.weight(metric["sum"]) is None:
                weights.append(f"equipment.{metric['sum']}")
            if "count" in metric and member.site is None:
                sites.append("equipment.site")
    return [*sorted(facts), *weights, *sites]
