"""What a lead learns and may cause by sending a list: nothing of strangers, and no flood of mails."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from events.models import Forum
from outbox.models import Message
from outbox.rendering import render
from registrations.delegation_links import delegation_path
from registrations.delegations.mail_limit import TooManyMails, most_mails
from registrations.delegations.members import plan_members, register_members, replace_member
from registrations.delegations.opening import open_delegation
from registrations.delegations.places import keep_places, send_place
from registrations.delegations.reading import overview_of
from registrations.integrity import differences
from registrations.models import Delegation, Registration, RegistrationType
from registrations.people.reading import read_text
from registrations.services import register
from tests.conftest import Clock
from tests.registrations.conftest import answers_of, text_of

pytestmark = pytest.mark.django_db

LEAD: dict[str, Any] = {
    "name": "Bộ Mẫu",
    "country": "VN",
    "lead_name": "Hoàng Mẫu Đơn",
    "email": "lead@moh.example",
    "language": "en",
}
LIST = "Full name\tE-mail\nNguyễn Thị Hai\thai@moh.example\nTrần Văn Một\t\n"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def delegation(forum: Forum) -> Delegation:
    """A delegation of at most three."""
    return open_delegation(forum=forum, form_token=None, max_members=3, **LEAD)


@pytest.fixture
def delegate(guest: RegistrationType) -> RegistrationType:
    """Kind of attendance of its members."""
    return guest


def added(delegation: Delegation, kind: RegistrationType) -> int:
    plan = plan_members(delegation, read_text(LIST, most_rows=50), types=[kind], otherwise=kind)
    return register_members(delegation, plan)


def test_a_list_says_the_same_of_known_and_unknown_addresses(
    forum: Forum, delegation: Delegation, delegate: RegistrationType, visitor: Client
) -> None:
    def sent(**more: str) -> str:
        path = delegation_path(delegation, "delegation_add", language="en")
        text = "Full name\tE-mail\nNguyễn Thị Hai\thai@moh.example\n"
        response = visitor.post(path, {"text": text, "type": delegate.slug} | more, follow=True)
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response))

    unknown = sent()
    register(**answers_of(forum, email="hai@moh.example"))

    assert sent() == unknown
    seen = re.findall(r'name="seen" value="(\w+)"', unknown)[0]
    assert "The list is taken: 1 person. Whoever has an address gets a mail." in sent(seen=seen, agreed="yes")


def test_whoever_is_registered_already_stays_as_she_is_and_is_told_who_listed_her(
    forum: Forum, delegation: Delegation, delegate: RegistrationType
) -> None:
    there = register(**answers_of(forum, email="hai@moh.example", language="en"))

    assert [added(delegation, delegate), added(delegation, delegate)] == [2, 0]

    there.refresh_from_db()
    assert (there.name, there.delegation) == ("Trần Thị Mai", None)
    message = Message.objects.get(kind="registration.already")
    assert message.recipient == "hai@moh.example"
    assert "“Bộ Mẫu” wanted to register you as a member of its delegation." in render(message).text
    # The lead sees her name, as it was written, among those who have not answered.
    seen = overview_of(delegation)
    assert [one.name for one in seen.members] == ["Trần Văn Một"]
    assert [(one.name, one.reserves_places) for one in seen.places] == [("Nguyễn Thị Hai", False)]
    assert differences() == []


def test_a_lead_writes_to_so_many_people_an_hour_and_not_to_more(
    delegation: Delegation, delegate: RegistrationType, clock: Clock
) -> None:
    most = most_mails(delegation)
    (place,) = keep_places(delegation, type=delegate, count=1)
    for number in range(most):
        send_place(place, name="Lan", email=f"lan{number}@moh.example", language="vi")
        place.refresh_from_db()

    with pytest.raises(TooManyMails, match="6 mails an hour"):
        send_place(place, name="Lan", email="more@moh.example", language="vi")
    with pytest.raises(TooManyMails):
        added(delegation, delegate)
    assert Registration.objects.count() == 0

    clock.advance(hours=1)
    assert added(delegation, delegate) == 2
    member = Registration.objects.get(email="hai@moh.example")
    assert replace_member(delegation, member, name="Ba", email="ba@moh.example", language="vi").name == "Ba"
