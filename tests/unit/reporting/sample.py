"""A realistic assessment to report on: invented operators, two hundred findings and more, every status and force.

* Deterministic: the same call gives the same assessment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from telvet.model.finding import (
    Assessment,
    Because,
    Coverage,
    Disposition,
    Finding,
    InputRead,
    PackUsed,
    SummaryRow,
    VendorShown,
)
from telvet.model.law import Citation, Subject
from telvet.model.organisation import Relation, Tier
from telvet.model.status import Force, Grade, Status

__all__ = ["AS_OF", "assessment", "finding", "findings", "large"]

AS_OF = date(2024, 1, 15)
HUAWEI = VendorShown("huawei-technologies", "huawei", Relation.OWNED, Tier.LEGAL_ALIAS)
ZTE = VendorShown("zte", "zte", Relation.OWNED, Tier.LEGAL_ALIAS)
HIKVISION = VendorShown("hikvision", "hikvision", Relation.OWNED, Tier.BRAND)
DISPUTED = VendorShown(None, None, Relation.DISPUTED, None, ("cisco", "huawei-technologies"))
NOBODY = VendorShown(None, None, Relation.UNRESOLVED, None, ("Blue Heron Networks",))

TITLES = {
    "gbr.huawei-direction-2022.core": "Out of the core by the end of 2023",
    "gbr.huawei-direction-2022.transport": "Out of high-rate transmission within and between networks by the end of 2025",
    "gbr.huawei-direction-2022.all-5g": "Out of 5G by the end of 2027",
    "gbr.huawei-direction-2022.access-cap": "At most 35 % of 5G access",
    "gbr.ncsc-advice-2020.one-vendor": "Never more than one high-risk vendor in a network",
    "can.policy-statement-2022.remove-5g": "5G equipment and managed services end by 28 June 2024",
    "can.policy-statement-2022.procure": "No new 4G or 5G equipment is bought",
    "can.policy-statement-2022.remove-4g": "4G equipment and managed services end by the end of 2027",
    "usa.ndaa-889.part-b": "No award to an entity that uses covered equipment",
    "usa.secure-networks-act.subsidy": "No subsidy buys or maintains covered equipment",
    "usa.iaa-2020.consider": "Adversarial infrastructure is considered before an agreement to share",
    "usa.s3153-116.no-sharing": "No sharing with countries that permit 5G of the vendor",
}


def finding(**changes: object) -> Finding:
    """Return the finding of PACK.md's example, changed as asked."""
    plain = Finding(
        id="f-7c1d0a5e11aa22bb",
        subject=Subject.EQUIPMENT,
        subject_id="hss-02",
        equipment="hss-02",
        operator="northwind",
        country="GBR",
        site="LDN-0007",
        provision="gbr.huawei-direction-2022.core",
        status=Status.CONTRAVENTION,
        force=Force.BINDING,
        by=date(2023, 12, 31),
        until=None,
        excused_by=None,
        vendor=HUAWEI,
        missing=(),
        unless=(),
        because=(
            Because("equipment.vendor", "huawei-technologies", "core.csv record 212 manufacturer"),
            Because("equipment.function", "core.auth", "core.csv record 212 role 'HSS'"),
        ),
        cites=(Citation("direction", "requirement on core network functions", Grade.SECONDARY),),
        grade=Grade.SECONDARY,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names fields of Finding


def findings() -> list[Finding]:
    """Return findings of every status and force."""
    return [
        *_many(23, "amf", site="LDN-0003"),
        *_many(2, "hss", vendor=DISPUTED, status=Status.UNKNOWN, by=None, missing=("equipment.vendor",)),
        *_many(40, "gnb", provision="gbr.huawei-direction-2022.all-5g", status=Status.DUE, by=date(2027, 12, 31)),
        *_many(31, "roadm", provision="gbr.huawei-direction-2022.transport", status=Status.DUE, by=date(2025, 12, 31)),
        *_many(12, "upf", status=Status.UNKNOWN, by=None, vendor=NOBODY, missing=("equipment.vendor",), because=()),
        *_many(
            3,
            "smf",
            status=Status.WAIVED,
            until=date(2024, 3, 31),
            excused_by="written-notice-7",
            because=(Because("overlay.waiver", "a private text", "overlays.yaml record 2"),),
        ),
        *_many(
            1,
            "northwind",
            provision="gbr.ncsc-advice-2020.one-vendor",
            status=Status.CONTRAVENTION,
            force=Force.GUIDANCE,
            by=None,
            grade=Grade.UNVERIFIED,
            cites=(Citation("advice", "paragraph 12", Grade.UNVERIFIED),),
        ),
        *_canada(),
        *_states(),
        finding(
            id="f-network0000000001",
            subject=Subject.NETWORK,
            subject_id="northwind",
            equipment=None,
            site=None,
            vendor=None,
            by=date(2023, 7, 31),
            provision="gbr.huawei-direction-2022.access-cap",
            because=(Because("share.sites", "36.2 % to 38.0 %, at most 35 %", "312 of 860 sites"),),
        ),
    ]


def _canada() -> Iterator[Finding]:
    zte = {"operator": "tamarack", "country": "CAN", "site": None, "force": Force.POLICY, "vendor": ZTE}
    yield from _many(
        28, "ca-gnb", provision="can.policy-statement-2022.remove-5g", status=Status.DUE, by=date(2024, 6, 28), **zte
    )
    yield from _many(
        44, "ca-enb", provision="can.policy-statement-2022.remove-4g", status=Status.DUE, by=date(2027, 12, 31), **zte
    )
    yield from _many(6, "ca-rru", provision="can.policy-statement-2022.procure", **(zte | {"by": None}))
    yield from _many(
        9,
        "ca-du",
        provision="can.policy-statement-2022.procure",
        status=Status.UNKNOWN,
        by=None,
        missing=("equipment.procured_on", "equipment.vendor"),
        **zte,
    )


def _states() -> Iterator[Finding]:
    covered = {
        "operator": "quayside",
        "country": "USA",
        "site": None,
        "provision": "usa.ndaa-889.part-b",
        "by": None,
        "subject": Subject.OPERATOR,
        "subject_id": "quayside",
    }
    yield from _many(17, "cam", status=Status.BARRED, vendor=HIKVISION, unless=("equipment.capabilities",), **covered)
    yield from _many(26, "ptz", status=Status.UNKNOWN, vendor=HIKVISION, missing=("equipment.purpose",), **covered)
    yield from _many(8, "sw", status=Status.EXCEPTED, excused_by="no-user-data", **covered)
    yield from _many(
        4, "olt", status=Status.CONDITIONAL, **(covered | {"provision": "usa.secure-networks-act.subsidy"})
    )
    yield from _many(
        1,
        "partner",
        status=Status.CONSIDER,
        **(covered | {"provision": "usa.iaa-2020.consider", "subject": Subject.PARTNER, "subject_id": "GBR"}),
    )
    yield from _many(
        1,
        "bill",
        status=Status.BARRED,
        **(
            covered
            | {
                "provision": "usa.s3153-116.no-sharing",
                "force": Force.SCENARIO,
                "subject": Subject.PARTNER,
                "subject_id": "GBR",
            }
        ),
    )


def _many(count: int, stem: str, **changes: object) -> Iterator[Finding]:
    for index in range(1, count + 1):
        name = f"{stem}-{index:03}" if count > 1 else stem
        told = {"subject_id": name, "equipment": name, "id": f"f-{stem:0<8.8}{index:08x}", **changes}
        if index == 1 and changes.get("status", Status.CONTRAVENTION) is Status.CONTRAVENTION:
            told["disposition"] = Disposition("confirmed", "j.doe", "2024-01-10T09:12:00Z", "seen on site", "NET-412")
        yield finding(**told)


def assessment(some: Sequence[Finding] | None = None, **changes: object) -> Assessment:
    """Return an assessment of the findings (all of `findings()` by default), its summary counted from them."""
    shown = list(findings() if some is None else some)
    rows = Counter((f.operator, f.country, f.provision, f.status, f.force, f.by) for f in shown)
    missed = Counter(fact for f in shown for fact in f.missing)
    alone = Counter(f.missing[0] for f in shown if len(f.missing) == 1)
    plain = Assessment(
        telvet="0.1.0",
        as_of=AS_OF,
        laws=(),
        options={"known_by": "2024-01-15", "maps": "none"},
        inputs=(
            InputRead(
                "inventory.csv",
                "5f0c" * 16,
                "csv",
                5_030,
                5_010,
                20,
                ("installed_on: 03/04/2020 is day first, settled by record 88",),
            ),
        ),
        beside=(
            InputRead("operators.yaml", "91ab" * 16, "operators", 3, 3, 0),
            InputRead("overlays.yaml", "77de" * 16, "overlays", 6, 6, 0),
        ),
        packs=_packs(),
        catalogue="c0de" * 16,
        rows_in=5_030,
        rows_judged=5_010,
        rows_rejected=20,
        in_use=4_612,
        in_use_assumed=138,
        classes=913,
        coverage=_coverage(),
        summary=tuple(SummaryRow(*key, count) for key, count in rows.items()),
        unknown_facts=tuple((fact, count, alone[fact]) for fact, count in missed.most_common()),
        makers=_makers(),
        findings=lambda: iter(shown),
        provisions=TITLES,
        dispositions={"candidate": len(shown) - 3, "confirmed": 3} if len(shown) > 3 else {},
        burn_down=(("2023-10-02", 412), ("2023-11-06", 377), ("2023-12-04", 340)),
        unresolved=(
            ("Blue Heron Networks", 12),
            ("unknown", 9),
            ("Generic OEM <rev 2>", 4),
            ("\u672a\u77e5\u5382\u5546", 2),
            ('=HYPERLINK("x")', 1),
        ),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names fields of Assessment


def large(count: int) -> Assessment:
    """Return an assessment of that many findings, made while they are read."""
    row = SummaryRow(
        "northwind",
        "GBR",
        "gbr.huawei-direction-2022.core",
        Status.CONTRAVENTION,
        Force.BINDING,
        date(2023, 12, 31),
        count,
    )
    return assessment([], summary=(row,), findings=lambda: _many(count, "nf"))


def _packs() -> tuple[PackUsed, ...]:
    return tuple(
        PackUsed(name, title, "2026.11.0", f"{index:02x}" * 32, force, name[:3].upper())
        for index, (name, title, force) in enumerate(
            [
                ("gbr.huawei-direction-2022", "Designated vendor direction on Huawei, 2022", Force.BINDING),
                ("gbr.ncsc-advice-2020", "Advice on high-risk vendors, 2020", Force.GUIDANCE),
                ("can.policy-statement-2022", "Securing Canada's telecommunications system, 2022", Force.POLICY),
                ("usa.ndaa-889", "NDAA for fiscal year 2019, section 889", Force.BINDING),
                ("usa.secure-networks-act", "Secure and Trusted Communications Networks Act of 2019", Force.BINDING),
                ("usa.iaa-2020", "Intelligence authorisation 2020, section 6307", Force.BINDING),
                ("usa.s3153-116", "S.3153 of the 116th Congress", Force.SCENARIO),
            ],
            1,
        )
    )


def _coverage() -> tuple[Coverage, ...]:
    return (
        Coverage("gbr.huawei-direction-2022", "northwind", "GBR", "evaluated", "named in the direction"),
        Coverage("gbr.ncsc-advice-2020", "northwind", "GBR", "evaluated", "holds role mno in GBR"),
        Coverage("can.policy-statement-2022", "tamarack", "CAN", "evaluated", "holds role mno in CAN"),
        Coverage("usa.ndaa-889", "quayside", "USA", "evaluated", "holds role federal_contractor"),
        Coverage("usa.ndaa-889", "northwind", "GBR", "bound unknown", "roles are not stated in full"),
        Coverage("usa.secure-networks-act", "quayside", "USA", "evaluated", "receives subsidy"),
        Coverage("usa.iaa-2020", "quayside", "USA", "evaluated", "asked for by name"),
        Coverage("usa.s3153-116", "quayside", "USA", "evaluated", "asked for by name"),
        Coverage("usa.s2118-116", None, None, "scenario not named", "a bill is evaluated only when --law names it"),
        Coverage(
            "gbr.decision-2020-01", "northwind", "GBR", "superseded", "by gbr.huawei-direction-2022 on 2022-10-13"
        ),
        Coverage("swe.pts-2020", "northwind", "GBR", "not bound", "holds no licence in 2300 or 3500 MHz in SWE"),
        Coverage("swe.pts-2020", "tamarack", "CAN", "not bound", "holds no licence in 2300 or 3500 MHz in SWE"),
        Coverage("deu.contracts-2024", "northwind", "GBR", "not in force", "enacted on 2024-07-11"),
        Coverage(None, "quayside", "KEN", "not covered", "41 elements stand there; no pack of that country exists"),
    )


def _makers() -> tuple[tuple[str, str, int], ...]:
    shares = {
        "core.auth": (("Huawei", 3), ("Ericsson", 6), ("Nokia", 2), ("unknown", 1)),
        "core.user": (("Huawei", 7), ("Ericsson", 9), ("Nokia", 4), ("Mavenir", 1)),
        "transport.core": (
            ("Huawei", 31),
            ("Ciena", 44),
            ("Nokia", 38),
            ("Cisco", 29),
            ("Juniper", 18),
            ("Infinera", 7),
            ("unknown", 5),
        ),
        "ran.radio": (
            ("Huawei", 610),
            ("Ericsson", 720),
            ("Nokia", 510),
            ("ZTE", 72),
            ("Samsung", 44),
            ("unknown", 96),
        ),
        "fixed.olt": (("Huawei", 120), ("Nokia", 190), ("Adtran", 66), ("unknown", 12)),
        "cctv": (("Hikvision", 43), ("Axis", 61), ("Dahua", 19), ("Bosch", 12), ("unknown", 18)),
        "unknown": (("Cisco", 210), ("Huawei", 38), ("Dell", 60), ("unknown", 90)),
    }
    return tuple((function, name, count) for function, makers in shares.items() for name, count in makers)
