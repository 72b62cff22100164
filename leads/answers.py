"""What each answer to a scan looks and sounds like, and what the staff should do: as at the doors."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.check_in.answers import GO, LOOK, STOP, Answer


class Result(StrEnum):
    """What came of holding a badge to an exhibitor's telephone."""

    SHARED = "shared"
    SEALED = "sealed"
    DECLINED = "declined"
    KEPT = "kept"
    COLLEAGUE = "colleague"
    CANCELLED = "cancelled"
    NOT_CONFIRMED = "not_confirmed"
    REPLACED = "replaced"
    OTHER_FORUM = "other_forum"
    FORGED = "forged"
    NO_BOOTH = "no_booth"
    UNKNOWN = "unknown"


ANSWERS: dict[str, Answer] = {
    Result.SHARED: Answer(GO, _("Contact shared"), _("Name and address are in your list of leads.")),
    Result.SEALED: Answer(
        LOOK,
        pgettext_lazy("a lead", "Not confirmed yet"),
        _("The visitor confirms on an own phone: with this code, or from the mail we sent."),
    ),
    Result.DECLINED: Answer(
        LOOK,
        _("Contact not shared"),
        _("This visitor does not want to share. Your count goes on all the same."),
    ),
    Result.KEPT: Answer(
        GO, _("Kept"), _("No network. The badge is genuine; the scan is sent as soon as there is a network.")
    ),
    Result.COLLEAGUE: Answer(LOOK, _("Your own staff"), _("No lead was made.")),
    Result.CANCELLED: Answer(STOP, _("Cancelled"), _("This ticket was cancelled. No lead was made.")),
    Result.NOT_CONFIRMED: Answer(STOP, _("Not confirmed"), _("There is no ticket yet. No lead was made.")),
    Result.REPLACED: Answer(
        STOP, _("Older ticket"), _("A newer ticket was sent since. Scan that one. No lead was made.")
    ),
    Result.OTHER_FORUM: Answer(
        STOP, _("Another forum"), _("This badge is of another forum. No lead was made.")
    ),
    Result.FORGED: Answer(STOP, _("Not genuine"), _("This code is not a badge of this forum.")),
    Result.NO_BOOTH: Answer(
        STOP,
        _("No booth"),
        _("No booth of yours is confirmed, so no badges can be scanned. Ask your manager."),
    ),
    Result.UNKNOWN: Answer(STOP, _("Unknown"), _("Scan the QR on the visitor’s badge.")),
}


def answers_in_words() -> dict[str, dict[str, Any]]:
    """Return all answers in the active language, for the script."""
    return {
        str(result): {"tone": answer.tone, "word": str(answer.word), "advice": str(answer.advice)}
        for result, answer in ANSWERS.items()
    }
