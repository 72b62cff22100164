"""``bin/dev --reset`` begins with empty data, and touches nothing else."""

import io

import pytest

from embedded.places import EmbeddedError
from embedded.supervisor import reset


@pytest.fixture
def filled(tmp_path):
    """Give a private folder with something of everything."""
    for name in ("postgres/data", "mails", "shared/cluster-18.6", "tests/1"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("secret-key", "running.lock", "mails/1.eml"):
        (tmp_path / name).touch()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "shared")
    return tmp_path


def test_yes_deletes_the_data_and_keeps_what_others_use(filled, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    reset(filled)
    assert sorted(path.name for path in filled.iterdir()) == ["running.lock", "shared", "tests"]
    assert (filled / "shared" / "cluster-18.6").is_dir()


@pytest.mark.parametrize("answer", ["", "no\n", "y\n", "yes please\n"])
def test_anything_else_deletes_nothing(filled, monkeypatch, answer):
    before = sorted(filled.rglob("*"))
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    with pytest.raises(EmbeddedError, match="Nothing was deleted"):
        reset(filled)
    assert sorted(filled.rglob("*")) == before
