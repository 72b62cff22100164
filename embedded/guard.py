"""Becomes another program, tied to the life of the process that asked for it.

Run as ``python -I -S guard.py [--user NAME] --signal SIGINT --parent PID -- program arguments``. It

* leads a session of its own, so that Ctrl-C in a terminal reaches the supervisor alone, which stops
  its children in the right order, and so that a whole process group can be swept away;
* gives up root for ``--user``, when asked to (PostgreSQL refuses to run as root);
* asks Linux for ``--signal`` at the death of its parent *thread* (start it from a main thread). This
  comes after the change of user, which clears the wish, and is followed by a look whether the
  parent is already gone.

A program of its own and not Popen's preexec_fn, which is unsafe in a process that has threads.
"""

import ctypes
import os
import pwd
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def guarded(command: list[str], *, death_signal: signal.Signals, user: str | None = None) -> list[str]:
    """Return the arguments that start ``command`` as a child that dies with this process.

    ``death_signal`` is what the child gets when this process is gone, however it went.
    """
    prefix = [sys.executable, "-I", "-S", str(Path(__file__).resolve())]
    prefix += ["--signal", death_signal.name, "--parent", str(os.getpid())]
    if user is not None:
        prefix += ["--user", user]
    return [*prefix, "--", *command]


def become_user(name: str) -> None:
    """Give up root for good: groups first, while we still may."""
    account = pwd.getpwnam(name)
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    os.environ.update(USER=name, LOGNAME=name, HOME="/")


def die_with_parent(parent: int, death_signal: signal.Signals) -> None:
    """Ask for ``death_signal`` when the parent dies; leave at once if it already did."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent:
        sys.exit(1)


def main(arguments: list[str]) -> None:
    """Apply the options and become the command behind ``--``."""
    split = arguments.index("--")
    options = dict(zip(arguments[:split:2], arguments[1:split:2], strict=True))
    command = arguments[split + 1 :]
    os.setsid()
    if "--user" in options:
        become_user(options["--user"])
    die_with_parent(int(options["--parent"]), signal.Signals[options["--signal"]])
    try:
        os.execvp(command[0], command)  # noqa: S606 - becoming the program is what this is for
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
