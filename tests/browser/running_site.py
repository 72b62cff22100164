"""The whole site as a visitor meets it: gunicorn, worker and beat on a database with the demonstration.

Everything is real and of its own: the database, the Valkey, the mail catcher. Tests of the browser
look at pages and mails alone, never into the database, just as people do.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from psycopg2 import sql

from embedded.guard import guarded
from embedded.mail_catcher import MailCatcher, MailStore, Stored
from embedded.postgres import administered
from embedded.services import HOST, answers, beat_service, web_service, worker_service
from embedded.valkey import Valkey
from tests.house.sources import ROOT
from tests.migrated import EMPTY, copy_database


def free_port() -> int:
    """Return a port that nobody uses; the system does not give the same one twice in a row."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


class RunningSite:
    """Start with ``start``, stop with ``stop``; ``address`` has no slash at its end.

    ``demo=False`` leaves out the demonstration: nothing is there, not even a forum. ``template`` names the
    database to begin with, in which the migrations are done.
    """

    def __init__(self, folder: Path, *, demo: bool = True, template: str = EMPTY) -> None:
        self.folder = folder
        self.demo = demo
        self.template = template
        self.database = f"forum_{folder.name}"
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.address = f"http://{HOST}:{self.port}"
        self.valkey = Valkey(folder, durable=False)
        self.mail = MailCatcher(MailStore(folder / "mails"))
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            **os.environ,
            "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{self.database}").geturl(),
            "REDIS_URL": self.valkey.url,
            "EMAIL_URL": self.mail.url,
            "SITE_URL": self.address,
            # Browsers know passkeys on plain http for this name alone, not for an address of digits.
            "ALLOWED_HOSTS": f"{HOST},localhost",
            "STORAGE_URL": f"file://{folder}/media",
            "PYTHONUNBUFFERED": "1",
            # All visitors of these tests come from one address.
            "REGISTRATIONS_PER_MINUTE": "1000",
        }

    def start(self) -> None:
        """Make the database, load the demonstration, start the processes; return when pages answer."""
        copy_database(os.environ["DATABASE_URL"], new=self.database, template=self.template)
        self.valkey.start()
        self.mail.start()
        if self.template == EMPTY:
            self.manage("migrate", "--verbosity=0")
        if self.demo:
            self.manage("load_demo", "--accounts")
        self.run("web", web_service(self.port).command())
        self.run("worker", worker_service().command())
        self.run("beat", beat_service(self.folder).command())
        limit = time.monotonic() + 30
        while not answers(f"{self.address}/readyz?strict=1"):
            if time.monotonic() > limit:
                raise AssertionError(f"The site did not start:\n{self.said()}")
            time.sleep(0.05)

    def manage(self, *arguments: str) -> str:
        """Run one of the site's commands on the site's database; return what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, name: str, command: list[str]) -> None:
        """Start one process, which dies with this one."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                guarded(command, death_signal=signal.SIGKILL),
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def said(self) -> str:
        """Return what the processes wrote, for a person who looks for a reason."""
        return "\n".join(
            f"--- {path.name}\n{path.read_text()[-3000:]}" for path in sorted(self.folder.glob("*.log"))
        )

    def mail_to(self, address: str, *, number: int = 1, seconds: float = 30.0) -> Stored:
        """Wait until ``number`` mails have come to ``address``; return the last of them."""
        limit = time.monotonic() + seconds
        while True:
            found = [mail for mail in self.mail.messages if address in mail.recipients]
            if len(found) >= number:
                return found[number - 1]
            if time.monotonic() > limit:
                raise AssertionError(
                    f"{number} mails to {address} expected, {len(found)} came\n{self.said()}"
                )
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop everything that was started."""
        for process in self.processes.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.valkey.stop()
        self.mail.close()
        with administered(os.environ["DATABASE_URL"]) as cursor:
            cursor.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.database))
            )
