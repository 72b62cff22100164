"""The tests' own servers: where the settings look, and gone after a run however it ends."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings as django_settings
from django.db import connection

from embedded.places import CHECKOUT
from tests.embedded.test_guard import wait_until_gone

# A run that is killed in the middle of its first test, after telling who its servers are.
DOOMED = """
import os
from embedded.pytest_plugin import SERVERS
def test_doomed(request):
    servers = request.config.stash[SERVERS]
    print("SERVERS", servers.postgres.process.pid, servers.valkey.process.pid, flush=True)
    os.kill(os.getpid(), 9)
"""


def test_settings_name_the_tests_own_servers(mail_catcher):
    assert django_settings.DEBUG is False
    assert django_settings.SITE_URL == "http://testserver"
    assert (mail_catcher.host, mail_catcher.port) == (django_settings.EMAIL_HOST, django_settings.EMAIL_PORT)
    assert Path(django_settings.STATIC_ROOT).is_dir()


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="a real server need not be fast")
@pytest.mark.django_db
def test_database_waits_for_no_disk():
    with connection.cursor() as cursor:
        for name, value in {"fsync": "off", "synchronous_commit": "off", "max_connections": "500"}.items():
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (value,)


@pytest.mark.slow
def test_servers_are_gone_after_a_run_that_was_killed(tmp_path):
    test_file = tmp_path / "test_doomed.py"
    test_file.write_text(DOOMED)
    # As from a shell: nothing of our own run is known to it.
    ours = ("FORUM_TEST_FOLDER", "DATABASE_URL", "REDIS_URL", "STATIC_ROOT", "PYTEST_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    command = [sys.executable, "-m", "pytest", test_file, "-s", "-n0", "-p", "no:cacheprovider"]
    command += ["--rootdir", CHECKOUT, "-c", CHECKOUT / "pyproject.toml"]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stdout + done.stderr
    told = re.search(r"SERVERS (\d+) (\d+)", done.stdout)
    assert [pid for pid in told.groups() if not wait_until_gone(int(pid))] == []


@pytest.mark.django_db
def test_database_is_this_workers_own():
    parts = psycopg2.extensions.parse_dsn(os.environ["DATABASE_URL"])
    assert parts["dbname"] == "forum"
    assert connection.settings_dict["NAME"] != "forum"
