"""Turns an ACS 3.0a extension of a marking definition into its assertion, strictly and by checks of our own.

* The published schema leaves further sharing unchecked and the custodian unanchored; here both are checked.
* A fault anywhere withholds what the marking is on; all faults are told.
* NF is also said as countries: none but the custodian's may hold it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from telvet.catalog.handling import HandlingRules
from telvet.model.handling import Acs, Classification, Handling, Privilege
from telvet.sharing.markings import acs_terms as terms
from telvet.sharing.markings.acs_reading import AcsReading
from telvet.sharing.markings.compiled import Compiled, joined, noted, referred, withheld
from telvet.sharing.markings.countries import read_countries

__all__ = ["read_acs"]

_NF, _PUBREL = "NF", "PUBREL"
_LEVELS = tuple(level.value for level in Classification if level is not Classification.R)
_FIX = "write the extension as ACS 3.0a has it"


def read_acs(marking: str, body: object, rules: HandlingRules, on: date) -> Compiled:
    """Compile the body of the extension."""
    reading = AcsReading()
    top = reading.mapping("", body, terms.KEYS, terms.NEEDED)
    made = _assertion(marking, top, reading, rules, on)
    if reading.faults:
        return joined(withheld(marking, "acs-malformed", what, _FIX, at) for at, what in reading.faults)
    acs, hygiene = made
    owner = rules.country(acs.custodian.partition(".")[0], on)
    owners = frozenset({owner} if owner else ())
    handling = Handling(
        marks=frozenset({marking}),
        classification=acs.classification,
        rel_to=owners if acs.no_foreign else None,
        owners=owners,
        acs=frozenset({acs}),
    )
    control = top["control_set"]
    stops = [
        withheld(marking, "acs-sci", "controls of compartmented information let nothing out by this gate", "", code)
        for code in control.get("sci_controls", ())
    ]
    people = [referred(marking, "acs-caveat", code) for code in sorted(acs.caveats)]
    people += [referred(marking, "acs-sensitivity", code) for code in sorted(acs.sensitivities)]
    return joined((Compiled(handling), *hygiene, *stops, *people))


def _assertion(
    marking: str, top: Mapping[str, Any], reading: AcsReading, rules: HandlingRules, on: date
) -> tuple[Acs, list[Compiled]]:
    custodian, privileges, shared = _head(top, reading)
    released = _parts(top, reading)
    level, coded, nationalities, organisations = _control_set(top, reading)
    determinations = coded.get("formal_determination", frozenset())
    public, hygiene = _public(marking, determinations, level, released, on)
    countries = None if nationalities is None else read_countries(nationalities, rules, on, unions=False)
    what = "the nationality stands for no country that we know on that day, and permits nobody"
    for code in countries.unknown if countries else ():
        hygiene.append(noted(marking, "unknown-country-code", what, "write a trigraph in force", code))
    acs = Acs(
        marking=marking,
        custodian=custodian,
        privileges_by_default=privileges,
        shared_by_default=shared,
        classification=level,
        no_foreign=_NF in determinations,
        public=public,
        released_by=released[0],
        released_on=released[1],
        nationalities=countries.known if countries else None,
        organisations=organisations,
        determinations=determinations,
        sensitivities=coded.get("sensitivity", frozenset()),
        caveats=coded.get("caveat", frozenset()),
        shareability=coded.get("shareability"),
        entities=coded.get("entity"),
        privileges=frozenset(
            _resolved(reading.privilege(at, each), rules, on) for at, each in _items(top, "access_privilege", reading)
        ),
        sharing=frozenset(reading.sharing_rule(at, each) for at, each in _items(top, "further_sharing", reading)),
    )
    return acs, hygiene


def _resolved(privilege: Privilege, rules: HandlingRules, on: date) -> Privilege:
    """Look the nationalities of a rule up; one that denies a code that nobody knows denies everybody."""
    if privilege.nationalities is None:
        return privilege
    found = read_countries(privilege.nationalities, rules, on, unions=False)
    return replace(privilege, nationalities=None if found.unknown and not privilege.permit else found.known)


def _control_set(
    top: Mapping[str, Any], reading: AcsReading
) -> tuple[Classification, dict[str, frozenset[str]], tuple[str, ...] | None, frozenset[str] | None]:
    """Return the level, coded lists by key, and the nationalities and organisations permitted (None: not said)."""
    control = reading.mapping("control_set", top.get("control_set"), terms.CONTROL_KEYS, ("classification",))
    level = control.get("classification")
    if level not in _LEVELS:
        reading.fault("control_set.classification", f"{level!r} is no level")
    coded = {
        key: reading.coded(f"control_set.{key}", control[key], allowed)
        for key, allowed in terms.CODES.items()
        if key in control
    }
    for key in ("sci_controls", "logical_authority_category"):
        if key in control:
            reading.codes(f"control_set.{key}", control[key])
    nationalities = organisations = None
    if "permitted_nationalities" in control:
        at = "control_set.permitted_nationalities"
        nationalities = reading.codes(at, control["permitted_nationalities"])
    if "permitted_organizations" in control:
        at = "control_set.permitted_organizations"
        organisations = reading.organisations(at, control["permitted_organizations"])
    return Classification(level) if level in _LEVELS else Classification.TS, coded, nationalities, organisations


def _head(top: Mapping[str, Any], reading: AcsReading) -> tuple[str, bool, bool]:
    """Return the custodian, and whether privileges and sharing are permitted where no rule speaks."""
    if "extension_type" in top and top["extension_type"] != "property-extension":
        reading.fault("extension_type", "property-extension is wanted here")
    if "identifier" in top and not terms.IDENTIFIER.fullmatch(str(top["identifier"])):
        reading.fault("identifier", "this is no identifier of ACS 3")
    if "create_date_time" in top:
        reading.day("create_date_time", top["create_date_time"])
    if "name" in top:
        reading.text("name", top["name"])
    custodian = str(top.get("responsible_entity_custodian"))
    if "responsible_entity_custodian" in top and not terms.CUSTODIAN.fullmatch(custodian):
        reading.fault("responsible_entity_custodian", "this is no code of an organisation")
    if "responsible_entity_originator" in top:
        reading.organisations("responsible_entity_originator", [top["responsible_entity_originator"]])
    if "authority_reference" in top:
        for code in reading.codes("authority_reference", top["authority_reference"]):
            if not terms.AUTHORITY.fullmatch(code):
                reading.fault("authority_reference", "this is no reference to an authority")
    return custodian, *_defaults(top, reading)


def _defaults(top: Mapping[str, Any], reading: AcsReading) -> tuple[bool, bool]:
    """Return whether privileges, and sharing, are permitted where no rule speaks; of several policies the strictest."""
    policies = str(top.get("policy_reference", "")).split()
    found = [match for policy in policies if (match := terms.POLICY.fullmatch(policy))]
    if "policy_reference" in top and not (found and len(found) == len(policies)):
        reading.fault("policy_reference", "this is no reference to the policy with both its defaults")
    privileges, shared = (bool(found) and all(match[at] == "permit" for match in found) for at in (1, 2))
    return privileges, shared


def _parts(top: Mapping[str, Any], reading: AcsReading) -> tuple[str | None, date | None]:
    """Check the parts that say nothing of release; return who released it to the public, and when."""
    for part, (allowed, needed) in terms.PARTS.items():
        if part not in top:
            continue
        found = reading.mapping(part, top[part], allowed, needed)
        if isinstance(top[part], Mapping) and not found:
            reading.fault(part, "at least one key is wanted here")
        for key, value in found.items():
            if key.endswith(("_on", "_date")):
                reading.day(f"{part}.{key}", value)
            elif key == "declass_period":
                if not isinstance(value, int) or isinstance(value, bool):
                    reading.fault(f"{part}.{key}", "a whole number is wanted here")
            else:
                reading.text(f"{part}.{key}", value)
    release = top.get("public_release")
    if not isinstance(release, Mapping) or reading.faults:
        return None, None
    on = reading.day("public_release.released_on", release["released_on"]) if "released_on" in release else None
    return str(release["released_by"]), on


def _items(top: Mapping[str, Any], key: str, reading: AcsReading) -> list[tuple[str, object]]:
    """Return the rules of a list, each with its place."""
    if key not in top:
        return []
    value = top[key]
    if isinstance(value, list) and value:
        return [(f"{key}.[{place}]", each) for place, each in enumerate(value)]
    reading.fault(key, "a list of one or more rules is wanted here")
    return []


def _public(
    marking: str,
    determinations: frozenset[str],
    level: Classification,
    released: tuple[str | None, date | None],
    on: date,
) -> tuple[bool, list[Compiled]]:
    """Tell whether it was released to the public by the day, and what is wrong where it only says so."""
    if _PUBREL not in determinations:
        return False, []
    by, day = released
    wrong = [
        (_NF in determinations, "nf-with-pubrel", "it is released to the public and to no foreigner; NF holds"),
        (level is not Classification.U, "pubrel-classified", "it is released to the public and classified"),
        (by is None, "pubrel-without-release", "it is released to the public, and nobody is named who did"),
        (day is not None and day > on, "pubrel-ahead", "it is released to the public on a day that has not come"),
    ]
    found = [
        noted(marking, code, what, "mend the determination or the release") for is_so, code, what in wrong if is_so
    ]
    return not found, found
