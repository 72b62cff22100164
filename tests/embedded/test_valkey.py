"""A real Valkey: private, durable when asked, and stoppable by the fault tests."""

import os

import pytest
import redis

from embedded.places import PlaceError
from embedded.valkey import Valkey


@pytest.fixture
def start(folder):
    """Give a function that starts a server in the test's folder."""
    servers = []

    def started(*, durable=True):
        server = Valkey(folder / "valkey", durable=durable)
        servers.append(server)
        server.start()
        return server

    yield started
    for server in servers:
        server.stop()


def client(server):
    return redis.Redis.from_url(server.url, socket_timeout=2)


def test_durable_server_keeps_what_it_was_told(start):
    server = start()
    client(server).set("name", "hội nghị")
    server.stop()
    again = start()
    assert client(again).get("name").decode() == "hội nghị"


def test_server_for_tests_forgets(start):
    server = start(durable=False)
    client(server).set("name", "x")
    server.stop()
    server.start()
    assert client(server).get("name") is None


def test_server_is_private(start):
    server = start()
    assert server.home.stat().st_mode & 0o777 == 0o700
    assert server.socket.stat().st_mode & 0o777 == 0o700
    assert client(server).config_get("port") == {"port": "0"}


def test_socket_that_a_killed_server_left_behind_is_no_hindrance(start):
    server = start()
    server.process.kill()
    server.stop()
    assert server.socket.exists()
    server.start()
    assert client(server).ping()


def test_socket_path_that_is_too_long_is_refused(folder):
    with pytest.raises(PlaceError, match="longer than 107 bytes"):
        Valkey(folder / ("x" * 100)).start()


def test_fixture_gives_the_server_the_settings_name(valkey, settings):
    assert valkey.url == os.environ["REDIS_URL"] == settings.REDIS_URL
    site = client(valkey)
    site.set("a", "b")
    valkey.stop()
    with pytest.raises(redis.ConnectionError):
        site.get("a")
    valkey.start()
    assert site.ping()
