"""What the form offers a visitor now: kinds of attendance with their places, questions, purposes, seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from events.agenda import Agenda
from events.models import Forum
from events.reading import current_agenda
from registrations.availability import Availability, availability_of
from registrations.consents import ConsentGiven, consent_in, optional_consents
from registrations.form_parts import form_parts
from registrations.models import Invitation, RegistrationType
from registrations.questions import AskedQuestion, asked_of
from registrations.seats import SeatChoice, seats_on_offer


class Offer:
    """Everything the form is made of. With an ``invitation`` its kind of attendance is the only one.

    What is left is read when somebody looks at it: a form that is sent needs none of it, for the service
    counts under a lock, and a page needs it once.
    """

    def __init__(self, forum: Forum, invitation: Invitation | None = None) -> None:
        self.forum, self.invitation = forum, invitation
        parts = form_parts(forum)
        kinds = [_invited_kind(invitation)] if invitation else parts.offered_at(forum, timezone.now())
        self.types: Mapping[str, RegistrationType] = {kind.slug: kind for kind in kinds}
        self.questions: Sequence[AskedQuestion] = (
            asked_of(parts.questions, [kind.pk for kind in kinds]) if kinds else []
        )
        self.consent: ConsentGiven = consent_in(forum)
        self.purposes: Sequence[ConsentGiven] = optional_consents(parts.purposes) if kinds else []

    @cached_property
    def agenda(self) -> Agenda | None:
        """The published agenda, whose sessions have the seats."""
        return current_agenda(self.forum)

    @cached_property
    def seats(self) -> Sequence[SeatChoice]:
        """The sessions in which seats can be booked now, with what is left. One query, or none."""
        return seats_on_offer(self.agenda) if self.agenda and self.types else []

    @cached_property
    def places(self) -> Mapping[int, Availability]:
        """What is left of each kind, by its key. One query."""
        if self.invitation is None or self.invitation.replaces is None:
            return availability_of(self.types.values(), self.invitation)
        # Whoever takes a ticket over takes its place over, however many wait for one.
        sentence = _("A place is held for you.")
        held = Availability(left=1, capacity=None, held=0, waiting=0, is_held=True, reasons=[sentence])
        return {kind.pk: held for kind in self.types.values()}

    @property
    def choosable(self) -> list[RegistrationType]:
        """The kinds that can be chosen: somebody gets a place there, a place in line, or a decision."""
        return [kind for kind in self.types.values() if self.places[kind.pk].can_be_chosen]


def _invited_kind(invitation: Invitation) -> RegistrationType:
    """Return the kind that somebody with this invitation registers as; of a ticket handed on, its own."""
    return invitation.replaces.type if invitation.replaces else invitation.type
