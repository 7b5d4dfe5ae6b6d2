from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from telvet.assessment.dimensions import Dimension, dimensions
from telvet.assessment.docket import Docket, index
from telvet.assessment.facts import dated
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.use import Standing
from telvet.lawcheck.rows import Rows
from telvet.model.condition import Test
from telvet.model.facts import Maker, Members
from telvet.model.truth import Truth
from telvet.tables.judging import Source, Tokens
from tests.unit.assessment.toy_world import knowledge, row, rows_of
from tests.unit.packs.toy_law import ACME, ID, designation, pack, rule

FAST = {"equipment.generation": {"is": "5G"}}
VENDOR = Test("equipment.vendor", "designated", (f"{ID}#acme",))


def docket(known: Knowledge, *given: Mapping[str, str | int | None]) -> tuple[Docket, list[Tokens]]:
    """Return a docket and the tokens of each row."""
    backend = Rows()
    relation = backend.table(rows_of(*given))
    made = Docket(known, [index(one, backend.distinct(relation, one.sources)) for one in dimensions(known)])
    tokens = [
        backend.classify(backend.only(relation, found), made.keys)[0][0]
        for one in given
        for found in backend.pick(relation, str(one["id"]))
    ]
    return made, tokens


def verdicts(known: Knowledge, *given: Mapping[str, str | int | None]) -> list[tuple[int, str, str]]:
    """Return (number of the row, provision, status) of each verdict."""
    made, tokens = docket(known, *given)
    found = made.judge(dict.fromkeys(tokens))
    return sorted(
        (place, provision.id.rpartition(".")[2], verdict.status.value)
        for judged, provision, verdict in found
        for place, one in enumerate(tokens)
        if one == judged
    )


def plain(raws: Sequence[tuple[str | None, ...]]) -> list[tuple[object, ...]]:
    by_length = Dimension("some", (Source("site"),), lambda raw: raw[0], lambda value: len(str(value or "")))
    made = index(by_length, raws)
    return [made.representatives, made.key.rows, made.details]


def test_values_alike_before_the_law_share_a_token_and_keep_their_own_detail() -> None:
    assert plain([("a",), ("bb",), ("c",), (None,), ("bb",)]) == [
        ("a", "bb", None),
        ((("a",), 0, 0), (("bb",), 1, 1), (("c",), 0, 2), ((None,), 2, 3), (("bb",), 1, 1)),
        ("a", "bb", "c", None),
    ]


def test_each_class_gets_its_verdicts_by_provision() -> None:
    known = knowledge(pack(rule("all"), rule("fast", {"when": {"all": [ACME, FAST]}})))
    assert verdicts(
        known, row("a", generation="5G"), row("b", generation="4G"), row("c", generation="5G", manufacturer="Borea AG"),
        row("d"), row("e", generation="5G", lifecycle="off"),
    ) == [
        (0, "all", "contravention"), (0, "fast", "contravention"), (1, "all", "contravention"),
        (3, "all", "contravention"), (3, "fast", "unknown"),
    ]  # fmt: skip


def test_rows_that_differ_only_in_what_may_excuse_them_are_judged_apart() -> None:
    excepted = {"except": [{"id": "old", "when": {"equipment.tags": {"has": "old"}}}]}
    known = knowledge(pack(rule("rule", excepted)))
    assert verdicts(known, row("a", tags="old"), row("b", tags="-old"), row("c")) == [
        (0, "rule", "excepted"), (1, "rule", "contravention"), (2, "rule", "contravention"),
    ]  # fmt: skip


def test_a_maker_that_one_class_was_clear_of_is_judged_anew_by_its_day_of_making() -> None:
    then = [designation(owned_on="making", vendor="borea")]
    old = row("old", manufacturer="Sold GmbH", installed_on="2019-03-01")
    new = row("new", manufacturer="Sold GmbH", installed_on="2021-03-01")
    known = knowledge(pack(designations=then))
    assert verdicts(known, old, new) == [(1, "rule", "contravention")]
    assert verdicts(known, new, old) == [(0, "rule", "contravention")]


def test_provisions_about_networks_partners_and_operators_alone_are_not_judged_by_element() -> None:
    permits = {"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}}
    law = pack(
        rule("partner", {"subject": "partner", "when": permits, "effect": {"bar": "release"}}),
        rule("alone", {"subject": "operator", "when": {"operator.roles": {"has": "mno"}}, "effect": {"bar": "award"}}),
        rule("uses", {"subject": "operator", "when": {"operator.uses": ACME}, "effect": {"bar": "award"}}),
        rule("cap", {"share": {"of": ACME, "among": ACME, "by": ["t"], "at most": "1 %"}, "by": "2020-01-01"}),
        metrics={"t": {"sum": "traffic"}},
    )
    assert verdicts(knowledge(law), row()) == [(0, "uses", "barred")]


def test_the_facts_of_a_class_are_those_of_its_rows() -> None:
    known = knowledge(pack(rule("rule", {"when": {"all": [ACME, FAST]}, "binds": {"operator.roles": {"has": "mno"}}})))
    made, (tokens,) = docket(known, row(generation="5G", installed_on="2020-02", manufacturer="Acme Ltd"))
    assert made.fact("equipment.generation", tokens) == Members(frozenset({"5G"}), complete=True)
    assert made.fact("operator.roles", tokens) == Members(frozenset({"mno"}), complete=True)
    assert made.fact("equipment.site", tokens) is None
    maker = made.fact("equipment.vendor", tokens)
    assert isinstance(maker, Maker)
    assert maker.maker.organisation == "acme"
    assert maker.made == dated("2020-02")
    assert made.standing(tokens) == Standing("live", installed=dated("2020-02"))
    assert made.answer(VENDOR, tokens) is Truth.TRUE


def test_an_element_was_made_by_the_earlier_of_purchase_and_installation() -> None:
    known = knowledge(pack(designations=[designation(owned_on="making")]))
    bought = {"procured_on": "2020-11-05", "installed_on": "2021-02-01"}
    made, (first, second, third) = docket(
        known, row("a", manufacturer="Sold GmbH", **bought),
        row("b", manufacturer="Sold GmbH", procured_on="2021-03-01", installed_on="2020-12-31"),
        row("c", manufacturer="Sold GmbH", procured_on="2021-03-01", installed_on="2021-02-01"),
    )  # fmt: skip
    assert [made.answer(VENDOR, tokens) for tokens in (first, second, third)] == [Truth.TRUE, Truth.TRUE, Truth.FALSE]


def test_a_case_knows_the_waivers_of_its_operator_and_of_its_element() -> None:
    said = [
        {"kind": "waiver", "subject": "north", "provision": ID, "source": "of north"},
        {"kind": "temporary_licence", "subject": "e2", "provision": ID, "source": "of e2"},
        {"kind": "extension", "subject": "north", "provision": ID, "to": "2022-01-01", "source": "longer"},
    ]
    known = knowledge(pack(rule("rule", {"by": "2021-01-01"})), overlays=said)
    (law,) = known.provisions
    made, (first, second) = docket(known, row("e1", notes=None), row("e2", notes="e2"))
    assert [one.id for one in made.case(law, first).excuses] == ["of north"]
    assert [one.id for one in made.case(law, second).excuses] == ["of north", "of e2"]
    assert [one.id for one in made.case(law, first).extensions] == ["longer"]


def test_a_case_tells_the_spans_and_the_designations_that_it_met() -> None:
    two = [designation(from_="2020-03-01"), designation("borea", vendor="borea")]
    about = {
        "when": {"equipment.vendor": {"designated": ["acme", "borea"]}},
        "by": {"after": "equipment.procured_on", "months": 1},
    }
    known = knowledge(pack(rule("rule", about), designations=two), on=date(2021, 6, 15))
    (law,) = known.provisions
    made, (tokens,) = docket(known, row(procured_on="2020Q1"))
    case = made.case(law, tokens)
    (asked,) = known.tests["equipment.vendor"]
    assert [one.id for one in case.met((asked,))] == [f"{ID}#acme"]
    assert case.fact_span("equipment.procured_on") == dated("2020Q1").span
    assert case.fact_span("equipment.removed_on") is None
