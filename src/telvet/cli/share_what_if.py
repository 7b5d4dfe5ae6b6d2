"""`telvet share what-if`: what else would go to a partner, or stay, if a fact were another."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.options import DAY, FILE, names_of
from telvet.cli.output import check_outputs, put
from telvet.cli.share_asking import Asking, asking, screen
from telvet.cli.share_file import AS, beside, file_of
from telvet.cli.share_holding import holding_as_they_are
from telvet.errors import UsageError
from telvet.tables.codes import nearest

if TYPE_CHECKING:
    from telvet.model.release import Outcome
    from telvet.model.sharing import Decision
    from telvet.sharing.recorded.known import Known
    from telvet.sharing.releasing.gate import Gate
    from telvet.sharing.releasing.offering import OfferedFile

__all__ = ["command"]


@click.command("what-if")
@click.argument("file", type=FILE)
@asking
@AS
@click.option("--on", type=DAY, default=None, help="If it were another day.")
@click.option("--lapse", multiple=True, metavar="ID", help="If this arrangement were not in force.")
@click.option("--with-law", multiple=True, metavar="ID[,ID]", help="If these packs or provisions applied too.")
@click.option("--bans", multiple=True, metavar="VENDOR/GENERATION", help="If the partner's country banned it.")
@click.option("--permits", multiple=True, metavar="VENDOR/GENERATION", help="If the partner's country permitted it.")
@click.option("--with-facts", type=FILE, multiple=True, metavar="FILE", help="If these facts were on record too.")
@click.option("--released", is_flag=True, help="Compare what leaves by a person's act, not what may leave.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output.")
def command(
    asking: Asking,
    file: Path,
    kind: str | None,
    on: date | None,
    lapse: tuple[str, ...],
    with_law: tuple[str, ...],
    bans: tuple[str, ...],
    permits: tuple[str, ...],
    with_facts: tuple[Path, ...],
    released: bool,
    form: str,
    output: Path | None,
) -> int:
    """Compare what of FILE may go to a partner now with what may go if a fact were another."""
    from telvet.reporting import what_if as report
    from telvet.sharing.lawful.changes import what_changes

    check_outputs((output,), (file, beside(file)))
    other = _Other(on, lapse, with_law, bans, permits, with_facts)
    read = file_of(file, kind)
    gates = other.gates(asking)
    before, after = (_came_out(gate, read, asking, released=released) for gate in gates)
    changes = what_changes(before, after)
    if form == "jsonl":
        put(output, lambda out: report.write_jsonl(changes, out))
    else:
        put(output, lambda out: report.write_table(*gates, changes, *screen(output), out, other.words()))
    return 0


@dataclass(frozen=True, slots=True)
class _Other:
    """What would be another."""

    on: date | None
    lapse: tuple[str, ...]
    laws: tuple[str, ...]
    bans: tuple[str, ...]
    permits: tuple[str, ...]
    facts: tuple[Path, ...]

    def gates(self, asking: Asking) -> tuple[Gate, Gate]:
        """Return the gate as it is, and as it would be.

        Raises:
            UsageError: Nothing would be another, or what would be cannot be.
        """
        if not any((self.on, self.lapse, self.laws, self.bans, self.permits, self.facts)):
            raise UsageError(
                "nothing would be another",
                code="no-change",
                why="both sides of the comparison are the same",
                fix="give one of --on, --lapse, --with-law, --bans, --permits, --with-facts",
            )
        known = asking.known()
        with _country(asking, known, self.bans, self.permits) as overlays:
            then = replace(
                asking,
                as_of=self.on or asking.as_of,
                laws=(*(asking.laws or ("all",)), *names_of(self.laws)) if self.laws else asking.laws,
                facts=(*asking.facts, *self.facts),
                overlays=(*asking.overlays, *overlays),
            )
            return asking.gate(known), then.gate(_without(then.known(), self.lapse))

    def words(self) -> list[str]:
        """Say it, as far as neither the day nor the law does."""
        files = tuple(path.name for path in self.facts)
        told = (("without", self.lapse), ("it bans", self.bans), ("it permits", self.permits), ("with", files))
        return [f"{word} {', '.join(named)}" for word, named in told if named]


def _came_out(gate: Gate, file: OfferedFile, asking: Asking, *, released: bool) -> dict[str, Outcome | Decision]:
    """Return by name what becomes of each."""
    from telvet.sharing.releasing.offering import offered

    things = offered(file, gate, asking.purpose)
    came: Sequence[Outcome | Decision] = (
        gate.outcomes(things, holding_as_they_are(gate, asking.workspace)) if released else gate.decisions(things)
    )
    names = [f"{each.thing.id} {each.thing.version}".strip() for each in things]
    return dict(zip(names, came, strict=True))


def _without(known: Known, lapse: tuple[str, ...]) -> Known:
    """Leave out arrangements; one that is not on record is a mistake."""
    there = {each.id for each in known.arrangements}
    for name in lapse:
        if name not in there:
            near = nearest(name, tuple(sorted(there)))
            fix = f"did you mean {near!r}?" if near else "`telvet share facts list --kind arrangement` shows them"
            raise UsageError(
                f"no arrangement {name!r} is on record", code="unknown-arrangement", where="--lapse", fix=fix
            )
    return replace(known, arrangements=frozenset(each for each in known.arrangements if each.id not in lapse))


@contextmanager
def _country(
    asking: Asking, known: Known, bans: tuple[str, ...], permits: tuple[str, ...]
) -> Iterator[tuple[Path, ...]]:
    """Yield overlays that say of the partner's country what would be; the file is gone afterwards."""
    partner = known.partners.get(asking.partner)
    said = [*(f"-{_permit('--bans', each)}" for each in bans), *(_permit("--permits", each) for each in permits)]
    if not said or partner is None:
        yield ()
        return
    if partner.country is None:
        raise UsageError(
            f"the country of {partner.id} is not on record",
            code="no-country",
            where="--bans, --permits",
            fix="record it, or compare with --with-facts",
        )
    with tempfile.TemporaryDirectory(prefix="telvet-") as folder:
        path = Path(folder) / "what-if.yaml"
        rows = "".join(
            f"- {{kind: permits, subject: {partner.country}, text: '{each.replace(chr(39), chr(39) * 2)}', source: what if}}\n"
            for each in said
        )
        path.write_text(f"overlays:\n{rows}", encoding="utf-8")
        yield (path,)


def _permit(option: str, text: str) -> str:
    """Return a vendor's id and a generation; what is none would be told of an overlay that is nobody's file.

    Raises:
        UsageError: It is no vendor and generation, or the vendor is not known.
    """
    from telvet.evidence.positions.asking import vendor_asked
    from telvet.pipeline import register_of
    from telvet.tables.codes import GENERATIONS

    vendor, _, generation = (part.strip() for part in text.partition("/"))
    if not vendor or generation not in GENERATIONS:
        raise UsageError(
            f"{text!r} is no vendor and generation",
            code="not-of-a-country",
            where=option,
            fix=f"write vendor/generation, such as acme/5G; generations are {', '.join(GENERATIONS)}",
        )
    try:
        return f"{vendor_asked(vendor, register_of())}/{generation}"
    except UsageError as problem:
        raise UsageError(problem.what, code=problem.code, where=option, fix=problem.fix) from None
