"""A program that begins or resumes a log and appends to it until it is killed, saying what was acknowledged.

Run as `python writer.py FOLDER SEGMENT_BYTES`; each line it prints is the place of an acknowledged record and its request.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from telvet.sharing.audit.file_storage import FileStorage
from telvet.sharing.audit.log import AuditLog
from tests.unit.sharing.audit.logs import AT, page, signer


def main(folder: Path, segment_bytes: int) -> None:
    storage = FileStorage(folder, segment_bytes)
    begun = folder.exists()
    log = AuditLog.resume(storage, signer()) if begun else AuditLog.begin(storage, signer(), at=AT, by="ana")
    print("ready", flush=True)  # noqa: T201 - the parent listens
    for number in count():
        receipt = log.append(page(*range(number % 40), request=f"request-{number}"))
        print(receipt.first, f"request-{number}", flush=True)  # noqa: T201 - the parent listens


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
