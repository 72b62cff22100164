"""What the desk does to registrations beside correcting them: each is asked for once, then done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from registrations import services
from registrations.admin.decision_forms import (
    DeedDeclineForm,
    HandOnForm,
    RankForm,
    RequiredReasonForm,
    TypeForm,
)
from registrations.admin.forms import ReasonForm
from registrations.erasure_on_request import erase_on_request
from registrations.models import Registration
from registrations.models.registration import ENDED, LIVE

CHANGE = "registrations.change_registration"
DECIDE = "registrations.decide_registration"
_PENDING, _WAITING = Registration.Status.PENDING, Registration.Status.WAITING
_CONFIRMED = Registration.Status.CONFIRMED


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done. ``do`` is given the thing, the organizer and what ``form`` asked for.

    ``statuses`` are those of registrations to which it can be done, ``right`` is what it asks for. A form
    is made with ``registration=``, but for that of a deed that is done to ``several`` at once: that one is
    given a list of registrations of one forum, and does it to all or to none of them.
    """

    name: str
    title: str | Promise
    consequence: str | Promise
    button: str | Promise
    done: str | Promise
    do: Callable[[Any, User, Mapping[str, Any]], object]
    form: Callable[..., forms.Form] | None = None
    statuses: tuple[str, ...] = LIVE
    right: str = CHANGE
    several: Callable[[list[Registration], User, Mapping[str, Any]], object] | None = None

    def form_about(self, registration: Registration, data: Any) -> forms.Form | None:
        """Return the form that asks about one registration; None when nothing is asked."""
        if self.form is None:
            return None
        return self.form(data) if self.several else self.form(data, registration=registration)


def _decision(
    act: Callable[..., object],
    *,
    name: str,
    title: str | Promise,
    consequence: str | Promise,
    button: str | Promise,
    done: str | Promise,
    status: str,
    form: Callable[..., forms.Form] = RequiredReasonForm,
) -> Deed:
    """Return the deed of a decision that wants a reason: ``act(registration, by=…, reason=…)``."""
    return Deed(
        name=name,
        title=title,
        consequence=consequence,
        button=button,
        done=done,
        do=lambda registration, by, data: act(registration, by=by, reason=data["reason"]),
        form=form,
        statuses=(status,),
        right=DECIDE,
    )


APPROVE = Deed(
    name="approve",
    title=_("Approve the application"),
    consequence=_("The person gets a place and the ticket by mail."),
    button=_("Approve"),
    done=_("Applications approved: %(n)s"),
    do=lambda registration, by, data: services.approve(registration, by=by),
    statuses=(_PENDING,),
    right=DECIDE,
)
DECLINE = _decision(
    services.decline,
    name="decline",
    title=_("Decline the application"),
    consequence=_("The person reads the reason in the mail. This cannot be undone."),
    button=_("Decline with this reason"),
    done=_("Applications declined: %(n)s"),
    form=DeedDeclineForm,
    status=_PENDING,
)
WAIT = _decision(
    services.put_on_waiting_list,
    name="wait",
    title=_("Put on the waiting list"),
    consequence=_(
        "Only while no place is left. The person is told by mail and keeps a turn by class and time."
    ),
    button=_("Put on the waiting list"),
    done=_("People put on the waiting list: %(n)s"),
    status=_PENDING,
)
PROMOTE = _decision(
    services.promote_out_of_turn,
    name="promote",
    title=_("Offer a place out of turn"),
    consequence=_(
        "The person goes to the head of the line: a free place is offered at once, else the next one that "
        "becomes free. The others in line wait longer. The reason stays in the audit trail."
    ),
    button=_("Put at the head of the line"),
    done=_("People put at the head of the line: %(n)s"),
    status=_WAITING,
)
RANK = Deed(
    name="rank",
    title=_("Change the class in line"),
    consequence=_(
        "Classes come one after the other, and within a class whoever waits longest. "
        "The reason stays in the audit trail."
    ),
    button=_("Change the class"),
    done=_("Classes changed: %(n)s"),
    do=lambda registration, by, data: services.change_rank(
        registration, priority_class=data["priority_class"], by=by, reason=data["reason"]
    ),
    form=RankForm,
    statuses=(_WAITING,),
    right=DECIDE,
)
REMOVE = _decision(
    services.decline,
    name="remove",
    title=_("Take off the waiting list"),
    consequence=_("The person waits no more and reads the reason in the mail. This cannot be undone."),
    button=_("Take off with this reason"),
    done=_("People taken off the waiting list: %(n)s"),
    form=DeedDeclineForm,
    status=_WAITING,
)
RETRACT = _decision(
    services.cancel_registration,
    name="retract",
    title=_("Take the offer back"),
    consequence=_(
        "The place goes to the next in line, and the person is told by mail. This cannot be undone."
    ),
    button=_("Take back with this reason"),
    done=_("Offers taken back: %(n)s"),
    status=Registration.Status.OFFERED,
)
CHANGE_TYPE = Deed(
    name="change-type",
    title=_("Change the type of attendance"),
    consequence=_(
        "A place of the new kind is needed; the old one goes to the next in line. "
        "Whoever has a ticket gets the new one by mail, and whoever waits a first one."
    ),
    button=_("Change"),
    done=_("Types changed: %(n)s"),
    do=lambda registration, by, data: services.change_type(registration, data["type"], by=by),
    form=TypeForm,
    statuses=(_PENDING, _WAITING, _CONFIRMED),
)
HAND_ON = Deed(
    name="hand-on",
    title=_("Hand the ticket on"),
    consequence=_(
        "The other person is invited by mail and fills in the form. "
        "Until then the ticket stays valid for whoever has it."
    ),
    button=_("Invite this person"),
    done=_("Invitations on their way: %(n)s"),
    do=lambda registration, by, data: services.hand_on(registration, **data, by=by),
    form=HandOnForm,
    statuses=(_CONFIRMED,),
)
CANCEL = Deed(
    name="cancel",
    title=_("Cancel registrations"),
    consequence=_(
        "The places go to others, the tickets are no longer valid, and each person is told by mail. "
        "This cannot be undone."
    ),
    button=_("Yes, cancel"),
    done=_("Registrations cancelled: %(n)s"),
    do=lambda registration, by, data: services.cancel_registration(
        registration, by=by, reason=data["reason"]
    ),
    form=ReasonForm,
    several=lambda chosen, by, data: services.cancel_registrations(chosen, by=by, reason=data["reason"]),
)
SEND_LINK = Deed(
    name="send-link",
    title=_("Send the ticket again"),
    consequence=_("Each person gets the ticket and the link once more. Earlier links stay valid."),
    button=_("Send"),
    done=_("Mails on their way: %(n)s"),
    do=lambda registration, by, data: services.send_link_again(registration, by=by),
    several=lambda chosen, by, data: services.send_links_again(chosen, by=by),
)
REPLACE_LINK = Deed(
    name="replace-link",
    title=_("Replace the secret link"),
    consequence=_(
        "Links and QR codes sent so far stop working, and each person gets new ones by mail. "
        "For links that fell into the wrong hands."
    ),
    button=_("Replace"),
    done=_("Links replaced: %(n)s"),
    do=lambda registration, by, data: services.replace_link(registration, by=by),
)
ERASE = Deed(
    name="erase",
    title=_("Erase personal data"),
    consequence=_(
        "For a person who asked for it: the registration ends, the place goes to others, and name, address, "
        "answers, ticket and mails are erased. The figures stay. This cannot be undone."
    ),
    button=_("Yes, erase"),
    done=_("Registrations erased: %(n)s"),
    do=lambda registration, by, data: erase_on_request(registration, by=by),
    # Also of a registration that has ended and can no longer be changed.
    statuses=(*LIVE, *ENDED),
)
# In the order of their buttons.
_ALL = (
    *(APPROVE, DECLINE, WAIT, PROMOTE, RANK, REMOVE, RETRACT),
    *(CHANGE_TYPE, HAND_ON, SEND_LINK, REPLACE_LINK, CANCEL, ERASE),
)
DEEDS = {deed.name: deed for deed in _ALL}
