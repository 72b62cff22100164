"""The environment is made once, brought up to date when a pin changes, and otherwise left alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from embedded import bootstrap
from embedded.places import CHECKOUT


@pytest.fixture
def checkout(tmp_path):
    """Give a checkout with nothing to install, so that no package index is asked."""
    (tmp_path / "embedded").mkdir()
    shutil.copy(CHECKOUT / "embedded" / "bootstrap.py", tmp_path / "embedded")
    (tmp_path / "requirements-dev.txt").write_text("# nothing\n")
    (tmp_path / "here.py").touch()
    return tmp_path


def make(checkout, **environment):
    return subprocess.run(
        [sys.executable, "-I", checkout / "embedded" / "bootstrap.py"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_environment_is_made_and_kept_and_brought_up_to_date(checkout):
    first = make(checkout)
    assert (first.returncode, first.stdout) == (0, "")
    assert first.stderr == "Making .venv ...\nInstalling the pinned packages ...\n"
    python = checkout / ".venv" / "bin" / "python"
    found = subprocess.run(
        [python, "-c", "import here; print(here.__file__)"],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == f"{checkout}/here.py\n"

    assert make(checkout).stderr == ""

    (checkout / "requirements-dev.txt").write_text("# something else\n")
    assert make(checkout).stderr == "Installing the pinned packages ...\n"

    (checkout / "requirements-dev.txt").write_text("./missing.whl --hash=sha256:" + "0" * 64 + "\n")
    done = make(checkout)
    assert done.returncode == 1
    assert "The packages of requirements-dev.txt could not be installed:" in done.stderr
    assert "missing.whl" in done.stderr
    assert not (checkout / ".venv" / "made-from").exists()


def test_environment_whose_python_is_gone_is_not_used(checkout, monkeypatch):
    monkeypatch.setattr(bootstrap, "VENV", checkout / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", checkout / ".venv" / "bin" / "python")
    assert bootstrap.usable() is False
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", checkout / ".venv"], check=True)
    assert bootstrap.usable() is False  # nothing to install with
    (checkout / ".venv" / "bin" / "uv").touch()
    assert bootstrap.usable() is True
    (checkout / ".venv" / "bin" / "python").unlink()  # as after a change of the system's Python
    assert bootstrap.usable() is False


def test_venv_package_that_is_missing_is_named_with_its_command(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SystemExit) as error:
        bootstrap.install_python_venv()
    assert "apt-get install python3-venv" in str(error.value)


def test_installer_itself_is_pinned_with_hashes():
    lines = bootstrap.pinned("uv").splitlines()
    assert lines[0].startswith("uv==")
    assert all("--hash=sha256:" in line for line in lines[1:] if not line.strip().startswith("#"))
    assert any("--hash=sha256:" in line for line in lines)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_files_pin_every_package_with_hashes_and_name_no_machine(name):
    text = (Path(CHECKOUT) / name).read_text()
    packages = [line for line in text.splitlines() if line and line[0].isalnum()]
    assert len(packages) > 40
    assert [line for line in packages if "==" not in line or not line.endswith("\\")] == []
    for word in ("://", "/root", "/home", "index-url", "find-links"):
        assert word not in text


def test_both_lock_files_agree():
    def pins(name):
        lines = (CHECKOUT / name).read_text().splitlines()
        return dict(line.split(" ")[0].split("==") for line in lines if line and line[0].isalnum())

    production, development = pins("requirements.txt"), pins("requirements-dev.txt")
    assert production.items() <= development.items()
