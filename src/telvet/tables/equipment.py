"""The equipment table: a box, card, software function or service endpoint in a network."""

from __future__ import annotations

from telvet.tables import codes
from telvet.tables.columns import Absence, Column, Kind, Table

__all__ = ["EQUIPMENT", "MAKER_COLUMNS"]

_MINOR = (("minor", ("substantial_or_essential", "critical_technology", "critical_component")),)
_COMMERCIAL = (("commercial", tuple(code for code in codes.PURPOSES if code != "commercial")),)

EQUIPMENT = Table(
    "equipment",
    "a box, card, software function or service endpoint in a network",
    (
        Column("id", Kind.TEXT, "The element's name, unique within its operator.", key=True),
        Column("operator", Kind.TEXT, "Who operates it; a key of the operators table."),
        Column("network", Kind.TEXT, "The network it belongs to."),
        Column("country", Kind.COUNTRY, "Where it stands, ISO 3166-1 alpha-3."),
        Column("site", Kind.TEXT, "The site it stands at; the unit of site counts."),
        Column("name", Kind.TEXT, "What people call it."),
        Column("category", Kind.CODES, "What kind of goods or service it is.", codes.CATEGORIES),
        Column("organisation", Kind.TEXT, "The maker as the register's id, where a source already knows it.", hints_maker=True),
        Column("manufacturer", Kind.TEXT, "The maker's name as written.", hints_maker=True),
        Column("supplier", Kind.TEXT, "Who supplied or provided it, as written.", hints_maker=True),
        Column("model", Kind.TEXT, "Model or product name."),
        Column("serial", Kind.TEXT, "Serial number."),
        Column("mac", Kind.MAC, "Hardware addresses.", hints_maker=True),
        Column("sys_object_id", Kind.OID, "SNMP sysObjectID; its seventh arc is the enterprise.", hints_maker=True),
        Column("vendor_id", Kind.PEN, "IANA private enterprise number, as in 3GPP NFProfile vendorId.", hints_maker=True),
        Column("software", Kind.TEXT, "Software name and version."),
        Column("function", Kind.CODES, "Network functions it carries.", codes.FUNCTIONS),
        Column("generation", Kind.CODES, "Mobile generations it serves.", codes.GENERATIONS),
        Column("access_technology", Kind.CODES, "Access technologies it serves.", codes.ACCESS_TECHNOLOGIES),
        Column("bands", Kind.NUMBERS, "Bands it serves, in MHz."),
        Column("component", Kind.CODES, "What part it plays in a system.", codes.COMPONENTS, Absence.UNKNOWN, _MINOR),
        Column("purpose", Kind.CODES, "What it is used for.", codes.PURPOSES, Absence.UNKNOWN, _COMMERCIAL),
        Column("capabilities", Kind.CODES, "What it can do to traffic.", codes.CAPABILITIES, Absence.UNKNOWN),
        Column("contains", Kind.LABELS, "Elements or modules within it.", absence=Absence.UNKNOWN),
        Column("host_id", Kind.TEXT, "The element that it is part of or runs on."),
        Column("lifecycle", Kind.CODE, "Where it stands in its life; only `live` is in use.", codes.LIFECYCLES),
        Column("country_of_origin", Kind.COUNTRY, "Where it was produced."),
        Column("procured_on", Kind.DATE, "When it was bought."),
        Column("installed_on", Kind.DATE, "When it was installed."),
        Column("removed_on", Kind.DATE, "When it was taken out."),
        Column("traffic", Kind.NUMBER, "Traffic carried, in any one unit for the whole operator."),
        Column("premises_passed", Kind.NUMBER, "Premises passed, a count."),
        Column("managed_by", Kind.TEXT, "Who runs it for the operator, as written; empty: nobody but the operator."),
        Column("staff_country", Kind.COUNTRY, "Where the staff or functions stand that run it."),
        Column("funding", Kind.CODES, "Whose money pays for it.", codes.FUNDING),
        Column("authorisations", Kind.LABELS, "Authorisations it holds.", absence=Absence.UNKNOWN),
        Column("us_sanctions_affected", Kind.YES_NO, "Whether export controls changed its making.", codes.YES_NO),
        Column("region", Kind.TEXT, "Administrative area."),
        Column("site_tags", Kind.LABELS, "Tags of the site, such as those a regulator names.", absence=Absence.UNKNOWN),
        Column("tags", Kind.LABELS, "Free labels.", absence=Absence.UNKNOWN),
        Column("latitude", Kind.NUMBER, "Degrees north."),
        Column("longitude", Kind.NUMBER, "Degrees east."),
        Column("origin_file", Kind.TEXT, "The file that the row came from."),
        Column("origin_row", Kind.NUMBER, "The record's number as a spreadsheet shows it."),
    ),
)  # fmt: skip

MAKER_COLUMNS = tuple(column.name for column in EQUIPMENT.columns if column.hints_maker)
"""Columns that can hint at a maker."""
