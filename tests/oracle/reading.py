"""Read packs as the oracle sees them: a folder of YAML files, or the same files as plain data.

Days stay text and `yes` and `no` stay words, whatever YAML makes of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

__all__ = ["load_yaml", "pack_of_files", "read_pack"]


class _PlainLoader(yaml.SafeLoader):
    """Resolves numbers, true, false and null only."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_BOOL = "tag:yaml.org,2002:bool"
_PlainLoader.add_implicit_resolver(_BOOL, re.compile("^(?:true|false)$"), list("tf"))


def load_yaml(text: str) -> Any:
    """Parse YAML text."""
    return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a safe loader with fewer rules


def pack_of_files(files: Mapping[str, Any]) -> dict[str, Any]:
    """Return a pack from its files' parsed contents by their paths in the folder."""
    provisions = [about for path, about in sorted(files.items()) if path.startswith("provisions/")]
    return {
        "pack": files["pack.yaml"],
        "designations": files.get("designations.yaml", []),
        "provisions": provisions,
    }


def read_pack(folder: Path) -> dict[str, Any]:
    """Read a pack's folder."""
    paths = [*folder.glob("*.yaml"), *folder.glob("provisions/*.yaml")]
    return pack_of_files({path.relative_to(folder).as_posix(): load_yaml(path.read_text("utf-8")) for path in paths})
