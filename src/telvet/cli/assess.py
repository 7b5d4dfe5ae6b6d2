"""`telvet assess`: read inventories, judge them, and write the report in the format that is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from telvet.cli.options import DAY, FILE, MEMORY, WORKSPACE, beside_options, maps_of, names_of, today
from telvet.errors import UsageError
from telvet.model.status import Status

__all__ = ["command"]

_FORMATS = ("table", "json", "jsonl", "csv", "parquet", "html")
_FOREIGN = frozenset({"xlsx", "xls", "ods", "tsv", "pdf", "docx", "xml", "yaml", "yml", "zip", "gz"})
"""Endings of names that promise what no format of ours is."""


@click.command("assess")
@click.argument("inputs", nargs=-1, required=True, type=FILE)
@beside_options
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default=None, help="Of the report; by the name of -o, else table."
)
@click.option(
    "-o", "--output", type=FILE, default=None, metavar="FILE", help="Where to write it; standard output if not given."
)
@click.option(
    "--fail-on",
    type=click.Choice([str(status) for status in Status if status is not Status.CLEAR]),
    default=None,
    help="Exit with 1 if a finding is as strong as this, or unknown.",
)
@click.option("--allow-unknown", is_flag=True, help="Do not let --fail-on fail on unknown.")
@click.option("--redact", is_flag=True, help="Leave out sites, coordinates, lawful intercept and confidential orders.")
@click.option(
    "--since", type=DAY, default=None, metavar="DATE", help="Show what changed since an earlier day of judgement."
)
@click.option("--rejects", type=FILE, default=None, metavar="FILE", help="Where to keep the rows that were set aside.")
@click.option(
    "--workspace",
    type=WORKSPACE,
    default=None,
    metavar="DIR",
    help="Show dispositions kept there, and remember this run.",
)
@click.option(
    "--memory", type=MEMORY, default="600MiB", show_default=True, help="At most this much memory for the engine."
)
def command(
    inputs: tuple[Path, ...], laws: tuple[str, ...], as_of: date | None, operators: tuple[Path, ...], overlays: tuple[Path, ...],
    partners: tuple[Path, ...], arrangements: tuple[Path, ...], assertions: tuple[Path, ...],
    packs: tuple[Path, ...], maps: tuple[str, ...], sheet: str | None, strict: bool, form: str | None, output: Path | None, fail_on: str | None,
    allow_unknown: bool, redact: bool, since: date | None, rejects: Path | None, workspace: Path | str | None, memory: str,
) -> int:  # fmt: skip
    """Say what the law of each country says about an inventory on a date.

    INPUTS are CSV, TSV, XLSX, Parquet or JSON lines. Decision support, not legal advice.
    """
    from telvet.cli.report import Order, deliver
    from telvet.pipeline import Request

    request = Request(
        inputs=inputs, as_of=as_of or today(), laws=names_of(laws), operators=operators, overlays=overlays,
        partners=partners, arrangements=arrangements, assertions=assertions, workspace=workspace,
        maps=maps_of(maps), sheet=sheet, strict=strict, redact=redact, packs=packs, memory=memory,
    )  # fmt: skip
    order = Order(
        form or _by_name(output), output, Status(fail_on) if fail_on else None, allow_unknown, since, rejects, workspace
    )
    return deliver(request, order)


def _by_name(output: Path | None) -> str:
    suffix = output.suffix.lstrip(".").lower() if output else ""
    if suffix in _FOREIGN:
        raise UsageError(
            f"telvet writes no {suffix}",
            code="output",
            where=str(output),
            fix=f"name a file that ends in .{', .'.join(_FORMATS[1:])} or .txt, or say --format",
        )
    return {"ndjson": "jsonl", "htm": "html"}.get(suffix, suffix if suffix in _FORMATS else "table")
