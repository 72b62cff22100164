"""The cache, which the site can do without."""

from __future__ import annotations

import time
from typing import Any

from django_redis.cache import RedisCache

# What this process was told lately: until when it may be said again, and the value. Shared by the
# threads, each of which has a cache object of its own.
_near: dict[str, tuple[float, Any]] = {}


class SpareCache(RedisCache):
    """Valkey or Redis; when it is away, everything is as if nothing had ever been kept.

    django-redis answers ``add`` with None then, which callers read as "somebody else holds this". For
    the limits of allauth that means a lock nobody gets, a second of waiting and a 429: with the cache
    gone nobody could sign in. An empty cache lets the first one in, and so does this.
    """

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Store a value unless there is one; True when it was stored, or nothing could be."""
        stored = super().add(*args, **kwargs)
        return True if stored is None else bool(stored)

    def get_near(self, key: str, *, seconds: float) -> Any:
        """Return a value as it was at most so many seconds ago, without asking each time.

        Waiting for an answer, however short, makes the threads of a busy process wait for each other too.
        What this process itself stores, deletes or clears is forgotten at once.
        """
        known = _near.get(key)
        if known is not None and time.monotonic() < known[0]:
            return known[1]
        value = self.get(key)
        if value is not None:
            _near[key] = (time.monotonic() + seconds, value)
        return value

    def set(self, key: str, *args: Any, **kwargs: Any) -> Any:
        """Store a value."""
        _near.pop(key, None)
        return super().set(key, *args, **kwargs)

    def delete(self, key: str, *args: Any, **kwargs: Any) -> Any:
        """Take a value out."""
        _near.pop(key, None)
        return super().delete(key, *args, **kwargs)

    def clear(self) -> Any:
        """Empty the cache."""
        _near.clear()
        return super().clear()
