"""Random rows over a small vocabulary: blanks, denied members, spans, disputed and unresolved makers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.oracle.register import Row
from tests.property.vocabulary import COUNTRIES, DAYS, OPERATORS, PACKS, SPANS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "EQUIPMENT_CELLS",
    "OPERATOR_CELLS",
    "elements",
    "operator_tables",
    "overlays",
    "partner_tables",
    "tables_abroad",
]

EQUIPMENT_CELLS: dict[str, tuple[str, ...]] = {
    "operator": ("north", "north", "north", "north", "north", "north", "south", "west"),
    "network": ("n", "m"),
    "country": COUNTRIES,
    "site": ("s1", "s2", "s3"),
    "category": ("telecom", "surveillance", "telecom;software", "none", "-telecom"),
    "manufacturer": (
        "Acme Ltd",
        "Acme Ltd",
        "Acme Radio",
        "Borea AG",
        "Ceres SA",
        "Perhaps BV",
        "Sold GmbH",
        "Orchid Oy",
        "Nobody Inc",
    ),
    "supplier": ("Acme Ltd", "Borea AG", "Ceres SA", "Sold GmbH", "Nobody Inc"),
    "managed_by": ("Acme Radio", "Borea AG", "Nobody Inc"),
    "mac": ("a00001000001", "b00001000001", "c00002000009", "a00002000001;b00001000001", "000001000001"),
    "sys_object_id": ("1.3.6.1.4.1.4001.7", "1.3.6.1.4.1.4002", "1.3.6.1.4.1.9999999.1"),
    "vendor_id": ("4001", "4003"),
    "function": ("core.auth", "core.user", "ran.radio", "core.auth;ran.radio", "-core.auth", "core.user;-li", "none"),
    "generation": ("4G", "5G", "4G;5G", "-5G", "none"),
    "access_technology": ("nr", "lte", "nr;lte", "nr;-lte", "none"),
    "bands": ("700", "3500", "700;3400", "none"),
    "component": ("minor", "critical_component", "substantial_or_essential;-critical_component", "none"),
    "purpose": ("commercial", "public_safety", "-public_safety"),
    "capabilities": ("visibility", "route_or_redirect;-visibility", "-route_or_redirect;-visibility", "none"),
    "authorisations": ("a1", "-a1", "a2"),
    "lifecycle": ("planned", "stock", "live", "live", "live", "live", "off", "removed"),
    "country_of_origin": COUNTRIES,
    "procured_on": SPANS,
    "installed_on": SPANS,
    "removed_on": SPANS,
    "traffic": ("0", "1", "2", "3", "35", "65"),
    "staff_country": COUNTRIES,
    "funding": ("usf", "own", "own;usf", "-usf"),
    "us_sanctions_affected": ("yes", "no"),
    "region": ("a", "b"),
    "site_tags": ("guarded", "-guarded", "coastal"),
    "tags": ("p", "p;q", "-p", "none"),
}
OPERATOR_CELLS: dict[str, tuple[str, ...]] = {
    "country": COUNTRIES,
    "roles": ("mno", "isp", "isp;mno", "-mno", "none"),
    "named_in": ("zz.alpha", "zz.beta", "zz.gamma", "none", "-zz.alpha"),
    "licences": ("l1", "l1;l2", "-l1"),
    "bands": ("700", "3500"),
    "customers": ("999", "1000", "1001"),
    "revenue": ("5",),
    "group": ("g", "h"),
}
ALWAYS = ("operator", "site", "manufacturer", "mac", "lifecycle", "installed_on")
"""Columns that every law looks at, by what it is or by whether it is in use."""
ATTESTED = (
    "equipment.generation=5G", "equipment.manufacturer=Acme Ltd", "equipment.lifecycle=off", "equipment.installed_on=2020-12-31",
    "equipment.removed_on=2021", "equipment.site=s1", "equipment.traffic=35", "equipment.site_tags=coastal", "equipment.region=a",
    "operator.roles=mno", "operator.country=XAA", "operator.customers=1000", "operator.named_in=zz.beta",
)  # fmt: skip


@st.composite
def elements(draw: st.DrawFn, columns: Collection[str], most: int = 4) -> list[Row]:
    """Draw an inventory with values in the columns that matter to some law; mostly one operator's, for shares."""
    kept = {name: one_of(values, 2) for name, values in EQUIPMENT_CELLS.items() if name in columns or name in ALWAYS}
    return [
        {"id": f"e{number}", **{name: draw(value) for name, value in kept.items()}}
        for number in range(1, draw(up_to(most)) + 1)
    ]


@st.composite
def operator_tables(draw: st.DrawFn, columns: Collection[str]) -> list[Row]:
    """Draw an operators table; some operators may be missing from it."""
    kept = {name: one_of(values, 1) for name, values in OPERATOR_CELLS.items() if name in columns}
    return [{"operator": name, **{key: draw(value) for key, value in kept.items()}} for name in draw(TABLED)]


@cache
def one_of(values: tuple[str, ...], blank: int = 0) -> SearchStrategy[str | None]:
    """Draw a value, or an empty cell about as often as `blank` of the values."""
    return st.sampled_from([*[None] * blank, *values])


@cache
def up_to(most: int) -> SearchStrategy[int]:
    """Draw a number of rows."""
    return st.integers(1, most)


TABLED = st.sampled_from([OPERATORS, OPERATORS, OPERATORS[:1], OPERATORS[:2], ()])


@st.composite
def partner_tables(draw: st.DrawFn) -> list[Row]:
    """Draw a table of partners; of some the country is not known."""
    return [{"partner": name, "country": draw(one_of(COUNTRIES, 1))} for name in draw(PARTNERED)]


PARTNERED = st.sampled_from([("p1", "p2"), ("p1",), ()])


@st.composite
def tables_abroad(draw: st.DrawFn) -> dict[str, list[Row]]:
    """Draw what is agreed with partners, whose law is known when, and what is said of countries."""
    arrangements: list[Row] = [
        {
            "arrangement": name,
            "partner": draw(one_of(("p1", "p1", "p2", "p3"), 1)),
            "signed_on": draw(one_of(SPANS, 6)),
            "ends_on": draw(one_of(SPANS, 90)),
        }
        for name in draw(AGREED)
    ]
    of_vendors = st.fixed_dictionaries({"country": st.sampled_from(COUNTRIES), "vendor": st.sampled_from(VENDORS)})
    coverage = st.fixed_dictionaries(
        {"country": st.sampled_from(COUNTRIES), "from": one_of(DAYS, 6), "to": one_of(DAYS, 6)}
    )
    return {
        "arrangements": arrangements,
        "coverage": draw(st.lists(coverage, max_size=3)),
        "positions": [
            {**row, "position": draw(st.sampled_from(["banned", "restricted", "permitted", "unknown"]))}
            for row in draw(st.lists(of_vendors, max_size=3, unique_by=lambda row: (row["country"], row["vendor"])))
        ],
        "in_use": [
            {**row, "generation": draw(one_of(("4G", "5G"), 1))} for row in draw(st.lists(of_vendors, max_size=2))
        ],
    }


AGREED = st.sampled_from([("a1", "a2"), ("a1",), ()])
VENDORS = ("acme", "borea", "nobody")


@st.composite
def overlays(draw: st.DrawFn, provisions: Sequence[str]) -> list[Row]:
    """Draw overlays of every kind about the small world's operators, elements, sites and countries."""
    return [
        {
            "kind": kind,
            "subject": draw(one_of(SUBJECTS[kind])),
            "provision": draw(one_of((*provisions, *PACKS))),
            "issuer": draw(one_of(("the regulator",), 1)),
            "from": draw(one_of(DAYS, 2)),
            "to": draw(one_of(DAYS, 2)),
            "text": draw(one_of(TEXTS.get(kind, ("words",)))),
            "source": draw(one_of((f"letter {number}",), 1)),
        }
        for number, kind in enumerate(draw(KINDS))
    ]


SUBJECTS: dict[str, tuple[str, ...]] = {
    "waiver": (*OPERATORS, "e1", "e2"),
    "temporary_licence": (*OPERATORS, "e1", "e2"),
    "extension": (*OPERATORS, "e1"),
    "order": OPERATORS,
    "site_tag": ("s1", "s2"),
    "permits": COUNTRIES,
    "deploys": COUNTRIES,
    "position": COUNTRIES,
    "attestation": (*OPERATORS, "e1", "e2"),
    "variation": OPERATORS,
}
TEXTS: dict[str, tuple[str, ...]] = {
    "site_tag": ("guarded", "-guarded"),
    "permits": ("acme/5G", "-acme/5G"),
    "deploys": ("acme/5G", "-acme/5G", "borea", "borea/4G", "-borea", "-acme"),
    "position": ("acme=banned", "acme=permitted", "borea=undecided"),
    "attestation": ATTESTED,
}
KINDS = st.lists(st.sampled_from(sorted(SUBJECTS)), max_size=4)
