"""The tables beside equipment: operators, services, contracts, links, overlays, partners, arrangements, assertions."""

from __future__ import annotations

from telvet.tables import codes
from telvet.tables.columns import Absence, Column, Kind, Table

__all__ = [
    "ARRANGEMENTS", "ASSERTIONS", "CONTRACTS", "LINKS", "OPERATORS", "OVERLAYS", "PARTNERS", "SERVICES", "TABLES_BESIDE",
]  # fmt: skip

OPERATORS = Table(
    "operators",
    "an operator, contractor, agency or supplier",
    (
        Column("operator", Kind.TEXT, "The name that equipment rows use.", key=True),
        Column("country", Kind.COUNTRY, "Where it is established."),
        Column("roles", Kind.CODES, "What it is to the law.", codes.ROLES),
        Column("named_in", Kind.LABELS, "Orders, directions and regimes that name it."),
        Column("licences", Kind.LABELS, "Licences it holds."),
        Column("bands", Kind.NUMBERS, "Bands it is licensed for, in MHz."),
        Column("customers", Kind.NUMBER, "Customers, affiliates' included, a count."),
        Column("revenue", Kind.NUMBER, "Yearly revenue, in the currency of its country."),
        Column("group", Kind.TEXT, "The group of companies it belongs to."),
    ),
)

_AGREEMENT = (
    Column("id", Kind.TEXT, "Its name.", key=True),
    Column("operator", Kind.TEXT, "Who buys or uses."),
    Column("supplier", Kind.TEXT, "Who sells or provides, as written."),
    Column("kind", Kind.TEXT, "What is bought."),
    Column("equipment", Kind.LABELS, "Elements that it covers.", absence=Absence.UNKNOWN),
    Column("signed_on", Kind.DATE, "When it was signed."),
    Column("renewed_on", Kind.DATE, "When it was last renewed."),
    Column("ends_on", Kind.DATE, "When it ends."),
    Column("government", Kind.COUNTRY, "Whose government is party to it."),
)

SERVICES = Table("services", "a managed service", _AGREEMENT)
CONTRACTS = Table("contracts", "a purchase or an award", _AGREEMENT)
LINKS = Table(
    "links",
    "two elements that carry traffic between them",
    (
        Column("a", Kind.TEXT, "One element.", key=True),
        Column("b", Kind.TEXT, "The other.", key=True),
        Column("kind", Kind.TEXT, "What kind of link."),
    ),
)
OVERLAYS = Table(
    "overlays",
    "a private, dated fact about a named operator, element, site or country",
    (
        Column("kind", Kind.CODE, "What it is.", codes.OVERLAY_KINDS, key=True),
        Column("subject", Kind.TEXT, "Whom it is about: an operator, element, site or country.", key=True),
        Column("provision", Kind.TEXT, "The provision or pack that it touches."),
        Column("issuer", Kind.TEXT, "Who gave it."),
        Column("from", Kind.DATE, "First day on which it holds."),
        Column("to", Kind.DATE, "Last day on which it holds; for an extension, the new deadline."),
        Column(
            "text",
            Kind.TEXT,
            "What it says; of a site the tag; an attestation: `fact=value`; of a country `vendor/generation` or `vendor=position`.",
        ),
        Column("source", Kind.TEXT, "Where it is written."),
    ),
)
PARTNERS = Table(
    "partners",
    "who may receive intelligence",
    (
        Column("partner", Kind.TEXT, "Its name.", key=True),
        Column("country", Kind.COUNTRY, "Its country."),
        Column("organisation", Kind.TEXT, "Which part of it."),
    ),
)
ARRANGEMENTS = Table(
    "arrangements",
    "what was agreed with a partner on sharing",
    (
        Column("arrangement", Kind.TEXT, "Its name.", key=True),
        Column("partner", Kind.TEXT, "With whom."),
        Column("signed_on", Kind.DATE, "When it was signed, or is to be."),
        Column("ends_on", Kind.DATE, "Its last day."),
    ),
)
ASSERTIONS = Table(
    "assertions",
    "what an analyst asserts of the infrastructure in a country or region, and signs",
    (
        Column("id", Kind.TEXT, "Its name.", key=True),
        Column("arrangement", Kind.TEXT, "The arrangement that it was entered for; empty: any with a partner there."),
        Column("country", Kind.COUNTRY, "Where."),
        Column("region", Kind.TEXT, "Where, wider than a country: a union of the catalogue, or any words."),
        Column("metric", Kind.TEXT, "What was counted.", key=True),
        Column("domain", Kind.CODE, "Which kind of infrastructure.", codes.DOMAINS),
        Column("supplier", Kind.TEXT, "Whose equipment or services, as written."),
        Column("supplier_country", Kind.COUNTRY, "Whose home the supplier has."),
        Column("low", Kind.NUMBER, "The least that the share may be, in percent."),
        Column("high", Kind.NUMBER, "The most that it may be, in percent."),
        Column("source", Kind.TEXT, "Where it is from.", key=True),
        Column("dated", Kind.DATE, "The day of which it speaks, or of its source.", key=True),
        Column("by", Kind.TEXT, "Who entered and signed it.", key=True),
        Column("recorded", Kind.DATE, "When that was."),
    ),
)
TABLES_BESIDE = (OPERATORS, SERVICES, CONTRACTS, LINKS, OVERLAYS, PARTNERS, ARRANGEMENTS, ASSERTIONS)
