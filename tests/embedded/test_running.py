"""One supervisor at a time; a killed one blocks nobody and leaves nobody behind."""

import os
import signal
import subprocess
import sys

import pytest

from embedded.leftovers import claimed_folder
from embedded.running import AlreadyRunningError, Claim, began, end_leftovers, read_json

HOLDER = """
import sys, time
from pathlib import Path
from embedded.running import Claim
claim = Claim(Path(sys.argv[1]))
claim.tell(address="http://127.0.0.1:8000")
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Give another process that runs in the folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_second_start_is_told_where_the_first_is(holder, tmp_path):
    with pytest.raises(AlreadyRunningError) as error:
        Claim(tmp_path)
    assert str(error.value) == f"already running at http://127.0.0.1:8000, pid {holder.pid}"


def test_killed_supervisor_blocks_nobody(holder, tmp_path):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (tmp_path / "running.json").exists()
    claim = Claim(tmp_path)
    assert read_json(tmp_path / "running.json") == {"pid": os.getpid(), "address": None}
    claim.release()
    Claim(tmp_path).release()


def test_child_that_outlived_its_supervisor_is_killed(tmp_path):
    stubborn = subprocess.Popen(["sleep", "60"], start_new_session=True)
    claim = Claim(tmp_path)
    claim.remember({"web": stubborn.pid})
    end_leftovers(tmp_path, patience=0.1)
    assert stubborn.wait() == -signal.SIGKILL
    claim.release()


def test_other_process_that_got_a_dead_childs_number_is_left_alone(tmp_path):
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    since = began(stranger.pid)
    assert since is not None
    (tmp_path / "children.json").write_text(f'{{"web": [{stranger.pid}, {since - 1}]}}')
    end_leftovers(tmp_path, patience=0)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_half_written_file_reads_as_empty(tmp_path, content):
    path = tmp_path / "children.json"
    path.write_text(content)
    assert read_json(path) == {}
    end_leftovers(tmp_path)


def test_folder_of_a_dead_test_run_is_tidied_and_of_a_living_one_kept(tmp_path):
    code = "import sys, os\nfrom pathlib import Path\nfrom embedded.leftovers import claimed_folder\n"
    code += "print(claimed_folder(Path(sys.argv[1])), flush=True)\nos.kill(os.getpid(), 9)"
    dead = subprocess.run(
        [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False
    ).stdout
    left = sorted(path.name for path in tmp_path.iterdir())
    assert len(left) == 2
    mine = claimed_folder(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [mine.name, f"{mine.name}.claim"]
    assert dead.strip() != str(mine)

    # While we live, another run leaves ours alone.
    subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, check=False)
    assert mine.is_dir()
