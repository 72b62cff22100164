"""Writing the agenda: every change of a session and every publication goes through these functions."""

from events.services.clashes import RoomTaken
from events.services.publishing import DraftChanged, NothingToPublish, publish_agenda
from events.services.sessions import (
    Part,
    StaleEdit,
    add_session,
    cancel_session,
    change_session,
    reinstate_session,
    remove_session,
)

__all__ = [
    "DraftChanged",
    "NothingToPublish",
    "Part",
    "RoomTaken",
    "StaleEdit",
    "add_session",
    "cancel_session",
    "change_session",
    "publish_agenda",
    "reinstate_session",
    "remove_session",
]
