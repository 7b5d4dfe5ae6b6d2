from __future__ import annotations  # being written
