"""What a process may say again without asking the cache."""

from typing import cast

import pytest
from django.core.cache import caches
from django_redis import get_redis_connection

from core.cache import SpareCache
from embedded.valkey import Valkey

cache = cast(SpareCache, caches["default"])


def changed_elsewhere(key: str, value: int) -> None:
    """Store a value as another process does."""
    get_redis_connection("default").set(cache.make_key(key), value)


def test_a_value_is_said_again_for_as_long_as_the_caller_admits() -> None:
    cache.set("near", 1)
    assert cache.get_near("near", seconds=60) == 1
    changed_elsewhere("near", 2)

    assert cache.get_near("near", seconds=60) == 1
    assert cache.get("near") == 2


def test_no_longer_than_that() -> None:
    cache.set("near", 1)
    assert cache.get_near("near", seconds=0) == 1
    changed_elsewhere("near", 2)

    assert cache.get_near("near", seconds=0) == 2


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        (lambda: cache.set("near", 3), 3),
        (lambda: cache.delete("near"), None),
        (cache.clear, None),
    ],
)
def test_what_this_process_changes_it_knows_at_once(deed, expected) -> None:
    cache.set("near", 1)
    cache.get_near("near", seconds=60)
    deed()

    assert cache.get_near("near", seconds=60) == expected


def test_an_answer_that_did_not_come_is_not_remembered(valkey: Valkey) -> None:
    valkey.stop()
    assert cache.get_near("near", seconds=60) is None
    valkey.start()
    cache.set("near", 1)

    assert cache.get_near("near", seconds=60) == 1
