"""The services behind bin/dev: what each is, how it is started, known to be ready, and stopped."""

import os
import secrets
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from embedded.children import Service
from embedded.places import PlaceError
from embedded.postgres import Postgres
from embedded.valkey import Valkey

HOST = "127.0.0.1"
WEB_PORT, INBOX_PORT, SMTP_PORT = 8000, 8025, 8026
PORTS_TRIED = 50
# What is said at every start and end, or for every picture of a page, and tells a person nothing. The
# log files have it all the same.
USUAL = {
    "postgres": (" LOG:  ", "the database system is starting up"),
    "valkey": ("Memory overcommit", "signal-handler", "bye bye", "User requested shutdown"),
    "web": ("GET /static/", "GET /healthz"),
    "worker": (
        "SecurityWarning",
        "absolutely not recommended",
        "specify a different user using",
        "User information: uid=",
        "_warn_or_raise_security_error",
        # The clock asks four times a minute; what a task did is said by the task itself.
        "] received",
        "] succeeded in",
    ),
    "beat": ("celery beat v",),
}


@dataclass
class Plan:
    """Everything a start needs: the environment of the site, and the services in order of starting."""

    folder: Path
    environment: dict[str, str]
    address: str
    inbox: str | None
    servers: list[Service]
    site: list[Service]
    notes: list[str]


def make_plan(folder: Path, *, port: int | None = None) -> Plan:
    """Decide what runs where. A real server named in the environment is used, and none embedded for it.

    ``port`` is the web's; when it is None, the first free one from 8000 on is taken.
    """
    notes: list[str] = []
    web_port = fixed_port(port) if port else next_free_port(WEB_PORT, "the forum", notes)
    environment = dict(os.environ)
    servers: list[Service] = []
    if not environment.get("DATABASE_URL"):
        postgres = Postgres(home=folder / "postgres", shared=folder / "shared")
        environment["DATABASE_URL"] = postgres.url()
        servers.append(postgres_service(postgres))
    if not environment.get("REDIS_URL"):
        valkey = Valkey(folder / "valkey")
        environment["REDIS_URL"] = valkey.url
        servers.append(valkey_service(valkey))
    inbox = None
    if not environment.get("EMAIL_URL"):
        smtp_port = next_free_port(SMTP_PORT, "the mail catcher", notes=None, promised={web_port})
        inbox_port = next_free_port(INBOX_PORT, "the inbox", notes, promised={web_port, smtp_port})
        environment["EMAIL_URL"] = f"smtp://{HOST}:{smtp_port}"
        inbox = f"http://{HOST}:{inbox_port}"
        servers.append(mail_service(folder / "mails", smtp_port=smtp_port, inbox_port=inbox_port))
    address = f"http://{HOST}:{web_port}"
    for name, value in {
        "DEBUG": "true",
        "SECRET_KEY": secret_key(folder / "secret-key"),
        "SITE_URL": address,
        "STORAGE_URL": f"file://{folder}/media",
        "PYTHONUNBUFFERED": "1",
    }.items():
        environment.setdefault(name, value)
    site = [web_service(web_port), worker_service(), beat_service(folder)]
    return Plan(folder, environment, address, inbox, servers, site, notes)


def secret_key(path: Path) -> str:
    """Return this checkout's SECRET_KEY, made once, so that sessions outlive a restart."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def free(port: int) -> bool:
    """Tell whether nobody listens on a port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def fixed_port(port: int) -> int:
    """Return the port a person asked for, or raise PlaceError if it is taken."""
    if not free(port):
        raise PlaceError(f"Port {port} is taken by another program.")
    return port


def next_free_port(first: int, what: str, notes: list[str] | None, *, promised: Collection[int] = ()) -> int:
    """Return ``first`` or the next free port after it, and note when it is not the usual one.

    ``promised`` are ports that look free because who gets them has not started yet.
    """
    for port in range(first, first + PORTS_TRIED):
        if port not in promised and free(port):
            if port != first and notes is not None:
                notes.append(f"Port {first} is taken by another program; {what} is on {port}.")
            return port
    raise PlaceError(f"No free port for {what} from {first} to {first + PORTS_TRIED - 1}.")


def postgres_service(postgres: Postgres) -> Service:
    """PostgreSQL: SIGINT is its fast shutdown, SIGQUIT the one without a checkpoint."""
    return Service(
        name="postgres",
        command=postgres.command,
        user=postgres.user,
        before=postgres.prepare,
        ready=postgres.ready,
        after=postgres.create_database,
        stop_with=((signal.SIGINT, 3.0), (signal.SIGQUIT, 2.0)),
        dies_with=signal.SIGINT,
        shown=lambda line: unusual("postgres", line),
    )


def valkey_service(valkey: Valkey) -> Service:
    """Valkey: told to end, it writes what it has first."""
    return Service(
        name="valkey",
        command=valkey.command,
        before=valkey.prepare,
        ready=valkey.ready,
        dies_with=signal.SIGTERM,
        shown=lambda line: unusual("valkey", line),
    )


def mail_service(folder: Path, *, smtp_port: int, inbox_port: int) -> Service:
    """The mail catcher with its inbox page."""
    command = [sys.executable, "-m", "embedded.mail_catcher", "--folder", str(folder)]
    command += ["--smtp-port", str(smtp_port), "--inbox-port", str(inbox_port)]
    return Service(
        name="mail",
        command=lambda: command,
        ready=lambda: answers(f"http://{HOST}:{inbox_port}/api/messages.json"),
    )


def web_service(port: int) -> Service:
    """The site. SIGQUIT ends gunicorn and its workers without waiting for idle browsers.

    What is not gone after a second is killed: on a busy machine, Python alone can take longer than that
    to take its modules down.
    """
    command = [sys.executable, "-m", "gunicorn", "forum_site.wsgi:application"]
    command += ["--bind", f"{HOST}:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    command += ["--no-control-socket", "--graceful-timeout", "2", "--log-level", "warning"]
    command += ["--access-logfile", "-", "--access-logformat", "%(m)s %(U)s %(s)s %(M)s ms"]
    return Service(
        name="web",
        command=lambda: command,
        ready=lambda: answers(f"http://{HOST}:{port}/healthz"),
        stop_with=((signal.SIGQUIT, 1.0),),
        dies_with=signal.SIGQUIT,
        shown=lambda line: unusual("web", line),
    )


def worker_service() -> Service:
    """The Celery worker, as one process with threads: killing it leaves nothing behind.

    It is given a second to finish what it does; the outbox delivers what is cut off later.
    """
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "forum_site", "worker"]
    command += ["--pool", "threads", "--concurrency", "4", "--loglevel", "INFO"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return Service(
        name="worker",
        command=lambda: command,
        stop_with=((signal.SIGTERM, 1.0),),
        shown=lambda line: unusual("worker", line),
    )


def beat_service(folder: Path) -> Service:
    """Celery's clock, which sends what is due."""
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "forum_site", "beat"]
    command += ["--schedule", str(folder / "beat-schedule"), "--pidfile=", "--loglevel", "WARNING"]
    return Service(name="beat", command=lambda: command, stop_with=((signal.SIGTERM, 0.5),))


def unusual(name: str, line: str) -> bool:
    """Tell whether a line of a service is worth a person's attention."""
    return not any(words in line for words in USUAL.get(name, ()))


def answers(address: str) -> bool:
    """Tell whether a page of our own answers with 200 now."""
    try:
        with urllib.request.urlopen(address, timeout=2) as response:  # noqa: S310 - an http address of ours
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
