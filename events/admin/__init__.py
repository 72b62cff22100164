"""The agenda in the admin."""

from events.admin import agenda, digest, forum, material, proposal, session, speaker

__all__ = ["agenda", "digest", "forum", "material", "proposal", "session", "speaker"]
