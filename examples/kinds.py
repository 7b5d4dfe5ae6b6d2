"""Kinds of element: what lists call them, who makes them in which proportion, and their models.

* A kind's shares are per mille of its elements; what is left over goes to `NOBODY`.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["KINDS", "Kind"]


@dataclass(frozen=True)
class Kind:
    """One kind of element."""

    category: str
    roles: tuple[str, ...]
    makers: dict[str, tuple[int, tuple[str, ...]]]
    """Maker to (per mille, models)."""
    generation: str = ""
    access: str = ""


_CISCO_CORE = ("ASR 9010", "NCS 5504", "ASR 9912")
_5G = {
    "ericsson": (370, ("Baseband 6648", "AIR 6449", "Baseband 6651")),
    "nokia": (270, ("AirScale ABIA", "AirScale AEQE", "AirScale ASIK")),
    "huawei": (345, ("BBU5900", "AAU5636", "AAU5339w")),
}
_LTE = {
    "ericsson": (380, ("RBS 6601", "Radio 4449", "Baseband 5216")),
    "nokia": (280, ("Flexi Multiradio 10", "AirScale AMIA")),
    "huawei": (320, ("DBS3900", "BBU3910", "RRU5904")),
}

KINDS = {
    "5g": Kind("telecom", ("gNodeB", "gNB", "AAU"), _5G, "5G", "nr"),
    "5g-ca": Kind("telecom", ("gNodeB", "gNB", "Radio unit"), {**_5G, "huawei": (150, _5G["huawei"][1]), "zte": (70, ("ZXRAN V9200", "ZXRAN A9651A")), "samsung": (120, ("MT6402-77A", "CDU50"))}, "5G", "nr"),
    "4g": Kind("telecom", ("eNodeB", "eNB", "RRU"), _LTE, "4G", "lte"),
    "4g-ca": Kind("telecom", ("eNodeB", "eNB", "RRH"), {**_LTE, "huawei": (210, _LTE["huawei"][1]), "zte": (100, ("ZXSDR B8200", "ZXSDR R8862A"))}, "4G", "lte"),
    "3g": Kind("telecom", ("NodeB", "BTS"), {"ericsson": (340, ("RBS 3418", "RBS 6201")), "nokia": (300, ("Flexi BTS",)), "huawei": (330, ("DBS3800", "BTS3900"))}, "2G;3G", "umts;gsm"),
    "cu": Kind("telecom", ("gNB-CU",), {"ericsson": (600, ("Cloud RAN CU",)), "nokia": (400, ("AirScale vCU",))}, "5G", "nr"),
    "rnc": Kind("telecom", ("RNC", "BSC"), {"ericsson": (500, ("EVO 8200",)), "huawei": (300, ("BSC6910",)), "nokia": (200, ("mcRNC",))}, "2G;3G", "umts;gsm"),
    "mobile-core": Kind(
        "telecom", ("HSS", "HLR", "MME", "AMF", "SMF", "UPF", "PGW", "SGW", "PCRF", "PCF", "MSC", "SMSC", "UDM", "AUSF"),
        {"ericsson": (480, ("Cloud Packet Core", "Cloud UDM", "MSC-S BC")), "nokia": (260, ("Cloud Mobile Gateway", "Registers")), "mavenir": (120, ("Converged Packet Core",)), "oracle": (100, ("Communications Policy",))},
        "3G;4G",
    ),
    "interconnect": Kind("telecom", ("SEPP", "STP", "DRA", "SBC", "peering router"), {"oracle": (350, ("DSR", "SBC 6350")), "ribbon": (300, ("SBC 7000",)), "nokia": (150, ("7750 SR-12",)), "cisco": (200, _CISCO_CORE)}),
    "intercept": Kind("telecom", ("LI mediation", "Lawful intercept"), {"ribbon": (500, ("MediaTor",)), "dell": (500, ("PowerEdge R740",))}),
    "nfvi": Kind("computing", ("NFVI", "hypervisor", "VIM"), {"dell": (400, ("PowerEdge R750", "PowerEdge R640")), "hpe": (450, ("ProLiant DL380 Gen10",))}),
    "oss": Kind("software", ("NMS", "EMS", "OSS"), {"nokia": (300, ("NetAct", "NSP")), "ericsson": (300, ("ENM",)), "cisco": (200, ("Crosswork",)), "huawei": (150, ("iMaster NCE", "U2020"))}),
    "billing": Kind("software", ("billing", "OCS", "CRM"), {"oracle": (600, ("BRM",)), "ericsson": (300, ("Charging System",))}),
    "firewall": Kind("telecom", ("firewall", "security gateway"), {"fortinet": (380, ("FortiGate 3400E", "FortiGate 600E")), "paloalto": (380, ("PA-5260",)), "juniper": (120, ("SRX5600",)), "f5": (100, ("BIG-IP i7800",))}),
    "timing": Kind("telecom", ("PTP grandmaster", "GNSS receiver"), {"meinberg": (450, ("LANTIME M1000",)), "oscilloquartz": (500, ("OSA 5421", "OSA 3230B"))}),
    "dwdm": Kind("telecom", ("DWDM", "ROADM", "optical transport"), {"ciena": (350, ("6500-S", "Waveserver Ai")), "nokia": (240, ("1830 PSS-16",)), "huawei": (190, ("OptiX OSN 9800 U32", "OptiX OSN 8800")), "infinera": (150, ("GX G42",))}),
    "core-router": Kind("telecom", ("core router", "P router", "BNG"), {"cisco": (330, _CISCO_CORE), "juniper": (300, ("MX960", "PTX10008")), "nokia": (210, ("7750 SR-14s",)), "huawei": (140, ("NE40E-X16A", "NE5000E"))}),
    "microwave": Kind("telecom", ("microwave", "microwave link"), {"ericsson": (380, ("MINI-LINK 6691", "MINI-LINK 6366")), "huawei": (250, ("RTN 950A", "RTN 380H")), "nec": (170, ("iPASOLINK VR",)), "ceragon": (150, ("IP-50C",))}),
    "cell-router": Kind("telecom", ("cell site router", "CSR", "backhaul router"), {"cisco": (350, ("ASR 920-12CZ-A", "NCS 540")), "nokia": (250, ("7705 SAR-8",)), "juniper": (180, ("ACX2200",)), "huawei": (180, ("ATN 910C", "ATN 950B"))}),
    "olt": Kind("telecom", ("OLT", "GPON OLT"), {"nokia": (430, ("7360 ISAM FX-16", "Lightspan MF-14")), "huawei": (340, ("MA5800-X17", "MA5800-X7")), "adtran": (200, ("SDX 6320",))}, "", "fttp"),
    "dslam": Kind("telecom", ("DSLAM", "MSAN"), {"huawei": (420, ("MA5616", "MA5600T")), "nokia": (400, ("7330 ISAM FTTN",)), "adtran": (160, ("Total Access 1148",))}, "", "dsl"),
    "cmts": Kind("telecom", ("CMTS", "CCAP"), {"commscope": (550, ("E6000",)), "cisco": (400, ("cBR-8",))}, "", "cable"),
    "cctv": Kind("surveillance", ("camera", "IP camera", "CCTV"), {"axis": (360, ("P3245-LVE", "Q6075-E")), "hanwha": (160, ("XNV-8080R",)), "bosch": (130, ("NBE-5503-AL",)), "hikvision": (200, ("DS-2CD2143G2-I", "DS-2DE4425IW-DE")), "dahua": (80, ("IPC-HFW5442E-ZE",))}),
    "cctv-us": Kind(
        "surveillance", ("camera", "IP camera", "CCTV", "NVR"),
        {"axis": (240, ("P3245-LVE", "M3106-L Mk II")), "avigilon": (150, ("4.0C-H5A-BO2-IR",)), "hanwha": (120, ("XNV-8080R",)), "bosch": (80, ("NBE-5503-AL",)),
         "hikvision": (210, ("DS-2CD2143G2-I", "DS-7732NI-K4", "DS-2CD2385FWD-I")), "dahua": (90, ("IPC-HFW5442E-ZE", "NVR5432-4KS2")), "lts": (30, ("CMIP9382W-28M",)),
         "lorex": (20, ("N882A",)), "ezviz": (15, ("C3TN",)), "uniview": (15, ("IPC3614SR3-DPF28",))},
    ),
    "power": Kind("power", ("",), {"vertiv": (600, ("NetSure 7100",)), "huaweipower": (300, ("ETP48400",))}),
    "server": Kind("computing", ("server",), {"dell": (550, ("PowerEdge R640", "PowerEdge R740")), "hpe": (400, ("ProLiant DL360 Gen10",))}),
    "storage": Kind("storage", ("storage array",), {"dell": (500, ("Unity XT 480",)), "hpe": (300, ("Nimble HF40",)), "huawei": (120, ("OceanStor 5300 V5",))}),
    "switch": Kind("telecom", ("access switch", "switch"), {"cisco": (430, ("Catalyst 9300-48P", "Catalyst 2960X-48FPD-L")), "aruba": (220, ("6300M", "2930F")), "juniper": (130, ("EX3400-48P",)), "arista": (80, ("DCS-7050SX3-48YC8",)), "huawei": (60, ("S5720-56C-EI-48S-AC", "S5700-28P-LI-AC")), "h3c": (25, ("S5130S-28P-EI",)), "netgear": (25, ("GS108T",))}),
    "access-point": Kind("telecom", ("wireless access point",), {"aruba": (400, ("AP-515",)), "cisco": (380, ("C9120AXI",)), "ubiquiti": (180, ("U6-Pro",))}, "", "wifi"),
    "campus-router": Kind("telecom", ("router", "edge gateway"), {"cisco": (600, ("ISR 4451", "ASR 1001-X")), "juniper": (250, ("MX204",)), "huawei": (80, ("AR6121E", "AR2240"))}),
    "radio": Kind("telecom", ("two-way radio",), {"motorola": (620, ("APX 6000", "MOTOTRBO R7")), "hytera": (330, ("PD785", "HP785"))}),
    "phone": Kind("telecom", ("IP phone",), {"cisco": (900, ("CP-8845",))}),
    "private-5g": Kind("telecom", ("gNodeB",), {"nokia": (1000, ("AirScale ASIK",))}, "5G", "nr"),
}
