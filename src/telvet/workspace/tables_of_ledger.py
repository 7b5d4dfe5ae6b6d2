"""The one register of the ledger's tables, which every module that declares some shares; it is empty until they are read."""

from __future__ import annotations

from sqlalchemy import MetaData

__all__ = ["METADATA"]

METADATA = MetaData()
