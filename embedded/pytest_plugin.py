"""Real servers for the tests, started before pytest-django reads the settings.

Loaded with ``-p embedded.pytest_plugin`` (pyproject.toml), because a conftest.py would come too late.
The first process (xdist's controller, or the only one) starts one throw-away PostgreSQL, whose
workers each make their own database in it; every process that runs tests has a Valkey and a mail
catcher of its own, so that a fault test may stop them without disturbing its neighbours.

``TEST_DATABASE_URL`` names a real server instead; its role must be allowed to create databases.
"""

import atexit
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from embedded import leftovers
from embedded.mail_catcher import MailCatcher, MailStore
from embedded.places import private_folder
from embedded.postgres import FOR_TESTS, Postgres
from embedded.static_files import StaticFilesError, collect
from embedded.valkey import Valkey

WORKER = "PYTEST_XDIST_WORKER"
FOLDER = "FORUM_TEST_FOLDER"  # tells the workers where the controller's servers are
LEFT_AT_THEIR_DEFAULTS = (
    "ALLOWED_HOSTS",
    "DEFAULT_FROM_EMAIL",
    "LOCK_TIMEOUT_MS",
    "LOG_LEVEL",
    "PRIVATE_STORAGE_URL",
    "REGISTRATIONS_PER_MINUTE",
    "SECRET_KEY_FALLBACKS",
    "TRUSTED_PROXY_COUNT",
)


class Servers:
    """The servers of this process."""

    def __init__(self) -> None:
        shared = private_folder()
        self.worker = os.environ.get(WORKER, "")
        if self.worker:
            self.folder = Path(os.environ[FOLDER])
        else:
            self.folder = leftovers.claimed_folder(shared / "tests")
            os.environ[FOLDER] = str(self.folder)
        self.postgres = Postgres(home=self.folder / "postgres", shared=shared / "shared", settings=FOR_TESTS)
        self.valkey = Valkey(self.folder / (self.worker or "main"), durable=False)
        self.mail = MailCatcher(MailStore(self.folder / f"mail-{self.worker or 'main'}"))
        self.static = shared / "shared"

    def set_environment(self) -> None:
        """Tell the settings where everything is; nothing is started yet."""
        os.environ.update(
            DATABASE_URL=os.environ.get("TEST_DATABASE_URL") or self.postgres.url(),
            REDIS_URL=self.valkey.url,
            EMAIL_URL=self.mail.url,
            SECRET_KEY="only-for-tests-" + "x" * 40,
            DEBUG="false",
            SITE_URL="http://testserver",
            STORAGE_URL=f"file://{self.folder}/media",
            STATIC_ROOT=str(self.folder / "static"),
        )
        # Variables of a running site or of somebody's shell must not reach the tests.
        for name in LEFT_AT_THEIR_DEFAULTS:
            os.environ.pop(name, None)

    def start(self, *, runs_tests: bool) -> None:
        """Start what this process needs."""
        if not self.worker:
            if not os.environ.get("TEST_DATABASE_URL"):
                self.postgres.start(self.folder / "postgres.log")
                self.postgres.create_database()
            try:
                collect(into=self.folder / "static", kept_in=self.static)
            except StaticFilesError as error:
                # Every test of a page will fail for want of the manifest; the others can still run.
                sys.stderr.write(f"{error}\n")
        if runs_tests:
            self.valkey.start()
            self.mail.start()

    def stop(self) -> None:
        """Stop what this process started. May be called twice."""
        self.valkey.stop()
        self.mail.close()
        if not self.worker:
            self.postgres.stop()
            shutil.rmtree(self.folder, ignore_errors=True)


SERVERS = pytest.StashKey[Servers]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Set the environment before pytest-django, whose turn comes inside, imports the settings."""
    servers = early_config.stash[SERVERS] = Servers()
    servers.set_environment()
    # Also when pytest breaks off before it unconfigures; a killed pytest is seen to by the guard.
    atexit.register(servers.stop)
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the servers, before xdist starts its workers and before the first test is collected."""
    distributes = bool(getattr(session.config.option, "tx", None))
    session.config.stash[SERVERS].start(runs_tests=not distributes)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers, also after ``-x``, Ctrl-C or an error in the collection."""
    if SERVERS in config.stash:
        config.stash[SERVERS].stop()


@pytest.fixture
def valkey(request: pytest.FixtureRequest) -> Iterator[Valkey]:
    """Give this process's Valkey, which the site is using: ``valkey.stop()``, ``valkey.start()``.

    Afterwards it runs again and is empty.
    """
    server = request.config.stash[SERVERS].valkey
    yield server
    server.start()
    client = redis.Redis.from_url(server.url)
    client.flushall()
    client.close()


@pytest.fixture
def mail_catcher(request: pytest.FixtureRequest, settings: Any) -> Iterator[MailCatcher]:
    """Give a real SMTP server and make Django send to it: ``messages``, ``wait_for``, ``fail``.

    pytest-django replaces the mail backend by one that keeps mails in memory; this undoes it.
    """
    catcher = request.config.stash[SERVERS].mail
    catcher.store.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = catcher.host, catcher.port
    yield catcher
    catcher.fail("ok")
    catcher.store.clear()
    catcher.start()
