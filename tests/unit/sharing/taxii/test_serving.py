"""A server on a socket."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import threading
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from telvet.errors import UsageError
from telvet.sharing.taxii.app import App, build_app
from telvet.sharing.taxii.config import Config, Tls
from telvet.sharing.taxii.serving import prepare, serve
from tests.simulators.taxii import ANN, NORTH, SECRET, SOUTH, MemorySource, Recorded, bearer, config, running
from tests.unit.sharing.taxii.certificates import certified


def app(settings: Config, source: MemorySource | None = None) -> App:
    return build_app(settings, source or MemorySource(), record=Recorded(), secret=SECRET)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_says_its_real_address_answers_at_once_and_returns_when_told_to_stop(told: signal.Signals) -> None:
    settings, said, source = config(), list[str](), MemorySource()
    answers: list[int] = []

    def ask_and_stop(address: str) -> None:
        answers.append(httpx.get(address, headers=bearer(ANN)).status_code)
        os.kill(os.getpid(), told)

    def say(line: str) -> None:
        said.append(line)
        threading.Thread(target=ask_and_stop, args=(line.rsplit(maxsplit=1)[-1],)).start()

    before = signal.getsignal(told)
    serve(app(settings, source), settings, port=0, say=say)
    assert said[0].startswith("serving Sharing on http://127.0.0.1:")
    assert answers == [200]
    assert source.closed
    assert signal.getsignal(told) is before


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "taxii.example"])  # noqa: S104 - it is refused
def test_without_tls_nobody_else_is_served(host: str) -> None:
    with pytest.raises(UsageError, match="without TLS"):
        prepare(app(config()), config(), host=host, port=0)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_our_own_machine_may_be_served_without(host: str) -> None:
    prepare(app(config()), config(), host=host, port=0).socket.close()


def test_something_in_front_may_have_tls() -> None:
    settings = config(plain_http=True, host="0.0.0.0")  # noqa: S104 - as somebody would write it
    prepare(app(settings), settings, port=0).socket.close()


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="cannot listen"):
        prepare(app(config()), config(), port=taken.getsockname()[1])


def test_an_address_that_is_not_ours_is_told() -> None:
    with pytest.raises(UsageError, match="cannot listen"):
        prepare(app(config()), config(plain_http=True), host="192.0.2.1", port=0)


@pytest.fixture
def secured(tmp_path: Path) -> Config:
    authorities, _ = certified("authority").write(tmp_path, "authority")
    tls = Tls(*certified("server", by="authority").write(tmp_path, "server"), authorities)
    south = replace(SOUTH, certificates=(certified("southland", by="authority").fingerprint,))
    north = replace(NORTH, subjects=("CN=northland",))
    return config(tls=tls, users=(ANN, north, south))


def context(folder: Path, name: str = "", by: str = "authority") -> ssl.SSLContext:
    made = ssl.create_default_context(cafile=folder / "authority.pem")
    if name:
        made.load_cert_chain(*certified(name, by=by).write(folder, name))
    return made


def titles(settings: Config, verify: ssl.SSLContext, headers: dict[str, str]) -> tuple[int, list[str]]:
    with running(app(settings), settings) as serving, httpx.Client(verify=verify, headers=headers) as client:
        assert serving.address.startswith("https://")
        answer = client.get(serving.address.removesuffix("taxii2/") + "intel/collections/")
        return answer.status_code, [one["title"] for one in answer.json().get("collections", [])]


@pytest.mark.parametrize(("name", "seen"), [("southland", ["Open"]), ("northland", ["Open", "Inbox"])])
def test_a_certificate_says_who_a_client_is(tmp_path: Path, secured: Config, name: str, seen: list[str]) -> None:
    assert titles(secured, context(tmp_path, name), {"Accept": "*/*"}) == (200, seen)


def test_without_a_certificate_a_token_does(tmp_path: Path, secured: Config) -> None:
    assert titles(secured, context(tmp_path), bearer(ANN))[0] == 200
    assert titles(secured, context(tmp_path), {"Accept": "*/*"})[0] == 401


def test_a_certificate_of_another_authority_is_nothing(tmp_path: Path, secured: Config) -> None:
    with pytest.raises(httpx.TransportError):
        titles(secured, context(tmp_path, "southland", by="stranger"), bearer(ANN))


def test_a_certificate_may_be_required(tmp_path: Path, secured: Config) -> None:
    assert secured.tls
    strict = replace(secured, tls=replace(secured.tls, require=True))
    with pytest.raises(httpx.TransportError):
        titles(strict, context(tmp_path), bearer(ANN))
    assert titles(strict, context(tmp_path, "southland"), bearer(SOUTH))[0] == 200


def test_no_version_of_the_server_is_told() -> None:
    settings = config()
    with running(app(settings), settings) as serving:
        assert "server" not in httpx.get(serving.address).headers
