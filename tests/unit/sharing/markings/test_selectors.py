from __future__ import annotations

import pytest

from telvet.sharing.markings.selectors import covers, read_selector, selects

THING = {"name": "x", "external_references": [{"url": "u"}], "hashes": {"SHA-256": "0"}, "empty": None}


@pytest.mark.parametrize(
    ("selector", "path"),
    [
        ("name", ("name",)), ("external_references.[0].url", ("external_references", 0, "url")), ("hashes.SHA-256", ("hashes", "SHA-256")),
        ("extensions.extension-definition--ab.x_y", ("extensions", "extension-definition--ab", "x_y")),
    ],
)  # fmt: skip
def test_selectors_are_paths(selector: str, path: tuple[str | int, ...]) -> None:
    assert read_selector(selector) == path


@pytest.mark.parametrize(
    "selector", ["", "[0].a", "a..b", "a.[x]", "a.[-1]", "a[0]", "a.[01]", "a b", "a.*", None, 7, ["name"]]
)
def test_what_is_no_selector_has_no_path(selector: object) -> None:
    assert read_selector(selector) is None


def test_a_parent_covers_its_children() -> None:
    assert covers(("a",), ("a", 0, "b"))
    assert covers(("a", 0), ("a", 0))
    assert not covers(("a", 0), ("a",))
    assert not covers(("a", 1), ("a", 0, "b"))


@pytest.mark.parametrize(
    "selector", ["name", "external_references", "external_references.[0]", "external_references.[0].url", "empty"]
)
def test_a_path_that_leads_to_something_selects(selector: str) -> None:
    assert selects(THING, read_selector(selector) or ())


@pytest.mark.parametrize(
    "selector", ["nam", "name.x", "name.[0]", "external_references.[1]", "external_references.url", "hashes.[0]"]
)
def test_a_path_that_leads_nowhere_does_not(selector: str) -> None:
    assert not selects(THING, read_selector(selector) or ())
