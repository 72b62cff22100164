"""Exhibitions of any size, for tests and benchmarks: rows of booths, a part of which is taken."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organization
from events.models import Forum
from exhibitors.geometry import rectangle
from exhibitors.models import BookedBooth, BookingPeriod, Booth, BoothBooking, BoothType, Exhibitor, Hall
from tests.factories import in_three_languages

# One hall holds so many: twenty in a row, an aisle after each row.
IN_A_HALL, IN_A_ROW, SIDE, AISLE = 400, 20, 300, 300
# Of ten booths; the others are free.
CONFIRMED, OFFERED = 4, 2


def grow_exhibition(forum: Forum, booths: int, *, kind: BoothType) -> None:
    """Add halls and booths until the forum has so many booths; of each ten new ones six are taken."""
    with transaction.atomic():
        while (missing := booths - Booth.objects.filter(forum=forum).count()) > 0:
            _add_hall(forum, min(missing, IN_A_HALL), kind)


def _add_hall(forum: Forum, count: int, kind: BoothType) -> None:
    number = Hall.objects.filter(forum=forum).count() + 1
    hall = Hall.objects.create(
        forum=forum,
        slug=f"generated-{number}",
        width=IN_A_ROW * SIDE,
        depth=(SIDE + AISLE) * (IN_A_HALL // IN_A_ROW),
        **in_three_languages("name", f"Hall {number}"),
    )
    made = Booth.objects.bulk_create(
        Booth(
            forum=forum,
            hall=hall,
            type=kind,
            number=f"H{number}-{place + 1}",
            shape=rectangle(place % IN_A_ROW * SIDE, place // IN_A_ROW * (SIDE + AISLE), SIDE, SIDE),
        )
        for place in range(count)
    )
    _take(forum, [booth for place, booth in enumerate(made) if place % 10 < CONFIRMED], "confirmed")
    _take(
        forum,
        [booth for place, booth in enumerate(made) if CONFIRMED <= place % 10 < CONFIRMED + OFFERED],
        "offered",
    )


def _take(forum: Forum, booths: list[Booth], status: str) -> None:
    period = BookingPeriod.objects.get(exhibition=forum.pk, kind="whole")
    owners = exhibitors_for(forum, len(booths))
    now = timezone.now()
    bookings = BoothBooking.objects.bulk_create(
        BoothBooking(
            exhibitor=owner,
            type=booth.type,
            period=period,
            span=period.span,
            status=status,
            expires_at=now + timedelta(days=7),
            terms_version=1,
            terms_accepted_at=now,
            currency="USD",
            amount=1000,
        )
        for owner, booth in zip(owners, booths, strict=True)
    )
    BookedBooth.objects.bulk_create(
        BookedBooth(booking=booking, booth=booth, span=period.span)
        for booking, booth in zip(bookings, booths, strict=True)
    )


def exhibitors_for(forum: Forum, count: int) -> list[Exhibitor]:
    """Return so many new published exhibitors of a forum."""
    first = Exhibitor.objects.count()
    organizations = Organization.objects.bulk_create(
        Organization(
            slug=f"generated-{number}",
            country="KR" if number % 2 else "VN",
            **in_three_languages("name", f"Company {number}"),
        )
        for number in range(first, first + count)
    )
    return Exhibitor.objects.bulk_create(
        Exhibitor(
            forum=forum,
            organization=organization,
            slug=organization.slug,
            contact_name="Contact",
            contact_email=f"{organization.slug}@example.org",
            is_published=True,
            **in_three_languages("tagline", "What it shows"),
        )
        for organization in organizations
    )
