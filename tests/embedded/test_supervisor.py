"""bin/dev's supervisor with the real site behind it: one start, faults, a kill, a Ctrl-C."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from embedded.places import CHECKOUT
from embedded.running import began, read_json
from tests.embedded.conftest import new_folder
from tests.embedded.test_guard import wait_until_gone

pytestmark = pytest.mark.slow

# What bin/dev itself decides; the tests' own servers must not be taken for real ones.
DECIDED = {
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "SECRET_KEY",
    "DEBUG",
    "SITE_URL",
    "STORAGE_URL",
    "STATIC_ROOT",
}


class Dev:
    """A supervisor in a folder of its own, without the demonstration."""

    def __init__(self, folder: Path) -> None:
        self.environment = {key: value for key, value in os.environ.items() if key not in DECIDED}
        self.environment["FORUM_PRIVATE_FOLDER"] = str(folder)
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None
        self.said: list[str] = []
        self.news = threading.Condition()

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "embedded.supervisor", *arguments]

    def start(self) -> None:
        """Start, and return when it has said that the forum is ready."""
        self.said = []
        self.process = subprocess.Popen(
            self.command("--no-demo"),
            env=self.environment,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()
        self.hear("Ctrl-C stops everything", seconds=60)

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        for line in process.stdout:
            with self.news:
                self.said.append(line.rstrip())
                self.news.notify_all()
        process.stdout.close()

    def hear(self, words: str, *, seconds: float = 15) -> None:
        """Wait for a line that contains ``words``."""
        with self.news:
            heard = self.news.wait_for(lambda: any(words in line for line in self.said), timeout=seconds)
            assert heard, "\n".join(self.said)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run bin/dev's supervisor a second time."""
        return subprocess.run(
            self.command(*arguments),
            env=self.environment,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def address(self) -> str:
        return str(read_json(self.folder / "running.json")["address"])

    def children(self) -> dict[str, int]:
        """Return the process ids of the services."""
        return {name: pid for name, (pid, _) in read_json(self.folder / "children.json").items()}

    def everybody(self) -> set[int]:
        """Return every process that descends from the supervisor, and the supervisor."""
        found = {self.process.pid}
        numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
        parents = {pid: parent_of(pid) for pid in numbers}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found

    def status_of(self, path: str) -> int:
        """Return the status with which the site answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:  # noqa: S310 - an http address of ours
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


@pytest.fixture(scope="module")
def place():
    """Give one folder for the module: its database is migrated once."""
    folder = new_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def dev(place):
    """Give a running site, stopped afterwards if the test did not."""
    dev = Dev(place)
    try:
        dev.start()
        yield dev
    finally:
        if dev.process.poll() is None:
            dev.process.send_signal(signal.SIGINT)
            dev.process.wait(20)


def test_faults_of_single_services(dev):
    second = dev.run()
    assert second.returncode == 1
    assert second.stderr == f"already running at {dev.address}, pid {dev.process.pid}\n"
    assert dev.status_of("/readyz") == 200

    lines = dev.run("ctl", "status").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        [name, "running"] for name in ("postgres", "valkey", "mail", "web", "worker", "beat")
    ]

    before = dev.children()["worker"]
    assert dev.run("ctl", "kill", "worker").returncode == 0
    dev.hear("worker was ended by SIGKILL; starting it again in 0.5 s")
    dev.hear("celery@", seconds=30)
    assert wait_until_gone(before)

    assert dev.run("ctl", "stop", "valkey").stdout == "valkey    stopped  restarts 0\n"
    assert (dev.status_of("/healthz"), dev.status_of("/readyz?strict=1")) == (200, 503)
    assert dev.run("ctl", "start", "valkey").stdout.startswith("valkey    running")
    assert dev.status_of("/readyz?strict=1") == 200

    code = (
        "from django.conf import settings as s; print(s.SITE_URL, s.DATABASES['default']['OPTIONS']['host'])"
    )
    told = dev.run("manage", "shell", "--no-imports", "-c", code)
    assert told.stdout == f"{dev.address} {dev.folder}/postgres\n"

    for arguments, answer in {
        ("stop", "everything"): "Say which service: postgres, valkey, mail, web, worker, beat.\n",
        ("stop",): "Say which service: postgres, valkey, mail, web, worker, beat.\n",
    }.items():
        refused = dev.run("ctl", *arguments)
        assert (refused.returncode, refused.stdout) == (1, answer)


def test_kill_leaves_no_orphan_and_the_next_start_works_and_ctrl_c_ends_it(dev):
    everybody = dev.everybody()
    assert len(everybody) >= 15  # seven programs of ours, and what PostgreSQL and gunicorn start
    dev.process.send_signal(signal.SIGKILL)
    dev.process.wait()
    assert [pid for pid in everybody if not wait_until_gone(pid)] == []
    refused = dev.run("ctl", "status")
    assert (refused.returncode, refused.stdout) == (1, "bin/dev is not running.\n")

    dev.start()
    assert dev.status_of("/readyz?strict=1") == 200

    everybody = dev.everybody()
    begun = time.monotonic()
    dev.process.send_signal(signal.SIGINT)
    assert dev.process.wait(20) == 0
    # About a second on an idle machine; the suite's neighbours may be busy.
    assert time.monotonic() - begun < 5
    assert [pid for pid in everybody if began(pid) is not None] == []
    dev.hear("Stopped in ")
    assert list(dev.folder.glob("*.json")) == []


def test_start_that_is_interrupted_stops_too(place):
    dev = Dev(place)
    dev.process = subprocess.Popen(
        dev.command("--no-demo"), env=dev.environment, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    assert dev.process.stdout.readline()  # the first service has spoken: in the middle of the start
    everybody = dev.everybody()
    dev.process.send_signal(signal.SIGINT)
    rest = dev.process.communicate(timeout=20)[0]
    assert dev.process.returncode == 0
    assert re.search(r"^Stopped in ", rest, re.MULTILINE)
    assert "The forum is ready" not in rest
    assert [pid for pid in everybody if began(pid) is not None] == []


def test_port_that_is_taken_is_refused_when_asked_for(place):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = Dev(place).run("--no-demo", "--port", str(port))
    assert (refused.returncode, refused.stderr) == (1, f"Port {port} is taken by another program.\n")
