"""Turns the variables of the environment into the settings of the endpoint that a user names for proposals.

* Nothing is on by default: without an address there are no settings, and nobody is asked.
* The address is plain: no user, no password, no query. Over http it is this machine, or the user wrote that plain is wanted.
* The key is shown nowhere: not in a message, not in the settings' own text; nor is an address that may hold one.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from telvet.errors import UsageError

__all__ = ["EndpointSettings", "settings_asked_for", "settings_from"]

_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:/[A-Za-z0-9._~/-]*)?"
)
_VISIBLE = re.compile(r"[!-~]{1,4096}")
_MODEL = re.compile(r"[ -~]{1,200}")
_LAST_PORT = 65535
_USUAL_SECONDS = 120.0
_HOW = "set TELVET_ENDPOINT to its base address, such as http://127.0.0.1:8000/v1, and TELVET_ENDPOINT_MODEL to a model's name"


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """An OpenAI-compatible endpoint, and how much of its time and words are taken."""

    address: str
    """The base address, below which `/chat/completions` stands."""
    model: str
    key: str | None = field(default=None, repr=False)
    plain: bool = False
    """The user wants http to another machine: the document and the key can be read on the way."""
    timeout_s: float = _USUAL_SECONDS
    """How long one answer may take in all, from connecting to its last byte, a retry included."""
    most_bytes: int = 2_000_000
    """The longest answer that is read."""
    most_proposals: int = 25
    """The most that is proposed for one document."""
    max_chunk: int = 12_000
    """The longest piece of a document, in code points, that is sent at once."""

    def __post_init__(self) -> None:
        """Refuse what cannot be asked, or should not be."""
        _check_address(self.address, plain=self.plain)
        if not _MODEL.fullmatch(self.model):
            raise _wrong(
                "the name of the endpoint's model is empty or no plain text", "set TELVET_ENDPOINT_MODEL to it"
            )
        if self.key is not None and not _VISIBLE.fullmatch(self.key):
            raise _wrong("the endpoint's key holds a space or a sign that no key has", "mend TELVET_ENDPOINT_KEY")
        if min(self.timeout_s, self.most_bytes, self.most_proposals, self.max_chunk) <= 0:
            raise _wrong("a limit of the endpoint is not above zero", "leave it out to take the usual one")


def settings_from(environ: Mapping[str, str]) -> EndpointSettings | None:
    """Return the settings that the environment names, or None where it names no endpoint.

    Raises:
        UsageError: It names one that cannot be asked.
    """
    address = environ.get("TELVET_ENDPOINT", "").strip()
    if not address:
        return None
    plain = environ.get("TELVET_ENDPOINT_PLAIN", "").strip()
    if plain not in {"", "yes", "no"}:
        raise _wrong("TELVET_ENDPOINT_PLAIN is neither yes nor no", "write yes to allow http to another machine")
    return EndpointSettings(
        address=address.rstrip("/"),
        model=environ.get("TELVET_ENDPOINT_MODEL", "").strip(),
        key=environ.get("TELVET_ENDPOINT_KEY", "").strip() or None,
        plain=plain == "yes",
        timeout_s=_seconds(environ.get("TELVET_ENDPOINT_SECONDS", "").strip()),
    )


def settings_asked_for(environ: Mapping[str, str]) -> EndpointSettings:
    """Return the settings where somebody asks for the endpoint: without an address that is an error that says how."""
    settings = settings_from(environ)
    if settings is None:
        raise UsageError(
            "no endpoint is set up to ask for proposals",
            code="endpoint-off",
            why="telvet sends a document nowhere unless you name the place",
            fix=_HOW,
        )
    return settings


def _wrong(what: str, fix: str, why: str = "") -> UsageError:
    return UsageError(what, code="endpoint-setting", why=why, fix=fix)


def _seconds(text: str) -> float:
    if not text:
        return _USUAL_SECONDS
    if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,3})?", text) or not float(text):
        raise _wrong(
            "TELVET_ENDPOINT_SECONDS is no number of seconds", "write how long an answer may take, such as 300"
        )
    return float(text)


def _check_address(address: str, *, plain: bool) -> None:
    found = _ADDRESS.fullmatch(address)
    if not found or int(found["port"] or 1) not in range(1, _LAST_PORT + 1):
        raise _wrong(
            "the endpoint's address is no plain http or https address",
            f"{_HOW}; a key goes into TELVET_ENDPOINT_KEY",
            "an address with a user, a password, a query or unusual signs may lead elsewhere than it seems to",
        )
    if found["scheme"] == "http" and not plain and not _is_here(found["host"]):
        raise _wrong(
            f"the endpoint at {found['host']} would be asked over plain http",
            "write https, or set TELVET_ENDPOINT_PLAIN=yes if the network between is yours",
            "the document and the key could be read and changed on the way",
        )


def _is_here(host: str) -> bool:
    """Tell whether a host is this machine by its own spelling, without asking anybody."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
