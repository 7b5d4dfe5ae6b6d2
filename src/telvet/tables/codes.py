"""The closed vocabularies of the tables; a code outside them is a fault that names the nearest."""

from __future__ import annotations

import difflib

__all__ = [
    "ACCESS_TECHNOLOGIES", "CAPABILITIES", "CATEGORIES", "COMPONENTS", "DOMAINS", "FUNCTIONS", "FUNDING", "GENERATIONS",
    "LIFECYCLES", "OVERLAY_KINDS", "PURPOSES", "ROLES", "YES_NO", "nearest",
]  # fmt: skip

FUNCTIONS = (
    "core.auth", "core.session", "core.user", "core.policy", "interconnect", "li", "mano", "mgmt", "bss", "sec",
    "timing", "transport.core", "transport.backhaul", "ran.ctrl", "ran.radio", "fixed.olt", "fixed.legacy", "cpe",
    "cctv", "msvc",
)  # fmt: skip
CATEGORIES = ("telecom", "surveillance", "computing", "storage", "power", "software", "service", "other")
LIFECYCLES = ("planned", "stock", "live", "off", "removed")
ROLES = (
    "mno", "isp", "fixed", "wholesale", "licensee", "carrier", "usf_recipient", "federal_agency",
    "federal_contractor", "grant_recipient", "critical_operator", "supplier",
)  # fmt: skip
COMPONENTS = ("substantial_or_essential", "critical_technology", "critical_component", "minor")
PURPOSES = (
    "public_safety",
    "gov_facility_security",
    "ci_physical_surveillance",
    "other_national_security",
    "commercial",
)
CAPABILITIES = ("route_or_redirect", "visibility", "remote_disruption")
FUNDING = ("usf", "own", "federal_grant", "other_public")
ACCESS_TECHNOLOGIES = ("nr", "lte", "umts", "gsm", "fttp", "fttc", "dsl", "cable", "fwa", "wifi", "satellite")
GENERATIONS = ("2G", "3G", "4G", "5G", "6G")
YES_NO = ("yes", "no")
DOMAINS = ("telecommunications", "cybersecurity")
OVERLAY_KINDS = (
    "order", "waiver", "extension", "variation", "temporary_licence", "site_tag", "attestation", "permits", "deploys",
    "position",
)  # fmt: skip


def nearest(value: str, codes: tuple[str, ...]) -> str | None:
    """Return the code that a person most likely meant, or None where nothing is near."""
    found = difflib.get_close_matches(value.casefold(), [code.casefold() for code in codes], n=1, cutoff=0.5)
    return next((code for code in codes if found and code.casefold() == found[0]), None)
