"""Mails that organizers write to a group of people: drafted, sent through the outbox, stopped, counted."""

from registrations.broadcasts.drafting import (
    BroadcastText,
    copy_broadcast,
    discard_broadcast,
    save_broadcast,
)
from registrations.broadcasts.filling import work
from registrations.broadcasts.sending import (
    schedule_broadcast,
    send_broadcast,
    send_test,
    stop_broadcast,
    take_back,
)

__all__ = [
    "BroadcastText",
    "copy_broadcast",
    "discard_broadcast",
    "save_broadcast",
    "schedule_broadcast",
    "send_broadcast",
    "send_test",
    "stop_broadcast",
    "take_back",
    "work",
]
