"""The file of a server's configuration -> `Config`, or everything that is wrong with it, with lines.

* Whatever is not written takes the strictest sense: no rights, no TLS for others without a certificate, no password.
* Files that it names are looked for beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from telvet.catalog.checked_yaml import CheckedYaml, read_checked
from telvet.errors import Fault, SharingError
from telvet.sharing.taxii.config import Bounds, Config, Root, Tls
from telvet.sharing.taxii.source import Collection
from telvet.sharing.taxii.users_reading import read_users

__all__ = ["read_config"]

_BOUNDS = tuple(field.name for field in fields(Bounds) if field.name not in {"default_page", "most_page"})
_OPTIONAL = (
    "description", "contact", "default", "page", "host", "port", "tls", "plain_http", *_BOUNDS,
)  # fmt: skip
_TAKEN = {"taxii2", "openapi.json"}
_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,63}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_UPSTREAM = re.compile(r"https?://[!-~]+/", re.ASCII)
_MEDIA_TYPE = re.compile(r"[!-~]+/[!-~]+", re.ASCII)
_MOST_PORT = 65_535
_MOST_NUMBER = 2**40


def read_config(path: Path, *, shown: str | None = None) -> Config:
    """Read a configuration.

    Args:
        path: The file.
        shown: The name under which faults show it; its own by default.

    Raises:
        SharingError: It cannot be read, or something in it is wrong.
    """
    name, faults = shown or path.name, list[Fault]()
    file = read_checked(path, name, faults)
    config = None if file is None else _config(file, path.parent)
    if config is None or faults:
        count = len(faults)
        what = f"the server's configuration has {count} fault{'s' * (count > 1)}"
        raise SharingError(what, tuple(sorted(faults)), code="taxii-config", where=name)
    return config


def _config(file: CheckedYaml, folder: Path) -> Config | None:
    top = file.document.value
    file.keys((), top, ("title", "roots", "users"), _OPTIONAL)
    if not isinstance(top, Mapping):
        return None
    roots = _roots(file, top.get("roots"))
    tls = _tls(file, top["tls"], folder) if "tls" in top else None
    asks = tls is not None and tls.client_authorities is not None
    users = read_users(file, top.get("users"), roots, asks_certificates=asks)
    default = _text(file, ("default",), top)
    if default is not None:
        file.one_of(("default",), default, [root.path for root in roots], "path of a root")
    return Config(
        _text(file, ("title",), top) or "",
        roots,
        users,
        _text(file, ("description",), top),
        _text(file, ("contact",), top),
        default,
        _bounds(file, top),
        _text(file, ("host",), top) or "127.0.0.1",
        _number(file, ("port",), top, 6200, 0, _MOST_PORT),
        tls,
        _flag(file, ("plain_http",), top),
    )


def _roots(file: CheckedYaml, value: object) -> tuple[Root, ...]:
    roots, ids, paths = list[Root](), set[str](), set[str]()
    for place, given in enumerate(_list(file, ("roots",), value)):
        steps = ("roots", place)
        if not file.keys(steps, given, ("path", "title", "collections"), ("description",)):
            continue
        path = _text(file, (*steps, "path"), given) or ""
        if not _SEGMENT.fullmatch(path) or path in _TAKEN or path in paths:
            what = "this is no path of a root, is taken, or is given twice"
            file.fault((*steps, "path"), "taxii-root", what, "write one segment of an address, such as intel", path)
        paths.add(path)
        title, described = (_text(file, (*steps, key), given) for key in ("title", "description"))
        roots.append(Root(path, title or "", _collections(file, steps, given["collections"], ids), described))
    return tuple(roots)


def _collections(
    file: CheckedYaml, above: tuple[str | int, ...], value: object, ids: set[str]
) -> tuple[Collection, ...]:
    found, names = list[Collection](), set[str]()
    for place, given in enumerate(_list(file, (*above, "collections"), value)):
        steps = (*above, "collections", place)
        optional = ("description", "alias", "media_types", "purpose", "upstream")
        if not file.keys(steps, given, ("id", "title"), optional):
            continue
        texts = {key: _text(file, (*steps, key), given) for key in given if key != "media_types"}
        id_, alias, upstream = (texts.get("id") or "").lower(), texts.get("alias"), texts.get("upstream")
        if not _UUID.fullmatch(id_) or id_ in ids:
            file.fault((*steps, "id"), "taxii-id", "this is no UUID, or is given twice", "write a fresh UUID", id_)
        if alias is not None and (not _SEGMENT.fullmatch(alias) or _UUID.fullmatch(alias) or alias in {*names, "all"}):
            what = "this is no alias, or is given twice in this root"
            file.fault((*steps, "alias"), "taxii-alias", what, "write letters, digits and hyphens, no UUID", alias)
        if upstream is not None and not _UPSTREAM.fullmatch(upstream):
            what = "this is no address of a collection"
            file.fault(
                (*steps, "upstream"), "taxii-upstream", what, "write https://… with a slash at its end", upstream
            )
        ids.add(id_)
        names.add(alias or "")
        media_types = _media_types(file, (*steps, "media_types"), given)
        described, purpose = texts.get("description"), texts.get("purpose")
        found.append(Collection(id_, texts.get("title") or "", described, alias, media_types, purpose, upstream))
    return tuple(found)


def _media_types(file: CheckedYaml, steps: tuple[str | int, ...], given: Mapping[str, Any]) -> tuple[str, ...]:
    if "media_types" not in given:
        return Collection("", "").media_types
    found = _list(file, steps, given["media_types"])
    for place, value in enumerate(found):
        if not isinstance(value, str) or not _MEDIA_TYPE.fullmatch(value):
            file.fault((*steps, place), "taxii-media-type", "this is no media type", value=value)
    return tuple(map(str, found))


def _tls(file: CheckedYaml, value: object, folder: Path) -> Tls | None:
    if not file.keys(("tls",), value, ("certificate", "key"), ("client_authorities", "require")):
        return None
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    certificate, key, authorities = (
        None if (text := _text(file, ("tls", name), given)) is None else folder / text
        for name in ("certificate", "key", "client_authorities")
    )
    require = _flag(file, ("tls", "require"), given)
    if require and authorities is None:
        what = "a certificate is required of clients, and nothing says who may have signed it"
        file.fault(("tls", "require"), "taxii-authorities", what, "name client_authorities")
    return None if certificate is None or key is None else Tls(certificate, key, authorities, require)


def _bounds(file: CheckedYaml, top: Mapping[str, Any]) -> Bounds:
    usual = Bounds()
    page = top.get("page", {})
    if not file.keys(("page",), page, (), ("default", "most")):
        page = {}
    most = _number(file, ("page", "most"), page, usual.most_page, 1, _MOST_NUMBER)
    default = _number(file, ("page", "default"), page, min(usual.default_page, most), 1, _MOST_NUMBER)
    if default > most:
        what = "a page has more objects where nothing is asked than at most"
        file.fault(("page", "default"), "taxii-page", what, f"write at most {most}", default)
    least = {"tick_ms": 0}
    numbers = {
        name: _number(file, (name,), top, int(getattr(usual, name)), least.get(name, 1), _MOST_NUMBER)
        for name in _BOUNDS
    }
    return Bounds(default_page=default, most_page=most, **numbers)


def _list(file: CheckedYaml, steps: tuple[str | int, ...], value: object) -> Sequence[Any]:
    if isinstance(value, list) and value:
        return value
    if value is not None or steps[-1] not in {"roots", "users"}:  # that the key is missing was told already
        file.fault(steps, "missing", "a list that is not empty is wanted here")
    return ()


def _text(file: CheckedYaml, steps: tuple[str | int, ...], given: Mapping[str, Any]) -> str | None:
    value = given.get(str(steps[-1]))
    return str(value) if steps[-1] in given and file.text(steps, value) else None


def _flag(file: CheckedYaml, steps: tuple[str | int, ...], given: Mapping[str, Any]) -> bool:
    value = given.get(str(steps[-1]), False)
    if not isinstance(value, bool):
        file.fault(steps, "taxii-flag", "true or false is wanted here", value=value)
    return value is True


def _number(
    file: CheckedYaml, steps: tuple[str | int, ...], given: Mapping[str, Any], usual: int, least: int, most: int
) -> int:
    value = given.get(str(steps[-1]), usual)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        file.fault(steps, "taxii-number", f"a whole number from {least} to {most} is wanted here", value=value)
        return usual
    return value
