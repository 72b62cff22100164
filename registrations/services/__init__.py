"""Everything that changes a registration. Each function is one short transaction and may be called twice.

Nobody else writes ``Registration.status``. How places are counted, locked and given on stands in
``capacity``; which step follows which in ``statuses``.
"""

from registrations.services.answering import change_answers
from registrations.services.capacity import changing_places, promote_after_change
from registrations.services.changing import (
    change_language,
    change_type,
    correct_details,
    replace_link,
    send_link_again,
    send_links_again,
)
from registrations.services.deciding import approve, decline, put_on_waiting_list
from registrations.services.details import PersonDetails
from registrations.services.ending import (
    HANDED_ON,
    REPLACED,
    cancel_registration,
    cancel_registrations,
)
from registrations.services.handing_on import hand_on, keep_after_all, open_hand_over
from registrations.services.registering import register
from registrations.services.waiting import (
    accept_offer,
    change_rank,
    decline_offer,
    position_in_line,
    promote_out_of_turn,
)

__all__ = [
    "HANDED_ON",
    "REPLACED",
    "PersonDetails",
    "accept_offer",
    "approve",
    "cancel_registration",
    "cancel_registrations",
    "change_answers",
    "change_language",
    "change_rank",
    "change_type",
    "changing_places",
    "correct_details",
    "decline",
    "decline_offer",
    "hand_on",
    "keep_after_all",
    "open_hand_over",
    "position_in_line",
    "promote_after_change",
    "promote_out_of_turn",
    "put_on_waiting_list",
    "register",
    "replace_link",
    "send_link_again",
    "send_links_again",
]
