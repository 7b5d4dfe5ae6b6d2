from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from telvet.errors import SharingError
from telvet.sharing.proxying.settings import UpstreamSettings, authorization, checked, origin_of


def faults(**more: Any) -> set[str]:
    with pytest.raises(SharingError) as caught:
        checked(UpstreamSettings(**{"address": "https://taxii.example.org/", **more}))
    return {fault.code for fault in caught.value.faults}


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin_of("https://Taxii.example.org/api/") == ("https", "taxii.example.org", 443)
    assert origin_of("http://taxii.example.org:8080/") == ("http", "taxii.example.org", 8080)


@pytest.mark.parametrize(
    "address",
    ["", "taxii.example.org", "ftp://example.org/", "https://", "https://u:p@example.org/", "https://example.org/#x",
     "https://example.org/a b", "https://example.org:port/", "https://example.org\\@evil.example/"],
)  # fmt: skip
def test_what_is_no_address_has_no_origin(address: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        origin_of(address)
    assert faults(address=address) == {"address-malformed"}


def test_all_that_is_wrong_is_told_at_once() -> None:
    both = {"token_file": Path("a"), "basic_file": Path("b")}
    wrong = faults(address="http://example.org/", seconds=0, page=-1, certificate_key=Path("k"), **both)
    assert wrong == {"address-plain", "number-too-small", "two-credentials", "certificate-missing"}


def test_credentials_may_go_plainly_within_this_machine_and_nothing_else_does() -> None:
    for host in ("127.0.0.1", "localhost", "[::1]"):
        assert checked(UpstreamSettings(f"http://{host}:1/", token_file=Path("t"))).token_file == Path("t")
    assert checked(UpstreamSettings("http://example.org/")).token_file is None


def test_a_token_and_a_password_are_read_from_their_files(tmp_path: Path) -> None:
    token, basic = tmp_path / "token", tmp_path / "basic"
    token.write_text("abc.DEF\n")
    basic.write_text("user:pass word\n")
    assert authorization(UpstreamSettings("https://example.org/", token_file=token)) == "Bearer abc.DEF"
    assert authorization(UpstreamSettings("https://example.org/", basic_file=basic)) == "Basic dXNlcjpwYXNzIHdvcmQ="
    assert authorization(UpstreamSettings("https://example.org/")) is None


@pytest.mark.parametrize(
    ("field", "content", "code"),
    [
        ("token_file", None, "file-unreadable"),
        ("token_file", b"", "secret-malformed"),
        ("token_file", b"two words", "secret-malformed"),
        ("token_file", b"line\r\nX-Header: more", "secret-malformed"),
        ("basic_file", b"nobody", "secret-malformed"),
        ("basic_file", b"\xff:\xff", "file-unreadable"),
    ],
)
def test_a_file_of_secrets_that_holds_something_else_is_refused_without_showing_it(
    tmp_path: Path, field: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    given: dict[str, Any] = {field: path}
    with pytest.raises(SharingError) as caught:
        authorization(UpstreamSettings("https://example.org/", **given))
    assert [fault.code for fault in caught.value.faults] == [code]
    shown = "\n".join(caught.value.lines())
    assert "words" not in shown
    assert "nobody" not in shown
