"""Seats in sessions in the admin: who has one, is offered one or waits; exceptions with a reason."""

from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.models import AuditEntry, ForumRole, User
from events.models import Forum, Session
from events.reading import current_agenda
from events.services import publish_agenda
from registrations.models import Registration, SeatBooking
from registrations.seat_exceptions import take_seat_back
from registrations.seat_lines import in_line
from registrations.seat_waiting import wait_for_seat
from tests.conftest import Clock, organizer
from tests.factories import ForumFactory, RegistrationFactory, RegistrationTypeFactory, SessionFactory, at
from tests.registrations.conftest import Register, text_of
from tests.registrations.factories import PriorityClassFactory

LIST = "/admin/registrations/registration/seats/"


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def workshop(drafted_forum: Forum) -> Session:
    """Give a published session with one seat."""
    Session.objects.filter(slug="screening").update(seat_limit=1)
    publish_agenda(forum=drafted_forum, by=None)
    return Session.objects.get(slug="screening")


@pytest.fixture
def wants(workshop: Session, register: Register, clock: Clock) -> Register:
    """Give a function that lets somebody want a seat, by first name; a second passes before each."""

    def wanted(name: str, **changes: Any) -> Registration:
        clock.advance(seconds=1)
        one = register(name=name, email=f"{name.replace(' ', '.').lower()}@example.org", **changes)
        agenda = current_agenda(workshop.forum)
        assert agenda is not None
        wait_for_seat(one, agenda.sessions_by_slug["screening"])
        return one

    return wanted


def page_of(session: Session) -> str:
    return f"{LIST}{session.uid}/"


def deed(client: Client, session: Session, one: Registration, what: str, **data: str) -> Any:
    return client.post(f"{page_of(session)}{what}/{one.pk}/", data)


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def names(rows: Any) -> list[str]:
    return [row.registration.name for row in rows]


def test_the_list_counts_what_is_taken_offered_free_and_awaited(
    desk: User, desk_client: Client, workshop: Session, wants: Register
) -> None:
    anh, _binh, _chi = wants("Anh"), wants("Binh"), wants("Chi")
    take_seat_back(anh, workshop, by=desk, reason="ill")
    empty = SessionFactory(forum=workshop.forum, seat_limit=20, starts_at=at(15))
    SessionFactory(forum=workshop.forum, seat_limit=20, visibility="invitation", starts_at=at(16))
    SessionFactory(forum=workshop.forum, seat_limit=20, visibility="confidential", starts_at=at(17))

    rows = desk_client.get(LIST).context["rows"]

    assert [(one.pk, one.seats_taken, left, *counts) for one, left, *counts in rows] == [
        (workshop.pk, 1, 0, 1, 1),
        (empty.pk, 0, 20, 0, 0),
    ]


def test_the_page_shows_holders_offers_and_the_line_with_its_classes(
    desk: User, desk_client: Client, workshop: Session, wants: Register
) -> None:
    first = PriorityClassFactory(forum=workshop.forum, rank=10, name="Ministries")
    ministry = RegistrationTypeFactory(forum=workshop.forum, priority_class=first)
    Session.objects.filter(pk=workshop.pk).update(seat_limit=2)
    anh = wants("Anh")
    for name in ("Bao", "Binh", "Chi"):
        wants(name)
    wants("Dung", type=ministry)
    wants_later = RegistrationFactory(forum=workshop.forum, status="pending")
    wants_later.seat_waits.create(session=workshop)
    take_seat_back(anh, workshop, by=desk, reason="ill")

    page = desk_client.get(page_of(workshop))

    context = page.context
    assert names(context["holders"]) == ["Bao"]
    assert names(context["offers"]) == ["Dung"]
    assert [(place, wait.registration.name, name) for place, wait, name in context["waits"]] == [
        (1, "Binh", "no class"),
        (2, "Chi", "no class"),
    ]
    assert (context["left"], context["applicants"]) == (0, 1)
    assert "1 applicant joins the line with a ticket." in text_of(page)


def test_somebody_with_a_ticket_is_found_by_name_unless_she_is_here_already(
    desk_client: Client, workshop: Session, wants: Register, register: Register
) -> None:
    wants("Lan Anh"), wants("Lan Binh")
    chi = register(name="Lan Chi", email="chi@example.org")
    RegistrationFactory(forum=workshop.forum, name="Lan Dung", status="pending")

    found = desk_client.get(page_of(workshop), {"q": "lan"}).context["found"]

    assert found == [chi]
    missing = desk_client.get(page_of(workshop), {"q": "nobody"})
    assert "Nobody with a ticket is found" in text_of(missing)


@pytest.mark.parametrize(
    ("what", "who", "data", "outcome", "sentence"),
    [
        ("take-back", "Anh", {}, ("", "Binh", "Chi"), "Anh has no seat any more and is told by mail."),
        ("move", "Chi", {"rank": "0"}, ("Anh", "", "Chi Binh"), "Chi has place 1 in line."),
        ("wait", "Dung", {}, ("Anh", "", "Binh Chi Dung"), "Dung has place 3 in line."),
    ],
)
def test_each_deed_needs_a_reason_that_the_trail_keeps(
    desk: User,
    desk_client: Client,
    workshop: Session,
    wants: Register,
    register: Register,
    what: str,
    who: str,
    data: dict[str, str],
    outcome: tuple[str, str, str],
    sentence: str,
) -> None:
    people = {name: wants(name) for name in ("Anh", "Binh", "Chi")}
    people["Dung"] = register(name="Dung", email="dung@example.org")

    refused = deed(desk_client, workshop, people[who], what, **data)
    assert refused.context["form"].errors == {"reason": ["This field is required."]}
    assert not AuditEntry.objects.filter(actor=desk).exists()

    done = deed(desk_client, workshop, people[who], what, reason="The ministry asked", **data)

    assert (done.status_code, done["Location"]) == (HTTPStatus.FOUND, page_of(workshop))
    assert said(done) == [sentence]
    live = SeatBooking.objects.live()
    state = live.filter(offer_until=None), live.exclude(offer_until=None), in_line(workshop.pk)
    assert tuple(" ".join(names(rows)) for rows in state) == outcome
    entry = AuditEntry.objects.get(actor=desk)
    assert (entry.target_id, entry.reason) == (str(people[who].pk), "The ministry asked")


def test_a_seat_is_given_and_one_too_many_refused(
    desk_client: Client, workshop: Session, register: Register
) -> None:
    anh, binh = (register(name=name, email=f"{name}@example.org") for name in ("Anh", "Binh"))

    assert said(deed(desk_client, workshop, anh, "give", reason="asked")) == [
        "Anh has a seat and is told by mail."
    ]
    refused = deed(desk_client, workshop, binh, "give", reason="asked")
    assert said(refused)[-1].startswith("All seats in “")
    assert names(SeatBooking.objects.live()) == ["Anh"]


def test_where_a_seat_is_left_who_is_put_in_line_is_offered_it(
    desk_client: Client, workshop: Session, register: Register
) -> None:
    anh = register(name="Anh")

    assert said(deed(desk_client, workshop, anh, "wait", reason="asked")) == [
        "A seat was left: it is offered to Anh."
    ]


def test_the_form_of_a_place_knows_the_classes_and_where_somebody_stands(
    desk_client: Client, workshop: Session, wants: Register
) -> None:
    PriorityClassFactory(forum=workshop.forum, rank=10, name="Ministries")
    wants("Anh")
    binh = wants("Binh")

    page = desk_client.get(f"{page_of(workshop)}move/{binh.pk}/")

    form = page.context["form"]
    assert [(rank, str(name)) for rank, name in form.fields["rank"].choices] == [
        (0, "at the head of the line"),
        (10, "Ministries"),
        (100, "no class"),
    ]
    assert form.initial["rank"] == 100
    refused = deed(desk_client, workshop, binh, "move", reason="asked", rank="7")
    assert list(refused.context["form"].errors) == ["rank"]


def test_where_the_session_began_nothing_is_offered_to_do(
    desk_client: Client, workshop: Session, wants: Register, clock: Clock
) -> None:
    anh = wants("Anh")
    assert workshop.starts_at is not None
    assert "/take-back/" in text_of(desk_client.get(page_of(workshop)))
    clock.set(workshop.starts_at)

    page = text_of(desk_client.get(page_of(workshop)))

    assert "Nobody gets a seat here now" in page
    assert "/take-back/" not in page
    assert "/give/" not in page
    [sentence] = said(deed(desk_client, workshop, anh, "take-back", reason="late"))
    assert sentence.endswith("has begun: its seats stay as they are.")


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_pages_cost_the_same_queries_with_any_number_of_rows(
    desk: User, desk_client: Client, workshop: Session, assert_queries: Any, rows: int
) -> None:
    Session.objects.filter(pk=workshop.pk).update(seat_limit=2 * rows)
    forum, kind = workshop.forum, workshop.forum.registration_types.get(slug="guest")
    for number in range(rows):
        people = RegistrationFactory.create_batch(4, forum=forum, type=kind, name=f"Mai {number}")
        workshop.seat_bookings.create(registration=people[0])
        workshop.seat_bookings.create(registration=people[1], offer_until=at(9))
        workshop.seat_waits.create(registration=people[2])
        SessionFactory(forum=forum, seat_limit=5, starts_at=at(8), room=None)
    desk_client.get(LIST)

    with assert_queries(6):
        listed = desk_client.get(LIST)
    with assert_queries(13):
        page = desk_client.get(page_of(workshop), {"q": "mai"})

    assert len(listed.context["rows"]) == rows + 1
    shown = page.context
    assert [len(shown[name]) for name in ("offers", "holders", "waits")] == [rows, rows, rows]
    assert len(shown["found"]) == min(rows, 20)


def test_without_limits_the_list_says_what_to_do(desk_client: Client, forum: Forum) -> None:
    assert "No session has limited seats." in text_of(desk_client.get(LIST))


def test_the_pages_are_for_those_who_decide_and_what_is_confidential_is_not_theirs(
    sign_in: Any, desk_client: Client, workshop: Session, wants: Register
) -> None:
    anh = wants("Anh")
    at_the_door = sign_in(organizer(workshop.forum, ForumRole.Role.CHECK_IN, "Door"))

    for page in (LIST, page_of(workshop), f"{page_of(workshop)}take-back/{anh.pk}/"):
        assert at_the_door.get(page).status_code == HTTPStatus.FORBIDDEN
    assert deed(at_the_door, workshop, anh, "take-back", reason="x").status_code == HTTPStatus.FORBIDDEN
    assert names(SeatBooking.objects.live()) == ["Anh"]
    assert desk_client.get(f"{page_of(workshop)}sell/{anh.pk}/").status_code == HTTPStatus.NOT_FOUND
    elsewhere = RegistrationFactory(forum=ForumFactory(is_current=False))
    assert deed(desk_client, workshop, elsewhere, "give", reason="x").status_code == HTTPStatus.NOT_FOUND
    Session.objects.filter(pk=workshop.pk).update(visibility="confidential")
    assert desk_client.get(page_of(workshop)).status_code == HTTPStatus.NOT_FOUND
