"""Writing the agenda: every change of a session and every publication goes through these functions."""

from events.services.acceptance import accept_clash, withdraw_acceptance
from events.services.clashes import RoomTaken
from events.services.digests import (
    Decided,
    NobodyToTell,
    discard_digest,
    leave_out,
    prepared_digest,
    send_digest,
)
from events.services.guests import Guest, set_guests
from events.services.publishing import DraftChanged, NothingToPublish, publish_agenda
from events.services.restoring import restore_release
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
    "Decided",
    "DraftChanged",
    "Guest",
    "LaterChange",
    "NobodyToTell",
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
    "discard_digest",
    "leave_out",
    "leave_step",
    "prepared_digest",
    "publish_agenda",
    "redo_step",
    "reinstate_session",
    "remove_session",
    "restore_release",
    "send_digest",
    "set_guests",
    "steps_of",
    "take_step",
    "undo_step",
    "withdraw_acceptance",
]
