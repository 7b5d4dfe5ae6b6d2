from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.served.desk import Desk, opened


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("desk")) as made:
        yield made
