"""How many mails a lead may have sent to other people: nobody's page is a way to write to thousands."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import AuditEntry
from core.errors import DomainError
from registrations.models import Delegation, Invitation, Registration

PLACE_SENT = "delegation.place_sent"
_PERIOD = timedelta(hours=1)


class TooManyMails(DomainError):
    """So many mails went out for this delegation that more of them have to wait."""

    status = 429

    def __init__(self, most: int) -> None:
        sentence = ngettext(
            "From one delegation %(n)s mail an hour may go out. Please go on in an hour.",
            "From one delegation %(n)s mails an hour may go out. Please go on in an hour, or with a shorter "
            "list.",
            most,
        )
        super().__init__(sentence % {"n": most})


def most_mails(row: Delegation) -> int:
    """Return how many mails an hour its lead may cause: two for everybody who may be a member."""
    return 2 * row.max_members


def see_that_mails_may_go(row: Delegation, count: int) -> None:
    """Raise TooManyMails when ``count`` more would be too many. ``row`` is locked, so nobody else counts.

    Counted is what stands in the database: members with an address, places sent and hand-overs of the last
    hour. Four queries.
    """
    since, most = timezone.now() - _PERIOD, most_mails(row)
    places = Invitation.objects.filter(created_at__gt=since, sent_at__isnull=False)
    sent = (
        Registration.objects.filter(delegation=row, created_at__gt=since).exclude(email="").count()
        + places.filter(delegation=row, replaces=None, reserves_places=False).count()
        + places.filter(replaces__delegation=row).count()
        + AuditEntry.objects.filter(
            target_type=row._meta.label_lower, target_id=str(row.pk), action=PLACE_SENT, at__gt=since
        ).count()
    )
    if sent + count > most:
        raise TooManyMails(most)
