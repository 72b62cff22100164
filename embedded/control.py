"""Stops and starts single services of a running bin/dev, for people and for fault tests.

``bin/dev ctl stop valkey`` talks to the supervisor over a unix socket in the private folder: one line
of JSON each way.
"""

import asyncio
import json
import os
import signal
import socket
import time
from collections.abc import Mapping
from pathlib import Path

from embedded.children import Child
from embedded.places import EmbeddedError, checked_socket

ACTIONS = ("status", "stop", "start", "restart", "kill")
SOCKET = "ctl.sock"


class Control:
    """The supervisor's end of the socket."""

    def __init__(self, children: Mapping[str, Child], folder: Path) -> None:
        self._children = children
        self._path = checked_socket(folder / SOCKET)
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Listen; a socket that a killed supervisor left behind is replaced."""
        self._path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            self._server = await asyncio.start_unix_server(self._answer, path=str(self._path))
        finally:
            os.umask(before)

    async def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
            self._path.unlink(missing_ok=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = json.loads(await reader.readline())
            text = await self.carry_out(str(request.get("do")), str(request.get("name") or ""))
            reply = {"ok": True, "text": text}
        except (ValueError, AttributeError, EmbeddedError) as error:
            reply = {"ok": False, "text": str(error)}
        writer.write(json.dumps(reply).encode() + b"\n")
        await writer.drain()
        writer.close()

    async def carry_out(self, action: str, name: str) -> str:
        """Do what was asked and return what to tell. ValueError if there is no such action or service."""
        if action == "status":
            return "\n".join(status_line(child) for child in self._children.values())
        if action not in ACTIONS:
            raise ValueError(f"Say one of {', '.join(ACTIONS)}.")
        child = self._children.get(name)
        if child is None:
            raise ValueError(f"Say which service: {', '.join(self._children)}.")
        if action == "kill":
            if not child.running or child.process is None:
                raise ValueError(f"{name} is not running.")
            os.killpg(child.process.pid, signal.SIGKILL)
            return f"{name} was killed; it will be started again."
        if action in {"stop", "restart"}:
            await child.stop()
        if action in {"start", "restart"}:
            await child.start()
        return status_line(child)


def status_line(child: Child) -> str:
    """Return one line on a child: is it up, since when, how often did it have to be started again."""
    if child.running and child.process is not None:
        age = time.monotonic() - child.started_at
        return f"{child.name:<9} running  pid {child.process.pid}, {age:.0f} s, restarts {child.restarts}"
    return f"{child.name:<9} {'crashed ' if child.wanted else 'stopped '} restarts {child.restarts}"


def ask(folder: Path, action: str, name: str = "", *, patience: float = 60.0) -> tuple[bool, str]:
    """Ask the supervisor that runs in ``folder``; return whether it did it, and what it says."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(patience)
        try:
            connection.connect(str(folder / SOCKET))
        except (FileNotFoundError, ConnectionRefusedError):
            return False, "bin/dev is not running."
        connection.sendall(json.dumps({"do": action, "name": name}).encode() + b"\n")
        with connection.makefile() as answers:
            reply = json.loads(answers.readline() or '{"ok": false, "text": "bin/dev hung up."}')
    return bool(reply["ok"]), str(reply["text"])
