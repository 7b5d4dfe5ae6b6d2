"""Options of the commands about evidence, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from telvet.cli.options import WORKSPACE
from telvet.errors import UsageError
from telvet.model.dates import Span, read_day, read_span

__all__ = ["BY", "CATALOGUE", "MOMENT", "SPAN", "WHO", "evidence_place", "now"]


class _Moment(click.ParamType[str]):
    """A moment of recording: a day, meaning its end, or ISO 8601 with a time zone."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Read a moment into the one form in which the ledger writes them."""
        from telvet.workspace.entries import moment

        try:
            day = read_day(str(value))
        except ValueError:
            pass
        else:
            end = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1, microseconds=-1)
            return moment(end)
        try:
            return moment(datetime.fromisoformat(str(value)))
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no day and no moment with a time zone, such as 2024-01-15T09:30:00Z", param, ctx)


class _Who(click.ParamType[str]):
    """The name of a person; the ledger keeps no act without one."""

    name = "who"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Read a name."""
        del param, ctx
        name = str(value).strip()
        if not name:
            raise UsageError("nobody is named", code="no-name", where="--by", fix="write who decides")
        return name


class _Span(click.ParamType[Span]):
    """A day, month, quarter or year."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Span:  # noqa: ANN401
        """Read a span of days."""
        if isinstance(value, Span):
            return value
        try:
            return read_span(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is no date written YYYY-MM-DD, YYYY-MM, YYYYQn or YYYY", param, ctx)


MOMENT = _Moment()
SPAN = _Span()
CATALOGUE = click.option("--no-catalogue", is_flag=True, help="Leave out the positions that telvet brings along.")
WHO = _Who()
BY = click.option("--by", type=WHO, required=True, metavar="WHO", help="Who does this; the ledger keeps the name.")


def evidence_place(*, required: bool) -> Callable[[Any], Any]:
    """Return the option for the workspace in which evidence lies."""
    return click.option(
        "--workspace",
        type=WORKSPACE,
        required=required,
        envvar="TELVET_WORKSPACE",
        show_envvar=True,
        metavar="DIR",
        help="The workspace that keeps the evidence: a folder, or a database's address.",
    )


def now() -> str:
    """Return the moment of the clock in the ledger's form."""
    from telvet.workspace.entries import moment

    return moment(datetime.now(tz=UTC))
