"""Seats that a person holds are hers to give back, whatever became of the session."""

import uuid

import pytest
from django.test import Client

from events.models import Forum, Session
from events.reading import current_agenda, show_at_once
from events.services import cancel_session, publish_agenda
from registrations.links import link_path
from registrations.models import Registration, SeatBooking
from registrations.seat_booking import book_seat
from registrations.seats import seat_choices
from tests.conftest import SignIn
from tests.factories import RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mai(drafted_forum: Forum) -> Registration:
    """Give Mai, who holds a seat in the published session "screening"."""
    Session.objects.filter(slug="screening").update(seat_limit=2)
    publish_agenda(forum=drafted_forum, by=None)
    found = RegistrationFactory(forum=drafted_forum, type=drafted_forum.registration_types.get(slug="guest"))
    agenda = current_agenda(drafted_forum)
    assert agenda is not None
    book_seat(found, agenda.sessions_by_slug["screening"])
    return found


def change(forum: Forum, what: str) -> None:
    """Take the session out of the programme, or out of what can be booked, and publish."""
    session = Session.objects.get(slug="screening")
    if what == "cancelled":
        cancel_session(session, by=None)
    elif what == "unscheduled":
        Session.objects.filter(pk=session.pk).update(period=None)
    else:
        Session.objects.filter(pk=session.pk).update(visibility=what)
    publish_agenda(forum=forum, by=None)
    # Nothing is committed within a test, which is when the site is told.
    show_at_once(forum.pk)


@pytest.mark.parametrize(
    ("what", "is_named"),
    [("unscheduled", True), ("cancelled", True), ("invitation", True), ("confidential", False)],
)
def test_a_seat_is_given_back_whatever_became_of_the_session(
    drafted_forum: Forum, mai: Registration, client: Client, what: str, is_named: bool
) -> None:
    change(drafted_forum, what)
    page = link_path(mai, language="en")
    uid = str(Session.objects.get(slug="screening").uid)

    shown = client.get(page).content.decode()
    assert f'name="release" value="{uid}"' in shown
    assert ("Cancer screening" in shown) is is_named
    assert ("A session that is no longer in the programme" in shown) is not is_named
    answer = client.post(link_path(mai, page="seats", language="en"), {"release": uid}, follow=True)

    assert not SeatBooking.objects.live().filter(registration=mai).exists()
    assert Session.objects.get(slug="screening").seats_taken == 0
    said = [str(message) for message in answer.context["messages"]]
    assert said == [
        "Your seat in “Cancer screening” is free for somebody else."
        if is_named
        else "Your seat is free for somebody else."
    ]
    assert uid not in answer.content.decode()


def test_only_a_seat_of_ones_own_is_known(drafted_forum: Forum, mai: Registration, client: Client) -> None:
    change(drafted_forum, "confidential")
    other = RegistrationFactory(forum=drafted_forum, type=mai.type)
    uid = str(Session.objects.get(slug="screening").uid)

    for named in (uid, "screening", "no-such", ""):
        answer = client.post(link_path(other, page="seats"), {"release": named})
        assert answer.status_code == 404
    assert SeatBooking.objects.live().filter(registration=mai).exists()


def test_what_is_still_offered_is_listed_as_before(drafted_forum: Forum, mai: Registration) -> None:
    agenda = current_agenda(drafted_forum)
    assert agenda is not None
    [seat] = seat_choices([mai], agenda)

    assert (seat.session, seat.left, seat.is_held) == (agenda.sessions_by_slug["screening"], 1, True)
    assert seat_choices([], agenda) == []


def test_my_forum_opens_although_a_session_may_not_be_named(
    drafted_forum: Forum, mai: Registration, sign_in: SignIn
) -> None:
    mai.user = UserFactory(email=mai.email)
    mai.save(update_fields=["user"])
    # Neither in the programme nor among what it withdrew.
    Session.objects.filter(slug="screening").update(uid=uuid.uuid4(), visibility="confidential")

    assert sign_in(mai.user).get("/en/my/").status_code == 200


def test_a_choice_says_which_seat_is_at_the_same_time(
    drafted_forum: Forum, mai: Registration, client: Client
) -> None:
    screening = Session.objects.get(slug="screening")
    other = Session.objects.exclude(pk=screening.pk).filter(period__isnull=False).earliest("pk")
    Session.objects.filter(pk=other.pk).update(period=screening.period, seat_limit=5, room=None)
    publish_agenda(forum=drafted_forum, by=None)
    show_at_once(drafted_forum.pk)
    agenda = current_agenda(drafted_forum)
    assert agenda is not None

    choices = {choice.uid: choice for choice in seat_choices([mai], agenda)}

    assert [one.slug for one in choices[str(other.uid)].clashes] == ["screening"]
    assert choices[str(screening.uid)].clashes == ()
    assert (
        "At the same time as your seat in “Cancer screening"
        in client.get(link_path(mai, language="en")).content.decode()
    )
