"""The closed vocabulary of the ISA Access Control Specification 3.0a, as its JSON Schema lists it.

* Keys are those of the property extension; a key or code that is not here is a fault.
* Organisations are a code of a country and of its parts, joined by dots, or one of the groups named here.
"""

from __future__ import annotations

import re

__all__ = [
    "ACTIONS", "AUTHORITY", "CODES", "CONTROL_KEYS", "CUSTODIAN", "GROUPS", "IDENTIFIER", "KEYS", "NEEDED", "PARTS", "POLICY",
    "SHARING_SCOPES", "TIMESTAMP",
]  # fmt: skip

NEEDED = (
    "extension_type", "identifier", "create_date_time", "responsible_entity_custodian", "policy_reference", "control_set",
)  # fmt: skip
KEYS = (
    *NEEDED, "name", "responsible_entity_originator", "authority_reference", "original_classification",
    "derivative_classification", "declassification", "resource_disposition", "public_release", "access_privilege",
    "further_sharing",
)  # fmt: skip
# The keys of the parts that say nothing of release, and those of them that are needed.
PARTS = {
    "original_classification": (
        ("classified_by", "classified_on", "classification_reason", "compilation_reason"), ("classified_by",),
    ),
    "derivative_classification": (("classified_by", "classified_on", "derived_from"), ("classified_by", "derived_from")),
    "declassification": (("declass_exemption", "declass_period", "declass_date", "declass_event"), ()),
    "resource_disposition": (("disposition_date", "disposition_process"), ("disposition_date", "disposition_process")),
    "public_release": (("released_by", "released_on"), ("released_by",)),
}  # fmt: skip
CODES = {
    "formal_determination": (
        "PUBREL", "NF", "AIS", "PII-NECESSARY-TO-UNDERSTAND-THREAT", "NO-PII-PRESENT", "FOUO",
        "INFORMATION-DIRECTLY-RELATED-TO-CYBERSECURITY-THREAT",
    ),
    "caveat": ("FISA", "POSSIBLEPII", "CISAPROPRIETARY"),
    "sensitivity": ("NTOC_DHS_ECYBER_SVC_SHARE.NSA.NSA", "PCII", "LES", "INT", "PII", "PR", "TEI"),
    "shareability": ("NCC", "EM", "LE", "IC"),
    "entity": ("MIL", "GOV", "CTR", "SVR", "SVC", "DEV", "NET"),
}  # fmt: skip
CONTROL_KEYS = (
    "classification", "sci_controls", "logical_authority_category", *CODES, "permitted_nationalities",
    "permitted_organizations",
)  # fmt: skip
ACTIONS = (
    "DSPLY", "IDSRC", "TENOT", "NETDEF", "LEGAL", "INTEL", "TEARLINE", "OPACTION", "REQUEST", "ANONYMOUSACCESS",
    "CISAUSES", "ALL",
)  # fmt: skip
GROUPS = ("CDC", "CIKR", "DIB", "FIN", "ISAC", "NONFED", "PRIVATESECTOR")
SHARING_SCOPES = (*GROUPS, "FOREIGNGOV", "SECTOR")
CUSTODIAN = re.compile(r"[A-Z0-9]+\.[A-Z0-9]+(?:\.[A-Z0-9][A-Z0-9-]+)?")
IDENTIFIER = re.compile(
    r"isa:guide\.[0-9]+\.ACS3-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)
POLICY = re.compile(r"urn:isa:policy:acs:ns:v3\.0\?privdefault=(permit|deny)&sharedefault=(permit|deny)")
TIMESTAMP = re.compile(r"(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(?:\.\d+)?Z")
AUTHORITY = re.compile(r"urn:isa:authority:\w+")
