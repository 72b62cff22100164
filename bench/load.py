"""Clients that cost next to nothing: they send the same bytes and count how many answers come back.

On a machine whose two cores also serve, a client that understood HTTP would measure itself.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and the status with which it must be answered, or the other one it may be."""

    path: str
    status: int = 200
    headers: str = "Accept-Encoding: gzip\r\n"
    or_status: int = 0

    def sent(self) -> bytes:
        """Return the request as it goes over the wire."""
        return f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{self.headers}\r\n".encode()


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: its head, and how many bytes its body has on the wire."""

    head: bytes
    length: int
    status: int

    def header(self, name: str) -> str:
        """Return a header's value, or nothing."""
        found = re.search(rf"\r\n{name}: ([^\r]*)".encode(), self.head, re.IGNORECASE)
        return found[1].decode() if found else ""


class Connection:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, asked: Asked, sent: bytes) -> Answered:
        """Send one request and wait for its answer. Raises RuntimeError for an unexpected status."""
        self.socket.sendall(sent)
        received = self.socket.recv(262_144)
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _end, body = received.partition(b"\r\n\r\n")
        status = int(head[9:12])
        if status not in {asked.status, asked.or_status}:
            raise RuntimeError(f"{asked.path}: {head[:200].decode(errors='replace')}")
        length = int(match[1]) if (match := _LENGTH.search(head)) else 0
        missing = (0 if status == 304 else length) - len(body)
        while missing > 0:
            missing -= len(self._more())
        return Answered(head, length, status)

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def _more(self) -> bytes:
        more = self.socket.recv(262_144)
        if not more:
            raise RuntimeError("The server hung up.")
        return more


def ask_once(port: int, asked: Asked) -> Answered:
    """Ask on a connection of its own."""
    connection = Connection(port)
    try:
        return connection.ask(asked, asked.sent())
    finally:
        connection.close()


def per_second(port: int, requests: Sequence[Asked], *, seconds: float, clients: int) -> tuple[float, int]:
    """Let ``clients`` ask in turn for ``requests`` as often as they can; return the rate and the count."""
    counts = [0] * clients
    faults: list[Exception] = []
    stop = threading.Event()

    def run(number: int) -> None:
        turns = [(asked, asked.sent()) for asked in requests]
        connection = Connection(port)
        try:
            while not stop.is_set():
                connection.ask(*turns[(number + counts[number]) % len(turns)])
                counts[number] += 1
        except (OSError, RuntimeError) as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    if faults:
        raise faults[0]
    return sum(counts) / elapsed, sum(counts)
