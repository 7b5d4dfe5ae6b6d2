"""Turns a recall, and what has gone out, into a notice for each partner who holds something of it.

* The words of the notice are data; what stands in it comes from the audit log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from string import Template

from telvet.model.release import Recall
from telvet.sharing.audit.reading import ReleasedRow
from telvet.shipped import shipped

__all__ = ["notices", "touched"]


def touched(recall: Recall, rows: Iterable[ReleasedRow]) -> dict[str, list[ReleasedRow]]:
    """Return what a recall calls back, by the partner who holds it."""
    found: dict[str, list[ReleasedRow]] = defaultdict(list)
    for row in rows:
        if row.object in recall.objects and (recall.partners is None or row.partner in recall.partners):
            found[row.partner].append(row)
    return dict(sorted(found.items()))


def notices(recall: Recall, rows: Iterable[ReleasedRow]) -> dict[str, str]:
    """Return the text of the notice for each partner who holds something of it."""
    words = Template((shipped("catalog") / "release" / "recall_notice.txt").read_text(encoding="utf-8"))
    return {
        partner: words.substitute(
            id=recall.id,
            partner=partner,
            by=_line(recall.by),
            on=recall.on.isoformat(),
            why=_line(recall.why),
            objects="\n".join(map(_listed, held)),
        )
        for partner, held in touched(recall, rows).items()
    }


def _listed(row: ReleasedRow) -> str:
    """Say which version went out when, and its digest, so that it can be found."""
    times = f"{row.first[:19]}Z" if row.times == 1 else f"{row.first[:19]}Z to {row.last[:19]}Z, {row.times} times"
    return f"  {row.object}\n    version {row.version or 'without date'}, sent {times}\n    sha256 {row.digest}"


def _line(text: str) -> str:
    return " ".join(text.split())
