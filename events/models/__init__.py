"""Forum, venue, agenda, releases."""

from events.models.forum import Forum
from events.models.release import AgendaRelease
from events.models.session import Session, SessionSpeaker
from events.models.strand import Topic, Track
from events.models.venue import Room, Venue

__all__ = ["AgendaRelease", "Forum", "Room", "Session", "SessionSpeaker", "Topic", "Track", "Venue"]
