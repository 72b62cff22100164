"""A child is started again when it crashes, quoted when it does not start, and stopped in any case."""

import asyncio
import io
import signal
import sys

import pytest

from embedded.children import Child, Service, StartError
from embedded.output import Output
from tests.embedded.test_guard import wait_until_gone

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
WITH_A_CHILD = (
    "import subprocess, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
)


class Recorder(Output):
    """An output that can be waited for."""

    def __init__(self):
        super().__init__(io.StringIO())
        self.said = []
        self.news = asyncio.Event()

    def line(self, name, text):
        self.said.append(f"{name}: {text}")
        self.news.set()

    def say(self, text, *, bad=False):
        self.said.append(text)
        self.news.set()

    async def heard(self, words):
        """Wait for a line that contains ``words``, and return it."""
        async with asyncio.timeout(10):
            while True:
                for line in self.said:
                    if words in line:
                        return line
                self.news.clear()
                await self.news.wait()


def child_of(code, tmp_path, output, **details):
    service = Service(name="test", command=lambda: [sys.executable, "-c", code], **details)
    return Child(service, environment={}, logs=tmp_path, output=output)


def test_crashed_child_is_started_again_and_said_so(tmp_path):
    async def scenario():
        output = Recorder()
        child = child_of("import time; print('up', flush=True); time.sleep(60)", tmp_path, output)
        await child.start()
        await output.heard("test: up")
        first = child.process.pid
        output.said.clear()
        child.process.send_signal(signal.SIGKILL)
        told = await output.heard("starting it again")
        await output.heard("test: up")
        second = child.process.pid
        await child.stop()
        return told, first != second, child.restarts

    told, another, restarts = asyncio.run(scenario())
    assert told == "test was ended by SIGKILL; starting it again in 0.5 s"
    assert another
    assert restarts == 1


def test_pause_between_restarts_grows(tmp_path):
    async def scenario():
        output = Recorder()
        child = child_of("raise SystemExit(3)", tmp_path, output)
        await child.start()
        told = [await output.heard(f"in {pause} s") for pause in ("0.5", "1")]
        await child.stop()
        return told

    assert asyncio.run(scenario()) == [
        f"test ended with status 3; starting it again in {pause} s" for pause in ("0.5", "1")
    ]


def test_stopped_child_is_not_started_again(tmp_path):
    async def scenario():
        output = Recorder()
        child = child_of("import time; time.sleep(60)", tmp_path, output)
        await child.start()
        await child.stop()
        await asyncio.gather(child.stop(), child.stop())
        return child.running, child.restarts, output.said

    assert asyncio.run(scenario()) == (False, 0, [])


def test_child_that_does_not_get_ready_is_quoted(tmp_path):
    async def scenario():
        child = child_of("raise SystemExit('the disk is full')", tmp_path, Recorder(), ready=lambda: False)
        with pytest.raises(StartError, match=r"test did not start\. It said:\nthe disk is full"):
            await child.start()
        return child.running

    assert asyncio.run(scenario()) is False


def test_child_that_ignores_the_signal_is_killed(tmp_path):
    async def scenario():
        output = Recorder()
        child = child_of(STUBBORN, tmp_path, output, stop_with=((signal.SIGTERM, 0.2),))
        await child.start()
        await output.heard("test: deaf")
        await child.stop()
        return child.process.returncode

    assert asyncio.run(scenario()) == -signal.SIGKILL


def test_grandchildren_go_with_a_crashed_child(tmp_path):
    async def scenario():
        output = Recorder()
        child = child_of(WITH_A_CHILD, tmp_path, output)
        await child.start()
        grandchild = int((await output.heard("test: ")).split()[1])
        child.process.send_signal(signal.SIGKILL)
        await output.heard("starting it again")
        await child.stop()
        return grandchild

    assert wait_until_gone(asyncio.run(scenario()))


def test_what_a_child_says_stands_in_its_log_whole_and_on_the_terminal_harmless(tmp_path):
    async def scenario():
        output = Recorder()
        code = r"import sys; sys.stdout.buffer.write(b'\xff \x1b[2J hi\nusual\n' + b'x' * 200_000 + b'\nend')"
        child = child_of(code, tmp_path, output, shown=lambda line: line != "usual")
        await child.start()
        await output.heard("test: end")
        await child.stop()
        return output.said

    said = asyncio.run(scenario())
    assert "test: usual" not in said
    logged = (tmp_path / "test.log").read_bytes()
    assert logged.startswith(b"\xff \x1b[2J hi\nusual\n")
    assert logged.endswith(b"x\nend")

    screen = io.StringIO()
    Output(screen).line("web", "\x1b[2J hi")
    assert screen.getvalue() == "web      | �[2J hi\n"
