"""What was decided about people: agreed to, written down, and mailed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from outbox.models import Message
from registrations import mails, mails_places
from registrations.models import Consent, Invitation, Registration
from registrations.models.registration import ENDED
from registrations.services import HANDED_ON, REPLACED

Status = Registration.Status
# What the person was told when it ended; the first is a ticket's, the second that of who had none.
OF_CANCELLED = (mails.CANCELLED, mails_places.LEFT)
OF_ENDED = ((Status.DECLINED, mails_places.DECLINED), (Status.EXPIRED, mails_places.EXPIRED))


def statuses() -> Iterator[str]:
    """Status, times and offers say the same."""
    rows = Registration.objects.all()
    for registration in rows.filter(Q(status__in=ENDED) ^ Q(cancelled_at__isnull=False)).only("code"):
        yield f"Registration {registration.code}: status and time of cancellation contradict each other."
    for registration in rows.filter(Q(status=Status.OFFERED) ^ Q(offer_until__isnull=False)).only("code"):
        yield f"Registration {registration.code}: status and time of the offer contradict each other."
    for registration in rows.filter(status=Status.WAITING, waiting_since=None).only("code"):
        yield f"Registration {registration.code}: it waits since no time."


def consents() -> Iterator[str]:
    """Nobody is registered who did not agree to the use of her details."""
    agreed = Consent.objects.filter(registration=OuterRef("pk"), kind=Consent.Kind.PRIVACY)
    for registration in Registration.objects.filter(~Exists(agreed)).only("code"):
        yield f"Registration {registration.code}: nothing says that the person agreed."


def mails_owed() -> Iterator[str]:
    """Every state that somebody was brought into was mailed to her; erased people are owed nothing."""
    rows = Registration.objects.filter(erased_at=None)
    now = Concat(Value(":"), Cast(OuterRef("link_version"), TextField()), output_field=TextField())
    had_ticket = Q(status=Status.CONFIRMED) | Q(status=Status.CANCELLED, cancel_reason=HANDED_ON)
    had_ticket |= Q(Exists(_mail(mails.CANCELLED)))
    for registration in rows.filter(had_ticket).filter(~Exists(_mail(mails.CONFIRMED, now))).only("code"):
        yield f"Registration {registration.code}: no mail confirms it."
    for status, kind in mails_places.OF_STATUS.items():
        for registration in rows.filter(~Exists(_mail(kind, now)), status=status).only("code"):
            yield f"Registration {registration.code}: no mail says that it is {status}."
    # Whoever corrected the form got a new ticket instead, and the mistaken address no further mail.
    cancelled = rows.filter(status=Status.CANCELLED).exclude(cancel_reason__in=[REPLACED, HANDED_ON])
    told = [~Exists(_mail(kind)) for kind in OF_CANCELLED]
    for registration in cancelled.filter(*told).only("code"):
        yield f"Registration {registration.code}: no mail says that it is cancelled."
    for status, kind in OF_ENDED:
        for registration in rows.filter(~Exists(_mail(kind)), status=status).only("code"):
            yield f"Registration {registration.code}: no mail says that it is {status}."


def _mail(kind: str, occurrence: Concat | None = None) -> QuerySet[Message]:
    own = Cast(OuterRef("pk"), TextField())
    parts = [Value(f"{kind}:"), own, *([occurrence] if occurrence is not None else [])]
    return Message.objects.filter(dedupe_key=Concat(*parts, output_field=TextField()))


_KEY = Concat(
    Value(f"{mails_places.HAND_OVER}:"), Cast(OuterRef("pk"), TextField()), output_field=TextField()
)
_NOT_INVITED = ~Exists(Message.objects.filter(dedupe_key=_KEY))


def hand_overs() -> Iterator[str]:
    """Whoever took a ticket over took it from somebody whose own has ended for that, in the same forum."""
    taken_over = Registration.objects.filter(took_over_from__isnull=False)
    ended = Q(took_over_from__status=Status.CANCELLED, took_over_from__forum=F("forum"))
    for registration in taken_over.exclude(ended).only("code"):
        yield f"Registration {registration.code}: the ticket it took over is still somebody else's."
    handed = Registration.objects.filter(cancel_reason=HANDED_ON, status=Status.CANCELLED)
    for registration in handed.filter(handed_on_to=None).only("code"):
        yield f"Registration {registration.code}: handed on, and nobody has it."
    told = handed.filter(~Exists(_mail(mails_places.HANDED_ON)), erased_at=None)
    for invitation in Invitation.objects.filter(_NOT_INVITED, replaces__isnull=False, is_active=True):
        yield f"Invitation {invitation.pk}: no mail offers the ticket to {invitation.name}."
    for registration in told.only("code"):
        yield f"Registration {registration.code}: no mail says that it is handed on."
