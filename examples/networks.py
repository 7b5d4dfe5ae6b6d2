"""Dice into the lists of the three invented operators: who they are, what they run, and the stories within.

* northwind: a direction names it; its core deadline passes between 2023-12-01 and 2024-01-15, and its share of 5G sites
  falls below the cap in the same weeks, if a few sites whose maker nobody wrote down are not the vendor's.
* tamarack: a statement of policy concerns it.
* quayside: a contractor of a government, half way through asking what its cameras and switches are.
"""

from __future__ import annotations

import random

from lists import SOURCE, Lists, Operator, Row

__all__ = ["northwind", "quayside", "tamarack"]

_SITES, _OWNED, _NOT_KNOWN, _SWAPPED = 400, 143, 10, 6
"""5G sites; of them the vendor's, those nobody knows, and those swapped in December 2023: 35.75 %, then 34.25 %."""
_TRAFFIC = 0.338
_OWN_TAG = "-gbr.national-security"
_SENSITIVE = frozenset({"NW-S0042", "NW-S0107"})

_NORTHWIND = {"3g": (150, 150), "rnc": (8, 4), "microwave": (130, 130), "cell-router": (190, 190), "cctv": (90, 60)}
_NORTHWIND_CORE = {
    "mobile-core": 44,
    "interconnect": 18,
    "intercept": 4,
    "nfvi": 36,
    "oss": 16,
    "billing": 8,
    "firewall": 26,
    "timing": 24,
}
_STAY = {
    "HSS": "HSS9860",
    "HLR": "HLR9820",
    "MSC": "MSOFTX3000",
    "SGSN": "USN9810",
    "PCRF": "PCRF9200",
    "SMSC": "SMSC2000",
}
_GO = {"MME": "USN9810", "GGSN": "UGW9811", "STP": "SPS", "PGW": "UGW9811", "DRA": "SPS"}
_TAMARACK = {
    "5g-ca": 220,
    "4g-ca": 420,
    "3g": 80,
    "rnc": 4,
    "mobile-core": 24,
    "interconnect": 8,
    "intercept": 2,
    "nfvi": 20,
    "oss": 8,
    "firewall": 12,
    "timing": 8,
    "dwdm": 40,
    "core-router": 30,
    "microwave": 90,
    "cell-router": 90,
    "olt": 40,
    "cmts": 40,
    "cctv": 40,
    "power": 40,
    "server": 30,
}
_QUAYSIDE = {
    "cctv-us": 500,
    "switch": 210,
    "access-point": 150,
    "campus-router": 40,
    "firewall": 24,
    "server": 60,
    "storage": 16,
    "radio": 60,
    "phone": 50,
    "power": 20,
    "private-5g": 12,
}
_SERVICE = {
    "Category": "service",
    "Role": "managed service",
    "Generation": "3G",
    "Model": "",
    "Serial number": "",
    "MAC address": "",
    "sysObjectID": "",
}


def northwind(dice: random.Random) -> Lists:
    """A mobile and fixed operator in Great Britain."""
    regions = ("South", "Midlands", "North", "Wales", "Scotland")
    lists = Lists(dice, Operator("northwind", "NW", "GBR", (53.0, -1.8), regions))
    _five_g(lists)
    for index in range(_SITES):
        lists.add("4g", f"NW-S{index + 1:04}", Bands="800;1800")
    for kind, (count, sites) in _NORTHWIND.items():
        for index in range(count):
            lists.add(kind, f"NW-S{index % sites + 1:04}")
    _core(lists)
    for kind, can in (("dwdm", ""), ("core-router", "route_or_redirect")):
        for index in range(85):
            lists.add(kind, f"NW-X{index % 30 + 1:03}", Capabilities=can)
    _fixed(lists)
    _services(lists)
    for row in lists.rows:
        row["Site tags"] = "" if row["Site"] in _SENSITIVE or lists.chance(0.012) else _OWN_TAG
    return lists


def _five_g(lists: Lists) -> None:
    """Add 5G sites of two elements each; the first of them states the traffic of both."""
    owned: list[Row] = []
    rest: list[Row] = []
    for index in range(_SITES):
        mine, unknown = index < _OWNED, _OWNED <= index < _OWNED + _NOT_KNOWN
        maker = "huawei" if mine else "nobody" if unknown else lists.pick(("ericsson", "nokia"))
        carried = f"{0.4 + lists.dice.random() * 3:.2f}"
        for bands, traffic in (("700;3500", carried), ("3500", "0")):
            year, month = 2020 + lists.dice.getrandbits(1), 1 + lists.dice.getrandbits(3)
            dates = {"Installed": f"{year}-{month:02}-14", "Purchased": f"{year - 1}-11-02"}
            row = lists.add("5g", f"NW-S{index + 1:04}", maker, Bands=bands, Traffic=traffic, **dates)
            row["Manufacturer"] = lists.pick(("unknown", "", "N/A")) if unknown else row["Manufacturer"]
            (owned if mine else rest).append(row)
    _scale(owned, rest)
    _swap(lists, owned)
    for number in range(3):
        lists.add("cu", f"NW-X{number + 1:03}", Traffic="0", Installed="2021-05-20")
    for row, day in zip(owned[40:46:2], ("2022-11-30", "2023-02-09", "2022"), strict=True):
        row["Installed"] = day
    for row in owned[60:84:2]:
        row["Purchased"] = ""


def _scale(owned: list[Row], rest: list[Row]) -> None:
    """Scale the vendor's traffic so that its share of the whole is as intended."""
    mine, others = (sum(float(row["Traffic"]) for row in rows) for rows in (owned, rest))
    factor = _TRAFFIC / (1 - _TRAFFIC) * others / mine
    for row in owned:
        row["Traffic"] = f"{float(row['Traffic']) * factor:.2f}" if row["Traffic"] != "0" else "0"


def _swap(lists: Lists, owned: list[Row]) -> None:
    """Take the radios of a few sites out in December 2023; another maker's take their place."""
    for index in range(_SWAPPED):
        for row in owned[2 * index : 2 * index + 2]:
            row |= {
                "Status": "Decommissioned",
                "Decommissioned": f"2023-12-{11 + index}",
                "Comments": "5G swap programme",
            }
            dates = {"Purchased": "2023-06-01", "Installed": f"2023-12-{12 + index}"}
            lists.add("5g", row["Site"], "nokia", Traffic=row["Traffic"], Bands="700;3500", **dates)


def _core(lists: Lists) -> None:
    """Add the core: some of the vendor's goes in December 2023, some is still there when the deadline has passed."""
    for kind, count in _NORTHWIND_CORE.items():
        for index in range(count):
            lists.add(kind, f"NW-X{index % 6 + 1:03}")
    old = {"Manufacturer": "Huawei Technologies Co., Ltd.", "Installed": "2014-09-30", "Generation": "2G;3G"}
    for index, (role, model) in enumerate([*_STAY.items(), *list(_STAY.items())[:3]]):
        lists.add("mobile-core", f"NW-X{index % 3 + 1:03}", "huawei", Role=role, Model=model, **old)
    stored = {"Role": "lawful interception storage", "Model": "OceanStor 6800 V5", "Category": "storage"}
    lists.add("mobile-core", "NW-X003", "huawei", Installed="2019-03-01", Generation="none", **stored)
    lists.rows[-1]["Manufacturer"] = "Huawei"
    for index, (role, model) in enumerate(_GO.items()):
        row = lists.add("mobile-core", "NW-X002", "huawei", Role=role, Model=model, **old)
        row |= {"Status": "Decommissioned", "Decommissioned": f"2023-12-{12 + 3 * index}", "Comments": "core exit"}


def _fixed(lists: Lists) -> None:
    """Add fibre and copper access; two fibre nodes lack their premises, so that the fibre share cannot be told."""
    fibre = []
    for index in range(240):
        row = lists.add("olt", f"NW-E{index % 120 + 1:03}", Premises=str(1_200 + int(lists.dice.random() * 9_000)))
        row["US sanctions affected"] = "" if lists.chance(0.1) else "no"
        fibre.append(row)
    recent = [row for row in fibre if row["Model"].startswith("MA5800")][:8]
    for index, row in enumerate(recent):
        row |= {"Installed": f"2023-0{index + 1}-17", "Purchased": "2022-04-01"}
        row["US sanctions affected"] = ("yes", "no", "", "no")[index % 4]
    for row in (fibre[-3], fibre[-50]):
        row["Premises"] = ""
    for index in range(160):
        premises = str(200 + int(lists.dice.random() * 2_000))
        row = lists.add("dslam", f"NW-E{index % 120 + 1:03}", Premises=premises)
        row["Access technology"] = lists.pick(("dsl", "fttc"))


def _services(lists: Lists) -> None:
    """Say who runs what: one region's 4G is run by its maker, partly as support of its own kit."""
    models = {made for kind in ("4g", "3g") for made in SOURCE["kinds"][kind]["makers"]["huawei"]["models"]}
    for row in lists.rows:
        if row["Region"] == "Wales" and row["Model"] in models:
            support = "gbr.vendor-support" if lists.chance(0.6) else ""
            row |= {"Managed by": "Huawei Technologies", "Tags": support}
        elif row["Category"] == "telecom" and lists.chance(0.08):
            row["Managed by"] = "Ericsson"
    lists.add("oss", "NW-X001", "ericsson", Comments="field maintenance, whole country", **_SERVICE)
    lists.add("oss", "NW-X001", "huawei", Comments="tuning of the 2G and 3G radio network", **_SERVICE)


def tamarack(dice: random.Random) -> Lists:
    """A mobile operator in Canada."""
    lists = Lists(dice, Operator("tamarack", "TM", "CAN", (47.5, -79.0), ("Ontario", "Quebec", "Alberta", "Manitoba")))
    for kind, count in _TAMARACK.items():
        for index in range(count):
            lists.add(kind, f"TM-S{index % 220 + 1:04}", Country=lists.pick(("CAN", "CAN", "Canada")))
    for row in lists.rows:
        if row["Generation"] == "5G":
            year = 2020 + lists.dice.getrandbits(1)
            row["Installed"] = f"{year}-{1 + lists.dice.getrandbits(3):02}-20"
            row["Purchased"] = lists.pick((f"{year - 1}-02-11", f"{year - 1}-10", "2022Q3", "2022-10-04", ""))
        if lists.chance(0.03):
            row |= {"Role": "", "Comments": "from the list of the merged company, to be checked"}
    return lists


def quayside(dice: random.Random) -> Lists:
    """A contractor in the United States, with its campus networks, cameras and radios."""
    lists = Lists(dice, Operator("quayside", "QS", "USA", (38.5, -77.5), ("Virginia", "Maryland", "Texas", "Ohio")))
    for kind, count in _QUAYSIDE.items():
        for index in range(count):
            row = lists.add(kind, f"QS-B{index % 40 + 1:02}", Country=lists.pick(("USA", "USA", "United States")))
            _describe(lists, row, kind)
    for index in range(14):
        kind = "switch" if index % 2 else "cctv-us"
        lists.add(kind, "QS-NBO", Country="KEN", Region="Nairobi", Comments="liaison office")
    carried = {"Component": "substantial_or_essential", "Tags": "third-party-facilities"}
    lists.add("switch", "QS-B01", "huawei", Comments="interconnection, contract 41", **_SERVICE, **carried)
    return lists


def _describe(lists: Lists, row: Row, kind: str) -> None:
    """State purpose, component and capabilities for some elements, as an inquiry that is half done would."""
    purposes = ("ci_physical_surveillance", "", "gov_facility_security", "commercial", "public_safety")
    if row["Category"] == "surveillance" or kind == "radio":
        row["Purpose"] = lists.pick(purposes)
    row["Component"] = lists.pick(("substantial_or_essential", "", "minor"))
    neither = "-route_or_redirect;-visibility"
    if kind in {"switch", "campus-router"}:
        row["Capabilities"] = lists.pick(("route_or_redirect;visibility", "route_or_redirect", neither, ""))
    if kind == "radio":
        row["Capabilities"] = lists.pick((neither, ""))
