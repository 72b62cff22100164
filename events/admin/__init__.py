"""The agenda in the admin."""

from events.admin import agenda, digest, forum, session

__all__ = ["agenda", "digest", "forum", "session"]
