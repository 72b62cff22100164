"""Rows of an exhibition to put into addresses."""

from django.db import models

from events.models import Forum
from exhibitors.invitation_links import invitation_path
from exhibitors.models import BookingPeriod, Booth, BoothWait, Exhibitor, ExhibitorManager
from tests.exhibitors.factories import BookingPeriodFactory, BoothFactory, ExhibitionFactory, ExtraFactory
from tests.exhibitors.shown import ProductFactory, claim, company


def exhibition_rows(forum: Forum) -> dict[str, models.Model]:
    """Return a row of each model that has a page in the admin, all of one exhibition."""
    exhibition = ExhibitionFactory(forum=forum)
    BookingPeriodFactory(exhibition=exhibition)
    booth = BoothFactory(hall__forum=forum)
    exhibitor = company(forum, "gasang", "Gasang Medi")
    ProductFactory(exhibitor=exhibitor, slug="reader")
    return {
        "exhibitors_exhibition": exhibition,
        "exhibitors_hall": booth.hall,
        "exhibitors_boothtype": booth.type,
        "exhibitors_booth": booth,
        "exhibitors_extra": ExtraFactory(forum=forum),
        "exhibitors_exhibitor": exhibitor,
        "exhibitors_boothbooking": claim(exhibitor, booth),
    }


def invitation_in(exhibitor: models.Model) -> dict[str, object]:
    """Return what the address of an open invitation to look after ``exhibitor`` is made of."""
    manager = ExhibitorManager.objects.create(exhibitor=exhibitor, email="invited@example.org")
    return {"pk": manager.pk, "token": invitation_path(manager.pk, manager.link_version, "en").split("/")[-2]}


def wait_in(exhibitor: Exhibitor, booth: Booth) -> BoothWait:
    """Return a place in line for a booth of the same type."""
    period = BookingPeriod.objects.get(exhibition__forum=exhibitor.forum_id)
    return BoothWait.objects.create(exhibitor=exhibitor, type=booth.type, period=period)
