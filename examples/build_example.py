"""A seed into the shipped example: an inventory of some 5,000 elements, its operators and its overlays.

    python examples/build_example.py            writes the three files
    python examples/build_example.py --check    says whether they are what the seed gives

* Deterministic: the same seed gives the same bytes.
* Every operator, site and circumstance is invented. Makers and products are real, as an inventory would name them.
* The list has the faults that real lists have: blanks, half dates, contradictions, and rows that cannot be read.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from lists import HEADERS, SOURCE, Lists, Row
from networks import northwind, quayside, tamarack

HERE = Path(__file__).parent
SEED = 20231231

_FAULTS: tuple[Row, ...] = (
    {"Installed": "2021-02-30"},
    {"Installed": "2019-13-01"},
    {"Purchased": "soon"},
    {"Decommissioned": "31/11/2022"},
    {"Installed": "20O1-04-05"},
    {"Status": "glowing"},
    {"Status": "in servcie"},
    {"Generation": "7G"},
    {"Access technology": "carrier pigeon"},
    {"Category": "telekom equipement"},
    {"Component": "substantialy_essential"},
    {"Purpose": "guarding"},
    {"Country": "Westeria"},
    {"Traffic": "lots"},
    {"Premises": "12 per street"},
    {"MAC address": "00:e0:fc:zz:12:34"},
    {"Capabilities": "route_or_redirect;-route_or_redirect"},
    {"US sanctions affected": "perhaps"},
)

# What becomes of a row as lists grow old: cumulative shares, in this order.
_SPARE, _PLANNED, _REMOVED, _OFF, _NO_STATUS, _NOT_INSTALLED, _NOT_BOUGHT = 0.02, 0.03, 0.045, 0.06, 0.10, 0.125, 0.15
_CHANGED_CARD, _CHANGED_AGENT, _LOST_LABEL = 0.04, 0.01, 0.015

OPERATORS = """\
# Who operates what, and what it is to the law. All of them are invented. `none` says that there is none; what is not said
# is unknown.
operators:
  - operator: northwind
    country: GBR
    roles: [mno, isp, fixed]
    named_in: [gbr.huawei-direction-2022]
    customers: 8400000
  - operator: tamarack
    country: CAN
    roles: [mno, isp]
    named_in: none
    customers: 2100000
  - operator: quayside
    country: USA
    roles: [federal_contractor]
    named_in: none
"""

OVERLAYS = """\
# Private, dated facts about the operators. All of them are invented; real ones are secrets.
overlays:
  - kind: site_tag          # the list of such sites is not public; the operator holds its own part of it
    subject: NW-S0042
    text: gbr.national-security
    from: 2022-10-13
    source: letter 2022-118
  - kind: site_tag
    subject: NW-S0107
    text: gbr.national-security
    from: 2022-10-13
    source: letter 2022-118
  - kind: waiver            # one element of the core may stay a little longer
    subject: {kept}
    provision: gbr.huawei-direction-2022.core
    issuer: the ministry
    from: 2023-12-20
    to: 2024-06-30
    source: letter 2023-204
  - kind: extension         # and one deadline is a later one for this operator
    subject: northwind
    provision: gbr.huawei-direction-2022.managed-services
    issuer: the ministry
    from: 2023-03-15
    to: 2024-03-31
    source: letter 2023-031
  - kind: attestation       # what the maker has put in writing about one switch
    subject: {attested}
    text: equipment.capabilities=-route_or_redirect;-visibility
    from: 2023-05-02
    source: statement of the maker, 2 May 2023
"""


def inventory() -> list[Row]:
    """Return the rows of the inventory in the order of the file."""
    dice = random.Random(SEED)  # noqa: S311 - an example, not a secret
    parts = [northwind(dice), tamarack(dice), quayside(dice)]
    for part in parts:
        _age(part)
    rows = [row for part in parts for row in part.rows]
    for index, row in enumerate(list(_faulty(rows))):
        rows.insert(200 + index * 240, row)
    return rows


def _age(lists: Lists) -> None:
    """Bring in what lists gather over time: spares, plans, removals, blanks and contradictions."""
    # 5G stays as it was made: its shares are part of the story.
    settled = [row for row in lists.rows if row["Generation"] != "5G" and not row["Decommissioned"]]
    for row in settled:
        row.update(_fate(lists, lists.dice.random()))
    for row in settled:
        drawn = lists.dice.random()
        if row["Manufacturer"] in SOURCE["makers"]["cisco"]["spellings"] and drawn < _CHANGED_CARD:
            row |= {"MAC address": lists.address("64f81c"), "Comments": "label worn off"}
        elif row["Manufacturer"] in SOURCE["makers"]["nokia"]["spellings"] and drawn < _CHANGED_AGENT:
            row["sysObjectID"] = "1.3.6.1.4.1.2011.2.45"
        elif drawn > 1 - _LOST_LABEL:
            row["Manufacturer"] = lists.pick(("", "unknown", "N/A"))


def _fate(lists: Lists, drawn: float) -> Row:
    """Return what time has done to a row."""
    gone = date(2019, 1, 1) + timedelta(days=int(lists.dice.random() * 1_500))
    fates: tuple[tuple[float, Row], ...] = (
        (
            _SPARE,
            {"Status": lists.pick(("In stock", "spare")), "Installed": "", "Site": f"{lists.operator.prefix}-STORE"},
        ),
        (_PLANNED, {"Status": "planned", "Installed": "2024-06-03"}),
        (_REMOVED, {"Status": "Decommissioned", "Decommissioned": lists.told(gone)}),
        (_OFF, {"Status": "powered off"}),
        (_NO_STATUS, {"Status": lists.pick(("", "?", "unknown"))}),
        (_NOT_INSTALLED, {"Installed": ""}),
        (_NOT_BOUGHT, {"Purchased": ""}),
    )
    return next((fate for limit, fate in fates if drawn < limit), {})


def _faulty(rows: list[Row]) -> Iterator[Row]:
    """Yield copies of some rows with faults that no reader can mend, and two rows once more."""
    for index, fault in enumerate(_FAULTS):
        source = rows[(97 + 251 * index) % len(rows)]
        fresh = {"Asset tag": f"{source['Asset tag'][:2]}-9{index:04}", "Decommissioned": "", "Comments": ""}
        yield source | fresh | fault
    yield rows[100] | {"Comments": "entered twice"}
    yield rows[2_900] | {"Comments": "entered twice"}


def written() -> dict[str, str]:
    """Return what each file of the example holds."""
    rows = inventory()
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADERS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    kept = next(row["Asset tag"] for row in rows if row["Model"] == "HSS9860")
    attested = next(
        row["Asset tag"]
        for row in rows
        if row["Operator"] == "quayside" and row["Model"].startswith("S57") and row["Component"][:1] == "s"
    )
    return {
        "inventory.csv": out.getvalue(),
        "operators.yaml": OPERATORS,
        "overlays.yaml": OVERLAYS.format(kept=kept, attested=attested),
    }


def main() -> int:
    """Write the files, or with --check compare them."""
    if "--check" in sys.argv[1:]:
        stale = [name for name, text in written().items() if (HERE / name).read_text(encoding="utf-8") != text]
        print(f"not what the seed gives: {', '.join(stale)}" if stale else "the example is what its seed gives")
        return int(bool(stale))
    for name, text in written().items():
        (HERE / name).write_text(text, encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
