"""Turns annotated documents and what is proposed for them into the numbers by which the proposer is judged.

* A proposal matches an annotation if their spans overlap, and measure and country are the same; relaxed, if the measures are of one kind.
* Each annotation and each proposal is matched once. Core are the kinds that make positions, legislation, pressure, allegation and denial.

Run it as `python tests/evidence_score.py FOLDER...` with `-v` to see what was missed and what was wrong.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from telvet.catalog.evidence_codes import read_codes
from telvet.catalog.gazetteers import read_gazetteers
from telvet.evidence.proposing.proposer import Proposer
from telvet.evidence.proposing.rules import RulesProposer
from telvet.model.dates import Span, read_day, read_span
from telvet.model.evidence import Annotation, Document, Published

__all__ = ["PRESS", "Gold", "Score", "is_core", "press", "read_folder", "score"]

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "data" / "evidence"
PRESS = ROOT.parent / "shared" / "samples" / "press"
_PUBLISHED = {
    "000": "2020-01-09", "001": "2020-01-08", "002": "2018-11-29", "003": "2019-01-27", "004": "2019-06-13",
}  # fmt: skip
_CORE_KINDS = frozenset({"prohibits", "restricts", "conditions", "permits", "deliberates", "uses"})
_CORE = frozenset({"PRESSURE", "ALLEGATION", "DENIAL"})
_ASSERTED = frozenset({"done", "ongoing"})
_SHUTS = frozenset({"prohibits", "restricts"})


@dataclass(frozen=True, slots=True)
class Gold:
    """A document and what people found in it."""

    document: Document
    annotations: tuple[Annotation, ...]


@dataclass(slots=True)
class Score:
    """Counts over documents."""

    documents: int = 0
    gold: int = 0
    gold_core: int = 0
    proposed: int = 0
    proposed_core: int = 0
    most: int = 0
    found: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("strict", "relaxed", "strict core", "relaxed core"), 0)
    )
    recalled: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("strict core", "relaxed core"), 0))
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("strict core", "relaxed core"), 0))
    bans: int = 0
    false_bans: list[Annotation] = field(default_factory=list)
    countries: int = 0
    countries_right: int = 0
    dates: int = 0
    dates_inside: int = 0
    dates_given: int = 0
    modalities_right: int = 0
    modalities: int = 0
    verbatim: int = 0
    missed: list[Annotation] = field(default_factory=list)
    wrong: list[Annotation] = field(default_factory=list)
    off_date: list[tuple[Annotation, Annotation]] = field(default_factory=list)
    off_country: list[tuple[Annotation, Annotation]] = field(default_factory=list)

    def ratio(self, name: str) -> float:
        """Return one of the ratios that are judged."""
        above, below = {
            "recall core": (self.recalled["relaxed core"], self.gold_core),
            "recall core strict": (self.recalled["strict core"], self.gold_core),
            "precision core": (self.right["relaxed core"], self.proposed_core),
            "precision core strict": (self.right["strict core"], self.proposed_core),
            "precision": (self.found["relaxed"], self.proposed),
            "recall": (self.found["relaxed"], self.gold),
            "precision strict": (self.found["strict"], self.proposed),
            "false bans": (len(self.false_bans), self.bans),
            "country": (self.countries_right, self.countries),
            "date": (self.dates_inside, self.dates),
            "modality": (self.modalities_right, self.modalities),
            "verbatim": (self.verbatim, self.proposed),
        }[name]
        return above / below if below else (0.0 if name == "false bans" else 1.0)

    def table(self) -> str:
        """Show what is judged."""
        rows = [
            f"documents {self.documents}, annotations {self.gold} (core {self.gold_core})",
            f"proposals {self.proposed} (core {self.proposed_core}), most a document {self.most}",
            *(f"{name:22} {self.ratio(name):.2f}" for name in (
                "recall core", "precision core", "recall core strict", "precision core strict", "recall", "precision", "precision strict",
                "modality", "verbatim",
            )),
            f"{'false bans':22} {self.ratio('false bans'):.2f}  ({len(self.false_bans)} of {self.bans} asserted bans)",
            f"{'country':22} {self.ratio('country'):.2f}  ({self.countries_right} of {self.countries})",
            f"{'date':22} {self.ratio('date'):.2f}  ({self.dates_inside} of {self.dates}; {self.dates_given} dates given)",
        ]  # fmt: skip
        return "\n".join(rows)


@cache
def _country(text: str | None) -> str | None:
    return read_gazetteers().country(text) if text else None


def is_core(annotation: Annotation) -> bool:
    """Tell whether an annotation is of a kind that is judged."""
    kind = read_codes().measures[annotation.measure].kind
    return kind in _CORE_KINDS or annotation.measure in _CORE or annotation.measure.startswith("LEGISLATION")


def _group(measure: str) -> str:
    kind = read_codes().measures[measure].kind
    if measure.startswith("LEGISLATION"):
        return "legislation"
    return measure if kind == "speaks" else kind


def _matches(gold: Annotation, proposed: Annotation, *, strict: bool) -> bool:
    if not _overlap(gold, proposed) or _country(gold.country) != _country(proposed.country):
        return False
    return gold.measure == proposed.measure if strict else _group(gold.measure) == _group(proposed.measure)


def _overlap(one: Annotation, other: Annotation) -> bool:
    if None in (one.start, one.end, other.start, other.end):
        return False
    return (one.start or 0) < (other.end or 0) and (other.start or 0) < (one.end or 0)


def _pairs(
    gold: Sequence[Annotation], proposed: Sequence[Annotation], *, strict: bool
) -> list[tuple[Annotation, Annotation]]:
    """Match each with each once, the greatest number possible."""
    taken: dict[int, int] = {}

    def place(one: int, seen: set[int]) -> bool:
        for other in edges[one]:
            if other not in seen:
                seen.add(other)
                if other not in taken or place(taken[other], seen):
                    taken[other] = one
                    return True
        return False

    edges = [[n for n, p in enumerate(proposed) if _matches(g, p, strict=strict)] for g in gold]
    for number in range(len(gold)):
        place(number, set())
    return [(gold[g], proposed[p]) for p, g in sorted(taken.items())]


def score(golds: Iterable[Gold], proposer: Proposer) -> Score:
    """Propose for each document and compare with what people found."""
    total = Score()
    for gold in golds:
        _add(total, gold, list(proposer.propose(gold.document)))
    return total


def _add(total: Score, gold: Gold, proposed: list[Annotation]) -> None:
    annotations = gold.annotations
    core, proposed_core = [a for a in annotations if is_core(a)], [p for p in proposed if is_core(p)]
    total.documents += 1
    total.gold += len(annotations)
    total.gold_core += len(core)
    total.proposed += len(proposed)
    total.proposed_core += len(proposed_core)
    total.most = max(total.most, len(proposed))
    total.verbatim += sum(p.quote == gold.document.text[p.start : p.end] for p in proposed)
    for strict in (True, False):
        name = "strict" if strict else "relaxed"
        total.found[name] += len(_pairs(annotations, proposed, strict=strict))
        total.recalled[f"{name} core"] += len(_pairs(core, proposed, strict=strict))
        total.right[f"{name} core"] += len(_pairs(annotations, proposed_core, strict=strict))
    pairs = _pairs(annotations, proposed, strict=False)
    matched = [p for _, p in pairs]
    total.missed += [a for a in core if a not in [g for g, _ in pairs]]
    total.wrong += [p for p in proposed if p not in matched]
    for a, p in pairs:
        total.modalities += 1
        total.modalities_right += a.modality == p.modality
        if a.date and p.date:
            total.dates += 1
            inside = _inside(a.date, p.date)
            total.dates_inside += inside
            if not inside:
                total.off_date.append((a, p))
    total.dates_given += sum(p.date is not None for p in proposed)
    _countries(total, annotations, proposed)
    _bans(total, annotations, proposed)


def _countries(total: Score, annotations: Sequence[Annotation], proposed: Sequence[Annotation]) -> None:
    """Of the proposals that overlap an annotation of their kind, count those whose country one of these has."""
    for p in proposed:
        near = [a for a in annotations if _overlap(a, p) and _group(a.measure) == _group(p.measure)]
        if near and p.country:
            total.countries += 1
            right = any(_country(a.country) == _country(p.country) for a in near)
            total.countries_right += right
            if not right:
                total.off_country.append((near[0], p))


def _bans(total: Score, annotations: Sequence[Annotation], proposed: Sequence[Annotation]) -> None:
    measures = read_codes().measures
    held = {
        _country(a.country) for a in annotations
        if measures[a.measure].kind in _SHUTS and a.modality in _ASSERTED
    }  # fmt: skip
    for p in proposed:
        if measures[p.measure].kind in _SHUTS and p.modality in _ASSERTED:
            total.bans += 1
            if _country(p.country) not in held:
                total.false_bans.append(p)


def _ends(text: str) -> tuple[date, date]:
    first, _, last = text.partition("/")
    if "/" not in text:
        span = read_span(text)
        return span.first, span.last
    return (
        read_span(first).first if first not in {"", ".."} else date.min,
        read_span(last).last if last not in {"", ".."} else date.max,
    )


def _inside(gold: str, proposed: str) -> bool:
    (first, last), (low, high) = _ends(gold), _ends(proposed)
    return low <= first and last <= high


def read_folder(folder: Path) -> Iterator[Gold]:
    """Read a folder with `documents.csv` and `annotations.jsonl`."""
    from telvet.evidence.documents.decoding import decode  # noqa: PLC0415 - other formats need heavy libraries

    with (folder / "documents.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    held = [_read(line) for line in (folder / "annotations.jsonl").read_text(encoding="utf-8").splitlines() if line]
    for row in rows:
        path = folder / row["name"]
        if not path.exists():
            continue
        text = decode(path.read_bytes(), path.name).text
        day = read_day(row["published"]) if row["published"] else None
        document = Document(
            "0" * 64,
            row["name"],
            "text/plain",
            text,
            Published(Span(day, day), "stated") if day else None,
            row["publisher"],
            row["lang"],
        )
        yield Gold(document, tuple(_placed(a, text) for a in held if a.doc == row["name"]))


def press() -> Iterator[Gold]:
    """Read the five articles that lie outside the project, if they are there."""
    lines = (DATA / "press.jsonl").read_text(encoding="utf-8").splitlines()
    held = [_read(line) for line in lines if line]
    for path in sorted(PRESS.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        day = read_day(_PUBLISHED[path.name[:3]])
        document = Document("0" * 64, path.name, "text/plain", text, Published(Span(day, day), "stated"))
        yield Gold(document, tuple(_placed(a, text) for a in held if a.doc == path.name))


def _read(line: str) -> Annotation:
    held = json.loads(line)
    vendor = held.get("vendor") or []
    return Annotation(
        **{**held, "vendor": tuple(vendor) if isinstance(vendor, list) else (vendor,), "quote": held.get("quote", "")}
    )


def _placed(annotation: Annotation, text: str) -> Annotation:
    if annotation.start is not None and annotation.end is not None:
        return replace(annotation, quote=text[annotation.start : annotation.end])
    found = re.search(r"\s+".join(map(re.escape, annotation.quote.split())), text)
    if not found:
        return annotation
    return replace(annotation, start=found.start(), end=found.end())


def _shown(mark: str, a: Annotation) -> str:
    return f"  {mark} {a.measure} {a.modality} {a.country} [{a.date}] | {' '.join(a.quote.split())} | {a.doc[:12]}"


def main(arguments: Sequence[str]) -> None:
    """Print the scores of folders; `press` stands for the five articles."""
    verbose = "-v" in arguments
    for name in (argument for argument in arguments if argument != "-v"):
        result = score(press() if name == "press" else read_folder(Path(name)), RulesProposer())
        print(f"== {name}\n{result.table()}")  # noqa: T201 - it is there to print
        if verbose:
            lines = [
                *(_shown("missed ", a) for a in result.missed), *(_shown("wrong  ", a) for a in result.wrong),
                *(_shown("BAN?   ", a) for a in result.false_bans),
                *(f"{_shown('country', p)} -- gold {a.country}" for a, p in result.off_country),
                *(f"{_shown('date   ', p)} -- gold {a.date}" for a, p in result.off_date),
            ]  # fmt: skip
            print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
