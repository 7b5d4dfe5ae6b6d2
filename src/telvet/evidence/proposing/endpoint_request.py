"""Turns a request into the bytes that the endpoint answers, or into an error that says why there are none.

* Only the address of the settings is asked: no proxy, no redirect, no variable of the environment, no stored password.
* One deadline holds for all of it: connection, headers, every byte of the body, and the one retry. Only the machine's own
  search for a name, once begun, ends by its own limit.
* The body is taken as it comes and never unpacked; one that is packed, too long or no JSON is left unread.
* No message shows the key, nor what the endpoint wrote: it may repeat the key.
"""

from __future__ import annotations

import json
import re
import ssl
from typing import TYPE_CHECKING, Any

from telvet.errors import EvidenceError, UsageError
from telvet.evidence.proposing.endpoint_settings import EndpointSettings

if TYPE_CHECKING:
    import httpx

__all__ = ["ask"]

_BUSY = (429, 503)
_PAUSE_S = 1.0
_NUMBER = re.compile(r"[0-9]{1,18}")
_MOST_DIGITS = 18
_OK = 200
_STATUSES = {
    400: "it does not understand the request; see that the model's name is right and that it knows response_format json_schema",
    401: "it wants a key, or another one; set TELVET_ENDPOINT_KEY",
    403: "the key may not use this model; ask whoever runs the endpoint",
    404: "there is nothing at this address, or no such model; see TELVET_ENDPOINT and TELVET_ENDPOINT_MODEL",
    413: "the request is too long for it",
    422: "it does not understand the request; see that it knows response_format json_schema",
    429: "it has too much to do, or your quota is used up; try again later",
    503: "it has too much to do, or is still starting; try again later",
}


def ask(body: dict[str, Any], settings: EndpointSettings) -> bytes:
    """Ask the endpoint once, or twice where it is busy, and return the body of its answer.

    Raises:
        EvidenceError: There is no answer that can be read.
        UsageError: The library that asks is not installed.
    """
    try:
        import httpx  # noqa: PLC0415 - heavy, and an extra: loaded when used
    except ImportError:
        what = "asking an endpoint needs httpx, which is not installed"
        raise UsageError(what, code="endpoint-extra", fix="install telvet with its extra `evidence`") from None
    try:
        return _run(body, settings)
    except TimeoutError:
        raise _error(
            f"the endpoint had not answered after {settings.timeout_s:g} seconds",
            settings,
            code="endpoint-slow",
            fix="try again, or allow more with TELVET_ENDPOINT_SECONDS",
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as problem:
        raise _error(
            f"the endpoint could not be asked, or broke off: {type(problem).__name__}",
            settings,
            code="endpoint-unreachable",
            fix="see that it runs, and that TELVET_ENDPOINT is its address",
        ) from None


def _run(body: dict[str, Any], settings: EndpointSettings) -> bytes:
    """Ask in a loop of our own; beside one that runs already, as in a notebook, in a thread of our own."""
    import asyncio  # noqa: PLC0415 - heavy: loaded when used
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - the same

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(_in_time(body, settings))
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(_in_time(body, settings))).result()


async def _in_time(body: dict[str, Any], settings: EndpointSettings) -> bytes:
    import asyncio  # noqa: PLC0415 - loaded by now

    import httpx  # noqa: PLC0415 - loaded by now

    loop = asyncio.get_running_loop()
    deadline = loop.time() + settings.timeout_s
    async with (
        asyncio.timeout_at(deadline),
        httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=None, verify=_trusted(settings)) as client,  # noqa: S113 - the deadline around it
    ):
        answer = await _once(client, body, settings)
        if isinstance(answer, float):
            pause = answer
            if loop.time() + pause >= deadline:
                raise _busy(settings)
            await asyncio.sleep(pause)
            answer = await _once(client, body, settings)
        if isinstance(answer, float):
            raise _busy(settings)
        return answer


def _trusted(settings: EndpointSettings) -> ssl.SSLContext:
    """Return whose certificates are trusted: the public ones, and those that this machine was told to trust."""
    if not settings.address.startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # nobody's: none is asked for
    import httpx  # noqa: PLC0415 - loaded by now

    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


async def _once(client: httpx.AsyncClient, body: dict[str, Any], settings: EndpointSettings) -> bytes | float:
    """Return the body of an answer, or how many seconds a busy endpoint wants us to wait."""
    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Content-Type": "application/json",
        "User-Agent": "telvet",
    }
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    content = json.dumps(body, ensure_ascii=True).encode("ascii")
    address = f"{settings.address}/chat/completions"
    async with client.stream("POST", address, headers=headers, content=content) as response:
        if response.status_code in _BUSY:
            asked = response.headers.get("Retry-After", "")
            return float(asked) if _NUMBER.fullmatch(asked) else _PAUSE_S
        _check_head(response, settings)
        return await _read(response, settings)


def _check_head(response: httpx.Response, settings: EndpointSettings) -> None:
    status = response.status_code
    if response.is_redirect:
        raise _error(
            f"the endpoint sends us elsewhere (status {status})",
            settings,
            code="endpoint-redirect",
            why="a document is sent to the address that you named and to no other",
            fix="set TELVET_ENDPOINT to the final address, if you trust it",
        )
    if status != _OK:
        fix = _STATUSES.get(status, "see the log of the endpoint")
        raise _error(f"the endpoint answers with status {status}", settings, code="endpoint-status", fix=fix)
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
    packing = response.headers.get("Content-Encoding", "identity").strip().casefold()
    if kind != "application/json" or packing != "identity":
        raise _error(
            "the endpoint's answer is packed" if packing != "identity" else "the endpoint's answer is no JSON",
            settings,
            code="endpoint-type",
            fix="see that TELVET_ENDPOINT is the base address of an OpenAI-compatible endpoint, usually one that ends in /v1",
        )
    length = response.headers.get("Content-Length", "")
    if len(length) > _MOST_DIGITS or (_NUMBER.fullmatch(length) and int(length) > settings.most_bytes):
        raise _too_long(settings)


async def _read(response: httpx.Response, settings: EndpointSettings) -> bytes:
    read = bytearray()
    async for part in response.aiter_raw():
        read += part
        if len(read) > settings.most_bytes:
            raise _too_long(settings)
    return bytes(read)


def _too_long(settings: EndpointSettings) -> EvidenceError:
    return _error(
        f"the endpoint's answer is longer than {settings.most_bytes} bytes",
        settings,
        code="endpoint-long",
        fix="see what answers there: a list of statements is far shorter",
    )


def _busy(settings: EndpointSettings) -> EvidenceError:
    return _error("the endpoint is busy", settings, code="endpoint-busy", fix=_STATUSES[429])


def _error(what: str, settings: EndpointSettings, *, code: str, why: str = "", fix: str = "") -> EvidenceError:
    return EvidenceError(what, code=code, where=settings.address, why=why, fix=fix)
