"""The agenda in the admin."""

from events.admin import agenda, forum, session

__all__ = ["agenda", "forum", "session"]
