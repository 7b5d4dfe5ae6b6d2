"""Turns a server's address into clients that hold on to their connections and do nothing useful with them.

* One kind says nothing, one says a byte of its request each second, one asks for a page and never reads it.
* They end with the block.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

__all__ = ["slow_clients"]


@contextmanager
def slow_clients(address: tuple[str, int], asking: bytes, each: int) -> Iterator[Sequence[socket.socket]]:
    """Open connections of every kind.

    Args:
        address: Host and port.
        asking: The bytes of a request for something long.
        each: How many of each kind.
    """
    ended = threading.Event()
    with ExitStack() as stack:
        opened = [stack.enter_context(_connected(address)) for _ in range(3 * each)]
        dripping, unread = opened[each : 2 * each], opened[2 * each :]
        for one in unread:
            one.sendall(asking)
        thread = threading.Thread(target=_drip, args=(dripping, asking, ended))
        thread.start()
        try:
            yield opened
        finally:
            ended.set()
            thread.join()


def _connected(address: tuple[str, int]) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.settimeout(10)
    made.connect(address)
    return made


def _drip(clients: Sequence[socket.socket], asking: bytes, ended: threading.Event) -> None:
    for byte in asking:
        for one in clients:
            try:
                one.send(bytes([byte]))
            except OSError:  # the server has had enough of it
                continue
        if ended.wait(1):
            return
