"""An application -> a server on a socket, until it is told to stop.

* Without TLS it is reachable from this machine alone, unless the configuration says that something in front of it has TLS.
* Told to stop (interrupted, or terminated), it ends what is under way and returns.
* Port 0 takes any that is free; the address that is printed is the real one.
"""

from __future__ import annotations

import ipaddress
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from telvet.errors import UsageError
from telvet.sharing.taxii.app import App
from telvet.sharing.taxii.config import Bounds, Config
from telvet.sharing.taxii.protocol import protocol_for
from telvet.sharing.taxii.tls import server_context

__all__ = ["Serving", "prepare", "serve"]

_MOST_HEAD_BYTES = 64 * 1024
_GRACE_SECONDS = 10
_BACKLOG = 256


class _Server(uvicorn.Server):
    """A server that returns when it was told to stop; left to itself it would end the process before a caller can clean up."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that listens; it answers once it runs."""

    server: uvicorn.Server
    socket: socket.socket
    address: str
    """Of its discovery."""

    def run(self) -> None:
        """Serve until the process is told to stop, or `stop` is called."""
        try:
            self.server.run(sockets=[self.socket])
        finally:
            self.socket.close()

    def stop(self) -> None:
        """Have it end what is under way and stop; from any thread."""
        self.server.should_exit = True


def prepare(app: App, config: Config, *, host: str | None = None, port: int | None = None) -> Serving:
    """Listen; host and port are those of the configuration where none are given.

    Raises:
        UsageError: The address cannot be used, or would be open to others without TLS.
        SharingError: TLS cannot be set up.
    """
    host, port = host or config.host, config.port if port is None else port
    if config.tls is None and not config.plain_http and not _is_own(host):
        raise UsageError(
            "without TLS, others could read what is sent and who sends it",
            code="taxii-plain",
            where=f"{host}:{port}",
            why="this address can be reached from other machines",
            fix="name a certificate under tls, serve on 127.0.0.1, or say plain_http: true if a proxy before it has TLS",
        )
    context = None if config.tls is None else server_context(config.tls)
    listening = _listening(host, port)
    shown = f"[{host}]" if ":" in host else host
    scheme = "http" if context is None else "https"
    address = f"{scheme}://{shown}:{listening.getsockname()[1]}/taxii2/"
    return Serving(_Server(_settings(app, config.bounds, context)), listening, address)


def _settings(app: App, bounds: Bounds, context: ssl.SSLContext | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=protocol_for(bounds),
        ws="none",
        loop="asyncio",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=bounds.idle_seconds,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        h11_max_incomplete_event_size=_MOST_HEAD_BYTES,
        backlog=_BACKLOG,
        ssl_context_factory=None if context is None else lambda _config, _default: context,
    )


def serve(
    app: App,
    config: Config,
    *,
    host: str | None = None,
    port: int | None = None,
    say: Callable[[str], object] = sys.stderr.write,
) -> None:
    """Serve until the process is told to stop.

    Raises:
        UsageError: The address cannot be used, or would be open to others without TLS.
        SharingError: TLS cannot be set up.
    """
    serving = prepare(app, config, host=host, port=port)
    say(f"serving {config.title} on {serving.address}\n")
    serving.run()


def _is_own(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(_BACKLOG)  # whoever reads the address may connect before the server runs
        except OSError:
            listening.close()
            raise
    except (OSError, OverflowError) as problem:
        raise UsageError(
            f"the server cannot listen here: {str(getattr(problem, 'strerror', None) or problem).lower()}",
            code="taxii-address",
            where=f"{host}:{port}",
            fix="name an address of this machine and a port that is free; 0 takes any",
        ) from problem
    return listening
