"""A form that is sent again, and the seats that were chosen since."""

import pytest

from events.agenda import AgendaSession
from events.models import Forum, Session
from events.reading import current_agenda
from events.services import publish_agenda
from outbox.models import Message
from registrations import integrity, services
from registrations.models import Registration, RegistrationType, SeatBooking, SeatWait
from registrations.seat_booking import book_seat, release_seat
from registrations.seat_waiting import wait_for_seat
from tests.conftest import Clock
from tests.registrations.services.conftest import Join

TWO = ("screening", "booths")


@pytest.fixture
def sessions(drafted_forum: Forum) -> list[AgendaSession]:
    """Give two published sessions with one seat each."""
    Session.objects.filter(slug__in=TWO).update(seat_limit=1)
    publish_agenda(forum=drafted_forum, by=None)
    agenda = current_agenda(drafted_forum)
    assert agenda is not None
    return [agenda.sessions_by_slug[slug] for slug in TWO]


def seats_of(registration: Registration) -> list[str]:
    """Return the sessions in which somebody has a seat."""
    held = SeatBooking.objects.live().filter(registration=registration)
    return sorted(held.values_list("session__slug", flat=True))


def titles(kind: str) -> tuple[list[str], list[str]]:
    """Return the seats and the waits that the latest mail of this kind to Anh lists."""
    mails = Message.objects.filter(recipient="anh@example.org", kind=f"registration.{kind}")
    context = mails.latest("created_at").context
    seats, awaited = context["seats"], context["seats_awaited"]
    return [one["en"] for one in seats], [one["en"] for one in awaited]


def test_the_same_form_again_leaves_a_seat_chosen_since(
    join: Join, guest: RegistrationType, sessions: list[AgendaSession]
) -> None:
    screening, booths = sessions
    anh = join("Anh", type=guest, seats=[screening.uid])
    book_seat(anh, booths)

    again = join("Anh", type=guest, seats=[screening.uid], form_token=anh.form_token)

    assert again == anh
    assert seats_of(anh) == ["booths", "screening"]


def test_the_same_form_again_does_not_book_anew_what_was_given_back(
    join: Join, guest: RegistrationType, sessions: list[AgendaSession]
) -> None:
    screening, _booths = sessions
    anh = join("Anh", type=guest, seats=[screening.uid])
    release_seat(anh, anh.wished_seats[0])

    assert join("Anh", type=guest, seats=[screening.uid], form_token=anh.form_token) == anh
    assert seats_of(anh) == []


def test_a_corrected_form_keeps_the_seat_chosen_since_and_gives_back_what_it_does_not_tick(
    join: Join, guest: RegistrationType, sessions: list[AgendaSession]
) -> None:
    screening, booths = sessions
    anh = join("Anh", type=guest, seats=[screening.uid])
    book_seat(anh, booths)

    corrected = join("Anh", type=guest, form_token=anh.form_token, organization_name="Other")

    assert corrected != anh
    assert (seats_of(anh), seats_of(corrected)) == ([], ["booths"])
    assert titles("confirmed") == ([booths.title["en"]], [])
    assert [*integrity.differences()] == []


def test_a_corrected_form_keeps_the_place_in_line_chosen_since(
    join: Join, guest: RegistrationType, sessions: list[AgendaSession]
) -> None:
    screening, _booths = sessions
    book_seat(join("Dao", type=guest), screening)
    anh = join("Anh", type=guest)
    wait_for_seat(anh, screening)

    corrected = join("Anh", type=guest, form_token=anh.form_token, seats=[screening.uid])

    [wait] = SeatWait.objects.filter(ended_at=None)
    assert wait.registration == corrected
    assert [*integrity.differences()] == []


def test_a_ticket_sent_again_and_a_corrected_one_list_the_seats(
    join: Join, guest: RegistrationType, sessions: list[AgendaSession], clock: Clock
) -> None:
    screening, booths = sessions
    book_seat(join("Dao", type=guest), booths)
    anh = join("Anh", type=guest)
    book_seat(anh, screening)
    wait_for_seat(anh, booths)
    has = ([screening.title["en"]], [booths.title["en"]])

    clock.advance(seconds=1)
    services.send_link_again(anh, by=None)
    assert titles("confirmed") == has

    services.correct_details(anh, organization_name="Other")
    assert titles("changed") == has
