"""What is wrong with one cell, before anybody knows in which record it stands."""

from __future__ import annotations

__all__ = ["CellFault"]


class CellFault(ValueError):  # noqa: N818 - it is a fault of the cell, not an error of ours
    """A text that cannot be a value of its column."""

    def __init__(self, code: str, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.code, self.what, self.fix = code, what, fix
