"""What organizers do about seats in sessions past the usual order: each is asked for once, with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.models import User
from events.models import Session
from registrations import seat_exceptions
from registrations.admin.decision_forms import RequiredReasonForm
from registrations.models import PriorityClass, Registration, SeatWait
from registrations.models.registration import DEFAULT_RANK
from registrations.seat_waiting import seat_position


class PlaceForm(RequiredReasonForm):
    """Where in the line of a session somebody stands from now on, and why."""

    rank = forms.TypedChoiceField(label=_("Place in line"), coerce=int, widget=UnfoldAdminSelectWidget)
    field_order = ("rank", "reason")

    def __init__(self, *args: Any, registration: Registration, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, registration=registration, **kwargs)
        classes = dict(PriorityClass.objects.filter(forum=session.forum_id).values_list("rank", "name"))
        ranks: dict[int, str | Promise] = {
            DEFAULT_RANK: _("no class"),
            **classes,
            seat_exceptions.HEAD: _("at the head of the line"),
        }
        field: Any = self.fields["rank"]
        field.choices = sorted(ranks.items())
        waits = _wait_of(registration, session)
        self.initial["rank"] = waits.rank if waits else DEFAULT_RANK


@dataclass(frozen=True, slots=True)
class SeatDeed:
    """One thing that can be done about somebody's seat in a session.

    ``do`` is given the person, the session, the organizer and what ``form`` asked for; it returns the
    sentence that says what came of it.
    """

    name: str
    title: str | Promise
    consequence: str | Promise
    button: str | Promise
    do: Callable[[Registration, Session, User, Mapping[str, Any]], str]
    form: Callable[[Any, Registration, Session], forms.Form]


def _why(data: Any, registration: Registration, _session: Session) -> forms.Form:
    return RequiredReasonForm(data, registration=registration)


def _where(data: Any, registration: Registration, session: Session) -> forms.Form:
    return PlaceForm(data, registration=registration, session=session)


def _give(registration: Registration, session: Session, by: User, said: Mapping[str, Any]) -> str:
    seat_exceptions.give_seat(registration, session, by=by, reason=said["reason"])
    return gettext("%(name)s has a seat and is told by mail.") % {"name": registration.name}


def _take_back(registration: Registration, session: Session, by: User, said: Mapping[str, Any]) -> str:
    seat_exceptions.take_seat_back(registration, session, by=by, reason=said["reason"])
    return gettext("%(name)s has no seat any more and is told by mail.") % {"name": registration.name}


def _wait(registration: Registration, session: Session, by: User, said: Mapping[str, Any]) -> str:
    seat_exceptions.put_in_line(registration, session, by=by, reason=said["reason"])
    return _standing(registration, session)


def _move(registration: Registration, session: Session, by: User, said: Mapping[str, Any]) -> str:
    seat_exceptions.move_in_line(registration, session, **said, by=by)
    return _standing(registration, session)


def _standing(registration: Registration, session: Session) -> str:
    """Say where somebody stands in line, or that it was her turn at once."""
    waits = _wait_of(registration, session)
    if waits is None:
        return gettext("A seat was left: it is offered to %(name)s.") % {"name": registration.name}
    said = {"name": registration.name, "place": seat_position(waits)}
    return gettext("%(name)s has place %(place)s in line.") % said


def _wait_of(registration: Registration, session: Session) -> SeatWait | None:
    return SeatWait.objects.filter(registration=registration, session=session, ended_at=None).first()


TAKE_BACK = SeatDeed(
    name="take-back",
    title=_("Take the seat back"),
    consequence=_(
        "The seat goes to the next in line. The person reads the reason in a mail, and it stays in the "
        "audit trail."
    ),
    button=_("Take back with this reason"),
    do=_take_back,
    form=_why,
)
GIVE = SeatDeed(
    name="give",
    title=_("Give a seat"),
    consequence=_(
        "A seat that is left is theirs at once, also past those who wait, and the person is told by mail. "
        "The reason stays in the audit trail."
    ),
    button=_("Give the seat"),
    do=_give,
    form=_why,
)
WAIT = SeatDeed(
    name="wait",
    title=_("Put on the waiting list"),
    consequence=_(
        "The person is told by mail and gets a turn by class and time; a seat that is left is offered at "
        "once. The reason stays in the audit trail."
    ),
    button=_("Put on the waiting list"),
    do=_wait,
    form=_why,
)
MOVE = SeatDeed(
    name="move",
    title=_("Change the place in line"),
    consequence=_(
        "Classes come one after the other, and within a class whoever waits longest. "
        "The reason stays in the audit trail."
    ),
    button=_("Change the place"),
    do=_move,
    form=_where,
)
DEEDS = {deed.name: deed for deed in (TAKE_BACK, GIVE, WAIT, MOVE)}
