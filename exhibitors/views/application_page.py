"""What the application for a booth needs to know: lists and stock as they are, and what it comes to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.http import HttpRequest

from core.i18n import NATIVE_NAMES, Localized, choose, current_language, texts_of
from exhibitors.errors import PricesChanged
from exhibitors.forms.application import ApplicationForm, details_of, typed
from exhibitors.letting import currency_for
from exhibitors.models import BoothBooking, BoothPrice, Exhibition, Exhibitor, Extra, ExtraPrice
from exhibitors.pricing import NoPrice, price_for
from exhibitors.services.quoting import quote

_DRAFT: Final = "booth-application-{}"


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line: what for, how many, and the amount before VAT."""

    text: Localized
    quantity: int
    unit: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """What a booking comes to, in the reader's language."""

    lines: list[SumLine]
    net: Decimal
    vat: Decimal
    gross: Decimal
    currency: str


class Lists:
    """The price lists for one booking as they are at an instant, and the extras with what is left of them."""

    def __init__(self, booking: BoothBooking, *, now: datetime) -> None:
        self.booking, self.now = booking, now
        self.exhibition = Exhibition.objects.get(forum=booking.forum_id)
        prices = BoothPrice.objects.filter(type=booking.type_id, period_kind=booking.period.kind)
        self.prices = list(prices.select_related("type"))
        rows = Extra.objects.filter(forum=booking.forum_id).prefetch_related("prices")
        self.extras = [extra for extra in rows if extra.prices.all()]
        self.currencies = [
            code for code in BoothBooking.Currency.values if self._booth_price(code) is not None
        ]

    def fingerprint(self) -> str:
        """Return another text whenever anything that this exhibitor may choose costs something else."""
        parts = [str(self.exhibition.vat_percent)]
        parts += [f"{code}={self._booth_price(code)}" for code in self.currencies]
        parts += [
            f"{price.extra_id}{price.currency}={price.amount}"
            for extra in self.extras
            for price in sorted(extra.prices.all(), key=lambda row: row.pk)
        ]
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]

    def unit_prices(self) -> dict[int, list[ExtraPrice]]:
        """Return what a piece of each extra costs, in the order of the currencies."""
        order = list(BoothBooking.Currency.values)
        return {
            extra.pk: sorted(extra.prices.all(), key=lambda row: order.index(row.currency))
            for extra in self.extras
        }

    def terms(self) -> list[tuple[str, str, str]]:
        """Return language, its own name and the terms in it, the reader's language first."""
        texts, here = texts_of(self.exhibition, "terms"), current_language()
        codes = sorted(texts, key=lambda code: code != here)
        return [(code, NATIVE_NAMES[code], texts[code]) for code in codes if texts[code]]

    def sum_of(self, currency: str, extras: Mapping[int, int]) -> Sum:
        """Return what the booking comes to with ``extras``. Raises WrongCurrency and NoPrice."""
        total = quote(self.booking, self.exhibition, currency=currency, extras=extras, at=self.now)
        lines = [line.snapshot() for line in total.lines]
        return Sum(_lines(lines), total.net, total.vat, total.gross, currency)

    def _booth_price(self, currency: str) -> Decimal | None:
        exhibitor = self.booking.exhibitor
        day = self.now.astimezone(exhibitor.forum.zone).date()
        try:
            return price_for(
                self.prices, exhibitor, period_kind=self.booking.period.kind, currency=currency, on=day
            ).amount
        except NoPrice:
            return None


def application_form(lists: Lists, draft: Mapping[str, str], data: Any = None) -> ApplicationForm:
    """Return the form of a hold, with what was typed before, terms and prices as they are now."""
    exhibitor = lists.booking.exhibitor
    known = {"currency": currency_for(exhibitor, lists.currencies), **details_of(exhibitor), **draft}
    initial = known | {"terms_version": lists.exhibition.terms_version, "prices": lists.fingerprint()}
    return ApplicationForm(lists.extras, lists.currencies, data, initial=initial)


def refuse_other_prices(form: ApplicationForm, lists: Lists) -> None:
    """Raise PricesChanged when the lists are not those that the form was read with."""
    if form.cleaned_data["prices"] not in {"", lists.fingerprint()}:
        raise PricesChanged


def offered_sum(booking: BoothBooking) -> Sum | None:
    """Return what an offer says, None before there is one; without lines only its total counts."""
    if booking.amount is None:
        return None
    lines = _lines(booking.lines)
    net = sum((line.amount for line in lines), Decimal(0))
    return Sum(lines, net, booking.amount - net, booking.amount, booking.currency)


def _lines(snapshots: list[dict[str, Any]]) -> list[SumLine]:
    return [
        SumLine(choose(line["texts"]), line["quantity"], Decimal(line["unit"]), Decimal(line["amount"]))
        for line in snapshots
    ]


def draft_of(request: HttpRequest, exhibitor: Exhibitor) -> dict[str, str]:
    """Return what this person typed for an exhibitor and did not send: it outlives the hold."""
    draft: dict[str, str] = request.session.get(_DRAFT.format(exhibitor.pk), {})
    return draft


def keep_draft(request: HttpRequest, exhibitor: Exhibitor, extras: list[Extra]) -> None:
    """Keep what was typed, for the next hold."""
    request.session[_DRAFT.format(exhibitor.pk)] = typed(request.POST, extras)


def forget_draft(request: HttpRequest, exhibitor: Exhibitor) -> None:
    """Forget what was typed, since it was sent."""
    request.session.pop(_DRAFT.format(exhibitor.pk), None)
