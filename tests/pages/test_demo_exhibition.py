"""The exhibition of the demonstration: loaded once, nothing stands in anything else, moved with the forum."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from core.i18n import missing_translations
from events.models import Forum
from exhibitors.floor.faults import misplaced
from exhibitors.floor.items import items_of
from exhibitors.models import BookingPeriod, Booth, BoothBooking, Exhibition, Exhibitor, Hall, Product
from pages.demo_loading.loading import load_demonstration

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 4)


def load(today: date = TODAY, *, rebase: bool = False) -> list[str]:
    """Load the demonstration without people."""
    return load_demonstration(with_accounts=False, with_guests=False, rebase=rebase, today=today)


def test_it_is_loaded_once_and_whole(client: Client) -> None:
    assert "Opened the exhibition with 18 invented exhibitors." in load()
    assert load() == []
    assert (Hall.objects.count(), Booth.objects.count(), Exhibitor.objects.count()) == (2, 40, 18)
    statuses = sorted(set(BoothBooking.objects.values_list("status", flat=True)))
    assert statuses == ["accepted", "asked", "confirmed", "offered", "requested"]
    for hall in Hall.objects.all():
        assert misplaced(items_of(hall), width=hall.width, depth=hall.depth) == []
    rows = [*Exhibitor.objects.all(), *Product.objects.all()]
    assert not [row for row in rows if missing_translations(row, ("tagline", "description"))]
    assert all(row.is_demo for row in Exhibitor.objects.all())
    page = client.get("/en/exhibition/").content.decode()
    states = [page.count(f'class="booth {state}"') for state in ("free", "held", "taken", "blocked")]
    assert states == [20, 5, 13, 2]


def beginnings() -> dict[str, Any]:
    """Return when each period and each claim begins."""
    periods = {f"period {row.pk}": row.span.lower for row in BookingPeriod.objects.all()}
    return periods | {f"claim {row.pk}": row.span.lower for row in BoothBooking.objects.all()}


def test_it_moves_with_its_forum() -> None:
    load()
    before = beginnings()
    for days in (1, -3):
        assert any("Moved" in done for done in load(TODAY + timedelta(days=days), rebase=True))
    exhibition, forum = Exhibition.objects.get(), Forum.objects.get()
    assert exhibition.starts_at.astimezone(forum.zone).date() == forum.main_day
    assert beginnings() == {name: moment - timedelta(days=3) for name, moment in before.items()}
