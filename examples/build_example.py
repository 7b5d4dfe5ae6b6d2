"""A seed into the shipped example: an inventory of some 5,000 elements, its operators and its overlays.

* Deterministic: the same seed gives the same bytes; run it again after a change and commit what it writes.
* Every operator, site and circumstance is invented. Makers and products are real, as an inventory would name them.
* The lists have the faults that real lists have: blanks, half dates, contradictions, and rows that cannot be read.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kinds import KINDS, Kind
from makers import INVENTED, MAKERS, NOBODY, Maker

HERE = Path(__file__).parent
SEED = 20231231

HEADERS = (
    "Asset tag", "Hostname", "Operator", "Country", "Region", "Site", "Latitude", "Longitude", "Category", "Manufacturer", "Supplier", "Model", "Serial number",
    "MAC address", "sysObjectID", "Role", "Generation", "Access technology", "Bands", "Component", "Purpose", "Capabilities", "Status", "Purchased", "Installed",
    "Decommissioned", "Traffic", "Premises", "Managed by", "Staff country", "Funding", "US sanctions affected", "Site tags", "Tags", "Comments",
)  # fmt: skip

Row = dict[str, str]

UNKNOWN_SITES = 10
"""5G sites of northwind whose maker nobody wrote down."""
HUAWEI_SITES, SWAPPED_SITES = 143, 6
"""Of 400 5G sites: 143 are 35.75 %, and the six that are swapped in December 2023 bring it to 34.25 %."""
TRAFFIC_SHARE = 0.338


class Lists:
    """One operator's part of the inventory while it is put together."""

    def __init__(self, dice: random.Random, operator: str, prefix: str, country: str, home: tuple[float, float]) -> None:
        """Start an empty list."""
        self.dice, self.operator, self.prefix, self.country, self.home = dice, operator, prefix, country, home
        self.rows: list[Row] = []
        self.places: dict[str, tuple[str, str, str]] = {}

    def pick(self, items: tuple[str, ...]) -> str:
        """Return one of some texts, the first most often."""
        return items[0] if self.dice.random() < 0.45 else items[int(self.dice.random() * len(items))]

    def place(self, site: str, regions: tuple[str, ...]) -> tuple[str, str, str]:
        """Return region, latitude and longitude of a site, the same each time."""
        if site not in self.places:
            latitude, longitude = (round(at + (self.dice.random() - 0.5) * 3, 5) for at in self.home)
            self.places[site] = (self.pick(regions), f"{latitude:.5f}", f"{longitude:.5f}")
        return self.places[site]

    def maker_of(self, kind: Kind) -> tuple[str, str]:
        """Return a maker's key (or `nobody`, `invented`) and a model, by the kind's shares."""
        drawn = self.dice.random() * 1000
        for key, (share, models) in kind.makers.items():
            if drawn < share:
                return key, self.pick(models)
            drawn -= share
        return ("nobody" if self.dice.random() < 0.8 else "invented"), ""

    def add(self, kind: str, site: str, maker: str = "", **cells: str) -> Row:
        """Add an element and return its row, to be changed further."""
        what = KINDS[kind]
        key, model = self.maker_of(what)
        if maker:
            key, model = maker, self.pick(what.makers[maker][1]) if maker in what.makers else ""
        tag = f"{self.prefix}-{len(self.rows) + 1:05}"
        role = self.pick(what.roles)
        region, latitude, longitude = self.place(site, REGIONS[self.operator])
        row = dict.fromkeys(HEADERS, "") | {
            "Asset tag": tag, "Operator": self.operator, "Country": self.country, "Site": site, "Region": region, "Latitude": latitude, "Longitude": longitude,
            "Hostname": f"{site.lower()}-{role.split()[0].lower()}-{len(self.rows) + 1}" if role else "", "Category": what.category, "Model": model,
            "Role": role, "Generation": what.generation, "Access technology": what.access, "Status": "In service",
        }  # fmt: skip
        self._identify(row, key)
        installed = date(2012, 1, 1) + timedelta(days=int(self.dice.random() * 3_600))
        row["Installed"] = self.told(installed)
        row["Purchased"] = self.told(installed - timedelta(days=40 + int(self.dice.random() * 200)), slashed=0.2)
        self.rows.append(row | cells)
        return self.rows[-1]

    def _identify(self, row: Row, key: str) -> None:
        maker = MAKERS.get(key, Maker(NOBODY if key == "nobody" else INVENTED))
        row["Manufacturer"] = self.pick(maker.spellings)
        row["Serial number"] = f"{self.dice.getrandbits(40):010X}"
        if maker.prefixes and self.dice.random() < 0.55:
            row["MAC address"] = self.address(self.pick(maker.prefixes))
        if maker.enterprise and self.dice.random() < 0.35:
            row["sysObjectID"] = f"1.3.6.1.4.1.{maker.enterprise}.{1 + self.dice.getrandbits(3)}.{self.dice.getrandbits(10)}"

    def address(self, prefix: str) -> str:
        """Return a hardware address under a prefix, in one of the usual spellings."""
        digits = f"{prefix}{self.dice.getrandbits(24):06x}"
        pairs = [digits[n : n + 2] for n in range(0, 12, 2)]
        return ":".join(pairs).upper() if self.dice.random() < 0.7 else "-".join(pairs)

    def told(self, day: date, slashed: float = 0.0) -> str:
        """Write a day as a list would: mostly whole, sometimes only its month or year."""
        drawn = self.dice.random()
        if drawn < slashed:
            return day.strftime("%d/%m/%Y")
        if drawn < 0.90:
            return day.isoformat()
        return day.isoformat()[:7] if drawn < 0.95 else f"{day.year}Q{(day.month + 2) // 3}" if drawn < 0.97 else str(day.year)

    def some(self, share: float) -> list[Row]:
        """Return a share of the rows, drawn evenly."""
        return [row for row in self.rows if self.dice.random() < share]


REGIONS = {
    "northwind": ("South", "Midlands", "North", "Wales", "Scotland"),
    "tamarack": ("Ontario", "Quebec", "Alberta", "Manitoba"),
    "quayside": ("Virginia", "Maryland", "Texas", "Ohio"),
}


def northwind(dice: random.Random) -> Lists:
    """A mobile and fixed operator in the United Kingdom that a direction names."""
    lists = Lists(dice, "northwind", "NW", "GBR", (53.0, -1.8))
    _five_g(lists)
    for index in range(400):
        lists.add("4g", f"NW-S{index + 1:04}", Bands="800;1800")
    for kind, count, sites in (("3g", 150, 150), ("rnc", 8, 4), ("microwave", 130, 130), ("cell-router", 190, 190), ("cctv", 90, 60)):
        for index in range(count):
            lists.add(kind, f"NW-S{index % sites + 1:04}")
    _core(lists)
    for kind, count in (("dwdm", 90), ("core-router", 80)):
        for index in range(count):
            lists.add(kind, f"NW-X{index % 30 + 1:03}", Capabilities="route_or_redirect" if kind == "core-router" else "")
    _fixed(lists)
    _services(lists)
    for row in lists.rows:
        row["Site tags"] = "" if row["Site"] in {"NW-S0042", "NW-S0107"} else "-gbr.national-security"
    for row in lists.some(0.012):
        row["Site tags"] = ""
    return lists


def _five_g(lists: Lists) -> None:
    """Add 5G: 400 sites whose share by sites falls below the cap in December 2023, if the unknown ones are not the vendor's."""
    others, owned, nobody = [], [], []
    for index in range(400):
        site = f"NW-S{index + 1:04}"
        maker = "huawei" if index < HUAWEI_SITES else "nobody" if index < HUAWEI_SITES + UNKNOWN_SITES else lists.pick(("ericsson", "nokia"))
        carried = round(0.4 + lists.dice.random() * 3, 2)
        for part in range(2):
            row = lists.add("5g", site, maker, Bands="3500" if part else "700;3500", Traffic="0" if part else f"{carried:.2f}", Installed=f"202{lists.dice.getrandbits(1)}-0{1 + lists.dice.getrandbits(3)}-14")
            row["Purchased"] = f"{int(row['Installed'][:4]) - 1}-11-02"
            row["Manufacturer"] = row["Manufacturer"] if maker != "nobody" else lists.pick(("unknown", "", "N/A"))
            (owned if maker == "huawei" else nobody if maker == "nobody" else others).append(row)
    _swap(lists, owned)
    _scale(owned, others, nobody)
    for number in range(3):
        lists.add("cu", f"NW-X{number + 1:03}", Traffic="0", Installed="2021-05-20")
    for row, day in zip(owned[40:46:2], ("2022-11-30", "2023-02-09", "2022"), strict=True):
        row["Installed"] = day
    for row in owned[60:84:2]:
        row["Purchased"] = ""


def _swap(lists: Lists, owned: list[Row]) -> None:
    """Take the radios of a few sites out in December 2023; another maker's take their place."""
    for index in range(SWAPPED_SITES):
        for row in owned[2 * index : 2 * index + 2]:
            row |= {"Status": "Decommissioned", "Decommissioned": f"2023-12-{11 + index}", "Comments": "5G swap programme"}
            lists.add("5g", row["Site"], "nokia", Traffic=row["Traffic"], Bands="700;3500", Purchased="2023-06-01", Installed=f"2023-12-{12 + index}")


def _scale(owned: list[Row], others: list[Row], nobody: list[Row]) -> None:
    """Scale the vendor's traffic so that its share of the whole is as intended."""
    mine = sum(float(row["Traffic"]) for row in owned)
    rest = sum(float(row["Traffic"]) for row in (*others, *nobody))
    factor = TRAFFIC_SHARE / (1 - TRAFFIC_SHARE) * rest / mine
    for row in owned:
        row["Traffic"] = f"{float(row['Traffic']) * factor:.2f}" if row["Traffic"] != "0" else "0"


def _core(lists: Lists) -> None:
    """Add the core: some of the vendor's goes in December 2023, some is still there when the deadline has passed."""
    for kind, count in (("mobile-core", 44), ("interconnect", 18), ("intercept", 4), ("nfvi", 36), ("oss", 16), ("billing", 8), ("firewall", 26), ("timing", 24)):
        for index in range(count):
            lists.add(kind, f"NW-X{index % 6 + 1:03}")
    stay = ("HSS", "HLR", "MSC", "MSC", "SGSN", "PCRF", "PGW", "SMSC", "SGW")
    gone = ("MME", "GGSN", "PGW", "HLR", "STP")
    for role in (*stay, *gone):
        lists.add("mobile-core", "NW-X001" if role in stay else "NW-X002", "huawei", Role=role, Generation="2G;3G" if role != "PGW" else "3G;4G", Model={"HSS": "HSS9860", "HLR": "HLR9820", "MSC": "MSOFTX3000", "PCRF": "PCRF9200"}.get(role, "UGW9811"), Manufacturer="Huawei Technologies Co., Ltd.", Installed="2014-09-30")
    for index, row in enumerate(lists.rows[-len(gone) :]):
        row |= {"Status": "Decommissioned", "Decommissioned": f"2023-12-{12 + 3 * index}", "Comments": "core exit"}
    lists.rows[-len(gone) - 1]["Asset tag"] = "NW-SGW-07"


def _fixed(lists: Lists) -> None:
    for index in range(240):
        row = lists.add("olt", f"NW-E{index % 120 + 1:03}", Premises=str(1_200 + int(lists.dice.random() * 9_000)))
        row["US sanctions affected"] = "" if lists.dice.random() < 0.1 else "no"
    recent = [row for row in lists.rows if row["Role"] in KINDS["olt"].roles and row["Model"].startswith("MA5800")]
    for index, row in enumerate(recent[:8]):
        row |= {"Installed": f"2023-0{index + 1}-17", "Purchased": "2022-04-01", "US sanctions affected": ("yes", "no", "", "no")[index % 4]}
    for row in (lists.rows[-3], lists.rows[-50]):
        row["Premises"] = ""
    for index in range(160):
        lists.add("dslam", f"NW-E{index % 120 + 1:03}", Premises=str(200 + int(lists.dice.random() * 2_000)), **{"Access technology": lists.pick(("dsl", "fttc"))})


def _services(lists: Lists) -> None:
    """Add who runs what: one region's 4G is run by its maker, partly as support of its own kit."""
    for row in lists.rows:
        if row["Region"] == "Wales" and row["Generation"] == "4G" and row["Model"][:3] in {"DBS", "BBU", "RRU"}:
            row |= {"Managed by": "Huawei Technologies", "Tags": "gbr.vendor-support" if lists.dice.random() < 0.6 else ""}
        elif row["Role"] in {"eNodeB", "eNB", "microwave"} and lists.dice.random() < 0.1:
            row["Managed by"] = "Ericsson"
    service = {"Category": "service", "Role": "managed service", "Serial number": "", "MAC address": "", "sysObjectID": "", "Model": "", "Generation": "", "Access technology": ""}
    lists.add("oss", "NW-X001", "ericsson", Comments="field maintenance, whole country", **service)
    lists.add("oss", "NW-X001", "huawei", Comments="performance tuning of the 2G and 3G radio network", **service)


def tamarack(dice: random.Random) -> Lists:
    """A mobile operator in Canada, whom a policy statement concerns."""
    lists = Lists(dice, "tamarack", "TM", "CAN", (47.5, -79.0))
    counts = {"5g-ca": 220, "4g-ca": 420, "3g": 80, "rnc": 4, "mobile-core": 24, "interconnect": 8, "intercept": 2, "nfvi": 20, "oss": 8, "firewall": 12, "timing": 8, "dwdm": 40, "core-router": 30, "microwave": 90, "cell-router": 90, "olt": 40, "cmts": 40, "cctv": 40, "power": 40, "server": 30}  # fmt: skip
    for kind, count in counts.items():
        for index in range(count):
            lists.add(kind, f"TM-{index % 220 + 1:04}", Country=lists.pick(("CAN", "CAN", "Canada")))
    for row in lists.rows:
        if row["Generation"] == "5G":
            row["Installed"] = f"20{20 + lists.dice.getrandbits(1)}-{1 + lists.dice.getrandbits(3):02}-20"
            row["Purchased"] = lists.pick((f"{row['Installed'][:4]}-02-11", "2022Q3", "2022-10-04", ""))
    for row in lists.some(0.03):
        row["Role"], row["Comments"] = "", "from the merger list, to be checked"
    return lists


def quayside(dice: random.Random) -> Lists:
    """A contractor of the federal government in the United States, with its campus networks, cameras and radios."""
    lists = Lists(dice, "quayside", "QS", "USA", (38.5, -77.5))
    counts = {"cctv-us": 500, "switch": 210, "access-point": 150, "campus-router": 40, "firewall": 24, "server": 60, "storage": 16, "radio": 60, "phone": 50, "power": 20, "private-5g": 12}
    for kind, count in counts.items():
        for index in range(count):
            row = lists.add(kind, f"QS-B{index % 40 + 1:02}", Country=lists.pick(("USA", "USA", "United States")))
            _described(lists, row, kind)
    for index in range(14):
        lists.add("switch" if index % 2 else "cctv-us", "QS-NBO", Country="KEN", Region="Nairobi", Comments="liaison office")
    lists.add("switch", "QS-B01", "huawei", Category="service", Role="managed service", Component="substantial_or_essential", Manufacturer="Huawei Technologies USA", Comments="interconnect carrier, see contract 41", Tags="third-party-facilities")
    return lists


def _described(lists: Lists, row: Row, kind: str) -> None:
    """State purpose, component and capabilities for some elements, as an inquiry that is half done would."""
    if row["Category"] == "surveillance" or kind == "radio":
        row["Purpose"] = lists.pick(("ci_physical_surveillance", "", "gov_facility_security", "commercial", "public_safety"))
    row["Component"] = lists.pick(("substantial_or_essential", "", "minor"))
    if kind in {"switch", "campus-router"}:
        row["Capabilities"] = lists.pick(("route_or_redirect;visibility", "route_or_redirect", "-route_or_redirect;-visibility", ""))
    if kind == "radio":
        row["Capabilities"] = lists.pick(("-route_or_redirect;-visibility", ""))


def age(lists: Lists) -> None:
    """Bring in what lists gather over time: spares, plans, removals, blanks and contradictions."""
    settled = [row for row in lists.rows if row["Generation"] != "5G" and not row["Decommissioned"]]
    for row in settled:
        drawn = lists.dice.random()
        if drawn < 0.02:
            row |= {"Status": lists.pick(("In stock", "spare")), "Installed": "", "Site": f"{lists.prefix}-STORE"}
        elif drawn < 0.03:
            row |= {"Status": "planned", "Installed": "2024-06-03"}
        elif drawn < 0.045:
            row |= {"Status": "Decommissioned", "Decommissioned": lists.told(date(2019, 1, 1) + timedelta(days=int(lists.dice.random() * 1_500)))}
        elif drawn < 0.06:
            row["Status"] = "powered off"
        elif drawn < 0.10:
            row["Status"] = lists.pick(("", "?", "unknown"))
        elif drawn < 0.125:
            row["Installed"] = ""
        elif drawn < 0.15:
            row["Purchased"] = ""
    for row in settled:
        drawn = lists.dice.random()
        if row["Manufacturer"] in MAKERS["cisco"].spellings and drawn < 0.04:
            row |= {"MAC address": lists.address("64f81c"), "Comments": "label worn off"}
        elif row["Manufacturer"] in MAKERS["nokia"].spellings and drawn < 0.01:
            row["sysObjectID"] = "1.3.6.1.4.1.2011.2.45"
        elif drawn > 0.985:
            row["Manufacturer"] = lists.pick(("", "unknown", "N/A"))


def faulty(rows: list[Row]) -> Iterator[Row]:
    """Yield copies of some rows with faults that no reader can mend."""
    faults = (
        {"Installed": "2021-02-30"}, {"Installed": "2019-13-01"}, {"Purchased": "soon"}, {"Decommissioned": "31/11/2022"}, {"Installed": "20O1-04-05"},
        {"Status": "glowing"}, {"Status": "in servcie"}, {"Generation": "7G"}, {"Access technology": "carrier pigeon"}, {"Category": "telekom equipement"},
        {"Component": "substantialy_essential"}, {"Purpose": "guarding"}, {"Country": "Westeria"}, {"Traffic": "lots"}, {"Premises": "12 per street"},
        {"MAC address": "00:e0:fc:zz:12:34"}, {"Capabilities": "route_or_redirect;-route_or_redirect"}, {"US sanctions affected": "perhaps"},
    )  # fmt: skip
    for index, fault in enumerate(faults):
        source = rows[97 + 251 * index % len(rows)]
        yield source | {"Asset tag": f"{source['Asset tag'][:2]}-9{index:04}", "Decommissioned": "", "Comments": ""} | fault
    yield rows[100] | {"Comments": "entered twice"}
    yield rows[2_900] | {"Comments": "entered twice"}


def inventory() -> list[Row]:
    """Return the rows of the inventory in the order of the file."""
    dice = random.Random(SEED)  # noqa: S311 - an example, not a secret
    parts = [northwind(dice), tamarack(dice), quayside(dice)]
    for part in parts:
        age(part)
    rows = [row for part in parts for row in part.rows]
    for index, row in enumerate(list(faulty(rows))):
        rows.insert(200 + index * 240, row)
    return rows


def main() -> int:
    """Write the inventory beside this file."""
    path = HERE / "inventory.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, HEADERS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(inventory())
    return 0


if __name__ == "__main__":
    sys.exit(main())
