"""What the form offers a visitor now: kinds of attendance with their places, questions, purposes, seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.agenda import Agenda
from events.models import Forum
from events.reading import current_agenda
from registrations.availability import Availability, availability_of, with_queues
from registrations.consents import ConsentGiven, consent_in, optional_consents
from registrations.models import Invitation, Registration, RegistrationType
from registrations.questions import AskedQuestion, questions_of
from registrations.seats import SeatChoice, seats_on_offer


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything the form is made of. With an ``invitation`` its kind of attendance is the only one."""

    forum: Forum
    types: Mapping[str, RegistrationType]
    places: Mapping[int, Availability]
    questions: Sequence[AskedQuestion]
    consent: ConsentGiven
    purposes: Sequence[ConsentGiven]
    agenda: Agenda | None
    seats: Sequence[SeatChoice]
    invitation: Invitation | None = None

    @property
    def choosable(self) -> list[RegistrationType]:
        """The kinds that can be chosen: somebody gets a place there, a place in line, or a decision."""
        return [kind for kind in self.types.values() if self.places[kind.pk].can_be_chosen]

    def becomes(self, kind: RegistrationType) -> str:
        """Return the status that a registration of this kind will most likely have.

        From the offer, not from the registration: the page after the form says the same whether the
        address is new or known.
        """
        takes_over = self.invitation is not None and self.invitation.replaces_id is not None
        if kind.needs_approval and not takes_over:
            return Registration.Status.PENDING.value
        waits = self.places[kind.pk].joins_waiting_list
        return (Registration.Status.WAITING if waits else Registration.Status.CONFIRMED).value


def offer_of(forum: Forum, invitation: Invitation | None = None) -> Offer:
    """Read what is offered now, to everybody or to whoever has this invitation; always as many queries."""
    kinds = (
        [_invited_kind(invitation)]
        if invitation
        else list(with_queues(RegistrationType.objects.offered(forum)))
    )
    agenda = current_agenda(forum)
    return Offer(
        forum=forum,
        types={kind.slug: kind for kind in kinds},
        places=_places(kinds, invitation),
        questions=questions_of(forum, [kind.pk for kind in kinds]) if kinds else [],
        consent=consent_in(forum),
        purposes=optional_consents(forum) if kinds else [],
        agenda=agenda,
        seats=seats_on_offer(agenda) if agenda and kinds else [],
        invitation=invitation,
    )


def _places(kinds: Sequence[RegistrationType], invitation: Invitation | None) -> Mapping[int, Availability]:
    if invitation is None or invitation.replaces is None:
        return availability_of(kinds, invitation)
    # Whoever takes a ticket over takes its place over, however many wait for one.
    sentence = _("A place is held for you.")
    held = Availability(left=1, capacity=None, held=0, waiting=0, is_held=True, reasons=[sentence])
    return {kind.pk: held for kind in kinds}


def _invited_kind(invitation: Invitation) -> RegistrationType:
    """Return the kind that somebody with this invitation registers as; of a ticket handed on, its own."""
    return invitation.replaces.type if invitation.replaces else invitation.type
