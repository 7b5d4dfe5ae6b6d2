"""An id in the source is taken at its word."""

from __future__ import annotations

from datetime import date

from telvet.attribution.tiers.stated import by_id
from telvet.catalog.vendors import Register
from telvet.model.organisation import Tier


def test_an_id_leads_to_its_organisation_and_a_group_to_its_root(register: Register) -> None:
    for text, organisation in (("cisco", "cisco"), ("huawei", "huawei-technologies"), (" zte ", "zte")):
        found = by_id(register, text, date.min)
        assert found is not None
        assert (found.tier, found.organisations) == (Tier.STATED, (organisation,))


def test_what_is_no_id_leads_to_nobody(register: Register) -> None:
    assert by_id(register, "Cisco", date.min) is None
