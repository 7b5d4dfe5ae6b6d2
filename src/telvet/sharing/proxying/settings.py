"""Turns what a user says about a server before which the gate stands into settings, and its files into credentials.

* Credentials go to one origin (scheme, host and port) and to no other, and over plain HTTP only within this machine.
* A file of secrets is read when the proxy opens; what it says stands in no message and in no `repr`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from telvet.errors import Fault, SharingError

__all__ = ["UpstreamSettings", "authorization", "checked", "origin_of"]

_HOME = frozenset({"127.0.0.1", "::1", "localhost"})
_PORTS = {"http": 80, "https": 443}
_SECRET = re.compile(r"[\x21-\x7e]+")
_MOST_SECRET = 65_536


@dataclass(frozen=True, slots=True)
class UpstreamSettings:
    """How a server is asked."""

    address: str
    """Any address of the server: nothing of another scheme, host or port is ever asked."""
    seconds: float = 30.0
    """How long one request may take, with its answer."""
    page_seconds: float = 120.0
    """How long all requests for one page of ours may take."""
    most_bytes: int = 64 * 1024 * 1024
    """How long one answer may be."""
    page: int = 1000
    """The most objects that are asked for at once."""
    token_file: Path | None = None
    """A file with a Bearer token and nothing else."""
    basic_file: Path | None = None
    """A file with `user:password`."""
    certificate: Path | None = None
    """Our certificate, as PEM, with its chain."""
    certificate_key: Path | None = None
    """Its key, as PEM; without it, it stands beside the certificate."""
    trusted: Path | None = None
    """Certificates, as PEM, of whom else to trust."""


def origin_of(address: str) -> tuple[str, str, int]:
    """Return the scheme, host and port of an address.

    Raises:
        ValueError: It is no address of HTTP, or one with a user, a password or a fragment.
    """
    if re.search(r"[\x00-\x20\x7f\\]", address):
        raise ValueError("an address holds no spaces")
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc or parts.fragment:
        raise ValueError("this is no address of a server")
    return parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme]


def checked(settings: UpstreamSettings) -> UpstreamSettings:
    """Return the settings if they can serve.

    Raises:
        SharingError: With a fault for everything that is wrong.
    """
    faults = [*_of_address(settings), *_of_numbers(settings), *_of_files(settings)]
    if faults:
        raise SharingError("the server cannot be asked like this", tuple(faults), code="upstream-settings")
    return settings


def authorization(settings: UpstreamSettings) -> str | None:
    """Return the header `Authorization`, or None where there are no such credentials.

    Raises:
        SharingError: A file cannot be read, or holds something else.
    """
    if settings.token_file is not None:
        held = _secret(settings.token_file, "token_file", lambda text: _SECRET.fullmatch(text) is not None)
        return f"Bearer {held}"
    if settings.basic_file is not None:
        held = _secret(settings.basic_file, "basic_file", lambda text: ":" in text and "\n" not in text)
        return f"Basic {base64.b64encode(held.encode()).decode()}"
    return None


def _secret(path: Path, field: str, fits: Callable[[str], bool]) -> str:
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_SECRET).decode().strip("\r\n")
    except (OSError, ValueError):
        raise _refused(path, field, "file-unreadable", "it cannot be read", "see that it is there, and ours") from None
    if not text or not fits(text):
        form = "one Bearer token" if field == "token_file" else "user:password on one line"
        raise _refused(path, field, "secret-malformed", f"it does not hold {form}", "write that and nothing else")
    return text


def _refused(path: Path, field: str, code: str, what: str, fix: str) -> SharingError:
    fault = Fault(str(path), None, field, code, what, fix)
    return SharingError("the credentials for the server cannot be read", (fault,), code="upstream-settings")


def _of_address(settings: UpstreamSettings) -> list[Fault]:
    try:
        scheme, host, _ = origin_of(settings.address)
    except ValueError as problem:
        fix = "write it as https://taxii.example.org/api/collections/ID/"
        return [_fault("address", "address-malformed", str(problem), fix)]
    if scheme == "http" and host not in _HOME and (settings.token_file or settings.basic_file):
        what = "credentials would go over the network for everybody to read"
        return [_fault("address", "address-plain", what, "write https://, or put a tunnel on this machine before it")]
    return []


def _of_numbers(settings: UpstreamSettings) -> list[Fault]:
    named = {name: getattr(settings, name) for name in ("seconds", "page_seconds", "most_bytes", "page")}
    return [
        _fault(name, "number-too-small", "this is not more than nothing", "write a number above 0")
        for name, number in named.items()
        if not number > 0
    ]


def _of_files(settings: UpstreamSettings) -> list[Fault]:
    faults = []
    if settings.token_file and settings.basic_file:
        faults.append(_fault("token_file", "two-credentials", "there is a token and a password", "give one of them"))
    if settings.certificate_key and not settings.certificate:
        what = "there is a key without its certificate"
        faults.append(_fault("certificate_key", "certificate-missing", what, "give the certificate too"))
    return faults


def _fault(field: str, code: str, what: str, fix: str) -> Fault:
    return Fault("upstream", None, field, code, what, fix)
