"""Turn a pack's checked documents into the model: instruments, designations, provisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from telvet.errors import Fault, PackError
from telvet.model.condition import All, Condition
from telvet.model.dates import Duration, read_day
from telvet.model.law import (
    Citation,
    Deadline,
    Designation,
    Effect,
    EffectKind,
    Excuse,
    ExcuseKind,
    Extension,
    Instrument,
    Metric,
    Pack,
    Provision,
    Share,
    Subject,
)  # fmt: skip
from telvet.model.status import Force, Grade
from telvet.packs.conditions import ConditionReader
from telvet.packs.documents import PackDocuments

__all__ = ["build_pack"]

_Doc = Mapping[str, Any]


def build_pack(documents: PackDocuments) -> Pack:
    """Return the pack that the documents describe; unresolved names are raised together as PackError."""
    head = documents.pack
    functions = {name: tuple(codes) for name, codes in head.get("functions", {}).items()}
    designations = {row["id"]: row for row in documents.designations}
    reader = ConditionReader(head["id"], functions, frozenset(designations))
    binds = reader.read(head.get("binds"))
    pack = Pack(
        id=head["id"],
        title=head["title"],
        jurisdiction=head["jurisdiction"],
        force=Force(head["force"]),
        enacted=read_day(head["enacted"]),
        to=_day(head.get("to")),
        version=str(head["version"]),
        about=head["about"],
        binds=binds,
        functions=functions,
        instruments={row["id"]: _instrument(row) for row in documents.instruments},
        designations={f"{head['id']}#{row['id']}": _designation(row, head["id"]) for row in documents.designations},
        provisions=tuple(
            _provision(document, head, binds, reader) for _, document in sorted(documents.provisions.items())
        ),
        supersedes=tuple(head.get("supersedes", ())),
        digest=documents.digest,
        uncertain=head.get("uncertain", ""),
    )
    if reader.unresolved:
        faults = tuple(Fault(head["id"], None, None, "pack-name", what) for what in dict.fromkeys(reader.unresolved))
        raise PackError(f"the pack {head['id']} names what it does not declare", faults, code="pack-name")
    return pack


def _day(text: str | None) -> date | None:
    return read_day(text) if text else None


def _percent(text: str) -> Fraction:
    return Fraction(text.removesuffix("%").strip()) / 100


def _instrument(row: _Doc) -> Instrument:
    return Instrument(
        row["id"], row["title"], row["issuer"], read_day(row["dated"]), row.get("address"), Grade(row["read"])
    )


def _cites(rows: list[_Doc]) -> tuple[Citation, ...]:
    return tuple(Citation(row["instrument"], row["place"], Grade(row["grade"])) for row in rows)


def _designation(row: _Doc, pack: str) -> Designation:
    closure = row["closure"]
    return Designation(
        id=f"{pack}#{row['id']}",
        vendor=row.get("vendor"),
        home=tuple(row.get("home", ())),
        tests=row["tests"],
        closure=float(_percent(closure["at least"]) * 100) if isinstance(closure, Mapping) else closure,
        annex=tuple(row.get("annex", ())),
        owned_on=row.get("owned on", "judgement"),
        from_=read_day(row["from"]),
        to=_day(row.get("to")),
        cites=_cites(row["cites"]),
        uncertain=row.get("uncertain", ""),
    )


def _deadline(value: str | _Doc | None) -> Deadline | None:
    if value is None:
        return None
    if isinstance(value, str):
        return Deadline(day=read_day(value))
    plus = Duration(value.get("years", 0), value.get("months", 0), value.get("days", 0))
    return Deadline(anchor=value["after"], plus=plus)


def _effect(value: str | _Doc | None) -> Effect:
    match value:
        case None | "prohibit use":
            return Effect(EffectKind.STATE, "use")
        case "consider":
            return Effect(EffectKind.CONSIDER, "consider")
        case {"prohibit": act}:
            return Effect(EffectKind.EVENT, act)
        case {"bar": act}:
            return Effect(EffectKind.BAR, act)
        case {"require": act}:
            return Effect(EffectKind.REQUIRE, act)
    raise ValueError(value)


def _excuses(document: _Doc, reader: ConditionReader) -> tuple[Excuse, ...]:
    kinds = {
        "except": ExcuseKind.EXCEPTION,
        "waivers": ExcuseKind.WAIVER,
        "temporary licences": ExcuseKind.TEMPORARY_LICENCE,
    }
    return tuple(
        Excuse(
            row["id"],
            kind,
            reader.read(row["when"]),
            _day(row.get("from")),
            _day(row.get("to")),
            row.get("issuer"),
            _cites(row["cites"]),
        )
        for key, kind in kinds.items()
        for row in document.get(key, ())
    )


def _share(document: _Doc, head: _Doc, reader: ConditionReader) -> Share | None:
    if (share := document.get("share")) is None:
        return None
    declared = head.get("metrics", {})
    reader.unresolved.extend(
        f"metric {name!r} is not declared in pack.yaml" for name in share["by"] if name not in declared
    )
    metrics = tuple(
        Metric(name, declared[name].get("count"), declared[name].get("sum"), tuple(declared[name].get("at", ())))
        for name in share["by"]
        if name in declared
    )
    return Share(reader.read(share["of"]), reader.read(share["among"]), metrics, _percent(share["at most"]))


def _provision(document: _Doc, head: _Doc, binds: Condition, reader: ConditionReader) -> Provision:
    own = reader.read(document.get("binds"))
    share = _share(document, head, reader)
    ((kind, text),) = document["text"].items()
    return Provision(
        id=f"{head['id']}.{document['id']}",
        pack=head["id"],
        title=document["title"],
        subject=Subject(document["subject"]),
        binds=All((binds, own)) if "binds" in document else binds,
        when=share.among if share else reader.read(document["when"]),
        effect=_effect(document.get("effect")),
        enacted=read_day(document.get("enacted", head["enacted"])),
        from_=_deadline(document.get("from")),
        by=_deadline(document.get("by")),
        to=min(filter(None, (_day(document.get("to")), _day(head.get("to")))), default=None),
        extensions=tuple(
            Extension(row["id"], read_day(row["granted"]), read_day(row["to"]), _cites(row["cites"]))
            for row in document.get("extensions", ())
        ),
        excuses=_excuses(document, reader),
        share=share,
        per=tuple(dict.fromkeys(("operator", *document.get("per", ())))) if share else (),
        force=Force(document.get("force", head["force"])),
        cites=_cites(document["cites"]),
        text=text,
        quoted=kind == "quotation",
        uncertain=document.get("uncertain", ""),
        weigh=reader.read(document["weigh"]) if "weigh" in document else None,
    )
