"""Makes ``.venv`` from requirements-dev.txt. Run by bin/dev and bin/test with the system's Python.

Standard library only, and quick when nothing changed: a stamp in ``.venv`` holds a checksum of the
lock file and of the Python it was made for. A change of either makes it again or brings it up to date.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
LOCK_FILE = CHECKOUT / "requirements-dev.txt"
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "made-from"
OLDEST_PYTHON = (3, 11)


def main() -> None:
    """Bring ``.venv`` up to date, or leave with one sentence that says what is missing."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.")
    with LOCK_FILE.open() as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)  # bin/dev and bin/test may be started at once
        if STAMP.is_file() and STAMP.read_text() == wanted_stamp() and PYTHON.exists():
            return
        if not usable():
            say("Making .venv")
            make_venv()
        say("Installing the pinned packages")
        STAMP.unlink(missing_ok=True)  # what fails half-way must be done again
        install()
        link_checkout()
        STAMP.write_text(wanted_stamp())


def wanted_stamp() -> str:
    """Return what the stamp says when ``.venv`` is as the lock file wants it, here, for this Python."""
    digest = hashlib.sha256(LOCK_FILE.read_bytes()).hexdigest()
    return f"{digest}\n{sys.version_info.major}.{sys.version_info.minor}\n{CHECKOUT}\n"


def say(text: str) -> None:
    """Tell what is being done; on the error stream, so that output can be piped."""
    sys.stderr.write(f"{text} ...\n")
    sys.stderr.flush()


def usable() -> bool:
    """Tell whether ``.venv`` has a Python of our version that starts, and that is here (not moved)."""
    try:
        done = subprocess.run(
            [PYTHON, "-I", "-c", "import sys; print(sys.version_info[:2], sys.prefix)"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    installer = any((VENV / "bin" / name).exists() for name in ("uv", "pip"))
    return installer and done.stdout.split("\n")[0] == f"{sys.version_info[:2]} {VENV}"


def make_venv() -> None:
    """Make ``.venv``; on a Debian without python3-venv, install that first if we may."""
    if not has_ensurepip():
        install_python_venv()
    shutil.rmtree(VENV, ignore_errors=True)
    done = run([sys.executable, "-m", "venv", str(VENV)])
    if done.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(f"python3 -m venv failed:\n{done.stdout}")


def has_ensurepip() -> bool:
    """Tell whether this Python can put pip into a new environment. Debian keeps that apart."""
    return run([sys.executable, "-I", "-c", "import ensurepip, venv"]).returncode == 0


def install_python_venv() -> None:
    """Install Debian's python3-venv as root or with a sudo that asks nothing, or say that it is missing."""
    missing = "Python's venv is missing: install it with `apt-get install python3-venv` and start again."
    if not shutil.which("apt-get"):
        sys.exit(missing)
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo") and run(["sudo", "-n", "true"]).returncode == 0:
        prefix = ["sudo", "-n"]
    else:
        sys.exit(missing)
    say("Installing python3-venv")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    install = [*apt, "install", "-y", "--no-install-recommends", package]
    if run(install).returncode != 0:  # a new machine has no list of packages yet
        run([*apt, "update"])
        run(install)
    if not has_ensurepip():
        sys.exit(missing)


def install() -> None:
    """Install exactly what the lock file pins: with uv, itself pinned there, or else with pip."""
    clean = {
        key: value
        for key, value in os.environ.items()
        if key not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    }
    quiet_pip = ["install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    uv = VENV / "bin" / "uv"
    if pinned("uv"):
        with tempfile.TemporaryDirectory() as folder:
            only_uv = Path(folder) / "uv.txt"
            only_uv.write_text(pinned("uv"))
            run([str(PYTHON), "-m", "pip", *quiet_pip, "-r", str(only_uv)], env=clean)
    if uv.exists():
        command = [str(uv), "pip", "sync", "--quiet", "--python", str(PYTHON), "--require-hashes"]
        if run([*command, str(LOCK_FILE)], env=clean).returncode == 0:
            return
    done = run([str(PYTHON), "-m", "pip", *quiet_pip, "-r", str(LOCK_FILE)], env=clean)
    if done.returncode != 0:
        sys.exit(f"The packages of {LOCK_FILE.name} could not be installed:\n{done.stdout}")


def pinned(name: str) -> str:
    """Return the lock file's lines for one package, with its hashes."""
    match = re.search(rf"^{name}==(?:.*\\\n)+.*\n", LOCK_FILE.read_text(), re.MULTILINE)
    return match.group() if match else ""


def link_checkout() -> None:
    """Let every program in ``.venv`` import from the checkout, wherever it is started."""
    for packages in (VENV / "lib").glob("python3*/site-packages"):
        (packages / "checkout.pth").write_text(f"{CHECKOUT}\n")


def run(command: list[str], env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a command and keep what it says, errors included."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=env,
    )


if __name__ == "__main__":
    main()
