"""Tasks of exhibitors for tests, and who looks after an exhibitor."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from exhibitors.duties.reading import Line, line_of
from exhibitors.models import BoothBooking, Exhibitor, ExhibitorManager, ExhibitorTask
from tests.exhibitors.conftest import Fair
from tests.factories import UserFactory, in_three_languages

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
DAY = timedelta(days=1)


def task(
    fair: Fair, kind: str, *, due: datetime | None = None, name: str = "", **fields: Any
) -> ExhibitorTask:
    """Define a task that is due in three weeks."""
    return ExhibitorTask.objects.create(
        forum=fair.forum,
        kind=kind,
        due_at=due or timezone.now() + 21 * DAY,
        **in_three_languages("name", name or kind.title()),
        **fields,
    )


def standing(fair: Fair, number: str, status: str = "confirmed", **fields: Any) -> Exhibitor:
    """Return an exhibitor with a booking in ``status``, as if all steps had been gone."""
    exhibitor = fair.exhibitor(**fields)
    booking = fair.hold(number, exhibitor)
    now = timezone.now()
    amount = 1000 if status in {"offered", "accepted", "confirmed"} else None
    BoothBooking.objects.filter(pk=booking.pk).update(
        status=status,
        terms_version=1,
        terms_accepted_at=now,
        currency="USD",
        amount=amount,
        expires_at=now + DAY if status in {"held", "offered"} else None,
    )
    return exhibitor


def manager(exhibitor: Exhibitor, **fields: Any) -> User:
    """Return somebody new who looks after an exhibitor."""
    user: User = UserFactory(**fields)
    ExhibitorManager.objects.create(
        exhibitor=exhibitor, email=user.email, user=user, accepted_at=timezone.now()
    )
    return user


def line(exhibitor: Exhibitor, one: ExhibitorTask, now: datetime | None = None) -> Line:
    """Return how far an exhibitor is with a task."""
    found = line_of(exhibitor, one.pk, now=now or timezone.now())
    assert found is not None
    return found


def upload(name: str = "policy.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content, "application/pdf")
