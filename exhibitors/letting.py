"""One booth as somebody reads it who thinks of taking it: where it is, for when it is free, what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.countries import country_name
from core.i18n import current_language
from events.models import Forum
from exhibitors.catalogue import Entry, claims_on, entries_at
from exhibitors.geometry import read_shape
from exhibitors.models import BookingPeriod, Booth, BoothBooking, BoothPrice, Exhibition, Exhibitor
from exhibitors.plan import Claim, Drawing, State, draw, draw_booth, let_periods, mark_of, state_in, state_of
from exhibitors.pricing import NoPrice, price_for, with_vat
from exhibitors.services import nearest_free

# What somebody reads prices in who has not said: by country, else by language.
_BY_COUNTRY: Final = {"VN": "VND", "KR": "KRW"}
_BY_LANGUAGE: Final = {"vi": "VND", "ko": "KRW"}
# Booths that can be taken together; more are a matter to talk about.
_MOST_BESIDE: Final = 8
Rate = BoothPrice.Rate


@dataclass(frozen=True, slots=True)
class Offered:
    """A price of a list: for whom it is, and what it comes to without and with VAT.

    ``is_yours`` when it is what the exhibitor who reads would pay today.
    """

    rate: str
    note: str
    amount: Decimal
    gross: Decimal
    currency: str
    is_yours: bool


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period for which the booth is let. ``has_line`` when all booths of its type are taken for it."""

    period: BookingPeriod
    state: State
    prices: Sequence[Offered]
    has_line: bool

    @property
    def is_free(self) -> bool:
        """True when it can be held."""
        return self.state is State.FREE


@dataclass(frozen=True, slots=True)
class BoothPage:
    """A booth. ``beside`` are free booths with which it could be one, ``alternatives`` free ones like it."""

    booth: Booth
    exhibition: Exhibition | None
    state: State
    mark: str
    square_metres: float
    drawing: Drawing
    rows: Sequence[PeriodRow]
    occupants: Sequence[Entry]
    beside: Sequence[Booth]
    alternatives: Sequence[Booth]
    currency: str
    currencies: Sequence[str]
    is_open: bool

    @property
    def free_rows(self) -> list[PeriodRow]:
        """The periods for which it can be held now."""
        return [row for row in self.rows if row.is_free] if self.is_open else []

    @property
    def lines(self) -> list[PeriodRow]:
        """The periods for which somebody may wait for a booth of this type."""
        return [row for row in self.rows if row.has_line] if self.is_open else []


def read_booth(
    forum: Forum, number: str, *, currency: str, exhibitor: Exhibitor | None, now: datetime
) -> BoothPage | None:
    """Return the page of a booth of ``forum``, or None. ``exhibitor`` is who reads, if one does."""
    booths = list(Booth.objects.of_forum(forum))
    booth = next((one for one in booths if one.number == number), None)
    if booth is None:
        return None
    claims = claims_on(forum, now)
    exhibition = Exhibition.objects.filter(forum=forum).first()
    periods = list(BookingPeriod.objects.filter(exhibition=forum.pk))
    prices = list(BoothPrice.objects.filter(type=booth.type_id).select_related("type"))
    currencies = [code for code in BoothBooking.Currency.values if any(p.currency == code for p in prices)]
    currency = _currency(currency, currencies, exhibitor)
    listing = _Listing(
        prices, currency, exhibitor, exhibition.vat_percent if exhibition else Decimal(0), _today(forum, now)
    )
    here = claims.get(booth.pk, ())
    rows = [
        PeriodRow(
            period,
            state_in(booth, here, period),
            listing.of(period.kind),
            has_line=not any(
                state_in(one, claims.get(one.pk, ()), period) is State.FREE
                for one in booths
                if one.type_id == booth.type_id
            ),
        )
        for period in let_periods(booth, periods)
    ]
    occupants = entries_at(forum, booth, claims)
    wanted = next((row.period for row in rows if not row.is_free), None)
    return BoothPage(
        booth=booth,
        exhibition=exhibition,
        state=state_of(booth, here, periods),
        mark=mark_of(booth, here, periods, (entry.exhibitor.slug for entry in occupants)),
        square_metres=read_shape(booth.shape).square_metres,
        drawing=_drawing(booth, booths, claims, periods),
        rows=rows,
        occupants=occupants,
        beside=_beside(booth, booths, claims, rows),
        alternatives=nearest_free([booth], wanted.span) if wanted else [],
        currency=currency,
        currencies=currencies,
        is_open=exhibition is not None and exhibition.takes_bookings_at(now),
    )


def currency_for(exhibitor: Exhibitor | None, currencies: Sequence[str]) -> str:
    """Return the currency in which somebody is likely to pay, of those that the list has."""
    country = exhibitor.organization.country if exhibitor else ""
    usual = _BY_COUNTRY.get(country, "USD") if exhibitor else _BY_LANGUAGE.get(current_language(), "USD")
    return usual if usual in currencies or not currencies else currencies[0]


def _currency(wanted: str, currencies: Sequence[str], exhibitor: Exhibitor | None) -> str:
    return wanted if wanted in currencies else currency_for(exhibitor, currencies)


def _today(forum: Forum, now: datetime) -> date:
    return now.astimezone(forum.zone).date()


def _drawing(
    booth: Booth,
    booths: Sequence[Booth],
    claims: Mapping[int, Sequence[Claim]],
    periods: Sequence[BookingPeriod],
) -> Drawing:
    """Draw the booth's hall."""
    there = [one for one in booths if one.hall_id == booth.hall_id]
    drawn = [draw_booth(one, state_of(one, claims.get(one.pk, ()), periods)) for one in there]
    return draw(booth.hall, drawn, booth.hall.features.all())


def _beside(
    booth: Booth, booths: Sequence[Booth], claims: Mapping[int, Sequence[Claim]], rows: Sequence[PeriodRow]
) -> list[Booth]:
    """Return free booths of the type that can be taken together with this one: a row of neighbours."""
    whole = next((row.period for row in rows if row.is_free), None)
    if whole is None:
        return []
    alike = {
        one.pk: (one, read_shape(one.shape))
        for one in booths
        if (one.hall_id, one.type_id) == (booth.hall_id, booth.type_id)
        and state_in(one, claims.get(one.pk, ()), whole) is State.FREE
    }
    reached = [alike.pop(booth.pk)]
    for _one, shape in reached:
        near = [pk for pk, (_other, other) in alike.items() if shape.stands_beside(other)]
        reached += [alike.pop(pk) for pk in near[: _MOST_BESIDE + 1 - len(reached)]]
        if len(reached) > _MOST_BESIDE:
            break
    return sorted((one for one, _shape in reached[1:]), key=lambda one: one.pk)


@dataclass(frozen=True, slots=True)
class _Listing:
    """The price list of one type in one currency, as it counts today."""

    prices: Sequence[BoothPrice]
    currency: str
    exhibitor: Exhibitor | None
    vat_percent: Decimal
    today: date

    def of(self, kind: str) -> list[Offered]:
        """Return what a period of this kind costs, the cheapest first, without what is over."""
        rows: dict[tuple[str, str], BoothPrice] = {}
        for row in self.prices:
            is_over = row.until is not None and row.until < self.today
            if (row.period_kind, row.currency) == (kind, self.currency) and not is_over:
                rows[row.rate, row.country] = row
        yours = self._yours(kind)
        return [
            self._offered(row, is_yours=row == yours)
            for row in sorted(rows.values(), key=lambda row: (row.amount, row.pk))
        ]

    def _yours(self, kind: str) -> BoothPrice | None:
        if self.exhibitor is None:
            return None
        try:
            return price_for(
                self.prices, self.exhibitor, period_kind=kind, currency=self.currency, on=self.today
            )
        except NoPrice:
            return None

    def _offered(self, row: BoothPrice, *, is_yours: bool) -> Offered:
        language = current_language()
        notes = []
        if row.until is not None:
            notes.append(_("until %(day)s") % {"day": format_date(row.until, "medium", locale=language)})
        if row.country:
            notes.append(
                _("for exhibitors from: %(country)s") % {"country": country_name(row.country, language)}
            )
        names = {
            Rate.EARLY: pgettext("a price", "Early rate"),
            Rate.STANDARD: pgettext("a price", "Standard rate"),
            Rate.MEMBER: pgettext("a price", "For members"),
        }
        gross = with_vat(row.amount, vat_percent=self.vat_percent, currency=row.currency)
        return Offered(names[Rate(row.rate)], " · ".join(notes), row.amount, gross, row.currency, is_yours)
