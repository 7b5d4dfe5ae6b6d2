"""The file of a server's configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from telvet.errors import Fault, SharingError
from telvet.sharing.taxii.config import Bounds, Config, Tls
from telvet.sharing.taxii.config_reading import read_config
from telvet.sharing.taxii.source import Collection

EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "sharing" / "taxii.yaml"
OPEN = "11111111-1111-4111-8111-111111111111"
ROOTS = f"""
roots:
  - path: intel
    title: Intelligence
    collections:
      - {{id: {OPEN}, title: Open, alias: open}}
"""
USERS = """
users:
  - {name: ann, role: staff, token_sha256: ["%s"], read: [all]}
""" % ("ab" * 32)
WHOLE = f"title: Sharing{ROOTS}{USERS}"

Read = Callable[[str], Config]
Told = Callable[[str], list[Fault]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str) -> Config:
        path = tmp_path / "taxii.yaml"
        path.write_text(text, "utf-8")
        return read_config(path)

    return read_text


@pytest.fixture
def told(read: Read) -> Told:
    def faults(text: str) -> list[Fault]:
        with pytest.raises(SharingError) as caught:
            read(text)
        return list(caught.value.faults)

    return faults


def test_the_example_is_read() -> None:
    config = read_config(EXAMPLE)
    assert [root.path for root in config.roots] == ["intel"]
    assert config.roots[0].collections[0].purpose == "cyber-defence"
    ann, northland = config.users
    assert ann.read == ann.write == {one.id for one in config.roots[0].collections}
    assert (northland.partner, len(northland.read), len(northland.write)) == ("northland-cert", 1, 1)


def test_what_is_not_written_is_as_usual(read: Read) -> None:
    config = read(WHOLE)
    assert config.bounds == Bounds()
    assert (config.host, config.port, config.tls, config.plain_http) == ("127.0.0.1", 6200, None, False)
    assert config.roots[0].collections == (Collection(OPEN, "Open", alias="open"),)


def test_everything_can_be_written(read: Read, tmp_path: Path) -> None:
    config = read(
        WHOLE + "description: What\ncontact: desk\ndefault: intel\nhost: 0.0.0.0\nport: 0\nplain_http: true\n"
        "page: {default: 5, most: 7}\nmax_content_length: 9\ntick_ms: 0\nbody_seconds: 1\n"
        "tls: {certificate: a.pem, key: a.key, client_authorities: b.pem, require: true}\n"
    )
    assert (config.description, config.contact, config.default) == ("What", "desk", "intel")
    assert (config.host, config.port, config.plain_http) == ("0.0.0.0", 0, True)  # noqa: S104 - what was written
    assert config.bounds == Bounds(9, 5, 7, 0, body_seconds=1)
    assert config.tls == Tls(tmp_path / "a.pem", tmp_path / "a.key", tmp_path / "b.pem", require=True)


def test_a_smaller_page_needs_no_usual_one(read: Read) -> None:
    assert read(WHOLE + "page: {most: 10}\n").bounds.default_page == 10


def test_a_collection_may_lie_upstream(read: Read) -> None:
    config = read(WHOLE.replace("alias: open", "upstream: https://up.example/a/collections/b/, media_types: [a/b]"))
    found = config.roots[0].collections[0]
    assert (found.upstream, found.media_types) == ("https://up.example/a/collections/b/", ("a/b",))


@pytest.mark.parametrize(
    ("text", "field", "code", "line"),
    [
        (WHOLE.replace("title: Sharing", "titel: Sharing"), "titel", "unknown-code", 1),
        (WHOLE.replace("path: intel", "path: taxii2"), "path", "taxii-root", 3),
        (WHOLE.replace("path: intel", "path: a/b"), "path", "taxii-root", 3),
        (WHOLE.replace(OPEN, "open"), "id", "taxii-id", 6),
        (WHOLE.replace("alias: open", f"alias: {OPEN}"), "alias", "taxii-alias", 6),
        (WHOLE.replace("alias: open", "alias: a b"), "alias", "taxii-alias", 6),
        (WHOLE.replace("alias: open", "upstream: https://up.example/a"), "upstream", "taxii-upstream", 6),
        (WHOLE.replace("alias: open", "upstream: ftp://up.example/"), "upstream", "taxii-upstream", 6),
        (WHOLE.replace("alias: open", "media_types: [stix]"), "media_types", "taxii-media-type", 6),
        (WHOLE.replace("alias: open", "media_types: []"), "media_types", "missing", 6),
        (WHOLE + "default: other\n", "default", "unknown-code", 10),
        (WHOLE + "port: 70000\n", "port", "taxii-number", 10),
        (WHOLE + "port: http\n", "port", "taxii-number", 10),
        (WHOLE + "tick_ms: -1\n", "tick_ms", "taxii-number", 10),
        (WHOLE + "body_seconds: true\n", "body_seconds", "taxii-number", 10),
        (WHOLE + "max_content_length: 0\n", "max_content_length", "taxii-number", 10),
        (WHOLE + "page: {default: 9, most: 7}\n", "default", "taxii-page", 10),
        (WHOLE + "page: 9\n", "page", "not-a-mapping", 10),
        (WHOLE + "plain_http: perhaps\n", "plain_http", "taxii-flag", 10),
        (WHOLE + "tls: {certificate: a.pem}\n", "key", "missing", 10),
        (WHOLE + "tls: {certificate: a, key: b, require: true}\n", "require", "taxii-authorities", 10),
        (WHOLE + "tls: 1\n", "tls", "not-a-mapping", 10),
        (f"title: Sharing\nroots: []\n{USERS}", "roots", "missing", 2),
        ("- a\n", None, "not-a-mapping", 1),
    ],
)
def test_a_fault_has_its_place(told: Told, text: str, field: str | None, code: str, line: int) -> None:
    faults = told(text)
    assert (field, code, line) in {(fault.field, fault.code, fault.record) for fault in faults}
    assert all(fault.line() for fault in faults)


def test_all_faults_are_told_at_once(told: Told) -> None:
    text = WHOLE.replace("path: intel", "path: taxii2").replace("role: staff", "role: boss") + "port: 70000\n"
    assert {fault.code for fault in told(text)} == {"taxii-root", "unknown-code", "taxii-number"}


def test_ids_and_aliases_are_given_once(told: Told) -> None:
    twice = ROOTS + f"      - {{id: {OPEN}, title: Open, alias: open}}\n"
    assert [fault.code for fault in told(f"title: a{twice}{USERS}")] == ["taxii-alias", "taxii-id"]


@pytest.mark.parametrize("text", ["{", "a: 1\na: 2\n", "\x00"])
def test_what_is_no_yaml_is_told(told: Told, text: str) -> None:
    assert told(text)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SharingError) as caught:
        read_config(tmp_path / "missing.yaml")
    assert [fault.code for fault in caught.value.faults] == ["unreadable"]
