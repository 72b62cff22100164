"""Lines for seats in sessions: who is next, what an offer is good for, and what goes with a ticket."""

import uuid
from datetime import timedelta

import pytest

from accounts.models import User
from core.i18n import texts_of
from events.agenda import AgendaSession
from events.models import Forum, Session
from events.reading import current_agenda
from events.services import cancel_session, change_session, publish_agenda, reinstate_session
from outbox.models import Message
from registrations import services
from registrations.errors import NotPossibleNow, OfferOver
from registrations.integrity import differences
from registrations.models import Registration, SeatBooking, SeatWait
from registrations.seat_booking import SessionFull, book_seat, release_seat
from registrations.seat_waiting import (
    accept_seat,
    decline_seat,
    leave_seat_line,
    seat_position,
    wait_for_seat,
)
from registrations.services.tidying import settle_due
from tests.conftest import Clock
from tests.factories import RegistrationTypeFactory, at
from tests.registrations.conftest import Register

pytestmark = pytest.mark.django_db


class Room:
    """A published workshop with one seat, and people with tickets."""

    def __init__(self, forum: Forum, register: Register, clock: Clock) -> None:
        Session.objects.filter(slug="screening").update(seat_limit=1)
        publish_agenda(forum=forum, by=None)
        self.forum, self.register, self.clock = forum, register, clock

    @property
    def workshop(self) -> AgendaSession:
        agenda = current_agenda(self.forum)
        assert agenda is not None
        return agenda.sessions_by_slug["screening"]

    @property
    def uid(self) -> uuid.UUID:
        return uuid.UUID(self.workshop.uid)

    def person(self, name: str, **facts: object) -> Registration:
        self.clock.advance(seconds=1)
        return self.register(name=name, email=f"{name}@example.org", **facts)

    def waits(self, name: str) -> Registration:
        one = self.person(name)
        wait_for_seat(one, self.workshop)
        return one

    def holds(self, one: Registration) -> bool:
        return SeatBooking.objects.live().filter(registration=one, offer_until=None).exists()

    def is_offered(self, one: Registration) -> bool:
        return SeatBooking.objects.live().filter(registration=one, offer_until__isnull=False).exists()


@pytest.fixture
def room(drafted_forum: Forum, register: Register, clock: Clock) -> Room:
    """Give the workshop."""
    return Room(drafted_forum, register, clock)


def test_a_seat_that_is_left_is_hers_at_once_and_a_full_session_has_a_line(room: Room) -> None:
    anh, binh, chi = (room.person(name) for name in ("anh", "binh", "chi"))

    assert [wait_for_seat(one, room.workshop) for one in (anh, binh, binh, chi)] == [
        True,
        False,
        False,
        False,
    ]

    waits = SeatWait.objects.filter(ended_at=None).order_by("since")
    assert [(wait.registration, seat_position(wait)) for wait in waits] == [(binh, 1), (chi, 2)]
    assert differences() == []


def test_a_seat_given_back_is_offered_to_who_is_next_and_nobody_takes_it_past_her(room: Room) -> None:
    anh, binh, chi = room.waits("anh"), room.waits("binh"), room.person("chi")

    release_seat(anh, room.uid)

    assert (room.is_offered(binh), room.holds(binh)) == (True, False)
    with pytest.raises(SessionFull):
        book_seat(chi, room.workshop)
    accept_seat(binh, room.uid)
    accept_seat(binh, room.uid)
    assert (room.holds(binh), differences()) == (True, [])
    offers = Message.objects.filter(kind="seat.offered")
    assert [(mail.recipient, mail.context["session"]) for mail in offers] == [
        ("binh@example.org", texts_of(Session.objects.get(slug="screening"), "title"))
    ]


def test_an_offer_says_what_it_clashes_with(room: Room) -> None:
    anh, binh = room.waits("anh"), room.waits("binh")
    screening = Session.objects.get(slug="screening")
    other = Session.objects.exclude(pk=screening.pk).filter(period__isnull=False).first()
    assert other is not None
    Session.objects.filter(pk=other.pk).update(period=screening.period, seat_limit=5, room=None)
    SeatBooking.objects.create(registration=binh, session=other)

    release_seat(anh, room.uid)

    assert Message.objects.get(kind="seat.offered").context["clashes"] == [texts_of(other, "title")]


@pytest.mark.parametrize("by_beat", [True, False])
def test_an_offer_lasts_a_day_at_most_and_then_goes_on(room: Room, by_beat: bool) -> None:
    anh, binh, chi = (room.waits(name) for name in ("anh", "binh", "chi"))
    release_seat(anh, room.uid)
    assert SeatBooking.objects.get(registration=binh).offer_until == room.clock.instant + timedelta(hours=24)
    room.clock.advance(hours=25)

    if by_beat:
        settle_due()
    else:
        with pytest.raises(OfferOver):
            accept_seat(binh, room.uid)

    assert (room.is_offered(binh), room.is_offered(chi)) == (False, True)
    assert Message.objects.filter(kind="seat.expired").get().recipient == "binh@example.org"


def test_shortly_before_it_begins_an_offer_lasts_half_of_what_is_left(room: Room) -> None:
    anh, binh = room.waits("anh"), room.waits("binh")
    start = room.workshop.start
    room.clock.set(start - timedelta(hours=2))

    release_seat(anh, room.uid)

    assert SeatBooking.objects.get(registration=binh).offer_until == start - timedelta(hours=1)


def test_a_line_is_left_and_an_offer_declined(room: Room) -> None:
    anh, binh, chi, dung = (room.waits(name) for name in ("anh", "binh", "chi", "dung"))
    leave_seat_line(binh, room.uid)
    leave_seat_line(binh, room.uid)
    release_seat(anh, room.uid)

    decline_seat(chi, room.uid)

    assert [room.is_offered(one) for one in (binh, chi, dung)] == [False, False, True]
    with pytest.raises(NotPossibleNow):
        accept_seat(binh, room.uid)


def test_who_cancels_leaves_every_line_and_her_seat_goes_on(room: Room) -> None:
    anh, binh, chi = (room.waits(name) for name in ("anh", "binh", "chi"))

    services.cancel_registration(binh, by=None)
    services.cancel_registration(anh, by=None)

    assert (room.is_offered(chi), SeatWait.objects.filter(ended_at=None).count()) == (True, 0)
    assert differences() == []


def test_more_seats_are_offered_in_the_transaction_that_adds_them(room: Room) -> None:
    anh, binh, chi, dung = (room.waits(name) for name in ("anh", "binh", "chi", "dung"))
    session = Session.objects.get(slug="screening")

    change_session(session, by=None, expected_version=session.version, fields={"seat_limit": 3})

    assert room.holds(anh)
    assert [room.is_offered(one) for one in (binh, chi, dung)] == [True, True, False]
    assert Message.objects.filter(kind="seat.offered").count() == 2
    assert differences() == []


def test_a_cancellation_that_is_taken_back_offers_what_became_free_meanwhile(room: Room) -> None:
    anh, binh = room.waits("anh"), room.waits("binh")
    session = Session.objects.get(slug="screening")
    cancel_session(session, by=None)
    release_seat(anh, room.uid)
    assert not room.is_offered(binh)

    reinstate_session(session, by=None)

    assert room.is_offered(binh)


def test_seats_chosen_with_the_form_are_booked_or_waited_for_and_the_mail_says_so(room: Room) -> None:
    anh = room.person("anh", seats=[room.uid])
    binh = room.person("binh", seats=[room.uid, uuid.uuid4()])

    assert (room.holds(anh), room.holds(binh)) == (True, False)
    told = {mail.recipient: mail.context for mail in Message.objects.filter(kind="registration.confirmed")}
    title = dict(room.workshop.title)
    assert (told["anh@example.org"]["seats"], told["anh@example.org"]["seats_awaited"]) == ([title], [])
    assert (told["binh@example.org"]["seats"], told["binh@example.org"]["seats_awaited"]) == ([], [title])


def test_an_applicant_is_served_once_she_has_a_ticket(room: Room, desk: User) -> None:
    kind = RegistrationTypeFactory(forum=room.forum, needs_approval=True)
    anh = room.person("anh", type=kind, seats=[room.uid])
    binh = room.person("binh")
    assert wait_for_seat(binh, room.workshop) is True
    chi = room.waits("chi")
    release_seat(binh, room.uid)
    assert (room.holds(anh), room.is_offered(anh), room.is_offered(chi)) == (False, False, True)

    decline_seat(chi, room.uid)
    services.approve(anh, by=desk)

    assert room.holds(anh)


def test_a_ticket_handed_on_takes_its_seats_and_places_in_line_along(room: Room) -> None:
    anh, binh = room.waits("anh"), room.waits("binh")
    chi, dung = (
        room.person(name, invitation=services.hand_on(giver, name=name, email=f"{name}@x.org", language="vi"))
        for name, giver in (("chi", anh), ("dung", binh))
    )

    assert (room.holds(chi), room.holds(anh)) == (True, False)
    assert [wait.registration for wait in SeatWait.objects.filter(ended_at=None)] == [dung]
    assert differences() == []


def test_lines_end_when_the_session_begins(room: Room) -> None:
    room.waits("anh")
    room.waits("binh")
    room.clock.set(at(23))

    settle_due()

    assert SeatWait.objects.get(outcome="closed").ended_at == room.clock.instant
