"""Writing the agenda: every change of a session and every publication goes through these functions."""

from events.services.acceptance import accept_clash, withdraw_acceptance
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
from events.services.steps import (
    LaterChange,
    NothingLeft,
    SessionAddition,
    SessionGone,
    SessionMove,
    leave_step,
    redo_step,
    steps_of,
    take_step,
    undo_step,
)

__all__ = [
    "DraftChanged",
    "LaterChange",
    "NothingLeft",
    "NothingToPublish",
    "Part",
    "RoomTaken",
    "SessionAddition",
    "SessionGone",
    "SessionMove",
    "StaleEdit",
    "accept_clash",
    "add_session",
    "cancel_session",
    "change_session",
    "leave_step",
    "publish_agenda",
    "redo_step",
    "reinstate_session",
    "remove_session",
    "steps_of",
    "take_step",
    "undo_step",
    "withdraw_acceptance",
]
