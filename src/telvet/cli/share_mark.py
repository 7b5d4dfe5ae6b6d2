"""`telvet share mark`: repairs of marks in bulk, proposed by one person, signed by another, applied to the very same bundle."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from telvet.cli.evidence_options import BY, now
from telvet.cli.options import DAY, FILE, today
from telvet.cli.output import check_outputs, say, width
from telvet.cli.share_asking import share_place
from telvet.cli.share_lint import content
from telvet.cli.share_state import KEY, STATE
from telvet.errors import UsageError
from telvet.inventory.private_file import private_path
from telvet.reporting.words import counted, printable

if TYPE_CHECKING:
    from telvet.sharing.marking.plan import Plan

__all__ = ["command"]

_PLAN = click.argument("plan", type=FILE)
_BUNDLE = click.argument("bundle", type=FILE)


class _Moment(click.ParamType[datetime]):
    """`now`, or a moment with a time zone."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401
        """Read a moment."""
        if value == "now":
            return datetime.now(tz=UTC)
        try:
            moment = datetime.fromisoformat(str(value))
            return moment.astimezone(UTC) if moment.tzinfo else self.fail("the moment has no time zone", param, ctx)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no moment with a time zone, such as 2024-01-15T09:30:00Z", param, ctx)


@click.group("mark")
def command() -> None:
    """Repair marks in bulk: one person proposes a plan, another signs it, and it fits the one bundle only."""


@command.command("propose", short_help="Write a plan to mend the marks of a bundle.")
@_BUNDLE
@click.option("--rules", type=FILE, default=None, metavar="FILE", help="What a person decided about marks (YAML).")
@click.option("-o", "--output", type=FILE, required=True, metavar="FILE", help="Where to write the plan.")
@BY
@click.option(
    "--as-of", type=DAY, default=None, help="The day for which codes of countries are read; today if not given."
)
@click.option("--allow-opening", is_flag=True, help="Let rules open what is closed, each with its reason.")
@click.option(
    "--new-version",
    type=_Moment(),
    is_flag=False,
    flag_value="now",
    default=None,
    metavar="[MOMENT]",
    help="Give objects of our own a new version; without it every `modified` stays.",
)
@click.option("--ours", multiple=True, metavar="ID", help="An identity of ours; with --new-version.")
def propose(
    bundle: Path,
    rules: Path | None,
    output: Path,
    by: str,
    as_of: date | None,
    allow_opening: bool,
    new_version: datetime | None,
    ours: tuple[str, ...],
) -> int:
    """Write a plan to mend the marks of BUNDLE; nothing is changed yet.

    Unasked it does only what opens nothing: official ids of TLP 2.0, marks that say nothing new taken away, definitions
    added or left out. What else is meant, and first marks, are said in a file of rules.
    """
    from telvet.catalog.handling import read_handling
    from telvet.sharing.marking.bundles import read_pieces
    from telvet.sharing.marking.planning import Asked, planned
    from telvet.sharing.marking.rules import Rules, read_rules

    check_outputs((output,), [one for one in (bundle, rules) if one])
    if bool(new_version) != bool(ours):
        raise UsageError(
            "--new-version and --ours go together",
            code="whose-version",
            why="only who made an object may make a new version of it",
            fix="name our identities with --ours, or leave both out",
        )
    said = read_rules(_text(rules), str(rules)) if rules else Rules()
    asked = Asked(by, as_of or today(), allow_opening, new_version, frozenset(ours))
    plan = planned(read_pieces(content(bundle), bundle.name), said, read_handling(), asked)
    _write(output, plan.written())
    _show(plan)
    say(f"note: {output} waits for a second person: telvet share mark sign {output} --bundle {bundle} --by WHO")
    return 0


@command.command("show")
@_PLAN
def show(plan: Path) -> int:
    """Say what a PLAN would do, what it opens first."""
    _show(_read(plan))
    return 0


@command.command("sign", short_help="Sign a plan that somebody else proposed.")
@_PLAN
@click.option(
    "--bundle",
    type=FILE,
    default=None,
    metavar="FILE",
    help="The bundle; refuse unless it is still the one planned for.",
)
@BY
def sign(plan: Path, bundle: Path | None, by: str) -> int:
    """Sign a PLAN that somebody else proposed; from then on it can be applied."""
    from telvet.sharing.marking.applying import check_bundle
    from telvet.sharing.marking.bundles import digest_of
    from telvet.sharing.marking.plan import signed

    held = _read(plan)
    if bundle is not None:
        check_bundle(held, digest_of(content(bundle)), bundle.name)
    _write(plan, signed(held, by=by, at=now()).written())
    click.echo(printable(f"{plan.name}: proposed by {held.by}, signed by {by}, {_ways(held)}"))
    return 0


@command.command("apply", short_help="Mend a bundle by a signed plan.")
@_PLAN
@_BUNDLE
@click.option("-o", "--output", type=FILE, required=True, metavar="FILE", help="Where to write the mended bundle.")
@share_place(required=False)
@STATE
@KEY
def apply(
    plan: Path, bundle: Path, output: Path, workspace: Path | str | None, state: Path | None, key: Path | None
) -> int:
    """Mend BUNDLE by a PLAN that two persons stand behind, and record it where the workspace has an audit log."""
    from telvet.sharing.marking.applying import applied
    from telvet.sharing.marking.bundles import digest_of, read_pieces

    check_outputs((output,), (plan, bundle))
    held = _read(plan)
    mended = applied(held, read_pieces(content(bundle), bundle.name))
    if place := workspace or state:
        _record(held, digest_of(mended), place, state, key)
    _write(output, mended)
    click.echo(printable(f"{output.name}: {counted(len(held.edits), 'edit')}, {_ways(held)}"))
    if held.foreign and not held.new_version:
        say(f"note: {counted(held.foreign, 'object')} keep the version under which they were known with other marks")
    return 0


def _record(plan: Plan, result: str, workspace: Path | str, state: Path | None, key: Path | None) -> None:
    """Record a mending; a workspace without a log keeps none, and it is said."""
    from telvet.cli.share_audit_options import writing
    from telvet.sharing.audit.records import Event

    told: dict[str, Any] = {"bundle": plan.sha256, "result": result, "plan": plan.digest(), "edits": len(plan.edits)}
    told |= {"proposed_by": plan.by, "signed_by": [one.by for one in plan.signatures], "ways": plan.ways()}
    with writing(workspace, state, key, by=plan.by) as log:
        if log is None:
            say(f"note: there is no audit log in {workspace}, so that this was mended is recorded nowhere")
        else:
            log.append(Event(datetime.now(tz=UTC), plan.by, "marks mended", told))


def _read(path: Path) -> Plan:
    from telvet.sharing.marking.plan import read_plan

    return read_plan(content(path), str(path))


def _text(path: Path) -> str:
    from telvet.errors import SharingError

    try:
        return content(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SharingError("this is not UTF-8", code="encoding", where=str(path), fix="save it as UTF-8") from None


def _write(path: Path, data: bytes) -> None:
    with private_path(path) as passing:
        passing.write_bytes(data)


def _show(plan: Plan) -> None:
    from telvet.reporting.markings import write_plan
    from telvet.reporting.table import colour_wanted

    write_plan(plan, width(), colour_wanted(sys.stdout, os.environ), sys.stdout)


def _ways(plan: Plan) -> str:
    ways = plan.ways()
    return f"{ways['opened']:,} opened, {ways['first']:,} marked for the first time, {ways['closed']:,} closed, {ways['same']:,} as before"
