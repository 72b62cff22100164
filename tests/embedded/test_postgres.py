"""A real PostgreSQL: who it runs as, where it listens, what it survives."""

import os
import pwd
import shutil
import signal
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import errors

from embedded.places import PlaceError, private_folder
from embedded.postgres import Postgres, PostgresError, find_binaries
from tests.embedded.conftest import new_folder
from tests.embedded.test_guard import wait_until_gone


@pytest.fixture
def postgres(folder):
    """Give a server of the test's own, not started."""
    server = Postgres(home=folder / "postgres", shared=private_folder() / "shared", settings={"fsync": "off"})
    yield server
    server.stop()


@pytest.fixture(scope="module")
def shared_server():
    """Give a running server for the tests that only look at it."""
    folder = new_folder()
    server = Postgres(home=folder / "postgres", shared=private_folder() / "shared", settings={"fsync": "off"})
    server.start(folder / "log")
    server.create_database()
    yield server
    server.stop()
    shutil.rmtree(folder)


def ask(address, question):
    connection = psycopg2.connect(address)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            answer = cursor.fetchone()
        connection.commit()
        return answer
    finally:
        connection.close()


def test_cluster_is_utf8_with_the_builtin_locale(shared_server):
    question = "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database"
    question += " WHERE datname = 'forum'"
    assert ask(shared_server.url(), question) == ("b", "C.UTF-8", "UTF8")


def test_role_of_the_site_is_no_superuser_and_may_make_the_extensions_it_needs(shared_server):
    question = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    assert ask(shared_server.url(), question) == (False, True, False)
    for extension in ("btree_gist", "pg_trgm", "unaccent"):
        ask(shared_server.url(), f"CREATE EXTENSION {extension}; SELECT 1")


def test_creating_the_database_twice_changes_nothing(shared_server):
    ask(shared_server.url(), "CREATE TABLE kept (number int); INSERT INTO kept VALUES (7) RETURNING number")
    shared_server.create_database()
    assert ask(shared_server.url(), "SELECT number FROM kept") == (7,)


def test_server_listens_on_its_socket_alone(shared_server):
    assert ask(shared_server.url(), "SHOW listen_addresses") == ("",)
    assert (shared_server.home / ".s.PGSQL.5432").is_socket()
    assert shared_server.home.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's PostgreSQL runs as that user")
def test_root_gives_the_server_to_nobody(shared_server):
    nobody = pwd.getpwnam("nobody").pw_uid
    assert Path(f"/proc/{shared_server.process.pid}").stat().st_uid == nobody
    assert shared_server.data.stat().st_uid == nobody


def test_data_survives_a_kill_of_the_server(postgres, folder):
    started = postgres
    started.start(folder / "log")
    started.create_database()
    ask(started.url(), "CREATE TABLE kept (number int); INSERT INTO kept VALUES (7) RETURNING number")
    question = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"
    checkpointer = ask(started.url("postgres", role="postgres"), question)[0]
    started.process.send_signal(signal.SIGKILL)
    started.stop()
    assert wait_until_gone(checkpointer)
    assert (started.data / "postmaster.pid").exists()  # stale, and no hindrance
    started.start(folder / "log")
    assert ask(started.url(), "SELECT number FROM kept") == (7,)


def test_stop_cuts_off_who_is_still_connected(postgres, folder):
    started = postgres
    started.start(folder / "log")
    started.create_database()
    connection = psycopg2.connect(started.url())
    started.stop()
    with connection.cursor() as cursor, pytest.raises((psycopg2.OperationalError, errors.AdminShutdown)):
        cursor.execute("SELECT 1")
    connection.close()


def test_data_of_another_version_is_refused_with_a_way_out(postgres):
    postgres.prepare()
    (postgres.data / "PG_VERSION").write_text("13\n")
    with pytest.raises(PostgresError, match=r"made by PostgreSQL 13, but this is \d+. `bin/dev --reset`"):
        postgres.prepare()


def test_socket_path_that_is_too_long_is_refused_with_a_way_out(folder):
    server = Postgres(home=folder / ("x" * 100), shared=folder)
    with pytest.raises(PlaceError, match=r"longer than 107 bytes.*FORUM_PRIVATE_FOLDER"):
        server.prepare()


def test_server_that_cannot_start_is_quoted(postgres, folder):
    postgres.settings["shared_buffers"] = "a lot"
    with pytest.raises(PostgresError, match="invalid value for parameter"):
        postgres.start(folder / "log")


def test_binaries_are_of_the_version_the_pins_name():
    assert find_binaries(private_folder() / "shared").major == 18


def test_address_is_understood_by_django_and_by_libpq(shared_server):
    import environ

    config = environ.Env.db_url_config(shared_server.url())
    assert (config["NAME"], config["USER"], config["OPTIONS"]) == (
        "forum",
        "forum",
        {"host": str(shared_server.home)},
    )
    assert ask(shared_server.url(), "SELECT current_database()") == ("forum",)
