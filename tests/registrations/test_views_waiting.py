"""The holder's page of somebody who has no ticket yet, or none any more; and the lines for seats."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Forum, Session
from registrations.links import link_path
from registrations.models import Registration, RegistrationType, SeatBooking, SeatWait
from tests.factories import RegistrationFactory
from tests.registrations.conftest import text_of

SINCE = datetime(2031, 1, 1, tzinfo=UTC)


def waiting(kind: RegistrationType, **fields: Any) -> Registration:
    given = {"status": "waiting", "waiting_since": SINCE, "language": "en"} | fields
    return RegistrationFactory(forum=kind.forum, type=kind, **given)


def offered(kind: RegistrationType, until: datetime) -> Registration:
    return waiting(kind, status="offered", offer_until=until)


def page_of(visitor: Client, registration: Registration, page: str = "detail") -> Any:
    return visitor.get(link_path(registration, page=page, language="en"))


@pytest.fixture
def full(press: RegistrationType) -> RegistrationType:
    """Give the press with its two places taken."""
    RegistrationFactory.create_batch(2, forum=press.forum, type=press)
    return press


def test_who_waits_sees_her_place_and_no_ticket(visitor: Client, full: RegistrationType) -> None:
    waiting(full, waiting_since=SINCE - timedelta(days=1))
    mai = waiting(full)

    page = text_of(page_of(visitor, mai))

    assert "You are number 2 on the waiting list" in page
    assert "48 hours to accept it" in page
    assert "Leave the waiting list" in page
    assert "QR code of ticket" not in page
    assert page_of(visitor, mai, "ticket").status_code == HTTPStatus.NOT_FOUND
    assert page_of(visitor, mai, "calendar").status_code == HTTPStatus.NOT_FOUND


def test_an_application_says_that_it_is_being_looked_at(visitor: Client, press: RegistrationType) -> None:
    page = text_of(page_of(visitor, waiting(press, status="pending")))

    assert "Your application is being looked at" in page
    assert "Take the application back" in page
    assert "QR code of ticket" not in page


def test_an_offer_shows_both_clocks_and_is_accepted_once(visitor: Client, press: RegistrationType) -> None:
    mai = offered(
        press, timezone.now().replace(hour=3, minute=0, second=0, microsecond=0) + timedelta(days=2)
    )

    page = text_of(page_of(visitor, mai))
    for _time in range(2):
        after = visitor.post(link_path(mai, page="accept", language="en"), follow=True)

    assert "10:00</strong>, Hanoi time" in page
    assert "12:00 in Seoul" in page
    mai.refresh_from_db()
    assert mai.status == "confirmed"
    assert "QR code of ticket" in text_of(after)


def test_an_offer_that_ran_out_is_over_on_the_page_and_cannot_be_accepted(
    visitor: Client, press: RegistrationType
) -> None:
    mai = offered(press, timezone.now() - timedelta(minutes=1))

    before = text_of(page_of(visitor, mai))
    after = text_of(visitor.post(link_path(mai, page="accept", language="en"), follow=True))

    for page in (before, after):
        assert "The time to accept the place is over" in page
        assert "Accept the place" not in page
    mai.refresh_from_db()
    assert mai.status == "expired"


def test_a_place_that_is_let_go_is_offered_to_the_next(visitor: Client, forum: Forum) -> None:
    kind = forum.registration_types.get(slug="press")
    RegistrationType.objects.filter(pk=kind.pk).update(capacity=1)
    mai, next_one = offered(kind, timezone.now() + timedelta(days=1)), waiting(kind)

    asked = text_of(page_of(visitor, mai, "cancel"))
    visitor.post(link_path(mai, page="cancel"))

    assert "It is offered to the next in line at once." in asked
    next_one.refresh_from_db()
    mai.refresh_from_db()
    assert (mai.status, next_one.status) == ("cancelled", "offered")


def test_a_declined_application_says_why(visitor: Client, press: RegistrationType) -> None:
    mai = waiting(press, status="declined", cancelled_at=SINCE, cancel_reason="No press card")

    page = text_of(page_of(visitor, mai))

    assert "The organizers could not offer you a place" in page
    assert "Reason: No press card" in page


# --- Seats ----------------------------------------------------------------------------------------


@pytest.fixture
def booths(published_forum: Forum) -> Session:
    """Give a published session whose only seat is taken."""
    from events.services import publish_agenda

    published_forum.sessions.filter(slug="booths").update(seat_limit=1)
    publish_agenda(forum=published_forum, by=None)
    session = published_forum.sessions.get(slug="booths")
    holder = RegistrationFactory(forum=published_forum, type=published_forum.registration_types.first())
    SeatBooking.objects.create(registration=holder, session=session)
    return session


@pytest.fixture
def mai(booths: Session) -> Registration:
    """Give somebody with a ticket and without a seat."""
    kind = booths.forum.registration_types.get(slug="guest")
    return RegistrationFactory(forum=booths.forum, type=kind, language="en")


def press_button(visitor: Client, registration: Registration, **button: str) -> str:
    path = link_path(registration, page="seats", language="en")
    return text_of(visitor.post(path, button, follow=True))


def test_a_full_session_is_waited_for_and_the_line_is_left(
    visitor: Client, booths: Session, mai: Registration
) -> None:
    before = text_of(page_of(visitor, mai))
    joined = press_button(visitor, mai, wait=booths.slug)
    left = press_button(visitor, mai, leave=str(booths.uid))

    assert f'name="wait" value="{booths.slug}"' in before
    assert "Waiting list: place 1" in joined
    assert "You have left the waiting list." in left
    assert not SeatWait.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize(("button", "held"), [("accept", [None]), ("decline", [])])
def test_a_seat_that_became_free_is_offered_and_answered(
    visitor: Client, booths: Session, mai: Registration, button: str, held: list[None]
) -> None:
    press_button(visitor, mai, wait=booths.slug)
    holder = SeatBooking.objects.exclude(registration=mai).get().registration
    press_button(visitor, holder, release=str(booths.uid))

    page = text_of(page_of(visitor, mai))
    press_button(visitor, mai, **{button: str(booths.uid)})

    assert "A seat is free for you" in page
    live = SeatBooking.objects.live().filter(registration=mai)
    assert list(live.values_list("offer_until", flat=True)) == held


@pytest.mark.parametrize("button", ["leave", "accept", "decline", "release"])
def test_a_session_that_is_none_is_not_found(
    visitor: Client, booths: Session, mai: Registration, button: str
) -> None:
    path = link_path(mai, page="seats", language="en")

    assert visitor.post(path, {button: "nonsense"}).status_code == HTTPStatus.NOT_FOUND
