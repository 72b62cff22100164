"""Where the servers of this checkout keep their data, sockets and logs.

An ordinary user has everything in ``.forum/`` inside the checkout. Root has it under ``/var/tmp``,
because PostgreSQL then runs as ``nobody``, who can rarely look into a checkout; so has a user whose
checkout lies so deep that the path of a unix socket would be too long for the kernel. The name is
made from the checkout's path: the same checkout always finds its data again.
"""

import hashlib
import os
import stat
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent

# sockaddr_un.sun_path holds 108 bytes with the closing NUL.
LONGEST_SOCKET_PATH = 107
LONGEST_SOCKET_NAME = "tests/4194304-gw99/postgres/.s.PGSQL.5432"

# The account PostgreSQL runs as when we are root; every Debian has it.
UNPRIVILEGED = "nobody"


class EmbeddedError(Exception):
    """Something that a person has to put right; the text says what and how."""


class PlaceError(EmbeddedError):
    """A folder or socket cannot be where it has to be; the text says what to do."""


def running_as_root() -> bool:
    """Tell whether PostgreSQL must be given to another account."""
    return os.geteuid() == 0


def private_folder() -> Path:
    """Return this checkout's folder for data, sockets and logs, made if missing and checked.

    ``FORUM_PRIVATE_FOLDER`` names another one; tests use it to stay apart from a running site.
    """
    chosen = os.environ.get("FORUM_PRIVATE_FOLDER")
    if chosen:
        folder = Path(chosen)
    elif running_as_root() or too_long(CHECKOUT / ".forum" / LONGEST_SOCKET_NAME):
        digest = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:12]
        folder = Path("/var/tmp") / f"forum-{os.geteuid()}-{digest}"  # noqa: S108 - made_private checks it
    else:
        folder = CHECKOUT / ".forum"
    return made_private(folder)


def made_private(folder: Path) -> Path:
    """Make ``folder`` ours alone, and refuse one that somebody else put there before us.

    As root it is passable (0711, not readable), so that ``nobody`` reaches the parts given to it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise PlaceError(f"{folder} belongs to somebody else; remove it and start again.")
    folder.chmod(0o711 if running_as_root() else 0o700)
    return folder


def too_long(socket: Path) -> bool:
    """Tell whether the kernel would refuse a unix socket at this path."""
    return len(os.fsencode(socket)) > LONGEST_SOCKET_PATH


def checked_socket(socket: Path) -> Path:
    """Return ``socket`` or raise PlaceError when its path is longer than a unix socket's may be."""
    if too_long(socket):
        raise PlaceError(
            f"The path {socket} is longer than {LONGEST_SOCKET_PATH} bytes, too long for a unix "
            "socket. Set FORUM_PRIVATE_FOLDER to a folder with a shorter path."
        )
    return socket
