"""Marks never widen: joining is a lattice, and nothing that is added, changed or not understood lets more out.

`lets_out` is a decision kept as simple as can be: a partner, a cap on TLP, and every mark of which nothing is unknown.
"""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from telvet.catalog.handling import read_handling
from telvet.model.handling import (
    Acs,
    Classification,
    Ground,
    Handling,
    Reach,
    SharingRule,
    Tlp,
    at_least_as_strict,
    strictest,
)
from telvet.sharing.markings.acs_sharing import AcsPartner, foreign_sharing
from telvet.sharing.markings.banner import read_banner
from telvet.sharing.markings.definition import read_definition
from telvet.sharing.markings.lint import lint
from telvet.sharing.markings.misp import read_event, read_marks
from telvet.sharing.markings.misp_export import MispPartner, confined, export_settings
from telvet.sharing.markings.statements import read_statement
from telvet.sharing.markings.stix_object import MarkingCompiler, definitions_of
from tests.property.strategies import modestly

RULES = read_handling()
DAY = date(2024, 6, 1)
PARTNERS = ("USA", "GBR", "AUS", "FRA", "SWE")
MARK = "marking-definition--11111111-1111-4111-8111-111111111111"
EXAMPLES = Path(__file__).parents[1] / "data" / "handling"
TLP_EXAMPLES = json.loads((EXAMPLES / "tlp.json").read_text("utf-8"))
STANDARD = [row["definition"] for row in TLP_EXAMPLES["standard"]]
ACS_EXAMPLES = json.loads((EXAMPLES / "acs.json").read_text("utf-8"))["sharing"]
ACS_EXTENSION = "extension-definition--3a65884d-005a-4290-8335-cb2d778a83ce"

some_countries = st.frozensets(st.sampled_from(PARTNERS))
some_names = st.frozensets(st.sampled_from("abc"))
some_grounds = st.frozensets(st.builds(Ground, st.sampled_from("xy"), st.sampled_from("mn")), max_size=1)
assertions = st.builds(
    Acs,
    marking=st.just("m"),
    custodian=st.just("USA.DHS"),
    privileges_by_default=st.booleans(),
    shared_by_default=st.booleans(),
    classification=st.sampled_from(Classification),
    no_foreign=st.booleans(),
    public=st.booleans(),
    nationalities=st.none() | some_countries,
    sharing=st.frozensets(st.builds(SharingRule, st.just(frozenset({"FOREIGNGOV"})), st.booleans()), max_size=2),
)
handlings = st.builds(
    Handling,
    marks=some_names,
    tlp=st.none() | st.sampled_from(Tlp),
    classification=st.none() | st.sampled_from(Classification),
    reach=st.none() | st.sampled_from(Reach),
    rel_to=st.none() | some_countries,
    display_to=some_countries,
    owners=some_countries,
    organisations=st.none() | some_names,
    acs=st.frozensets(assertions, max_size=2),
    terms=some_names,
    referred=some_grounds,
    withheld=some_grounds,
)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from(("red", "TLP:RED", "U", "permit")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
lines = st.lists(
    st.sampled_from(
        (
            "SECRET",
            "(S",
            "U",
            "TOP SECRET",
            "REL TO USA, GBR",
            "REL TO USA, FVEY, NATO",
            "REL TO USA, QQQ",
            "NOFORN",
            "NF",
            "RELIDO",
            "ORCON",
            "DISPLAY ONLY FRA",
            "USA/AUS EYES ONLY",
            "SI",
            "FOUO",
            "",
            "GBR SECRET",
            "JOINT SECRET CAN USA",
            "BUTTERFLY",
            "REL",
            "REL TO",
        )
    ),
    min_size=1,
    max_size=4,
).map("//".join)


def lets_out(handling: Handling, country: str, organisation: str = "a", cap: Tlp = Tlp.AMBER) -> bool:
    """Decide as simply as can be."""
    if handling.unmarked or handling.withheld or handling.referred:
        return False
    if handling.tlp is not None and handling.tlp.rank > cap.rank:
        return False
    if handling.organisations is not None and organisation not in handling.organisations:
        return False
    shared = (foreign_sharing(acs, AcsPartner(country, frozenset({country}))).permit for acs in handling.acs)
    return handling.open_to(country) and handling.reach is not Reach.ORGANISATION and all(shared)


def let_out_to(handling: Handling) -> set[str]:
    return {country for country in PARTNERS if lets_out(handling, country)}


def wider(after: Handling, before: Handling) -> set[str]:
    """Return whom the change lets in; what was not marked at all was withheld for that alone."""
    return set() if before.unmarked else let_out_to(after) - let_out_to(before)


@modestly(200)
@given(one=handlings, other=handlings, third=handlings)
def test_joining_is_commutative_associative_and_idempotent(one: Handling, other: Handling, third: Handling) -> None:
    assert strictest((one, other)) == strictest((other, one))
    assert strictest((strictest((one, other)), third)) == strictest((one, strictest((other, third))))
    assert strictest((one, one)) == strictest((one,)) == one
    assert strictest((one, Handling())) == one


@modestly(200)
@given(one=handlings, other=handlings, third=handlings)
def test_joining_is_the_least_handling_that_is_as_strict_as_each(
    one: Handling, other: Handling, third: Handling
) -> None:
    joined = strictest((one, other))
    assert at_least_as_strict(joined, one)
    assert at_least_as_strict(joined, other)
    if at_least_as_strict(third, one) and at_least_as_strict(third, other):
        assert at_least_as_strict(third, joined)
    if at_least_as_strict(one, other):
        assert at_least_as_strict(strictest((one, third)), strictest((other, third)))


@modestly(200)
@given(one=handlings, other=handlings)
def test_joining_lets_out_to_nobody_to_whom_one_alone_does_not(one: Handling, other: Handling) -> None:
    joined = strictest((one, other))
    assert wider(joined, one) == wider(joined, other) == set()
    assert joined.noforn or not (one.noforn or other.noforn)
    if one.rel_to is not None and other.rel_to is not None:
        assert joined.rel_to == one.rel_to & other.rel_to


@modestly(150)
@given(definition=st.dictionaries(st.text(max_size=8), plain, max_size=4), kind=plain, inner=plain, extensions=plain)
def test_whatever_stands_in_a_marking_definition_it_is_read_without_failing_and_lets_nothing_out(
    definition: dict[str, Any], kind: object, inner: object, extensions: object
) -> None:
    more = {"definition_type": kind, "definition": inner, "extensions": extensions}
    made = read_definition(MARK, {**definition, **more, "type": "marking-definition", "id": MARK}, RULES, DAY)
    assert let_out_to(made.handling) == set()
    assert made.findings
    assert not made.handling.unmarked


@modestly(150)
@given(
    definition=st.sampled_from(STANDARD),
    key=st.sampled_from(("name", "definition", "definition_type", "extensions")),
    value=plain,
)
def test_changing_the_content_of_a_level_never_makes_it_freer(
    definition: dict[str, Any], key: str, value: object
) -> None:
    before = read_definition(definition["id"], definition, RULES, DAY).handling
    after = read_definition(definition["id"], {**definition, key: value}, RULES, DAY).handling
    assert wider(after, before) == set()
    assert after.tlp is not None
    assert before.tlp is not None
    assert after.tlp.rank >= before.tlp.rank


@modestly(150)
@given(row=st.sampled_from(ACS_EXAMPLES), data=st.data())
def test_a_key_of_acs_that_is_changed_to_anything_is_read_without_failing(
    row: dict[str, Any], data: st.DataObject
) -> None:
    body = copy.deepcopy(row["extension"])
    inside = data.draw(st.sampled_from([body, body["control_set"]]))
    key = data.draw(st.sampled_from(sorted(inside)))
    inside[key] = data.draw(plain)
    definition = {"type": "marking-definition", "id": MARK, "extensions": {ACS_EXTENSION: body}}
    made = read_definition(MARK, definition, RULES, DAY)
    assert made.handling.acs or made.handling.withheld


@modestly(200)
@given(line=lines, more=st.sampled_from(("NOFORN", "SI", "ORCON", "BUTTERFLY", "DISPLAY ONLY GBR")))
def test_a_word_that_restricts_never_widens_a_banner(line: str, more: str) -> None:
    before = read_statement(MARK, line, RULES, DAY).handling
    after = read_statement(MARK, f"{line}//{more}", RULES, DAY).handling
    assert wider(after, before) == set()


@modestly(200)
@given(text=st.text(alphabet=st.sampled_from("SUNFREL TO/(),.A1 \n"), max_size=30))
def test_any_text_is_read_without_failing(text: str) -> None:
    read_banner(text, RULES.ism)
    assert not read_statement(MARK, text, RULES, DAY).handling.unmarked


@modestly(150)
@given(line=lines)
def test_a_banner_lets_nothing_out_to_who_is_not_among_its_countries(line: str) -> None:
    handling = read_statement(MARK, line, RULES, DAY).handling
    if handling.noforn:
        assert let_out_to(handling) <= handling.owners
    if handling.classification not in {None, Classification.U}:
        assert let_out_to(handling) <= (handling.rel_to or set())


def definitions() -> list[dict[str, Any]]:
    """Return the levels, some statements and assertions, each under an id of its own."""
    texts = (
        "PAP:RED",
        "SECRET//REL TO USA, GBR",
        "SECRET//REL TO USA, FVEY",
        "SECRET//NOFORN",
        "Copyright",
        "(S//RELIDO)",
    )
    made: list[dict[str, Any]] = [{"definition_type": "statement", "definition": {"statement": text}} for text in texts]
    made += [{"extensions": {ACS_EXTENSION: row["extension"]}} for row in ACS_EXAMPLES]
    ids = (f"marking-definition--11111111-1111-4111-8111-{number:012}" for number in range(len(made)))
    return [
        *STANDARD,
        *({"type": "marking-definition", "id": name, **each} for name, each in zip(ids, made, strict=True)),
    ]


KNOWN = definitions()
COMPILER = MarkingCompiler(definitions_of(KNOWN), RULES, DAY)
refs = st.sampled_from([each["id"] for each in KNOWN] + [MARK.replace("1111", "9999"), "marking-definition--x"])
ref_lists = st.lists(refs, min_size=1, max_size=3)
selectors = st.sampled_from(("name", "parts", "parts.[0]", "parts.[0].a", "parts.[1]", "missing", "[0]", "name.x"))
granular = st.lists(
    st.builds(lambda ref, where: {"marking_ref": ref, "selectors": [where]}, refs, selectors), min_size=1, max_size=3
)


def marked(marks: list[str], parts: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    item = {"type": "tool", "id": "tool--1", "name": "x", "parts": [{"a": 1}, {}], "object_marking_refs": marks}
    return item if parts is None else {**item, "granular_markings": parts}


@modestly(200)
@given(marks=ref_lists, more=refs)
def test_one_more_mark_never_widens_and_their_order_does_not_matter(marks: list[str], more: str) -> None:
    before, after = COMPILER.compile(marked(marks)), COMPILER.compile(marked([*marks, more]))
    assert at_least_as_strict(after.whole, before.whole)
    assert wider(after.whole, before.whole) == set()
    assert COMPILER.compile(marked([*marks, more][::-1])).whole == after.whole


@modestly(200)
@given(marks=ref_lists, parts=granular)
def test_a_part_is_as_strict_as_the_whole_and_the_strictest_as_each(
    marks: list[str], parts: list[dict[str, Any]]
) -> None:
    made = COMPILER.compile(marked(marks, parts))
    assert at_least_as_strict(made.whole, COMPILER.compile(marked(marks)).whole)
    for part in made.parts:
        assert at_least_as_strict(part.handling, made.whole)
        assert at_least_as_strict(made.strictest, part.handling)
    for entry in parts:
        mark = COMPILER.definition(entry["marking_ref"]).handling
        assert at_least_as_strict(made.strictest, mark)


@modestly(80)
@given(item=st.dictionaries(st.sampled_from(("type", "id", "object_marking_refs", "granular_markings", "name")), plain))
def test_whatever_stands_in_an_object_it_is_read_and_linted_without_failing(item: dict[str, Any]) -> None:
    made = COMPILER.compile(item)
    assert let_out_to(made.whole) == set()
    lint({"id": "bundle--1", "objects": [*KNOWN, item]}, RULES, DAY)


misp_things = st.fixed_dictionaries(
    {"uuid": st.sampled_from("uvw"), "distribution": st.sampled_from(("0", "1", "2", "3", "4", "5", 3, None))},
    optional={
        "Tag": st.lists(
            st.sampled_from(({"name": "tlp:red"}, {"name": "tlp:green"}, {"name": "tlp:x"}, {"name": "other"}))
        )
    },
)


@modestly(150)
@given(event=misp_things, held=st.lists(misp_things, max_size=3))
def test_what_a_misp_event_holds_is_never_freer_and_an_export_stays_with_the_partner(
    event: dict[str, Any], held: list[dict[str, Any]]
) -> None:
    whole = {**event, "Attribute": held, "Object": [{**event, "uuid": "o", "Attribute": held}]}
    made = read_event(whole, RULES, DAY)
    assert all(at_least_as_strict(part, made.event) for part in made.parts.values())
    together = strictest((made.event, *made.parts.values()))
    if together.withheld or together.reach is Reach.ORGANISATION:
        return
    out = confined(whole, export_settings(together, MispPartner("p", "Partner")))
    back = read_event(out, RULES, DAY)
    assert {part.reach for part in (back.event, *back.parts.values())} == {Reach.ORGANISATION}
    assert at_least_as_strict(read_marks(out, RULES, DAY).handling, Handling(tlp=together.tlp))
