"""A connection -> requests with the client's certificate, under time limits: what the HTTP server lacks.

* A head that does not arrive, a body that nobody reads any more, and a client that takes nothing of its answer end the connection.
* Beyond the most connections, new ones are closed at once.
* What is no HTTP gets an error resource as everything else does.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from telvet.sharing.taxii.config import Bounds
from telvet.sharing.taxii.media import TAXII
from telvet.sharing.taxii.refusals import Refusal

__all__ = ["protocol_for"]


def protocol_for(bounds: Bounds) -> type[H11Protocol]:
    """Return the protocol that keeps these bounds."""
    return type("BoundedProtocol", (_Protocol,), {"bounds": bounds})


class _Protocol(H11Protocol):
    bounds = Bounds()
    _made = False
    _waiting: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        if len(self.connections) >= self.bounds.most_connections:
            transport.abort()
            return
        self._made = True
        super().connection_made(transport)
        shown = transport.get_extra_info("ssl_object")
        certificate = shown.getpeercert(binary_form=True) if shown else None
        self.app_state = {**self.app_state, "peer_certificate": certificate}
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._stop_stalling()
        if self._made:
            super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._made:
            super().data_received(data)
            self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()
        self._watch_taking()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_taking()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - what uvicorn says; we say it as TAXII
        refusal = Refusal(400, "http", "This is no HTTP", "The request cannot be read.")
        body = refusal.body("")
        headers = [("content-type", TAXII), ("content-length", str(len(body))), ("connection", "close")]
        try:
            for event in (h11.Response(status_code=400, headers=headers), h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        except h11.LocalProtocolError:  # an answer is under way: it cannot be begun again
            pass
        self.transport.close()

    def _watch(self) -> None:
        """Wait for a client whose turn it is, wherever the server's own wait between two requests does not."""
        cycle: RequestResponseCycle | None = self.cycle
        answering = cycle is not None and not cycle.response_complete
        if answering or self.timeout_keep_alive_task is not None or self.transport.is_closing():
            self._stop_waiting()
        elif self._waiting is None:
            self._wait()

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.bounds.head_seconds, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _watch_taking(self) -> None:
        """Look from time to time, as long as something is left of what was written, whether the client takes any of it."""
        self._stop_stalling()
        if size := self.transport.get_write_buffer_size():
            self._stalled = self.loop.call_later(self.bounds.stall_seconds, self._check_taking, size)

    def _check_taking(self, before: int) -> None:
        if self.transport.get_write_buffer_size() >= before:
            self.transport.abort()
        else:
            self._watch_taking()

    def _stop_stalling(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None
