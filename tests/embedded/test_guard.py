"""A guarded child lives in a session of its own and dies with its parent, however that ends."""

import os
import pwd
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from embedded.guard import guarded
from embedded.running import began

# A parent that starts one guarded child, says its number and waits to be killed.
PARENT = """
import signal, subprocess, sys, time
from embedded.guard import guarded
user = sys.argv[1] or None
child = subprocess.Popen(
    guarded(["sleep", "60"], death_signal=signal.SIGTERM, user=user), stdout=subprocess.DEVNULL
)
time.sleep(0.3)  # the child must have become sleep; its parent is about to be killed
print(child.pid, flush=True)
time.sleep(60)
"""


def wait_until_gone(pid: int) -> bool:
    """Tell whether a process that is no child of ours ends within five seconds."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 5.0)[0])
    finally:
        os.close(handle)


@pytest.mark.parametrize("user", ["", "nobody"])
def test_child_dies_when_its_parent_is_killed(user):
    if user and os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    parent = subprocess.Popen([sys.executable, "-c", PARENT, user], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    assert began(child) is not None
    if user:
        wanted = pwd.getpwnam(user).pw_uid
        end = time.monotonic() + 10
        # It becomes somebody else a moment after it is there.
        while (owner := Path(f"/proc/{child}").stat().st_uid) != wanted and time.monotonic() < end:
            os.sched_yield()
        assert owner == wanted
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert wait_until_gone(child)


def test_child_whose_parent_is_already_gone_does_not_start():
    # Process 1 is surely not the parent of what we start.
    command = guarded(["echo", "started"], death_signal=signal.SIGTERM)
    command[command.index("--parent") + 1] = "1"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")


def test_child_leads_its_own_session():
    command = guarded(
        [sys.executable, "-c", "import os; print(os.getsid(0) == os.getpid())"], death_signal=signal.SIGTERM
    )
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "True\n"


def test_missing_program_is_named():
    done = subprocess.run(
        guarded(["/no/such/program"], death_signal=signal.SIGTERM),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "/no/such/program: No such file or directory\n"
