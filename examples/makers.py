"""Makers as real lists write them: spellings, prefixes of their addresses, numbers of their MIBs, and products.

* Names, prefixes and enterprise numbers are real; who owns what here is invented.
* A maker without prefix or number is one whose kit does not answer such questions, or one that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["INVENTED", "MAKERS", "NOBODY", "Maker"]


@dataclass(frozen=True)
class Maker:
    """How one maker appears in lists."""

    spellings: tuple[str, ...]
    """The usual one first; the others are rarer."""
    prefixes: tuple[str, ...] = ()
    enterprise: int | None = None


NOBODY = ("unknown", "Unknown", "N/A", "?", "", "", "Generic", "TBC")
INVENTED = ("Blue Heron Networks", "Meridian Broadband Systems", "Sunfield Optics", "Tarn Wireless", "Greyfriars Video")

MAKERS = {
    "adtran": Maker(("Adtran", "ADTRAN Inc.", "Adtran, Inc."), ("001992", "002445"), 664),
    "arista": Maker(("Arista", "Arista Networks"), ("606b5b", "688bf4"), 30065),
    "aruba": Maker(("Aruba", "Aruba, a Hewlett Packard Enterprise company"), (), 14823),
    "avigilon": Maker(("Avigilon", "Avigilon Corporation"), ("701ad5",), 46202),
    "axis": Maker(("Axis Communications", "Axis", "Axis Communications AB"), ("00408c", "accc8e", "b8a44f"), 368),
    "bosch": Maker(("Bosch", "Bosch Security Systems"), ("000463",), 3967),
    "calix": Maker(("Calix", "Calix Inc."), ("000631",), 6321),
    "ceragon": Maker(("Ceragon", "Ceragon Networks"), ("000a25",), None),
    "ciena": Maker(("Ciena", "Ciena Corporation"), ("00238a", "144e2a"), 1271),
    "cisco": Maker(("Cisco Systems, Inc.", "Cisco", "CISCO", "Cisco Systems"), ("001868", "001947", "001bd7"), 9),
    "commscope": Maker(("CommScope", "ARRIS"), ("004020",), 4115),
    "dahua": Maker(("Dahua", "Dahua Technology", "Zhejiang Dahua Technology Co., Ltd.", "DAHUA"), ("14a78b", "24526a"), 37496),
    "dell": Maker(("Dell Inc.", "Dell", "Dell EMC"), ("0016f0",), 674),
    "ericsson": Maker(("Ericsson AB", "Ericsson", "ERICSSON", "Telefonaktiebolaget LM Ericsson"), ("00023b", "000d67"), 193),
    "ezviz": Maker(("EZVIZ", "Hangzhou EZVIZ Network Co., Ltd."), ("0ca64c",), None),
    "f5": Maker(("F5 Networks", "F5"), ("0001d7",), 3375),
    "fortinet": Maker(("Fortinet", "Fortinet, Inc."), ("00090f",), 12356),
    "h3c": Maker(("H3C", "New H3C"), ("000fe2",), 25506),
    "hanwha": Maker(("Hanwha Vision", "Hanwha Techwin"), ("e43022",), 36849),
    "hikvision": Maker(("Hikvision", "HIKVISION", "Hangzhou Hikvision Digital Technology Co.,Ltd.", "Hik Vision", "HiLook"), ("00bc99", "040312", "04eecd"), 39165),
    "hpe": Maker(("HPE", "Hewlett Packard Enterprise"), ("001438",), 232),
    "huawei": Maker(
        ("Huawei", "Huawei Technologies Co., Ltd.", "HUAWEI", "Huawei Technologies", "huawei technologies co ltd", "Huawei Tech. Co., Ltd.", "\u534e\u4e3a\u6280\u672f\u6709\u9650\u516c\u53f8", "Hauwei"),
        ("64f81c", "001882", "001e10"), 2011,
    ),
    "hytera": Maker(("Hytera", "Hytera Communications Corporation Limited"), ("6469bc",), 40297),
    "infinera": Maker(("Infinera", "Infinera Corporation"), ("c8dec9",), 21296),
    "juniper": Maker(("Juniper Networks", "Juniper", "Juniper Networks, Inc."), ("000585", "00121e"), 2636),
    "lorex": Maker(("Lorex",), ("001f54",), None),
    "lts": Maker(("LTS", "LT Security"), ("142ffd",), None),
    "mavenir": Maker(("Mavenir", "Mavenir Systems"), (), 2032),
    "meinberg": Maker(("Meinberg",), ("ec4670",), 5597),
    "motorola": Maker(("Motorola Solutions",), ("00047d",), None),
    "nec": Maker(("NEC", "NEC Corporation"), ("001697",), 119),
    "netgear": Maker(("NETGEAR",), ("000fb5",), 4526),
    "nokia": Maker(("Nokia", "NOKIA", "Nokia Solutions and Networks", "Nokia Networks"), ("003126", "006168"), 94),
    "oracle": Maker(("Oracle", "Oracle Communications"), (), None),
    "oscilloquartz": Maker(("Oscilloquartz",), ("000120",), 5551),
    "paloalto": Maker(("Palo Alto Networks",), ("001b17",), 25461),
    "ribbon": Maker(("Ribbon", "Ribbon Communications"), ("00020e",), 177),
    "samsung": Maker(("Samsung", "Samsung Electronics"), ("0023c2",), 236),
    "ubiquiti": Maker(("Ubiquiti", "Ubiquiti Inc."), ("00156d", "002722"), 41112),
    "uniview": Maker(("Uniview", "UNV"), ("48ea63",), 54999),
    "vertiv": Maker(("Vertiv",), (), 476),
    "huaweipower": Maker(("Huawei Digital Power Technologies Co., Ltd.", "Huawei"), (), None),
    "zte": Maker(("ZTE Corporation", "ZTE", "Zte", "ZTE Corp"), ("00d0d0", "0015eb"), 3902),
}
