"""Organizers' exceptions about seats: given, taken back, awaited for somebody, moved in line; and refused."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from accounts.models import AuditEntry, User
from core.i18n import texts_of
from events.models import Forum, Session
from events.reading import current_agenda
from events.services import publish_agenda
from outbox.models import Message
from registrations import services
from registrations.errors import NotLive, NotPossibleNow, ReasonMissing
from registrations.integrity import differences
from registrations.models import Registration, SeatBooking, SeatWait
from registrations.models.registration import DEFAULT_RANK
from registrations.seat_booking import NoSeats
from registrations.seat_exceptions import (
    HEAD,
    NoSeatToGive,
    SessionBegun,
    give_seat,
    move_in_line,
    put_in_line,
    take_seat_back,
)
from registrations.seat_lines import in_line
from registrations.seat_waiting import wait_for_seat
from tests.conftest import Clock
from tests.factories import RegistrationTypeFactory
from tests.registrations.conftest import Register
from tests.registrations.factories import PriorityClassFactory

pytestmark = pytest.mark.django_db

WHY = "The ministry asked"


class Room:
    """A published workshop with one seat, the people around it, and the organizer who decides."""

    def __init__(self, forum: Forum, register: Register, clock: Clock, by: User) -> None:
        self.forum, self.register, self.clock, self.by = forum, register, clock, by
        self.limit(1)

    def limit(self, seats: int | None) -> None:
        Session.objects.filter(slug="screening").update(seat_limit=seats)
        publish_agenda(forum=self.forum, by=None)

    @property
    def session(self) -> Session:
        return Session.objects.get(slug="screening")

    def person(self, name: str, **facts: object) -> Registration:
        self.clock.advance(seconds=1)
        return self.register(name=name, email=f"{name}@example.org", **facts)

    def waits(self, name: str, **facts: object) -> Registration:
        """Let somebody have the seat, or stand in line for it."""
        one = self.person(name, **facts)
        agenda = current_agenda(self.forum)
        assert agenda is not None
        self.clock.advance(seconds=1)
        wait_for_seat(one, agenda.sessions_by_slug["screening"])
        return one

    def do(self, act: Callable[..., None], one: Registration, **more: Any) -> None:
        act(one, self.session, by=self.by, **{"reason": WHY, **more})

    def has_seat(self) -> list[str]:
        return self._names(SeatBooking.objects.live().filter(offer_until=None))

    def is_offered(self) -> list[str]:
        return self._names(SeatBooking.objects.live().exclude(offer_until=None))

    def line(self) -> list[str]:
        return self._names(in_line(self.session.pk))

    def _names(self, rows: Any) -> list[str]:
        return list(rows.values_list("registration__name", flat=True))


@pytest.fixture
def room(drafted_forum: Forum, register: Register, clock: Clock, desk: User) -> Room:
    """Give the workshop."""
    return Room(drafted_forum, register, clock, desk)


def trail(action: str) -> tuple[User | None, str, dict[str, list[str]]]:
    entry = AuditEntry.objects.get(action=f"registration.{action}")
    return entry.actor, entry.reason, entry.changes


def mails(kind: str) -> list[str]:
    return list(Message.objects.filter(kind=f"seat.{kind}").values_list("recipient", flat=True))


# --- given --------------------------------------------------------------------------------------------


def test_a_seat_that_is_left_is_given_at_once_and_told_by_mail(room: Room) -> None:
    anh = room.person("anh")

    room.do(give_seat, anh)
    room.do(give_seat, anh)

    assert (room.has_seat(), room.session.seats_taken, differences()) == (["anh"], 1, [])
    assert trail("seat_given") == (room.by, WHY, {"session": ["", "screening"]})
    mail = Message.objects.get(kind="seat.given")
    assert (mail.recipient, mail.context["session"]) == (
        "anh@example.org",
        texts_of(room.session, "title"),
    )


def test_a_seat_nobody_accepted_in_time_is_given_past_those_who_wait(room: Room) -> None:
    anh, _binh, _chi, dung = (room.waits(name) for name in ("anh", "binh", "chi", "dung"))
    room.do(take_seat_back, anh)
    room.clock.advance(days=1)

    room.do(give_seat, dung)

    assert (room.has_seat(), room.is_offered(), room.line()) == (["dung"], [], ["chi"])
    assert (mails("expired"), mails("given"), differences()) == (
        ["binh@example.org"],
        ["dung@example.org"],
        [],
    )


def test_an_offered_seat_becomes_hers_also_when_its_time_is_over(room: Room) -> None:
    anh, binh, _chi = (room.waits(name) for name in ("anh", "binh", "chi"))
    room.do(take_seat_back, anh)
    room.clock.advance(days=1)

    room.do(give_seat, binh)

    assert (room.has_seat(), room.is_offered(), room.line(), mails("expired")) == (["binh"], [], ["chi"], [])
    assert differences() == []


def test_never_more_than_the_limit(room: Room) -> None:
    _anh, binh, chi = room.waits("anh"), room.waits("binh"), room.person("chi")

    for one in (binh, chi):
        with (
            translation.override("en"),
            pytest.raises(NoSeatToGive, match="Put the person at the head of the line"),
        ):
            room.do(give_seat, one)

    assert (room.has_seat(), room.line(), mails("given")) == (["anh"], ["binh"], [])


# --- taken back ---------------------------------------------------------------------------------------


def test_a_seat_taken_back_goes_to_the_next_and_the_mail_says_why(room: Room) -> None:
    anh, _binh, _chi = (room.waits(name) for name in ("anh", "binh", "chi"))

    room.do(take_seat_back, anh)

    assert (room.has_seat(), room.is_offered(), room.line()) == ([], ["binh"], ["chi"])
    assert trail("seat_taken_back") == (room.by, WHY, {"session": ["screening", ""]})
    mail = Message.objects.get(kind="seat.taken_back")
    assert (mail.recipient, mail.context["reason"]) == ("anh@example.org", WHY)
    assert differences() == []


def test_an_offer_is_taken_back_and_passes_on(room: Room) -> None:
    anh, binh, _chi = (room.waits(name) for name in ("anh", "binh", "chi"))
    room.do(take_seat_back, anh)

    room.do(take_seat_back, binh)

    assert (room.is_offered(), room.line(), differences()) == (["chi"], [], [])
    with pytest.raises(NotPossibleNow):
        room.do(take_seat_back, binh)


def test_who_sat_in_a_session_that_began_stays_written_down(room: Room) -> None:
    anh = room.waits("anh")
    start = room.session.starts_at
    assert start is not None
    room.clock.set(start)

    with pytest.raises(SessionBegun):
        room.do(take_seat_back, anh)
    assert room.has_seat() == ["anh"]


# --- awaited ------------------------------------------------------------------------------------------


def test_somebody_is_put_in_line_by_her_class(room: Room) -> None:
    first = PriorityClassFactory(forum=room.forum, rank=10)
    kind = RegistrationTypeFactory(forum=room.forum, priority_class=first)
    _anh, _binh, chi = room.waits("anh"), room.waits("binh"), room.person("chi", type=kind)

    room.do(put_in_line, chi)
    room.do(put_in_line, chi)

    assert (room.line(), mails("awaited")) == (["chi", "binh"], ["chi@example.org"])
    entries = AuditEntry.objects.filter(action="registration.seat_awaited", actor=room.by)
    assert [entry.reason for entry in entries] == [WHY]


def test_where_a_seat_is_left_she_is_offered_it_at_once(room: Room) -> None:
    anh = room.person("anh")

    room.do(put_in_line, anh)

    assert (room.is_offered(), mails("offered"), mails("awaited")) == (["anh"], ["anh@example.org"], [])
    with pytest.raises(NotPossibleNow):
        room.do(put_in_line, anh)
    assert differences() == []


# --- moved --------------------------------------------------------------------------------------------


def test_the_head_of_the_line_is_the_last_one_who_was_put_there(room: Room) -> None:
    anh, _binh, chi, dung = (room.waits(name) for name in ("anh", "binh", "chi", "dung"))

    room.do(move_in_line, chi, rank=HEAD)
    assert room.line() == ["chi", "binh", "dung"]
    assert trail("seat_rank_changed") == (
        room.by,
        WHY,
        {"session": ["screening", "screening"], "rank": ["100", "0"]},
    )
    room.do(move_in_line, dung, rank=HEAD)
    assert room.line() == ["dung", "chi", "binh"]
    room.do(move_in_line, dung, rank=DEFAULT_RANK)
    assert room.line() == ["chi", "binh", "dung"]

    room.do(take_seat_back, anh)
    assert (room.is_offered(), differences()) == (["chi"], [])


def test_who_waits_no_more_is_moved_no_more(room: Room) -> None:
    anh, binh = room.waits("anh"), room.waits("binh")
    room.do(take_seat_back, anh)

    for one in (anh, binh):
        with pytest.raises(NotPossibleNow):
            room.do(move_in_line, one, rank=HEAD)


# --- refused ------------------------------------------------------------------------------------------

ALL: list[tuple[Callable[..., None], dict[str, Any]]] = [
    (give_seat, {}),
    (take_seat_back, {}),
    (put_in_line, {}),
    (move_in_line, {"rank": HEAD}),
]


@pytest.mark.parametrize(("act", "more"), ALL)
def test_without_a_reason_nothing_is_done(room: Room, act: Callable[..., None], more: dict[str, Any]) -> None:
    anh, binh = room.waits("anh"), room.waits("binh")

    for one in (anh, binh, room.person("chi")):
        with pytest.raises(ReasonMissing):
            room.do(act, one, reason=" ", **more)
    assert (room.has_seat(), room.line()) == (["anh"], ["binh"])
    assert SeatWait.objects.get(ended_at=None).rank == DEFAULT_RANK


@pytest.mark.parametrize(("act", "more"), ALL)
def test_nothing_is_done_for_who_has_no_ticket(
    room: Room, act: Callable[..., None], more: dict[str, Any]
) -> None:
    approved = RegistrationTypeFactory(forum=room.forum, needs_approval=True)
    applicant, gone = room.person("anh", type=approved), room.person("binh")
    services.cancel_registration(gone, by=None)

    with pytest.raises(NotPossibleNow):
        room.do(act, applicant, **more)
    with pytest.raises(NotLive):
        room.do(act, gone, **more)
    assert not SeatBooking.objects.exists()


@pytest.mark.parametrize("act", [give_seat, put_in_line])
@pytest.mark.parametrize(
    "change",
    [
        {"visibility": "invitation"},
        {"state": "cancelled"},
        {"seat_limit": None},
        {"period": None},
    ],
)
def test_where_no_seats_are_booked_none_is_given(
    room: Room, act: Callable[..., None], change: dict[str, Any]
) -> None:
    anh = room.person("anh")
    Session.objects.filter(slug="screening").update(**change)

    with pytest.raises(NoSeats):
        room.do(act, anh)
    assert not SeatBooking.objects.exists()


@pytest.mark.parametrize("act", [give_seat, put_in_line])
def test_a_session_that_was_not_published_gives_no_seats(room: Room, act: Callable[..., None]) -> None:
    anh = room.person("anh")
    Session.objects.filter(slug="screening").update(uid=uuid.uuid4())

    with pytest.raises(NoSeats):
        room.do(act, anh)


def test_an_offer_lasts_half_of_the_time_that_is_left(room: Room) -> None:
    start = room.session.starts_at
    assert start is not None
    room.clock.set(start - timedelta(hours=2))

    room.do(put_in_line, room.person("anh"))

    until = SeatBooking.objects.live().get().offer_until
    assert until is not None
    assert timedelta() < start - until <= timedelta(hours=1)
