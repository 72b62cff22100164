"""What can be decided about a booking, with what it asks and the key that opens it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exhibitors import services
from exhibitors.billing import Credits
from exhibitors.forms.desk import (
    DeedForm,
    OfferForm,
    ProlongForm,
    QuestionForm,
    ReasonForm,
    ReleaseForm,
    TrailForm,
    WaitingForm,
)
from exhibitors.models import BoothBooking
from exhibitors.models.booking import LIVE

Status = BoothBooking.Status
_OPEN = (Status.REQUESTED, Status.ASKED)


@dataclass(frozen=True, slots=True)
class Deed:
    """A decision: ``key`` opens it, ``note`` says what it brings about, ``done`` is told with who and which.

    ``statuses`` are those of bookings about which it can be made.
    """

    name: str
    key: str
    title: str | Promise
    button: str | Promise
    note: str | Promise
    done: str | Promise
    form: type[DeedForm]
    statuses: tuple[str, ...]
    do: Callable[[BoothBooking, User, Mapping[str, Any]], object]
    is_danger: bool = False
    is_first: bool = False


def _offer(booking: BoothBooking, by: User, data: Mapping[str, Any]) -> object:
    until = timezone.now() + timedelta(days=data["days"])
    discount = data["discount"] or Decimal(0)
    return services.make_offer(booking, by=by, until=until, discount=discount, reason=data["reason"])


def _release(booking: BoothBooking, by: User, data: Mapping[str, Any]) -> object:
    crediting = Credits(data.get("crediting") or Credits.UNPAID)
    return services.release_booking(booking, by=by, reason=data["reason"], crediting=crediting)


def _prolong(booking: BoothBooking, by: User, data: Mapping[str, Any]) -> object:
    until = timezone.now() + timedelta(days=data["days"])
    return services.prolong(booking, until=until, by=by, reason=data["reason"])


_ALL = (
    Deed(
        name="offer",
        key="o",
        title=_("Offer …"),
        button=_("Make this offer"),
        note=_("The price is fixed from now on, and the exhibitor gets it by mail."),
        done=_("%(who)s has an offer for %(booths)s."),
        form=OfferForm,
        statuses=_OPEN,
        do=_offer,
        is_first=True,
    ),
    Deed(
        name="ask",
        key="q",
        title=_("Ask back …"),
        button=_("Send the question"),
        note=_("The booth stays kept; an offer that stands is taken back."),
        done=_("%(who)s is asked about %(booths)s."),
        form=QuestionForm,
        statuses=(Status.REQUESTED, Status.OFFERED),
        do=lambda booking, by, data: services.ask_back(booking, by=by, question=data["reason"]),
    ),
    Deed(
        name="confirm",
        key="c",
        title=_("Confirm without payment …"),
        button=_("Confirm with this reason"),
        note=_("A payment that is recorded confirms by itself; this is for partners and guests."),
        done=_("%(who)s has %(booths)s for good."),
        form=TrailForm,
        statuses=(Status.ACCEPTED,),
        do=lambda booking, by, data: services.confirm(booking, by=by, reason=data["reason"]),
    ),
    Deed(
        name="prolong",
        key="p",
        title=_("Prolong …"),
        button=_("Prolong"),
        note=_("The time runs anew from now. The exhibitor is told by mail."),
        done=_("%(who)s has more time for %(booths)s."),
        form=ProlongForm,
        statuses=(Status.HELD, Status.OFFERED),
        do=_prolong,
    ),
    Deed(
        name="wait",
        key="w",
        title=_("Waiting list …"),
        button=_("Put on the waiting list"),
        note=_("The application ends; the exhibitor waits for a booth of this type and is told by mail."),
        done=_("%(who)s is on the waiting list, and %(booths)s is given up."),
        form=WaitingForm,
        statuses=(*_OPEN, Status.OFFERED),
        do=lambda booking, by, data: services.put_on_waiting_list(
            booking, by=by, reason=data["reason"], keep_booths=data["keep"]
        ),
    ),
    Deed(
        name="decline",
        key="d",
        title=_("Decline …"),
        button=_("Decline with this reason"),
        note=_("The booth goes to the next in line. This cannot be undone."),
        done=_("%(who)s is declined for %(booths)s."),
        form=ReasonForm,
        statuses=(*_OPEN, Status.OFFERED),
        do=lambda booking, by, data: services.decline(booking, by=by, reason=data["reason"]),
        is_danger=True,
    ),
    Deed(
        name="release",
        key="r",
        title=_("Take back …"),
        button=_("Take the booking back"),
        note=_("The booth goes to the next in line, and the exhibitor is told. This cannot be undone."),
        done=_("%(booths)s of %(who)s is taken back."),
        form=ReleaseForm,
        statuses=LIVE,
        do=_release,
        is_danger=True,
    ),
)
DEEDS = {deed.name: deed for deed in _ALL}
