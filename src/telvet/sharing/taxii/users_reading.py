"""The users in a server's configuration -> `User`, and what is wrong with them into faults.

* No name, token or certificate stands for two users. No secret is told back in a fault.
* Every password costs the same to check: from how long a login took, nobody learns whose it was, or that it was anybody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from telvet.catalog.checked_yaml import CheckedYaml
from telvet.sharing.taxii.config import Root, User
from telvet.sharing.taxii.source import Collection
from telvet.sharing.taxii.tokens import PasswordHash

__all__ = ["read_users"]

_MEANS = ("token_sha256", "password_scrypt", "certificate_sha256", "certificate_subject")
_OPTIONAL = ("partner", "read", "write", *_MEANS)
_ROLES = ("staff", "partner")
_NAME = re.compile(r"[^:\x00-\x1f\x7f]{1,128}")
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ALL = "all"

Steps = tuple[str | int, ...]


def read_users(file: CheckedYaml, value: object, roots: Sequence[Root], *, asks_certificates: bool) -> tuple[User, ...]:
    """Read the list of users.

    Args:
        file: Takes the faults.
        value: The list.
        roots: With the collections that rights are about.
        asks_certificates: The server asks clients for certificates.
    """
    if not isinstance(value, list) or not value:
        if value is not None:
            file.fault(("users",), "missing", "a list that is not empty is wanted here")
        return ()
    reader = _Reader(file, roots, asks_certificates)
    users = [user for place, given in enumerate(value) if (user := reader.user(("users", place), given))]
    reader.check_costs()
    return tuple(users)


class _Reader:
    """Reads users one after the other, and remembers what is taken."""

    def __init__(self, file: CheckedYaml, roots: Sequence[Root], asks_certificates: bool) -> None:  # noqa: FBT001 - passed on
        self._file, self._asks = file, asks_certificates
        self._taken: set[tuple[str, str]] = set()
        self._passwords: list[tuple[Steps, PasswordHash]] = []
        found = [each for root in roots for each in root.collections]
        aliases = Counter(each.alias for each in found if each.alias)
        self._ids = frozenset(each.id for each in found)
        self._names = {name: each.id for each in found for name in _names(each) if aliases[name] <= 1}
        self._ambiguous = {alias for alias, count in aliases.items() if count > 1}

    def user(self, steps: Steps, given: object) -> User | None:
        if not self._file.keys(steps, given, ("name", "role"), _OPTIONAL) or not isinstance(given, Mapping):
            return None
        name = given["name"]
        if not self._file.text((*steps, "name"), name) or not self._free(steps, "name", str(name)):
            return None
        if not _NAME.fullmatch(str(name)):
            self._file.fault((*steps, "name"), "taxii-name", "a name has no colon and no control character", value=name)
        if not any(key in given for key in _MEANS):
            what = "nothing shows who this user is"
            self._file.fault(steps, "taxii-means", what, f"write one of {', '.join(_MEANS)}")
        return User(
            str(name),
            self._partner(steps, given),
            self._rights((*steps, "read"), given),
            self._rights((*steps, "write"), given),
            self._hashes(steps, "token_sha256", given),
            self._password(steps, given),
            self._hashes(steps, "certificate_sha256", given),
            self._subjects(steps, given),
        )

    def check_costs(self) -> None:
        """Fault every password that does not cost what the first one does."""
        for steps, password in self._passwords[1:]:
            if password.cost != self._passwords[0][1].cost:
                what = "this password does not cost to check what the first one does"
                self._file.fault(steps, "taxii-password", what, "store all passwords with the same n, r, p and length")

    def _partner(self, steps: Steps, given: Mapping[str, Any]) -> str | None:
        role, partner = given["role"], given.get("partner")
        if not self._file.one_of((*steps, "role"), role, _ROLES, "role"):
            return None
        if (role == "partner") != ("partner" in given):
            what = "the role partner names a partner, and no other does"
            self._file.fault((*steps, "partner"), "taxii-partner", what, "write whose view it is, or the role staff")
            return None
        if role == "partner":
            self._file.text((*steps, "partner"), partner)
            return str(partner)
        return None

    def _rights(self, steps: Steps, given: Mapping[str, Any]) -> frozenset[str]:
        value = given.get(str(steps[-1]), [])
        if value == _ALL:
            return self._ids
        if not isinstance(value, list):
            self._file.fault(steps, "taxii-rights", "a list of collections is wanted here", "write [all] for every one")
            return frozenset()
        found = set[str]()
        for place, name in enumerate(value):
            if name == _ALL:
                found |= self._ids
            elif isinstance(name, str) and name in self._ambiguous:
                what = "this alias is that of several collections"
                self._file.fault((*steps, place), "taxii-rights", what, "write the id of the one that is meant", name)
            elif self._file.one_of((*steps, place), name, self._names, "id or alias of a collection"):
                found.add(self._names[name])
        return frozenset(found)

    def _hashes(self, steps: Steps, key: str, given: Mapping[str, Any]) -> tuple[str, ...]:
        found = []
        for at, value in self._several((*steps, key), given):
            text = str(value).lower().replace(":", "")
            if not isinstance(value, str) or not _HASH.fullmatch(text):
                what, fix = "this is no SHA-256", "write 64 hexadecimal digits in quotes, never the secret itself"
                self._file.fault(at, "taxii-hash", what, fix)
            elif self._free(at, key, text):
                found.append(text)
        self._check_asked(steps, key, given)
        return tuple(found)

    def _subjects(self, steps: Steps, given: Mapping[str, Any]) -> tuple[str, ...]:
        key = "certificate_subject"
        self._check_asked(steps, key, given)
        return tuple(
            str(value)
            for at, value in self._several((*steps, key), given)
            if self._file.text(at, value) and self._free(at, key, str(value))
        )

    def _password(self, steps: Steps, given: Mapping[str, Any]) -> PasswordHash | None:
        if "password_scrypt" not in given:
            return None
        at = (*steps, "password_scrypt")
        try:
            found = PasswordHash.read(str(given["password_scrypt"]))
        except ValueError as problem:
            self._file.fault(
                at, "taxii-password", str(problem), "store what the server makes of a password, never itself"
            )
            return None
        self._passwords.append((at, found))
        return found

    def _check_asked(self, steps: Steps, key: str, given: Mapping[str, Any]) -> None:
        if key.startswith("certificate") and key in given and not self._asks:
            what = "the server asks no client for a certificate"
            self._file.fault((*steps, key), "taxii-authorities", what, "name tls: client_authorities")

    def _several(self, steps: Steps, given: Mapping[str, Any]) -> list[tuple[Steps, object]]:
        """Return the members of a list, or the one value that stands without one."""
        value = given.get(str(steps[-1]), [])
        return (
            [((*steps, place), each) for place, each in enumerate(value)]
            if isinstance(value, list)
            else [(steps, value)]
        )

    def _free(self, steps: Steps, kind: str, value: str) -> bool:
        if (kind, value) in self._taken:
            self._file.fault(steps, "taxii-twice", "this stands for another user already", "keep one of them")
            return False
        self._taken.add((kind, value))
        return True


def _names(collection: Collection) -> tuple[str, ...]:
    return (collection.id, collection.alias) if collection.alias else (collection.id,)
