"""The actions of the audit trail in the reader's words. What is stored stays: ``"session.changed"``."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

# The second half of an action. An action that is not here is shown as it is stored.
VERBS: Mapping[str, str | Promise] = {
    "added": pgettext_lazy("what was done", "added"),
    "created": pgettext_lazy("what was done", "created"),
    "changed": pgettext_lazy("what was done", "changed"),
    "corrected": pgettext_lazy("what was done", "corrected"),
    "answers_changed": pgettext_lazy("what was done", "answers changed"),
    "moved": pgettext_lazy("what was done", "moved"),
    "cancelled": pgettext_lazy("what was done", "cancelled"),
    "reinstated": pgettext_lazy("what was done", "reinstated"),
    "removed": pgettext_lazy("what was done", "removed"),
    "deleted": pgettext_lazy("what was done", "deleted"),
    "accepted": pgettext_lazy("what was done", "accepted"),
    "given": pgettext_lazy("what was done", "agreed"),
    "withdrawn": pgettext_lazy("what was done", "withdrawn"),
    "declined": pgettext_lazy("what was done", "declined"),
    "part_confirmed": pgettext_lazy("what was done", "part confirmed"),
    "part_declined": pgettext_lazy("what was done", "part declined"),
    "unavailability_added": pgettext_lazy("what was done", "time noted when not available"),
    "unavailability_removed": pgettext_lazy("what was done", "time taken back when not available"),
    "published": pgettext_lazy("what was done", "published"),
    "restored": pgettext_lazy("what was done", "restored"),
    "sent": pgettext_lazy("what was done", "sent"),
    "discarded": pgettext_lazy("what was done", "discarded"),
    "resent": pgettext_lazy("what was done", "sent again"),
    "scheduled": pgettext_lazy("what was done", "scheduled"),
    "taken_back": pgettext_lazy("what was done", "taken back"),
    "reset": pgettext_lazy("what was done", "reset"),
    "link_sent": pgettext_lazy("what was done", "link sent"),
    "link_replaced": pgettext_lazy("what was done", "link replaced"),
    "seat_booked": pgettext_lazy("what was done", "seat booked"),
    "seat_released": pgettext_lazy("what was done", "seat given back"),
    "seat_given": pgettext_lazy("what was done", "seat given out of turn"),
    "seat_taken_back": pgettext_lazy("what was done", "seat taken back"),
    "seat_awaited": pgettext_lazy("what was done", "put on the waiting list of a session"),
    "seat_line_left": pgettext_lazy("what was done", "waiting list of a session left"),
    "seat_rank_changed": pgettext_lazy("what was done", "place in the line of a session changed"),
    "seat_offered": pgettext_lazy("what was done", "seat offered"),
    "seat_accepted": pgettext_lazy("what was done", "seat accepted"),
    "seat_offer_expired": pgettext_lazy("what was done", "offer of a seat expired"),
    "confirmed": pgettext_lazy("what was done", "confirmed"),
    "put_on_waiting_list": pgettext_lazy("what was done", "put on the waiting list"),
    "offered": pgettext_lazy("what was done", "place offered"),
    "expired": pgettext_lazy("what was done", "expired"),
    "promoted_out_of_turn": pgettext_lazy("what was done", "put at the head of the line"),
    "rank_changed": pgettext_lazy("what was done", "class in line changed"),
    "held": pgettext_lazy("what was done", "held"),
    "renewed": pgettext_lazy("what was done", "hold renewed"),
    "prolonged": pgettext_lazy("what was done", "prolonged"),
    "requested": pgettext_lazy("what was done", "applied for"),
    "asked": pgettext_lazy("what was done", "asked back"),
    "released": pgettext_lazy("what was done", "released"),
    "swapped": pgettext_lazy("what was done", "swapped"),
    "blocked": pgettext_lazy("what was done", "kept free"),
    "unblocked": pgettext_lazy("what was done", "no longer kept free"),
    "invited": pgettext_lazy("what was done", "invited"),
    "access_asked": pgettext_lazy("what was done", "invitation asked for"),
    "joined": pgettext_lazy("what was done", "line joined"),
    "left": pgettext_lazy("what was done", "line left"),
    "type_changed": pgettext_lazy("what was done", "type of attendance changed"),
    "language_changed": pgettext_lazy("what was done", "language changed"),
    "hand_over_offered": pgettext_lazy("what was done", "ticket offered to another person"),
    "hand_over_withdrawn": pgettext_lazy("what was done", "offer of the ticket taken back"),
    "file_read": pgettext_lazy("what was done", "document opened"),
    "code_made": pgettext_lazy("what was done", "enrolment code made"),
    "enrolled": pgettext_lazy("what was done", "enrolled"),
    "revoked": pgettext_lazy("what was done", "revoked"),
    "issued": pgettext_lazy("what was done", "issued"),
    "reissued": pgettext_lazy("what was done", "issued anew"),
    "ordered": pgettext_lazy("what was done", "ordered"),
    "opened": pgettext_lazy("what was done", "opened"),
    "closed": pgettext_lazy("what was done", "closed"),
    "reopened": pgettext_lazy("what was done", "opened again"),
    "members_added": pgettext_lazy("what was done", "members added"),
    "places_kept": pgettext_lazy("what was done", "places kept"),
    "place_sent": pgettext_lazy("what was done", "form for a place sent"),
    "place_given_up": pgettext_lazy("what was done", "place given up"),
    "codes_created": pgettext_lazy("what was done", "codes made"),
    "stopped": pgettext_lazy("what was done", "stopped"),
    "exported": pgettext_lazy("what was done", "exported"),
    "answered": pgettext_lazy("what was done", "answered"),
    "imported": pgettext_lazy("what was done", "imported"),
    "signed_in": pgettext_lazy("what was done", "signed in"),
    "second_factor_added": pgettext_lazy("what was done", "second factor added"),
    "second_factor_removed": pgettext_lazy("what was done", "second factor removed"),
    "recovery_codes_renewed": pgettext_lazy("what was done", "recovery codes renewed"),
    "password_changed": pgettext_lazy("what was done", "password changed"),
    "email_changed": pgettext_lazy("what was done", "e-mail address changed"),
    "recorded": pgettext_lazy("what was done", "payment recorded"),
    "credited": pgettext_lazy("what was done", "credited"),
    "refunded": pgettext_lazy("what was done", "refunded"),
    "buyer_changed": pgettext_lazy("what was done", "name on invoices changed"),
    "details_changed": pgettext_lazy("what was done", "details changed"),
    "submitted": pgettext_lazy("what was done", "handed in"),
    "sent_back": pgettext_lazy("what was done", "sent back"),
    "demanded_again": pgettext_lazy("what was done", "demanded again"),
    "waived": pgettext_lazy("what was done", "waived"),
    "deadline_moved": pgettext_lazy("what was done", "deadline moved"),
    "reminded": pgettext_lazy("what was done", "reminded"),
    "written": pgettext_lazy("what was done", "written"),
    "thread_settled": pgettext_lazy("what was done", "noted that no answer is needed"),
    "erased": pgettext_lazy("what was done", "erased"),
    "personal_data_erased": pgettext_lazy("what was done", "personal data erased"),
}


def action_in_words(action: str) -> str:
    """Return ``"changed"`` for ``"session.changed"``, in the active language."""
    return str(VERBS.get(action.rpartition(".")[2], action))


def kind_in_words(target_type: str) -> str:
    """Return ``"Session"`` for ``"events.session"``, in the active language."""
    try:
        return capfirst(str(apps.get_model(target_type)._meta.verbose_name))
    except (LookupError, ValueError):
        return target_type
