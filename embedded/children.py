"""One long-running child process: started, watched, started again when it crashes, stopped in time."""

import asyncio
import contextlib
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from embedded.guard import guarded
from embedded.output import Output
from embedded.places import EmbeddedError

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds between a crash and the next start
STEADY = 30.0  # seconds after which a child counts as running well again
LARGEST_LOG = 5_000_000  # bytes


class StartError(EmbeddedError):
    """A service did not come up; the text says which, and what it said last."""


@dataclass(frozen=True)
class Service:
    """What to run and how. ``command`` is asked after ``before``, which may have to find the program.

    ``stop_with`` is a ladder: send the signal, wait so many seconds, take the next; in the end the
    whole process group is killed. ``ready`` is asked until it says yes, within ``patience`` seconds.
    """

    name: str
    command: Callable[[], list[str]]
    stop_with: tuple[tuple[signal.Signals, float], ...] = ((signal.SIGTERM, 2.0),)
    dies_with: signal.Signals = signal.SIGKILL
    ready: Callable[[], bool] | None = None
    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None
    user: str | None = None
    patience: float = 30.0
    shown: Callable[[str], bool] = field(default=lambda line: True)


class Child:
    """A service while the supervisor runs. ``wanted`` tells whether it should be up."""

    def __init__(
        self, service: Service, *, environment: Mapping[str, str], logs: Path, output: Output
    ) -> None:
        self.service = service
        self.wanted = False
        self.process: asyncio.subprocess.Process | None = None
        self.started_at = 0.0
        self.restarts = 0
        self._environment = environment
        self._log = logs / f"{service.name}.log"
        self._output = output
        self._pause = FIRST_PAUSE
        self._last_words: deque[str] = deque(maxlen=40)
        self._watching: asyncio.Task[None] | None = None
        self._pumping: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()
        self.changed: Callable[[], None] = lambda: None

    @property
    def name(self) -> str:
        """Return the name of the service."""
        return self.service.name

    @property
    def running(self) -> bool:
        """Tell whether the process is alive."""
        return self.process is not None and self.process.returncode is None

    async def start(self) -> None:
        """Start the process and wait until it is ready. Raises StartError when it does not come up."""
        async with self._one_at_a_time:
            if self.running:
                return
            self.wanted = True
            if self._watching is not None:  # it pauses after a crash; somebody is faster
                self._watching.cancel()
            await self._spawn()
            await self._until_ready()
            self._watching = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Stop the process and wait for its end. May be called twice."""
        async with self._one_at_a_time:
            await self._stop()

    async def _stop(self) -> None:
        self.wanted = False
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None
        process = self.process
        if process is None:
            return
        for number, patience in self.service.stop_with:
            if process.returncode is not None:
                break
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(number)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), patience)
        await self._tidy(process)

    async def _tidy(self, process: asyncio.subprocess.Process) -> int:
        """Leave nothing of a process that ended, or must end now; return its status."""
        self.sweep()
        status = await process.wait()
        if self._pumping is not None:
            # The pipe ends with the last who holds it. PostgreSQL's processes, which lead groups of their
            # own, may take a moment longer; what they still say is not worth waiting for.
            await asyncio.wait({self._pumping}, timeout=0.3)
            self._pumping.cancel()
            self._pumping = None
        self.changed()
        return status

    def sweep(self) -> None:
        """Kill whatever is left of the process group, at once."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    async def _spawn(self) -> None:
        if self.service.before is not None:
            await asyncio.to_thread(self.service.before)
        if self._log.exists() and self._log.stat().st_size > LARGEST_LOG:
            self._log.replace(self._log.with_suffix(".old.log"))
        # A pipe of ours, not asyncio's: with that, waiting for the child would also wait for everybody who
        # inherited the pipe, and a crash would go unnoticed while a grandchild lives.
        reading, writing = os.pipe()
        try:
            # From the main thread: the guard ties the child to the thread that starts it.
            self.process = await asyncio.create_subprocess_exec(
                *guarded(self.service.command(), death_signal=self.service.dies_with, user=self.service.user),
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                env=dict(self._environment),
                cwd="/" if self.service.user else None,
            )
        finally:
            os.close(writing)
        self.started_at = time.monotonic()
        self.changed()
        self._pumping = asyncio.create_task(self._pump(reading))

    async def _until_ready(self) -> None:
        limit = time.monotonic() + self.service.patience
        while self.service.ready is not None and not await asyncio.to_thread(self.service.ready):
            if not self.running or time.monotonic() > limit:
                await self._stop()
                words = "\n".join(self._last_words) or "(it said nothing)"
                raise StartError(f"{self.name} did not start. It said:\n{words}")
            await asyncio.sleep(0.02)
        if self.service.after is not None:
            await asyncio.to_thread(self.service.after)

    async def _watch(self) -> None:
        """Wait for the end; if nobody asked for it, say so and start again after a pause."""
        while self.wanted and self.process is not None:
            await self.process.wait()
            status = await self._tidy(self.process)
            if time.monotonic() - self.started_at > STEADY:
                self._pause = FIRST_PAUSE
            self._output.say(
                f"{self.name} {ending(status)}; starting it again in {self._pause:g} s", bad=True
            )
            await asyncio.sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            self.restarts += 1
            try:
                await self._spawn()
            except EmbeddedError as error:
                self._output.say(str(error), bad=True)

    async def _pump(self, reading: int) -> None:
        """Copy what the child says to its log file and, line by line, to the terminal."""
        said, rest = asyncio.StreamReader(), b""
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(said), os.fdopen(reading, "rb", buffering=0)
        )
        with contextlib.closing(transport), self._log.open("ab", buffering=0) as log:
            while chunk := await said.read(65_536):
                log.write(chunk)
                *lines, rest = (rest + chunk).split(b"\n")
                if len(rest) > 65_536:  # one endless line must not fill the memory
                    lines, rest = [*lines, rest], b""
                for line in lines:
                    self._heard(line)
            if rest:
                self._heard(rest)

    def _heard(self, raw: bytes) -> None:
        line = raw.decode("utf-8", "replace").rstrip()
        self._last_words.append(line)
        if line and self.service.shown(line):
            self._output.line(self.name, line)


def ending(status: int) -> str:
    """Say how a process ended."""
    if status >= 0:
        return f"ended with status {status}"
    return f"was ended by {signal.Signals(-status).name}"
