"""Forum, venue, agenda, releases, and what people do with them."""

from events.models.audience import CalendarFeed, Star
from events.models.contribution import Material, Proposal
from events.models.digest import AgendaDigest, AgendaNotice
from events.models.editing import AcceptedClash, EditStep
from events.models.forum import Forum, OpeningHours
from events.models.hall import RoomBulletin
from events.models.release import AgendaRelease
from events.models.session import Session, SessionGuest, SessionSpeaker
from events.models.strand import Topic, Track
from events.models.upload import ScheduleUpload
from events.models.venue import Room, Venue, WalkingTime

__all__ = [
    "AcceptedClash",
    "AgendaDigest",
    "AgendaNotice",
    "AgendaRelease",
    "CalendarFeed",
    "EditStep",
    "Forum",
    "Material",
    "OpeningHours",
    "Proposal",
    "Room",
    "RoomBulletin",
    "ScheduleUpload",
    "Session",
    "SessionGuest",
    "SessionSpeaker",
    "Star",
    "Topic",
    "Track",
    "Venue",
    "WalkingTime",
]
