"""Random worlds in which law about partners and arrangements reads the law, the equipment and the words of countries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.oracle.completing import completed
from tests.oracle.register import Row
from tests.property.law_strategies import OF_PARTNERS, Condition, designated_in, designations, nested, of_signing
from tests.property.row_strategies import overlays, partner_tables, tables_abroad
from tests.property.strategies import World
from tests.property.vocabulary import DAYS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["worlds_abroad"]

HERE: Sequence[Condition] = (
    {"equipment.country": {"is": "XAA"}},
    {"equipment.country": {"member of": "XU"}},
    {"equipment.generation": {"is": "5G"}},
    {"equipment.generation": {"any of": ["4G", "5G"]}},
    {"operator.country": {"is": "XAA"}},
    {"equipment.managed_by": {"designated": "acme"}},
    {"equipment.function": {"has": "core.auth"}},
    {"not": {"equipment.function": {"has": "core.auth"}}},
    {"equipment.lifecycle": {"is": "live"}},
)
MADE: Sequence[Condition] = tuple(
    {"equipment.vendor": {"designated": name}}
    for name in ("acme", "acme", "acme-supplied", "acme-then", "acme-provided", "borea", "homes", "listed")
)
BINDS: Sequence[Condition] = (
    {"operator.country": {"is": "XAA"}},
    {"operator.country": {"member of": "XU"}},
    {"operator.roles": {"has": "mno"}},
)
FORCES = st.sampled_from(["binding"] * 6 + ["policy"])
EFFECTS: SearchStrategy[Any] = st.sampled_from(["prohibit use"] * 6 + [{"prohibit": "install"}, {"bar": "award"}])
OVER = st.sampled_from([{"bar": "release"}, {"require": "plan"}, "consider"])


@cache
@st.composite
def bans(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rule that forbids a maker's equipment, mostly whatever else is true of it."""
    parts = [draw(st.sampled_from(MADE)), *draw(st.lists(st.sampled_from(HERE), max_size=1))]
    about: dict[str, Any] = {
        "subject": "equipment", "when": {draw(st.sampled_from(["all", "all", "any"])): parts}, "effect": draw(EFFECTS),
        "force": draw(FORCES),
    }  # fmt: skip
    may: dict[str, tuple[int, SearchStrategy[Any]]] = {
        "binds": (4, st.sampled_from(BINDS)),
        "from": (3, st.sampled_from([*DAYS, {"after": "designation", "months": 3}])),
        "to": (8, st.sampled_from(DAYS)),
        "except": (8, st.sampled_from(HERE).map(lambda when: [{"id": "e", "when": when}])),
    }
    if about["effect"] == "prohibit use":
        may["by"] = (2, st.sampled_from([*DAYS, {"after": "enacted", "days": 40}]))
        may["extensions"] = (8, st.just([{"id": "x", "granted": DAYS[2], "to": DAYS[4]}]))
    about |= {key: draw(value) for key, (one_in, value) in may.items() if draw(st.integers(1, one_in)) == 1}
    return about


@cache
@st.composite
def about_partners(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rule about partners or arrangements that puts one question, or a few."""
    subject = draw(st.sampled_from(["partner", "partner", "arrangement"]))
    asked = (
        st.one_of(st.sampled_from(OF_PARTNERS), of_signing())
        if subject == "arrangement"
        else st.sampled_from(OF_PARTNERS)
    )
    when = draw(st.one_of(asked, asked, asked.map(lambda one: {"not": one}), nested(asked)))
    about = {"subject": subject, "when": when, "effect": draw(OVER)}
    if draw(st.integers(0, 4)) == 0:
        about["from"] = draw(st.sampled_from(DAYS))
    return about


def pack(name: str, jurisdiction: str, rules: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Write a pack of some rules."""
    head = {"id": name, "enacted": DAYS[0], "jurisdiction": jurisdiction}
    return {"pack.yaml": head, **{f"provisions/p{number}.yaml": rule for number, rule in enumerate(rules, 1)}}


@st.composite
def boxes(draw: st.DrawFn) -> list[Row]:
    """Draw elements that are mostly in use, in some country, of some generation and of a known maker."""
    cells = {
        "operator": ("north",),
        "country": ("XAA", "XAA", "XBB", None),
        "manufacturer": ("Acme Ltd", "Acme Radio", "Borea AG", "Perhaps BV", "Sold GmbH", None),
        "mac": (None, None, None, "b00001000001"),
        "supplier": (None, None, "Acme Ltd"),
        "generation": ("5G", "4G;5G", "-5G", "4G", None),
        "lifecycle": ("live", None, "planned", "removed"),
        "installed_on": (None, None, "2020", "2020-12-31", "2022"),
        "removed_on": (None, None, None, "2021-06", "2021-06-15"),
    }
    return [
        {"id": f"e{number}", **{name: draw(st.sampled_from(values)) for name, values in cells.items()}}
        for number in range(1, draw(st.integers(1, 4)) + 1)
    ]


@st.composite
def worlds_abroad(draw: st.DrawFn) -> World:
    """Draw a world of countries with law of their own, and a law that asks about them."""
    packs = [
        pack("zz.alpha", draw(st.sampled_from(["XAA", "XAA", "XU"])), draw(st.lists(bans(), min_size=1, max_size=2))),
        pack("zz.beta", "XZZ", draw(st.lists(about_partners(), min_size=1, max_size=3))),
    ]
    for files in packs:
        if named := sorted(designated_in(files)):
            files["designations.yaml"] = [draw(designations(name)) for name in named]
    whole = [completed(files) for files in packs]
    private = draw(overlays(["zz.alpha.p1"]))
    return World(
        packs=whole,
        equipment=draw(boxes()),
        operators=draw(st.sampled_from([[], [{"operator": "north", "country": "XAA", "roles": "mno"}]])),
        overlays=[row for row in private if row["kind"] in ("permits", "deploys", "position", "attestation")],
        partners=draw(partner_tables()),
        abroad=draw(tables_abroad()),
        day=date.fromisoformat(draw(st.sampled_from(DAYS))) + timedelta(days=draw(st.integers(-1, 1))),
    )
