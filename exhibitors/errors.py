"""What booking a booth may be refused for. Each sentence is meant for the person who acted."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import DomainError
from exhibitors.models import Booth, Extra


class BoothTaken(DomainError):
    """Somebody else was faster. ``alternatives`` are free booths, the likest and nearest first."""

    def __init__(self, booths: Sequence[Booth], alternatives: Sequence[Booth] = ()) -> None:
        self.booths = list(booths)
        self.alternatives = list(alternatives)
        numbers = ", ".join(booth.number for booth in booths)
        sentence = _("Booth %(number)s is taken.") % {"number": numbers}
        if alternatives:
            free = ", ".join(booth.number for booth in alternatives)
            sentence += " " + _("Free nearby: %(numbers)s.") % {"numbers": free}
        super().__init__(sentence)


class BookingClosed(DomainError):
    """Exhibitors cannot hold booths themselves now."""

    def __init__(self) -> None:
        super().__init__(_("Booths cannot be booked now. Please write to the organizers."))


class Withdrawn(DomainError):
    """Organizers have ended the exhibitor's part: it holds nothing and waits for nothing."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The organizers have withdrawn this exhibitor. You can read everything here, but nothing can "
                "be changed."
            )
        )


class BoothBlocked(DomainError):
    """Organizers keep the booth free."""

    def __init__(self, booth: Booth) -> None:
        super().__init__(_("Booth %(number)s is kept free by the organizers.") % {"number": booth.number})


class BoothInUse(DomainError):
    """A booth that somebody has cannot be kept free."""

    def __init__(self, booth: Booth) -> None:
        sentence = _("Booth %(number)s is booked. Please move or release that booking first.")
        super().__init__(sentence % {"number": booth.number})


class BoothKept(DomainError):
    """A booth that somebody has stays where it is and of its type: both stand in what was agreed."""

    def __init__(self, booth: Booth, *, field: str) -> None:
        sentence = _(
            "Booth %(number)s is booked, so its hall and its type stay. Please move that booking first."
        )
        super().__init__(sentence % {"number": booth.number}, field=field)


class WrongPeriod(DomainError):
    """The booth cannot be had for this time."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("This booth cannot be booked for that time."), field="period")


class WrongBooths(DomainError):
    """These booths do not make one: other halls, types or forums, or a gap between them."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            _("Booths are booked together only when they are of one type and stand side by side."),
            field="booths",
        )


class HoldOver(DomainError):
    """The time of the hold is over, or the exhibitor gave it up."""

    def __init__(self) -> None:
        super().__init__(_("This booth is no longer held for you. Please choose it again."))


class RenewedAlready(DomainError):
    """A hold is renewed once."""

    def __init__(self) -> None:
        super().__init__(_("You have renewed this hold already; it cannot be renewed again."))


class OfferOver(DomainError):
    """Nobody accepted the offer in time."""

    def __init__(self) -> None:
        super().__init__(_("The time to accept this offer is over. Please write to the organizers."))


class TermsChanged(DomainError):
    """The terms were changed while somebody read them."""

    def __init__(self) -> None:
        super().__init__(
            _("The terms of participation were changed meanwhile. Please read and accept them again."),
            field="terms",
        )


class PricesChanged(DomainError):
    """The lists were changed while somebody filled in the application."""

    def __init__(self) -> None:
        super().__init__(
            _("The price list was changed meanwhile. Please look at the new sum, then send it again."),
            field="prices",
        )


class WrongCurrency(DomainError):
    """There are three currencies."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("Please choose one of the currencies of the price list."), field="currency")


class ContactMissing(DomainError):
    """Nobody could be told what the organizers decide."""

    def __init__(self) -> None:
        super().__init__(
            _("Please give an e-mail address: the organizers’ answer goes there."), field="contact_email"
        )


class WrongExtra(DomainError):
    """The extra is not in this exhibition's list, or the number is none."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("Please choose extras from the list, with a number for each."), field="extras")


class ExtraSoldOut(DomainError):
    """Fewer are left than were asked for. ``extra`` is None when only the database knows which."""

    def __init__(self, extra: Extra | None = None) -> None:
        self.extra = extra
        sentence = _("One of the extras you chose has just been taken by somebody else. Please look again.")
        if extra is not None:
            left = extra.left or 0
            sentence = ngettext(
                "Of “%(extra)s”, %(left)d is left.", "Of “%(extra)s”, %(left)d are left.", left
            ) % {"extra": extra.display_name, "left": left}
        super().__init__(sentence, field="extras")


class NotPossibleNow(DomainError):
    """The booking is not in the state in which this can be done to it."""

    def __init__(self) -> None:
        super().__init__(
            _("This cannot be done now: the booking was changed meanwhile. Please look at it again.")
        )


class ChangedMeanwhile(NotPossibleNow):
    """Somebody else decided while the organizer read."""


class HoldsAnother(DomainError):
    """Nobody holds two booths at once."""

    def __init__(self) -> None:
        super().__init__(_("This exhibitor holds another booth just now and has to apply for it first."))


class WrongMoment(DomainError):
    """Something cannot last until then."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            _("Please give a moment that is still to come and before the exhibition begins."), field="days"
        )


class PriceFixed(DomainError):
    """A booking with an offer keeps as many booths as the offer names."""

    def __init__(self) -> None:
        super().__init__(
            _("The price of this booking is fixed for its number of booths. Please ask back first.")
        )


class AskOrganizers(DomainError):
    """A confirmed booth is given back through the organizers."""

    def __init__(self) -> None:
        super().__init__(_("A confirmed booth is given back through the organizers: please write to them."))


class BoothsFree(DomainError):
    """Nobody waits while a booth of the type is free."""

    def __init__(self) -> None:
        super().__init__(_("A booth of this type is free, so nobody needs to wait for one."))


class ReasonMissing(DomainError):
    """Decisions about others are explained."""

    def __init__(self) -> None:
        super().__init__(_("Please say why: the reason is kept in the audit trail."), field="reason")
