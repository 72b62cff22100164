"""Delegations: opened by mail, filled from a list or by links, changed until the forum begins."""

import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from accounts.models import AuditEntry, User
from core import form_token
from core.errors import DomainError
from events.models import Forum
from outbox.models import Message
from outbox.rendering import render
from registrations.delegation_links import delegation_path, find_delegation
from registrations.delegations.members import (
    cancel_member,
    plan_members,
    register_members,
    replace_member,
    take_back_replacement,
)
from registrations.delegations.opening import change_delegation, open_delegation, replace_link, set_closed
from registrations.delegations.places import (
    NotKept,
    PlacesShort,
    TooManyMembers,
    give_up_place,
    keep_places,
    send_place,
)
from registrations.delegations.reading import overview_of
from registrations.integrity import differences
from registrations.models import Consent, Delegation, Invitation, Registration, RegistrationType
from registrations.people.reading import read_text
from registrations.services import register
from tests.registrations.conftest import answers_of, text_of

pytestmark = pytest.mark.django_db
Status = Registration.Status

LEAD: dict[str, Any] = {
    "name": "Bộ Mẫu",
    "country": "VN",
    "lead_name": "Hoàng Mẫu Đơn",
    "email": "lead@moh.example",
    "language": "en",
}
LIST = """\
No\tFull name\tPosition\tE-mail
2\tNguyễn Thị Hai\tDirector\thai@moh.example
1\tTrần Văn Một\tVice minister\t
"""


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def delegation(forum: Forum) -> Delegation:
    """A delegation of at most three."""
    return open_delegation(forum=forum, form_token=None, max_members=3, **LEAD)


@pytest.fixture
def delegate(forum: Forum) -> RegistrationType:
    """Kind of attendance with five places and no waiting list."""
    kind = RegistrationType.objects.get(forum=forum, slug="guest")
    kind.capacity, kind.has_waiting_list = 5, False
    kind.save()
    return kind


def added(delegation: Delegation, kind: RegistrationType, text: str = LIST) -> int:
    plan = plan_members(delegation, read_text(text, most_rows=50), types=[kind], otherwise=kind)
    assert [person.errors for person in plan.people if person.errors] == []
    return register_members(delegation, plan)


def mails(kind: str) -> list[str]:
    return list(
        Message.objects.filter(kind=kind).order_by("created_at", "pk").values_list("recipient", flat=True)
    )


# --- opening ----------------------------------------------------------------------------------------


def test_the_same_form_twice_opens_one_and_mails_one_link(forum: Forum) -> None:
    token = form_token.read(form_token.draw())

    first = open_delegation(forum=forum, form_token=token, **LEAD)
    second = open_delegation(forum=forum, form_token=token, **LEAD)

    assert first.pk == second.pk
    assert mails("delegation.link") == ["lead@moh.example"]


def test_the_mail_holds_the_link_that_opens_the_page(delegation: Delegation) -> None:
    mail = render(Message.objects.get(kind="delegation.link"))

    (path,) = set(re.findall(r"http\S+?(/en/delegation/\S+/)", mail.text))
    assert path == delegation_path(delegation, language="en")


def test_a_new_address_gets_a_new_link_and_the_old_one_ends(delegation: Delegation) -> None:
    old = delegation_path(delegation).rstrip("/").rsplit("/", 1)[1]

    change_delegation(delegation, email="new@moh.example", name=delegation.name)

    assert find_delegation(delegation.pk, old) is None
    assert mails("delegation.link") == ["lead@moh.example", "new@moh.example"]


# --- a list -----------------------------------------------------------------------------------------


def test_everybody_of_a_list_is_registered_in_order(
    delegation: Delegation, delegate: RegistrationType
) -> None:
    assert added(delegation, delegate) == 2

    members = overview_of(delegation).members
    assert [(one.name, one.job_title, one.precedence, one.status) for one in members] == [
        ("Trần Văn Một", "Vice minister", 1, "confirmed"),
        ("Nguyễn Thị Hai", "Director", 2, "confirmed"),
    ]
    assert {one.organization_name for one in members} == {"Bộ Mẫu"}
    # Whoever has no address of her own is written to through the lead.
    assert sorted(mails("registration.confirmed")) == ["hai@moh.example", "lead@moh.example"]
    assert Consent.objects.filter(wording__contains="Hoàng Mẫu Đơn confirmed").count() == 2
    assert differences() == []


def test_the_same_list_again_registers_nobody_twice(
    delegation: Delegation, delegate: RegistrationType
) -> None:
    added(delegation, delegate)

    assert added(delegation, delegate) == 0
    assert Registration.objects.filter(delegation=delegation).count() == 2


def test_nobody_is_registered_when_the_list_is_too_long(
    delegation: Delegation, delegate: RegistrationType
) -> None:
    with pytest.raises(TooManyMembers):
        added(delegation, delegate, "Full name\n" + "\n".join(f"An {'x' * n}" for n in range(1, 5)))

    assert not Registration.objects.exists()
    assert not Message.objects.filter(kind="registration.confirmed").exists()


def test_nobody_is_registered_when_one_place_is_missing(
    delegation: Delegation, delegate: RegistrationType
) -> None:
    RegistrationType.objects.filter(pk=delegate.pk).update(capacity=1)

    with pytest.raises(DomainError, match="Row 3, Trần Văn Một"):
        added(delegation, delegate)

    assert not Registration.objects.exists()


# --- kept places ------------------------------------------------------------------------------------


def test_kept_places_are_held_and_taken_by_the_form(
    forum: Forum, delegation: Delegation, delegate: RegistrationType
) -> None:
    first, _second = keep_places(delegation, type=delegate, count=2)
    delegate.refresh_from_db()
    assert (delegate.taken, delegate.held) == (0, 2)

    send_place(first, name="Lan", email="lan@moh.example", language="vi")
    first.refresh_from_db()
    assert f"?code={first.code}" in render(Message.objects.get(kind="delegation.place")).text

    made = register(**answers_of(forum, type=delegate, email="lan@moh.example", invitation=first))

    delegate.refresh_from_db()
    assert (made.delegation, made.status, delegate.taken, delegate.held) == (delegation, "confirmed", 1, 1)
    seen = overview_of(delegation)
    assert (len(seen.members), len(seen.places), seen.left) == (1, 1, 1)
    assert differences() == []


def test_the_address_written_to_before_cannot_take_the_place(
    delegation: Delegation, delegate: RegistrationType
) -> None:
    (place,) = keep_places(delegation, type=delegate, count=1)
    send_place(place, name="Lan", email="lan@moh.example", language="vi")
    before = Invitation.objects.get().code

    send_place(Invitation.objects.get(), name="Mai", email="mai@moh.example", language="vi")

    assert Invitation.objects.get().code != before


@pytest.mark.parametrize(("capacity", "count", "error"), [(5, 4, TooManyMembers), (1, 2, PlacesShort)])
def test_no_more_places_are_kept_than_there_are(
    delegation: Delegation, delegate: RegistrationType, capacity: int, count: int, error: type[DomainError]
) -> None:
    RegistrationType.objects.filter(pk=delegate.pk).update(capacity=capacity)

    with pytest.raises(error):
        keep_places(delegation, type=delegate, count=count)

    assert not Invitation.objects.exists()


def test_a_place_given_up_goes_to_whoever_waits(
    forum: Forum, delegation: Delegation, delegate: RegistrationType
) -> None:
    RegistrationType.objects.filter(pk=delegate.pk).update(capacity=1, has_waiting_list=True)
    (place,) = keep_places(delegation, type=delegate, count=1)
    waiting = register(**answers_of(forum, type=delegate))
    assert waiting.status == Status.WAITING

    give_up_place(place)

    waiting.refresh_from_db()
    assert waiting.status == Status.OFFERED
    with pytest.raises(NotKept):
        give_up_place(place)
    assert differences() == []


# --- who comes instead ------------------------------------------------------------------------------


def test_a_member_is_replaced_once_the_other_has_filled_in_the_form(
    forum: Forum, delegation: Delegation, delegate: RegistrationType
) -> None:
    added(delegation, delegate)
    member = Registration.objects.get(email="hai@moh.example")

    invitation = replace_member(delegation, member, name="Lan", email="lan@moh.example", language="vi")
    assert overview_of(delegation).replacing == {str(member.pk): invitation}

    made = register(**answers_of(forum, type=delegate, email="lan@moh.example", invitation=invitation))

    member.refresh_from_db()
    assert (member.status, made.status, made.precedence) == ("cancelled", "confirmed", 2)
    assert made.delegation == delegation
    assert differences() == []


def test_a_replacement_can_be_taken_back(delegation: Delegation, delegate: RegistrationType) -> None:
    added(delegation, delegate)
    member = Registration.objects.get(email="hai@moh.example")
    replace_member(delegation, member, name="Lan", email="lan@moh.example", language="vi")

    take_back_replacement(delegation, member)

    assert overview_of(delegation).replacing == {}


def test_after_the_deadline_nobody_is_replaced(delegation: Delegation, delegate: RegistrationType) -> None:
    added(delegation, delegate)
    Delegation.objects.update(replacements_until=timezone.now() - timedelta(minutes=1))

    with pytest.raises(DomainError, match="The time to replace members is over"):
        replace_member(
            Delegation.objects.get(),
            Registration.objects.get(email="hai@moh.example"),
            name="Lan",
            email="lan@moh.example",
            language="vi",
        )

    assert not Invitation.objects.exists()


def test_the_trail_names_the_lead(delegation: Delegation, delegate: RegistrationType) -> None:
    added(delegation, delegate)
    cancel_member(delegation, Registration.objects.get(email="hai@moh.example"))

    entry = AuditEntry.objects.get(action="registration.cancelled")
    assert (entry.actor, entry.actor_label) == (None, "lead of the delegation")


# --- the pages --------------------------------------------------------------------------------------


def test_a_lead_opens_a_delegation_on_the_site(visitor: Client, forum: Forum) -> None:
    sent = LEAD | {"consent": "on", "form_token": form_token.draw()}

    response = visitor.post("/en/delegations/new/", sent)

    assert response.status_code == HTTPStatus.FOUND
    assert Delegation.objects.get().email == "lead@moh.example"
    assert visitor.get(response["Location"]).status_code == HTTPStatus.OK


def test_faults_stand_beside_the_fields(visitor: Client, forum: Forum) -> None:
    response = visitor.post("/en/delegations/new/", {"name": "", "email": "x"})

    text = response.content.decode()
    assert "Please write what the delegation is called." in text
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("page", ["", "edit/", "add/", "places/"])
def test_only_the_right_link_opens_a_page(visitor: Client, delegation: Delegation, page: str) -> None:
    path = delegation_path(delegation)
    wrong = path.replace(path.rstrip("/").rsplit("/", 1)[1], "A" * 32)

    right = visitor.get(path + page)
    assert (right.status_code, right["Cache-Control"]) == (HTTPStatus.OK, "private, no-store")
    text = right.content.decode()
    assert (text.count("<main"), text.count("<h1")) == (1, 1)
    assert visitor.get(wrong + page).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("is_file", [False, True])
def test_a_list_is_shown_then_registered(
    visitor: Client, delegation: Delegation, delegate: RegistrationType, is_file: bool
) -> None:
    path = delegation_path(delegation) + "add/"
    file = SimpleUploadedFile("members.csv", f"Our delegation\n{LIST}".encode())
    sent = {"file": file} if is_file else {"text": LIST}
    shown = visitor.post(path, {**sent, "type": "guest"}).content.decode()
    assert "2 people would be registered" in shown
    (seen,) = re.findall(r'name="seen" value="(\w+)"', shown)
    (text,) = re.findall(r'<textarea name="text"[^>]*>\s?(.*?)</textarea>', shown, re.DOTALL)

    without = visitor.post(path, {"text": text, "type": "guest", "seen": seen})
    assert "Without the members’ consent" in without.content.decode()
    assert not Registration.objects.exists()

    response = visitor.post(path, {"text": text, "type": "guest", "seen": seen, "agreed": "yes"})

    assert response.status_code == HTTPStatus.FOUND
    assert Registration.objects.filter(delegation=delegation).count() == 2
    page = visitor.get(response["Location"]).content.decode()
    assert page.index("Trần Văn Một") < page.index("Nguyễn Thị Hai")


def test_a_list_with_a_fault_cannot_be_sent(
    visitor: Client, delegation: Delegation, delegate: RegistrationType
) -> None:
    path = delegation_path(delegation) + "add/"

    shown = visitor.post(path, {"text": "Name\tE-mail\n\tx\n", "type": "guest"}).content.decode()

    assert "This is not a mail address." in shown
    assert 'name="seen"' not in shown


def test_the_order_is_saved(visitor: Client, delegation: Delegation, delegate: RegistrationType) -> None:
    added(delegation, delegate)
    hai = Registration.objects.get(email="hai@moh.example")

    visitor.post(delegation_path(delegation) + "order/", {f"member-{hai.pk}": "0"})

    assert overview_of(delegation).members[0] == hai


def test_a_stranger_s_member_is_a_404(visitor: Client, forum: Forum, delegation: Delegation) -> None:
    stranger = register(**answers_of(forum))

    response = visitor.post(delegation_path(delegation) + f"members/{stranger.pk}/", {"cancel": "yes"})

    stranger.refresh_from_db()
    assert (response.status_code, stranger.status) == (HTTPStatus.NOT_FOUND, "confirmed")


def test_a_closed_delegation_changes_no_more(
    visitor: Client, delegation: Delegation, delegate: RegistrationType, desk: User
) -> None:
    (place,) = keep_places(delegation, type=delegate, count=1)
    set_closed(delegation, closed=True, by=desk)
    own = delegation_path(delegation)

    for path, data in (
        ("places/", {"type": "guest", "count": "1"}),
        (f"places/{place.pk}/", {"give_up": ""}),
    ):
        response = visitor.post(own + path, data, follow=True)
        assert "This delegation is closed." in response.content.decode()

    assert Invitation.objects.get().is_active


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_asks_a_constant_number_of_queries(
    visitor: Client, delegation: Delegation, delegate: RegistrationType, assert_queries: Any, count: int
) -> None:
    added(delegation, delegate, "Full name\n" + "\n".join(f"An {'x' * n}" for n in range(1, count + 1)))
    path = delegation_path(delegation)
    visitor.get(path)

    with assert_queries(OVERVIEW_QUERIES):
        visitor.get(path)


OVERVIEW_QUERIES = 5


# --- the desk ---------------------------------------------------------------------------------------


def test_the_desk_opens_a_delegation_and_replaces_its_link(desk_client: Client, forum: Forum) -> None:
    base = "/admin/registrations/delegation/"
    sent = LEAD | {"forum": forum.pk, "precedence": "10", "max_members": "5", "once": form_token.draw()}

    assert desk_client.post(f"{base}add/", sent).status_code == HTTPStatus.FOUND
    delegation = Delegation.objects.get()
    assert (delegation.precedence, delegation.max_members) == (10, 5)

    assert desk_client.get(f"{base}{delegation.pk}/do/replace-link/").status_code == HTTPStatus.OK
    assert desk_client.post(f"{base}{delegation.pk}/do/replace-link/").status_code == HTTPStatus.FOUND
    delegation.refresh_from_db()
    assert delegation.link_version == 2
    assert desk_client.get(base).status_code == HTTPStatus.OK
    page = text_of(desk_client.get(f"{base}{delegation.pk}/change/"))
    assert re.search(r">\s*open\s*<", page)


def test_a_replaced_link_opens_nothing(delegation: Delegation) -> None:
    old = delegation_path(delegation).rstrip("/").rsplit("/", 1)[1]

    replace_link(delegation, by=None)

    assert find_delegation(delegation.pk, old) is None
