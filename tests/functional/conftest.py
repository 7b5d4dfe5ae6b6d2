from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from telvet import pipeline
from telvet.catalog.vendors import load_register
from telvet.model.law import Pack
from telvet.packs.law import load_law

Write = Callable[[str, str | bytes], Path]

KNOWN: dict[tuple[Path, ...], tuple[Pack, ...]] = {}
INVENTORY = """\
id,operator,country,site,category,manufacturer,model,function,generation,access_technology,procured_on,installed_on,lifecycle,component,capabilities,site_tags,traffic,latitude
gnb-1,northwind,GBR,Bramley,telecom,Huawei,AAU,ran.radio,5G,nr,2018-05-01,2019-01-01,live,,,-gbr.national-security,40,51.501
gnb-2,northwind,GBR,Cotgrave,telecom,Ericsson,AIR,ran.radio,5G,nr,2018-05-01,2019-01-01,live,,,-gbr.national-security,60,51.502
hss-1,northwind,GBR,Dunmore,telecom,Huawei Technologies,HSS,core.auth,4G,,2018-05-01,2019-01-01,live,,,-gbr.national-security,,51.503
box-1,northwind,GBR,Dunmore,telecom,,,core.auth,4G,,2018-05-01,2019-01-01,live,,,-gbr.national-security,,51.504
"""

OPERATORS = """\
operators:
  - operator: northwind
    country: GBR
    roles: [mno]
    named_in: [gbr.huawei-direction-2022]
"""


def shipped_law_once(roots: Sequence[Path], *, cache: Path | None = None) -> tuple[Pack, ...]:
    """Load the shipped packs once, and others each time."""
    key = tuple(roots) if len(roots) == 1 else None
    if key is None:
        return load_law(roots, cache=cache)
    if key not in KNOWN:
        KNOWN[key] = load_law(roots, cache=cache)
    return KNOWN[key]


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the cache of parsed packs to the tests, and the console at one width."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("COLUMNS", "100")
        patch.setattr(pipeline, "load_register", functools.cache(load_register))  # neither changes here
        patch.setattr(pipeline, "load_law", shipped_law_once)
        patch.delenv("NO_COLOR", raising=False)
        patch.delenv("FORCE_COLOR", raising=False)
        patch.delenv("TELVET_TRACEBACK", raising=False)
        yield


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return what writes a file into the test's folder."""

    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.fixture
def inventory(write: Write) -> Path:
    """Return a small inventory of one operator: four elements, one of them without a maker."""
    return write("inventory.csv", INVENTORY)


@pytest.fixture
def operators(write: Write) -> Path:
    """Return the operators table for the small inventory."""
    return write("operators.yaml", OPERATORS)
