"""What each answer looks and sounds like at the door, and what the staff should do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from registrations.models import Scan

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Result = Scan.Result
# Let pass; look again; do not let pass. Each has a colour, a sign, a sound and a tremor of its own.
GO, LOOK, STOP = "go", "look", "stop"


@dataclass(frozen=True, slots=True)
class Answer:
    """``word`` stands large; ``advice`` says in a sentence what to do."""

    tone: str
    word: StrPromise
    advice: StrPromise


ANSWERS: dict[str, Answer] = {
    Result.ADMITTED: Answer(GO, _("Welcome"), _("Let in.")),
    Result.LEFT: Answer(GO, _("Goodbye"), _("Counted out.")),
    Result.ALREADY_IN: Answer(
        LOOK, _("Is inside already"), _("The same person may pass. Somebody else with a copy may not.")
    ),
    Result.NOT_IN: Answer(LOOK, _("Was not inside"), _("Nobody was counted out. Is the direction right?")),
    Result.NO_RE_ENTRY: Answer(
        STOP, _("Has been inside today"), _("This door is entered once a day. Ask the desk.")
    ),
    Result.WRONG_DAY: Answer(STOP, _("Not valid today"), _("The ticket is for other days.")),
    Result.WRONG_DOOR: Answer(
        STOP, _("Not at this door"), _("This kind of attendance has another entrance.")
    ),
    Result.NO_SEAT: Answer(STOP, _("No seat"), _("No seat in this session is booked with this ticket.")),
    Result.FULL: Answer(STOP, _("Full"), _("Nobody more fits in. Ask to wait until somebody leaves.")),
    Result.CANCELLED: Answer(STOP, _("Cancelled"), _("This registration has ended. The desk knows more.")),
    Result.NOT_CONFIRMED: Answer(STOP, _("Not confirmed"), _("There is no place for this person yet.")),
    Result.REPLACED: Answer(
        STOP, _("Old ticket"), _("A newer ticket was sent. Ask for the latest mail, or find the name.")
    ),
    Result.FORGED: Answer(STOP, _("Not genuine"), _("This code was not made by the forum.")),
    Result.UNKNOWN: Answer(STOP, _("Unknown"), _("Nobody is registered with this code.")),
}


def answers_in_words() -> dict[str, dict[str, str]]:
    """Return every answer as JSON values, in the active language."""
    return {
        str(result): {"tone": answer.tone, "word": str(answer.word), "advice": str(answer.advice)}
        for result, answer in ANSWERS.items()
    }
