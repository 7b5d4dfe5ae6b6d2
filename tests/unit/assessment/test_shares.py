"""spec/semantics.md, section 7; every sum below was worked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from telvet.assessment.shares import Shared, interval
from telvet.model.law import Metric
from telvet.tables.judging import ShareCount
from tests.unit.assessment.toy_world import judgement, knowledge, row
from tests.unit.packs.toy_law import ACME, CITES, ID, pack, rule

RADIO = {"equipment.function": {"is": "ran.radio"}}
METRICS = {
    "sites": {"count": "site", "mixed": "counts"},
    "traffic": {"sum": "traffic"},
    "core": {"sum": "traffic", "at": ["core.user"]},
}
SITES, TRAFFIC = Metric("sites", "site", None, ()), Metric("traffic", None, "traffic", ())
Cells = Mapping[str, str | int | None]


def counted(sure: str, may_not: str, may: str, sure_not: str, open_b: int = 0, open_c: int = 0) -> ShareCount:
    return ShareCount(("north",), Decimal(sure), Decimal(may_not), Decimal(may), Decimal(sure_not), open_b, open_c, ())


@pytest.mark.parametrize(
    ("count", "of_sum", "of_sites"),
    [
        (counted("1", "3", "1", "3"), ("1/4", "1/4"), ("1/4", "1/4")),
        (counted("0.1", "0.2", "0.1", "0.2"), ("1/3", "1/3"), ("1/3", "1/3")),
        (counted("0", "0", "0", "0"), ("0", "0"), ("0", "0")),
        (counted("1", "3", "2", "2"), ("1/4", "1/2"), ("1/4", "1/2")),
        (counted("1", "3", "1", "3", open_b=1), ("0", "1/4"), ("1/5", "1/4")),
        (counted("1", "3", "1", "3", open_b=1, open_c=1), ("0", "1"), ("1/5", "1/2")),
        (counted("1", "1", "1", "1", open_b=3, open_c=3), ("0", "1"), ("1/5", "1")),
        (counted("0", "0", "0", "0", open_b=2, open_c=2), ("0", "1"), ("0", "1")),
        (counted("0", "2", "0", "2", open_b=1), ("0", "0"), ("0", "0")),
        (counted("2", "0", "2", "0"), ("1", "1"), ("1", "1")),
    ],
)
def test_a_share_lies_between_the_sure_and_the_possible(
    count: ShareCount, of_sum: tuple[str, str], of_sites: tuple[str, str]
) -> None:
    assert interval(count, TRAFFIC) == tuple(map(Fraction, of_sum))
    assert interval(count, SITES) == tuple(map(Fraction, of_sites))


def cap(by: str = "sites", limit: str = "50 %", **about: Any) -> dict[str, Any]:
    share = {"of": ACME, "among": RADIO, "by": by.split(), "at most": limit}
    return rule("cap", {"share": share, "by": "2021-01-01", **about})


def shared(*given: Cells, law: dict[str, Any] | None = None, on: str = "2021-06-15", **known: Any) -> list[Shared]:
    world = knowledge(pack(law or cap(), metrics=METRICS), on=date.fromisoformat(on), **known)
    return list(judgement(world, *given)[1].shared)


def element(name: str, maker: str | None = "Acme Ltd", **cells: str | None) -> dict[str, str | int | None]:
    return row(name, manufacturer=maker, **{"function": "ran.radio", **cells})


def one(*given: Cells, **more: Any) -> tuple[str, str | None, tuple[str, ...]] | None:
    """Return status, deadline and missing facts of the only answer."""
    found = shared(*given, **more)
    if not found:
        return None
    (only,) = found
    return only.verdict.status.value, only.verdict.by.isoformat() if only.verdict.by else None, only.verdict.missing


A1, A2, A3 = (element(f"a{n}", site=f"s{n}", traffic="10") for n in (1, 2, 3))
B4, B5, B6 = (element(f"b{n}", "Borea AG", site=f"s{n}", traffic="10") for n in (4, 5, 6))
OVER = ("contravention", "2021-01-01", ())


def test_exactly_the_limit_is_allowed_and_any_more_is_not() -> None:
    assert one(A1, B4) is None
    assert one(A1, A2, B4) == OVER
    assert one(A1, B4, B5, law=cap(limit="33.3 %")) == OVER
    assert one(A1, B4, B5, law=cap(limit="33.4 %")) is None


def test_sums_are_exact_where_floating_point_is_not() -> None:
    given = (element("a", traffic="0.1"), element("c", traffic="0.2"), element("b", "Borea AG", traffic="0.3"))
    assert one(*given, law=cap("traffic")) is None
    assert one(*given, element("d", traffic="0.000001"), law=cap("traffic")) == OVER


def test_what_a_share_measured_is_told_by_metric() -> None:
    (found,) = shared(A1, A2, B4, element("u", None, site="s9"), law=cap("sites traffic"))
    assert found.group == ("north",)
    assert found.provision.id == f"{ID}.cap"
    assert found.measured == (("sites", Fraction(2, 4), Fraction(3, 4)), ("traffic", Fraction(0), Fraction(1)))


@pytest.mark.parametrize(
    ("on", "outcome"),
    [("2020-06-15", "due"), ("2021-01-01", "due"), ("2021-01-02", "contravention")],
)
def test_a_share_above_its_limit_is_due_until_its_deadline(on: str, outcome: str) -> None:
    assert one(A1, A2, B4, on=on) == (outcome, "2021-01-01", ())


def test_an_extension_moves_the_deadline_of_a_share() -> None:
    granted = [{"id": "x", "granted": "2021-02-01", "to": "2021-12-31", "cites": CITES}]
    assert one(A1, A2, B4, law=cap(extensions=granted)) == ("due", "2021-12-31", ())
    private = [{"kind": "extension", "subject": "north", "provision": ID, "to": "2022-01-31"}]
    assert one(A1, A2, B4, overlays=private) == ("due", "2022-01-31", ())
    assert one(A1, A2, B4, overlays=[{**private[0], "subject": "south"}]) == OVER


def test_the_open_share_misses_the_facts_that_some_element_lacks_in_alphabetical_order() -> None:
    unmade = element("u", None, site="s9")
    unasked = element("v", site="s8", function=None, removed_on="2021")
    assert one(A1, B4, B5, unmade) is None
    assert one(A1, B4, unmade) == ("unknown", None, ("equipment.vendor",))
    assert one(A1, B4, unmade, unasked) == (
        "unknown", None, ("equipment.function", "equipment.removed_on", "equipment.vendor"),
    )  # fmt: skip


def test_a_missing_site_or_weight_that_keeps_the_share_open_is_missed_last() -> None:
    homeless = element("h", None)
    assert one(A1, B4, homeless) == ("unknown", None, ("equipment.vendor", "equipment.site"))
    weightless = element("w", "Acme Ltd", site="s7")
    assert one(A1, B4, weightless, law=cap("traffic", "60 %")) == ("unknown", None, ("equipment.traffic",))
    assert one(A1, B4, {**homeless, "traffic": None}, law=cap("traffic sites")) == (
        "unknown", None, ("equipment.vendor", "equipment.traffic", "equipment.site"),
    )  # fmt: skip


def test_a_metric_that_is_surely_within_its_limit_misses_nothing() -> None:
    homeless = element("h", traffic="1")
    assert one(element("a", site="s1", traffic="1"), B4, homeless, law=cap("traffic sites")) == (
        "unknown", None, ("equipment.site",),
    )  # fmt: skip


def test_one_metric_over_the_limit_is_enough_and_all_must_keep_it() -> None:
    heavy = element("a", site="s1", traffic="100")
    assert one(heavy, B4, B5, law=cap("sites")) is None
    assert one(heavy, B4, B5, law=cap("sites traffic")) == OVER
    assert one(A1, B4, B5, law=cap("sites traffic")) is None


def test_a_metric_at_some_functions_counts_only_these() -> None:
    both = [
        element("a", function="ran.radio;core.user", traffic="10"), element("b", "Borea AG", traffic="90"),
        element("c", "Borea AG", function="ran.radio;core.user", traffic="5"),
    ]  # fmt: skip
    assert one(*both, law=cap("traffic")) is None
    assert one(*both, law=cap("core")) == OVER
    assert one(A1, law=cap("core")) is None


@pytest.mark.parametrize("cells", [{"lifecycle": "off"}, {"removed_on": "2020"}, {"installed_on": "2022"}])
def test_only_what_is_in_use_counts(cells: dict[str, str]) -> None:
    assert one(A1, A2, B4, B5) is None
    assert one(A1, A2, B4, {**B5, **cells}) == OVER
    assert one({**A1, **cells}) is None


def test_use_that_is_not_known_widens_the_share() -> None:
    assert one(A1, A2, B4, {**B5, "removed_on": "2021"}) == ("unknown", None, ("equipment.removed_on",))


def test_each_operator_has_a_share_of_its_own() -> None:
    south = [{**one_, "id": f"x{one_['id']}", "operator": "south"} for one_ in (A1, B4)]
    unnamed = [{**one_, "id": f"y{one_['id']}", "operator": None} for one_ in (A1, A2, B4)]
    found = shared(A1, A2, B4, *south, *unnamed)
    assert [(each.group, each.verdict.status.value) for each in found] == [
        ((None,), "contravention"), (("north",), "contravention"),
    ]  # fmt: skip


def test_a_share_may_be_counted_by_network_and_by_access_technology() -> None:
    fast = {"access_technology": "nr", "network": "m"}
    given = ({**A1, **fast}, {**A2, "access_technology": "lte;nr", "network": "n"}, {**B4, "access_technology": "lte", "network": "n"})  # fmt: skip
    by_access = shared(*given, law=cap(per=["access_technology"]))
    assert [(each.group, each.measured[0][1]) for each in by_access] == [(("north", "nr"), Fraction(1))]
    by_network = shared(*given, law=cap(per=["operator", "network"]))
    assert [each.group for each in by_network] == [("north", "m")]


def test_who_is_bound_decides_for_the_whole_network() -> None:
    bound = cap(binds={"operator.roles": {"has": "mno"}})
    assert one(A1, A2, B4, law=bound) == OVER
    assert one(A1, A2, B4, law=bound, operators={"north": {"operator": "north", "roles": "isp"}}) is None
    unknown = {"north": {"operator": "north"}}
    assert one(A1, A2, B4, law=bound, operators=unknown) == ("unknown", None, ("operator.roles",))
    assert one(A1, B4, law=bound, operators=unknown) is None
    assert one(A1, B4, element("u", None, site="s9"), law=bound, operators=unknown) == (
        "unknown", None, ("operator.roles", "equipment.vendor"),
    )  # fmt: skip


def test_a_share_may_be_excused_and_what_could_excuse_it_is_listed() -> None:
    bands = {"operator.bands": {"between": [[700, 700]]}}
    excepted = {**cap(), "except": [{"id": "rural", "when": bands, "cites": CITES}]}
    (open_,) = shared(A1, A2, B4, law=excepted)
    assert (open_.verdict.status.value, open_.verdict.unless) == ("contravention", ("operator.bands",))
    rural = {"north": {"operator": "north", "bands": "700"}}
    (excused,) = shared(A1, A2, B4, law=excepted, operators=rural)
    assert (excused.verdict.status.value, excused.verdict.excused_by) == ("excepted", "rural")
    assert shared(A1, B4, law=excepted, operators=rural) == []
    waiver = [{"kind": "waiver", "subject": "north", "provision": f"{ID}.cap", "to": "2021-07-01", "source": "letter"}]
    (waived,) = shared(A1, A2, B4, overlays=waiver)
    assert (waived.verdict.status.value, waived.verdict.until, waived.verdict.excused_by) == (
        "waived", date(2021, 7, 1), "letter",
    )  # fmt: skip


def test_a_share_is_considered_from_enactment_to_its_last_day() -> None:
    dated = cap(enacted="2021-02-01", to="2021-12-31")
    found = [one(A1, A2, B4, law=dated, on=on) for on in ("2021-01-31", "2021-02-01", "2021-12-31", "2022-01-01")]
    assert found == [None, OVER, OVER, None]


def test_a_network_without_any_such_element_has_no_share() -> None:
    assert shared(element("a", function="li")) == []
    assert shared() == []
