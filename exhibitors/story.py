"""What happened to a booking, for the exhibitor whose it is: each step with its time, who and why."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import AuditEntry
from exhibitors.models import BoothBooking, ExhibitorManager
from exhibitors.services.statuses import EXHIBITOR, TIME, WAITING_LIST

_STEPS = {
    "held": gettext_lazy("Booth held"),
    "renewed": gettext_lazy("Hold renewed"),
    "prolonged": gettext_lazy("Time prolonged"),
    "requested": gettext_lazy("Application sent"),
    "asked": gettext_lazy("Question from the organizers"),
    "offered": gettext_lazy("Offer made"),
    "accepted": gettext_lazy("Offer accepted"),
    "confirmed": gettext_lazy("Booth confirmed"),
    "released": gettext_lazy("Booking ended"),
    "expired": gettext_lazy("The time was over"),
    "declined": gettext_lazy("Application declined"),
    "moved": gettext_lazy("Moved to another booth"),
    "swapped": gettext_lazy("Booth exchanged"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``more`` says what changed where the step alone does not, ``reason`` is as it was given."""

    what: str
    more: str
    at: datetime
    who: str
    reason: str


def story_of(booking: BoothBooking) -> list[Step]:
    """Return the steps of a booking, the first one first. Two queries.

    People of the exhibitor stand with their names, organizers as such.
    """
    entries = (
        AuditEntry.objects.filter(target_type="exhibitors.boothbooking", target_id=str(booking.pk))
        .select_related("actor")
        .order_by("at", "pk")
    )
    managers = ExhibitorManager.objects.filter(exhibitor=booking.exhibitor_id, user__isnull=False)
    hers = set(managers.values_list("user", flat=True))
    return [
        Step(_what(entry), _more(entry), entry.at, _who(entry, hers), entry.reason)
        for entry in entries
        if entry.action.removeprefix("boothbooking.") in _STEPS
    ]


def _what(entry: AuditEntry) -> str:
    step = entry.action.removeprefix("boothbooking.")
    was = (entry.changes.get("status") or [""])[0]
    if step == "requested" and was == "asked":
        return _("Answer sent")
    if step == "released" and was == "held":
        return _("Hold given up")
    return str(_STEPS[step])


def _more(entry: AuditEntry) -> str:
    before, after = entry.changes.get("booths") or ("", "")
    if before and after:
        return f"{before} → {after}"
    return pgettext("booths of a booking", "Booth %(numbers)s") % {"numbers": after} if after else ""


def _who(entry: AuditEntry, hers: Container[int]) -> str:
    if entry.actor is not None and entry.actor_id in hers:
        return entry.actor.name or entry.actor.email
    if entry.actor_id is None:
        known = {EXHIBITOR: _("You"), TIME: _("Time limit"), WAITING_LIST: _("Waiting list")}
        if entry.actor_label in known:
            return known[entry.actor_label]
    return _("The organizers")
