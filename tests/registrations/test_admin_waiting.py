"""Waiting lists in the admin: who is next, what is offered, exceptions with a reason; deeds of one person."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, ForumRole, User
from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.admin.waiting import line_of, places_of
from registrations.models import Invitation, Registration, RegistrationType
from tests.conftest import Clock, organizer
from tests.factories import RegistrationTypeFactory, in_three_languages
from tests.registrations.conftest import Register, text_of
from tests.registrations.factories import PriorityClassFactory, QuotaFactory

PAGE = "/admin/registrations/registration/waiting/"


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def scarce(forum: Forum) -> RegistrationType:
    """Give a kind of attendance with one place and a waiting list."""
    return RegistrationTypeFactory(
        forum=forum, slug="scarce", capacity=1, has_waiting_list=True, **in_three_languages("name", "Scarce")
    )


@pytest.fixture
def join(register: Register, scarce: RegistrationType, clock: Clock) -> Register:
    """Give a function that registers by first name; a second passes before each."""

    def joined(name: str, **changes: Any) -> Registration:
        clock.advance(seconds=1)
        return register(**({"type": scarce, "name": name, "email": f"{name.lower()}@example.org"} | changes))

    return joined


def now(registration: Registration) -> Registration:
    return Registration.objects.select_related("type").get(pk=registration.pk)


def deed(client: Client, registration: Registration, what: str, **data: str) -> Any:
    address = f"/admin/registrations/registration/{registration.pk}/do/{what}/?from=waiting"
    return client.post(address, data, follow=True)


def line(page: Any) -> list[tuple[int, str, str]]:
    return [(place, row.name, name) for place, row, name in page.context["rows"]]


def test_the_line_its_classes_and_the_numbers(
    desk: User, desk_client: Client, join: Register, forum: Forum
) -> None:
    _has, anh, binh = join("Has"), join("Anh"), join("Binh")
    first = PriorityClassFactory(forum=forum, rank=10, name="Ministries")
    services.change_rank(binh, priority_class=first, by=desk, reason="asked")

    page = desk_client.get(PAGE)

    assert line(page) == [(1, "Binh", "Ministries"), (2, "Anh", "no class")]
    row = next(one for one in page.context["numbers"] if one["is_here"])
    assert (row["kind"].slug, row["kind"].taken, row["found"].left, row["kind"].in_line) == (
        "scarce",
        1,
        0,
        2,
    )
    assert services.position_in_line(now(anh)) == 2


def test_the_page_opens_where_somebody_waits_or_else_where_a_place_is_offered(
    desk: User, desk_client: Client, join: Register, forum: Forum
) -> None:
    RegistrationTypeFactory(
        forum=forum, slug="aaa", position=0, has_waiting_list=True, **in_three_languages("name", "Empty")
    )
    has, _waits = join("Has"), join("Anh")
    assert desk_client.get(PAGE).context["kind"].slug == "scarce"

    services.cancel_registration(has, by=desk)

    assert desk_client.get(PAGE).context["kind"].slug == "scarce"


def test_an_offer_is_shown_with_its_end_and_taken_back_with_a_reason(
    desk_client: Client, join: Register
) -> None:
    has, anh, binh = join("Has"), join("Anh"), join("Binh")
    services.cancel_registration(has, by=None)

    page = desk_client.get(PAGE)
    assert [row.name for row in page.context["offers"]] == ["Anh"]
    assert line(page) == [(1, "Binh", "no class")]

    assert "This field is required." in text_of(deed(desk_client, anh, "retract"))
    assert now(anh).status == "offered"
    deed(desk_client, anh, "retract", reason="not reached")
    assert (now(anh).status, now(binh).status) == ("cancelled", "offered")
    assert AuditEntry.objects.filter(action="registration.cancelled", reason="not reached").count() == 1


def test_places_in_line_count_all_who_share_a_quota(
    join: Register, forum: Forum, scarce: RegistrationType
) -> None:
    quota = QuotaFactory(forum=forum, capacity=1)
    RegistrationType.objects.filter(pk=scarce.pk).update(quota=quota, capacity=None)
    scarce.refresh_from_db()
    other = RegistrationTypeFactory(forum=forum, quota=quota, has_waiting_list=True)
    for name, kind in (("Has", scarce), ("Anh", scarce), ("Binh", other), ("Chi", scarce)):
        join(name, type=kind)

    scarce.refresh_from_db()
    found = list(line_of(scarce))

    assert [row.name for row in found] == ["Anh", "Chi"]
    assert places_of(scarce, found, first=1) == [1, 3]
    assert places_of(scarce, found[1:], first=2) == [3]
    assert [services.position_in_line(row) for row in found] == [1, 3]


@pytest.mark.parametrize(
    ("name", "data", "action"),
    [
        ("promote", {}, "registration.promoted_out_of_turn"),
        ("rank", {"priority_class": "{first}"}, "registration.rank_changed"),
        ("remove", {}, "registration.declined"),
    ],
)
def test_every_exception_needs_a_reason_that_the_trail_keeps(
    desk: User,
    desk_client: Client,
    join: Register,
    forum: Forum,
    name: str,
    data: dict[str, str],
    action: str,
) -> None:
    first = PriorityClassFactory(forum=forum, rank=10)
    data = {key: value.format(first=first.pk) for key, value in data.items()}
    _has, anh, binh = join("Has"), join("Anh"), join("Binh")

    refused = deed(desk_client, binh, name, **data)
    assert "reason" in refused.context["form"].errors
    assert (now(binh).status, now(binh).waiting_rank) == ("waiting", 100)

    done = deed(desk_client, binh, name, reason="The ministry asked", **data)

    assert done.redirect_chain[-1][0].startswith(f"{PAGE}?forum=")
    entry = AuditEntry.objects.get(action=action)
    assert (entry.actor, entry.reason, entry.target_id) == (desk, "The ministry asked", str(binh.pk))
    order = [row.name for row in done.context["page"]]
    assert order == (["Anh"] if name == "remove" else ["Binh", "Anh"])
    assert now(anh).status == "waiting"


def test_somebody_who_waits_no_more_is_told(desk_client: Client, join: Register) -> None:
    _has, anh = join("Has"), join("Anh")
    services.cancel_registration(anh, by=None)

    page = deed(desk_client, anh, "promote", reason="late")

    assert "the registration was changed meanwhile" in text_of(page)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_queries_with_any_number_of_rows(
    desk_client: Client, join: Register, assert_queries: Any, rows: int
) -> None:
    for number in range(rows + 1):
        join(f"Person{number}")
    desk_client.get(PAGE)

    with assert_queries(9):
        desk_client.get(PAGE)


def test_without_any_line_the_page_says_what_to_do(desk_client: Client, forum: Forum) -> None:
    RegistrationType.objects.filter(forum=forum).update(has_waiting_list=False)

    assert "No type of attendance has a waiting list." in text_of(desk_client.get(PAGE))


def test_the_page_is_for_those_who_decide(sign_in: Any, forum: Forum, join: Register) -> None:
    _has, anh = join("Has"), join("Anh")
    client = sign_in(organizer(forum, ForumRole.Role.CHECK_IN, "Door"))

    assert client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
    assert deed(client, anh, "remove", reason="x").status_code == HTTPStatus.FORBIDDEN
    assert now(anh).status == "waiting"


# --- What is done on the page of one registration ---------------------------------------------------


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("pending", {"approve", "decline", "wait", "change-type", "send-link", "replace-link", "cancel"}),
        ("waiting", {"promote", "rank", "remove", "change-type", "send-link", "replace-link", "cancel"}),
        ("confirmed", {"change-type", "hand-on", "send-link", "replace-link", "cancel"}),
        ("declined", set()),
    ],
)
def test_the_page_offers_what_can_be_done_now(
    desk: User, desk_client: Client, join: Register, forum: Forum, state: str, offered: set[str]
) -> None:
    approved = RegistrationTypeFactory(forum=forum, capacity=5, needs_approval=True)
    join("Has")
    one = join("Anh", **({"type": approved} if state in {"pending", "declined"} else {}))
    if state == "confirmed":
        one = join("Binh", type=forum.registration_types.get(slug="guest"))
    if state == "declined":
        services.decline(one, by=desk, reason="no")
    assert now(one).status == state

    page = desk_client.get(f"/admin/registrations/registration/{one.pk}/change/")

    assert {found.name for found in page.context["deeds"]} == offered | {"erase"}


def test_a_type_is_changed_and_a_ticket_handed_on(desk_client: Client, join: Register, forum: Forum) -> None:
    guest = forum.registration_types.get(slug="guest")
    anh, binh = join("Anh"), join("Binh")

    assert "Types changed: 1" in text_of(deed(desk_client, anh, "change-type", type=str(guest.pk)))
    assert (now(anh).type, now(binh).status) == (guest, "offered")

    data = {"name": "Chi", "email": "chi@example.org", "language": "ko"}
    assert "valid" in text_of(deed(desk_client, anh, "hand-on", **(data | {"email": "chi"})))
    deed(desk_client, anh, "hand-on", **data)
    assert Invitation.objects.get(replaces=anh).email == "chi@example.org"
    assert Message.objects.get(recipient="chi@example.org").language == "ko"


def test_answers_are_for_those_who_decide(
    sign_in: Any, desk_client: Client, forum: Forum, join: Register
) -> None:
    anh = join("Anh")
    at_the_door = sign_in(organizer(forum, ForumRole.Role.CHECK_IN, "Door"))
    address = f"/admin/registrations/registration/{anh.pk}/change/"

    assert "No question beside the details was answered." in text_of(desk_client.get(address))
    page = at_the_door.get(address)
    assert page.status_code == HTTPStatus.OK
    assert "No question beside the details was answered." not in text_of(page)
    assert page.context["deeds"] == []
