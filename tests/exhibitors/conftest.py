"""An exhibition with a row of booths, and what exhibitors and organizers do there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone, translation

from accounts.models import User
from events.models import Forum
from exhibitors import services
from exhibitors.models import BookingPeriod, Booth, BoothBooking, BoothType, Exhibition, Exhibitor, Extra
from outbox.models import Message
from tests.exhibitors.factories import (
    BookingPeriodFactory,
    BoothFactory,
    BoothPriceFactory,
    BoothTypeFactory,
    ExhibitionFactory,
    ExhibitorFactory,
    ExtraFactory,
    ExtraPriceFactory,
    HallFactory,
)
from tests.factories import FIRST_DAY, at, in_three_languages, period

REASON = "so it was agreed"


@dataclass
class Fair:
    """A row of six standard booths A1 to A6 and a shared one S1 behind them, with prices and screens."""

    forum: Forum
    exhibition: Exhibition
    whole: BookingPeriod
    morning: BookingPeriod
    afternoon: BookingPeriod
    standard: BoothType
    shared: BoothType
    screens: Extra
    organizer: User
    booths: dict[str, Booth] = field(default_factory=dict)

    def exhibitor(self, **fields: Any) -> Exhibitor:
        """Return somebody new who exhibits here."""
        return ExhibitorFactory(forum=self.forum, **fields)

    def hold(
        self, number: str, exhibitor: Exhibitor | None = None, period: BookingPeriod | None = None
    ) -> BoothBooking:
        """Return a hold on a booth, for the whole exhibition unless another period is said."""
        who, span = exhibitor or self.exhibitor(), period or self.whole
        return services.hold_booth(booth=self.booths[number], exhibitor=who, period=span, by=None)

    def apply(self, booking: BoothBooking, **changes: Any) -> BoothBooking:
        """Turn a hold into an application, with whatever is said differently."""
        said: dict[str, Any] = {
            "by": None,
            "note": "",
            "currency": "USD",
            "extras": {},
            "terms_version": self.terms,
        }
        return services.request_booth(booking, **(said | changes))

    def offered(self, number: str, exhibitor: Exhibitor | None = None, **changes: Any) -> BoothBooking:
        """Return a booking with an offer."""
        return services.make_offer(self.apply(self.hold(number, exhibitor), **changes), by=self.organizer)

    def confirmed(self, number: str, exhibitor: Exhibitor | None = None) -> BoothBooking:
        """Return a confirmed booking."""
        booking = services.accept_offer(self.offered(number, exhibitor), by=None)
        return services.confirm(booking, by=self.organizer, reason=REASON)

    def fill(self) -> dict[str, BoothBooking]:
        """Let somebody have each of the standard booths."""
        return {number: self.apply(self.hold(number)) for number in self.booths if number != "S1"}

    @property
    def terms(self) -> int:
        """The version of the terms."""
        self.exhibition.refresh_from_db()
        return self.exhibition.terms_version


def fair_in(forum: Forum, organizer: User) -> Fair:
    """Return an exhibition in ``forum``."""
    exhibition = ExhibitionFactory(forum=forum)
    whole = BookingPeriodFactory(exhibition=exhibition, **in_three_languages("name", "Whole exhibition"))
    half_days = [
        BookingPeriodFactory(
            exhibition=exhibition, kind="half_day", span=period(at(hour, day=FIRST_DAY), 4 * 60)
        )
        for hour in (8, 13)
    ]
    hall = HallFactory(forum=forum, slug="north")
    standard = BoothTypeFactory(forum=forum, slug="standard", **in_three_languages("name", "Standard"))
    shared = BoothTypeFactory(
        forum=forum, slug="shared", is_shared=True, **in_three_languages("name", "Shared")
    )
    booths = [BoothFactory(hall=hall, type=standard, number=f"A{n}", place=n) for n in range(1, 7)]
    booths.append(BoothFactory(hall=hall, type=shared, number="S1", place=9))
    BoothPriceFactory(type=standard)
    BoothPriceFactory(type=shared)
    screens = ExtraFactory(forum=forum, slug="screen", **in_three_languages("name", "Screen"))
    ExtraPriceFactory(extra=screens)
    return Fair(
        forum,
        exhibition,
        whole,
        half_days[0],
        half_days[1],
        standard,
        shared,
        screens,
        organizer,
        {booth.number: booth for booth in booths},
    )


@pytest.fixture
def in_english() -> Iterator[None]:
    """Let sentences of services and addresses be English."""
    with translation.override("en"):
        yield


@pytest.fixture
def fair(forum: Forum, owner: User) -> Fair:
    """Give an exhibition with a row of booths."""
    return fair_in(forum, owner)


def booths_of(booking: BoothBooking) -> list[str]:
    """Return the numbers of a booking's booths."""
    return sorted(booking.booths.values_list("booth__number", flat=True))


def statuses() -> dict[str, str]:
    """Return the status of the live booking of each booth, by number."""
    rows = BoothBooking.objects.live().values_list("booths__booth__number", "status")
    return dict(sorted(rows))


def mailed() -> list[str]:
    """Return the kinds of mails to exhibitors, by the alphabet: the clock may stand still between two."""
    return sorted(Message.objects.filter(kind__startswith="booth.").values_list("kind", flat=True))


def free_now(fair: Fair) -> list[str]:
    """Return the numbers of the booths that are free for the whole exhibition."""
    rows = services.free_booths(fair.forum.pk, fair.whole.span, timezone.now())
    return list(rows.values_list("number", flat=True))
