"""The first page of the organizers: each sees what she may, and the figures are those of the tables."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from accounts.models import User
from events.clashes import clashes_of
from events.models import AgendaRelease, Forum, Session
from events.services import accept_clash
from exhibitors import services
from exhibitors.models import BoothBooking
from pages.dashboard import overview
from pages.translation_gaps import gaps
from registrations.models import Registration, RegistrationType
from tests.exhibitors.conftest import fair_in
from tests.factories import (
    MessageFactory,
    RegistrationFactory,
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    at,
)


def seen_by(user: User) -> Any:
    """Return what the first page tells ``user``."""
    request = RequestFactory().get("/admin/")
    request.user = user
    return overview(request)


def test_the_programme_says_what_waits_to_be_published(published_forum: Forum, agenda_editor: User) -> None:
    programme = seen_by(agenda_editor).programme
    assert (programme.release.number, programme.waiting) == (1, 0)
    assert (programme.may_publish, programme.may_edit) == (True, True)
    Session.objects.filter(slug="opening").update(title_en="Grand opening")
    assert seen_by(agenda_editor).programme.waiting == 1
    assert AgendaRelease.objects.count() == 1


def test_open_warnings_are_counted_that_one_may_see(
    published_forum: Forum, agenda_editor: User, agenda_editor_client: Client, viewer: User
) -> None:
    assert seen_by(agenda_editor).programme.warnings == 0
    assert "No warning about the draft is open." in agenda_editor_client.get("/admin/").content.decode()
    screening = Session.objects.get(slug="screening")
    speakers = [part.speaker for part in screening.session_speakers.all()]
    for visibility in ("public", "confidential"):
        SessionFactory(
            forum=published_forum, starts_at=at(10, 30), visibility=visibility, speakers=[speakers.pop()]
        )
    assert (seen_by(agenda_editor).programme.warnings, seen_by(viewer).programme.warnings) == (2, 1)
    clash = clashes_of(published_forum)[0]
    accept_clash(forum=published_forum, key=clash.key, reason="He only opens it.", by=agenda_editor)
    assert seen_by(agenda_editor).programme.warnings == 1
    assert "1 warning about the draft is open." in agenda_editor_client.get("/admin/").content.decode()


def test_a_viewer_sees_numbers_and_no_names(
    published_forum: Forum, viewer: User, viewer_client: Client
) -> None:
    press = RegistrationType.objects.get(slug="press")
    RegistrationFactory(forum=published_forum, type=press, name="Secret Guest")
    found = seen_by(viewer)
    assert (found.attendance.confirmed, found.attendance.latest, found.mail) == (1, None, None)
    assert not found.programme.may_publish
    assert not found.programme.may_edit
    page = viewer_client.get("/admin/").content.decode()
    assert "Secret Guest" not in page
    assert "agendarelease/publish" not in page
    assert "Open the calendar" not in page


def test_the_desk_sees_the_latest_six_and_the_mail(published_forum: Forum, desk: User) -> None:
    guest = RegistrationType.objects.get(slug="guest")
    made = [RegistrationFactory(forum=published_forum, type=guest) for _ in range(7)]
    RegistrationFactory(forum=published_forum, type=guest, status=Registration.Status.CANCELLED)
    for status in ("queued", "failed", "failed"):
        MessageFactory(status=status, forum_id=published_forum.pk)
    found = seen_by(desk)
    assert found.attendance.confirmed == 7
    assert len(found.attendance.latest) == 6
    assert found.attendance.latest[1] == made[-1]
    assert (found.mail.waiting, found.mail.failed) == (1, 2)
    assert found.mail.oldest is not None


def test_nothing_of_another_forum_is_counted(
    published_forum: Forum, owner: User, owner_client: Client
) -> None:
    elsewhere = RegistrationFactory(forum__is_current=False, name="Elsewhere").forum
    MessageFactory(forum_id=elsewhere.pk)
    MessageFactory(forum_id=None)
    assert seen_by(owner).attendance.confirmed == 0
    # The one of no forum is about an account, which owners look after.
    assert seen_by(owner).mail.waiting == 1
    assert "Elsewhere" not in owner_client.get("/admin/").content.decode()


def test_missing_translations_are_counted_by_language(drafted_forum: Forum, agenda_editor: User) -> None:
    request = RequestFactory().get("/admin/")
    request.user = agenda_editor
    assert list(gaps(request)) == []
    Session.objects.filter(slug="opening").update(title_ko="", abstract_ko="", note_en=None)
    Session.objects.filter(slug="booths").update(note_vi="", note_ko="", note_en="")  # empty in all: no gap
    SpeakerFactory(position_ko="")
    RoomFactory(floor_vi="")
    with translation.override("en"):
        found = {gap.title: (gap.url, gap.things, dict(gap.by_language)) for gap in gaps(request)}
    assert found == {
        "sessions": ("/admin/events/session/", 1, {"ko": 1, "en": 1}),
        "speakers": ("/admin/speakers/speaker/", 1, {"ko": 1}),
        "rooms": ("/admin/events/venue/", 1, {"vi": 1}),
    }


def test_without_a_forum_the_page_says_what_to_do(owner: User, owner_client: Client, forum: Forum) -> None:
    Forum.objects.update(is_current=False)
    assert seen_by(owner).forum is None
    assert "No forum is shown" in owner_client.get("/admin/").content.decode()


# User, roles, forum; release; the draft with its parts, and once more with what clashes depend on; types,
# latest, mail; what speakers sent in and answered; what waits for a decision; gaps of sixteen
# lists; the booths; the bar.
QUERIES = 55


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_rows_as_for_one(
    published_forum: Forum, owner_client: Client, assert_queries: Any, rows: int
) -> None:
    guest = RegistrationType.objects.get(slug="guest")
    RegistrationFactory.create_batch(rows, forum=published_forum, type=guest)
    RoomFactory.create_batch(rows, venue=published_forum.venue, name_ko="")
    MessageFactory.create_batch(rows)
    with assert_queries(QUERIES):
        assert owner_client.get("/admin/").status_code == 200


def test_the_exhibition_shows_what_is_sold_and_what_waits(forum: Forum, owner: User) -> None:
    assert seen_by(owner).booths is None
    fair = fair_in(forum, owner)
    fair.confirmed("A1")
    fair.apply(fair.hold("A2"))
    services.accept_offer(fair.offered("A3"), by=None)
    services.block_booth(fair.booths["A6"], by=owner, reason="For the ministry")
    soon = fair.offered("A4")
    BoothBooking.objects.filter(pk=soon.pk).update(expires_at=timezone.now() + timedelta(hours=5))

    booths = seen_by(owner).booths

    assert (booths.sold, booths.for_sale) == (1, 6)
    assert (booths.applications, booths.lapsing, booths.unpaid) == (1, 1, 1)
    assert all(received == 0 < invoiced for _currency, invoiced, received in booths.money)


def test_of_the_exhibition_nobody_else_learns(forum: Forum, owner: User, desk: User) -> None:
    fair_in(forum, owner)
    assert seen_by(desk).booths is None
