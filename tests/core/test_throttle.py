"""Limits count the address our own proxies saw, never one that a visitor wrote."""

import pytest
from django.test import RequestFactory

from core.throttle import client_address, over_limit
from embedded.valkey import Valkey
from tests.conftest import Clock


@pytest.fixture
def requests() -> RequestFactory:
    return RequestFactory()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.9"),
        (0, "1.2.3.4", "10.0.0.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.1.1.1", "1.2.3.4"),
        (2, "6.6.6.6, 7.7.7.7, 1.2.3.4, 10.1.1.1", "1.2.3.4"),
        # Fewer entries than proxies: somebody came past them, and is known by the connection alone.
        (2, "6.6.6.6", "10.0.0.9"),
        (1, None, "10.0.0.9"),
        (1, " , ,", "10.0.0.9"),
    ],
)
def test_only_our_own_proxies_are_believed(
    requests: RequestFactory, settings: object, proxies: int, forwarded: str | None, address: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies  # type: ignore[attr-defined] # pytest-django's wrapper
    headers = {"x-forwarded-for": forwarded} if forwarded is not None else {}
    request = requests.get("/", headers=headers, REMOTE_ADDR="10.0.0.9")
    assert client_address(request) == address


@pytest.mark.django_db
def test_the_fourth_try_waits_and_is_told_how_long(clock: Clock) -> None:
    clock.set(clock.instant.replace(minute=2, second=0, microsecond=0))
    tries = [over_limit("test", "10.0.0.1", limit=3, seconds=600) for _ in range(4)]
    assert tries == [None, None, None, 480]
    clock.advance(seconds=479)
    assert over_limit("test", "10.0.0.1", limit=3, seconds=600) == 1
    clock.advance(seconds=1)
    assert over_limit("test", "10.0.0.1", limit=3, seconds=600) is None


def test_each_address_counts_for_itself() -> None:
    for _ in range(4):
        over_limit("test", "10.0.0.1", limit=3, seconds=600)
    assert over_limit("test", "10.0.0.2", limit=3, seconds=600) is None


def test_scopes_do_not_share_their_counts() -> None:
    for _ in range(3):
        over_limit("one", "key", limit=1, seconds=60)
    assert over_limit("one", "key", limit=1, seconds=60) is not None
    assert over_limit("two", "key", limit=1, seconds=60) is None


def test_without_the_cache_nobody_is_locked_out(valkey: Valkey) -> None:
    valkey.stop()
    assert [over_limit("gone", "key", limit=1, seconds=60) for _ in range(3)] == [None, None, None]
