"""The cache, which the site can do without."""

from __future__ import annotations

from typing import Any

from django_redis.cache import RedisCache


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
