from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, TypeVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from telvet.errors import SharingError, SourceError
from telvet.sharing.proxying.settings import UpstreamSettings
from telvet.sharing.proxying.upstream import Answer, Upstream, at_steps, busy, run, tallied, together, within
from tests.simulators.taxii_upstream import (
    TAXII,
    Act,
    Shelf,
    Taxii,
    breaks_off,
    drips,
    endless,
    gzip_bomb,
    redirects,
    resets,
    says,
    silent,
    status,
)  # fmt: skip

T = TypeVar("T")


def asked(server: Taxii, work: Callable[[Upstream], Awaitable[T]], **more: Any) -> T:
    async def whole() -> T:
        upstream = Upstream(UpstreamSettings(**{"address": server.origin, "seconds": 0.5, **more}))
        try:
            return await work(upstream)
        finally:
            await upstream.close()

    return asyncio.run(whole())


def get(server: Taxii, path: str = "/api/", **more: Any) -> Answer:
    return asked(server, lambda upstream: upstream.get(server.origin + path, [("a", "b,c")]), **more)


def problem(server: Taxii, *acts: Act, **more: Any) -> SourceError:
    server.acts = list(acts)
    with pytest.raises(SourceError) as caught:
        get(server, **more)
    return caught.value


def test_a_request_names_what_it_takes_and_nothing_of_this_machine(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("t0ken")
    with Taxii(Shelf("a")) as server:
        server.wants = "Bearer t0ken"
        assert get(server, token_file=token).status == 200
    [one] = server.asked
    assert one.headers["accept"] == TAXII
    assert one.headers["accept-encoding"] == "identity"
    assert one.parameters == {"a": "b,c"}
    assert set(one.headers) == {"host", "accept", "accept-encoding", "connection", "user-agent", "authorization"}


def test_variables_of_the_environment_name_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    with Taxii(Shelf("a")) as server:
        assert get(server).status == 200


@pytest.mark.parametrize("number", [400, 404, 410])
def test_what_says_that_there_is_nothing_is_an_answer(number: int) -> None:
    with Taxii() as server:
        server.acts = [status(number)]
        assert get(server) == Answer(number)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (status(500), "source-busy"), (status(429), "source-busy"), (silent, "source-busy"), (drips, "source-busy"),
        (status(401), "source-failed"), (status(204), "source-failed"), (redirects("/taxii2/"), "source-failed"),
        (gzip_bomb, "source-failed"), (says(b"{}", "text/html"), "source-failed"),
    ],
)  # fmt: skip
def test_any_other_answer_is_an_error_and_is_not_asked_for_again(act: Act, code: str) -> None:
    with Taxii() as server:
        assert problem(server, act).code == code
        assert len(server.asked) == 1


def test_an_answer_has_a_longest_length_whether_it_says_so_or_not() -> None:
    with Taxii() as server:
        assert "longer" in problem(server, says(b" " * 2000), most_bytes=1000).what
        assert "longer" in problem(server, endless, most_bytes=1000).what


def test_a_broken_connection_is_tried_once_more_and_no_other_request_is() -> None:
    with Taxii(Shelf("a")) as server:
        server.acts = [breaks_off]
        assert get(server).status == 200
        assert problem(server, resets, resets).code == "source-busy"
        asks = len(server.asked)
        for work in (
            lambda upstream: upstream.get(f"{server.origin}/api/", again=False),
            lambda upstream: upstream.post(f"{server.origin}/api/", b"{}"),
            lambda upstream: upstream.delete(f"{server.origin}/api/"),
        ):
            server.acts = [resets]
            with pytest.raises(SourceError):
                asked(server, work)
        assert len(server.asked) == asks + 3


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1:1/", "http://127.0.0.1:1/", "http://elsewhere.invalid/", "file:///etc/passwd", ""]
)
def test_no_other_server_is_asked(address: str) -> None:
    with Taxii() as server:
        with pytest.raises(SourceError) as caught:
            asked(server, lambda upstream: upstream.get(address))
        assert caught.value.code == "source-failed"
        assert not server.asked


def test_no_message_shows_a_credential_or_what_the_server_wrote(tmp_path: Path) -> None:
    basic = tmp_path / "basic"
    basic.write_text("user:s3cret")
    with Taxii() as server:
        server.acts = [says(b'{"title": "user:s3cret"}', "text/plain")]
        with pytest.raises(SourceError) as caught:
            get(server, basic_file=basic)
    assert "s3cret" not in "\n".join(caught.value.lines())


def test_certificates_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    wrong = tmp_path / "cert.pem"
    wrong.write_text("none")
    several: list[dict[str, Any]] = [{"certificate": wrong}, {"trusted": wrong}, {"trusted": tmp_path / "missing"}]
    for more in several:
        with pytest.raises(SharingError, match="certificate"):
            Upstream(UpstreamSettings("https://example.org/", **more))


def test_several_things_are_done_a_few_at_a_time_and_end_together() -> None:
    now, most, ended = 0, 0, []

    async def one(number: int) -> int:
        nonlocal now, most
        now, most = now + 1, max(most, now + 1)
        try:
            await asyncio.sleep(0.001)
            if number == 7:
                raise ValueError(number)
            return number
        finally:
            now -= 1
            ended.append(number)

    assert run(together(partial(one, n) for n in range(6))) == list(range(6))
    assert most <= 4
    with pytest.raises(ValueError, match="7"):
        run(together(partial(one, n) for n in range(7, 40)))
    assert now == 0
    assert len(ended) < 20


def test_work_that_takes_too_long_is_ended() -> None:
    with pytest.raises(SourceError) as caught:
        run(within(0.01, asyncio.sleep(30)))
    assert caught.value.code == "source-busy"


def authority(folder: Path, name: str) -> tuple[Path, Path]:
    """Write a certificate that is good for this machine and signs for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    here = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=36_500))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    plain = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    paths = (folder / f"{name}.pem", folder / f"{name}.key")
    paths[0].write_bytes(built.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(*plain))
    return paths


def test_a_server_shows_who_it_is_and_may_ask_who_we_are(tmp_path: Path) -> None:
    (server_pem, server_key), (our_pem, our_key) = authority(tmp_path, "server"), authority(tmp_path, "ours")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server_pem, server_key)
    context.load_verify_locations(our_pem)
    context.verify_mode = ssl.CERT_REQUIRED
    with Taxii(Shelf("a"), tls=context) as server:
        ours: dict[str, Any] = {"certificate": our_pem, "certificate_key": our_key}
        assert get(server, trusted=server_pem, **ours).status == 200
        lacking: list[dict[str, Any]] = [{"trusted": server_pem}, ours]
        for more in lacking:
            with pytest.raises(SourceError) as caught:
                get(server, **more)
            assert caught.value.code == "source-busy"
        assert len(server.asked) == 1


@pytest.mark.parametrize("fails", [False, True])
def test_an_answer_comes_at_the_end_of_a_step(fails: bool) -> None:
    async def work() -> None:
        await asyncio.sleep(0.003)
        if fails:
            raise busy("it fails")

    async def whole() -> float:
        loop = asyncio.get_running_loop()
        began = loop.time()
        with suppress(SourceError):
            await at_steps(0.05, work())
        return loop.time() - began

    assert asyncio.run(whole()) >= 0.04


def test_requests_are_counted_also_where_several_go_at_once() -> None:
    async def work() -> tuple[int, int]:
        upstream = Upstream(UpstreamSettings(server.origin))
        await upstream.get(server.address("a"))
        with tallied() as outer:
            await together([partial(upstream.get, server.address("a"))] * 5)
            with tallied() as inner:
                await upstream.get(server.address("a"))
        await upstream.close()
        return outer.sent, inner.sent

    with Taxii(Shelf("a")) as server:
        assert run(work()) == (5, 1)
