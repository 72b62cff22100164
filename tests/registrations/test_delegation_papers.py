"""The tickets and badges of a delegation in one file each, and its link found again by mail."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from events.models import Forum
from outbox.models import Message
from registrations.delegation_links import delegation_path
from registrations.delegations import papers
from registrations.delegations.opening import open_delegation, set_closed
from registrations.finding import MOST_DELEGATIONS, answer_requests, mail_links_to
from registrations.models import Delegation, DocumentBatch, Registration, RegistrationType
from registrations.services import cancel_registration
from tests.factories import RegistrationFactory
from tests.registrations.paper import sizes_of, words_of

pytestmark = pytest.mark.django_db
FIND = "/en/register/find/"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def opened(forum: Forum, **changes: Any) -> Delegation:
    facts = {"name": "Bộ Mẫu", "country": "VN", "lead_name": "Mẫu Đơn", "email": "lead@moh.example"}
    return open_delegation(forum=forum, form_token=None, **facts | {"language": "en"} | changes)


@pytest.fixture
def delegation(forum: Forum) -> Delegation:
    return opened(forum)


@pytest.fixture
def members(delegation: Delegation, guest: RegistrationType) -> list[Registration]:
    """Five with a ticket, the last of them first in precedence."""
    facts = {"forum": delegation.forum, "type": guest, "delegation": delegation}
    names = ["Lê Năm", "Võ Bốn", "Trần Ba", "Phạm Hai", "Nguyễn Một"]
    people: list[Registration] = [RegistrationFactory(**facts, name=name, language="vi") for name in names]
    for number, person in enumerate(reversed(people), start=1):
        person.precedence = number
        person.save(update_fields=["precedence"])
    return people


def fetched(visitor: Client, delegation: Delegation, kind: str, part: int = 1) -> Any:
    return visitor.get(delegation_path(delegation, "delegation_papers", kind=kind, part=part))


def mails_to_lead() -> int:
    return Message.objects.filter(kind="delegation.link", recipient="lead@moh.example").count()


# --- papers -----------------------------------------------------------------------------------------


def test_all_tickets_are_one_file_in_order_and_without_the_cancelled(
    visitor: Client, delegation: Delegation, members: list[Registration]
) -> None:
    cancel_registration(members[1], by=None)

    response = fetched(visitor, delegation, "tickets")

    pages = words_of(response.content)
    names = ["Nguyễn Một", "Phạm Hai", "Trần Ba", "Lê Năm"]
    assert [name in page for name, page in zip(names, pages, strict=True)] == [True] * 4
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert "filename*=utf-8''B%E1%BB%99%20M%E1%BA%ABu%20" in response["Content-Disposition"]


def test_badges_are_four_on_a_sheet(
    visitor: Client, delegation: Delegation, members: list[Registration]
) -> None:
    pdf = fetched(visitor, delegation, "badges").content

    assert sizes_of(pdf) == [(210, 297)] * 2
    first, second = words_of(pdf)
    assert [name in first for name in ("Nguyễn Một", "Phạm Hai", "Trần Ba", "Võ Bốn")] == [True] * 4
    assert "Lê Năm" in second


def test_tickets_and_badges_of_the_group_are_one_file(
    visitor: Client, delegation: Delegation, members: list[Registration]
) -> None:
    assert "Tickets and badges (PDF)" in visitor.get(delegation_path(delegation)).content.decode()

    pdf = fetched(visitor, delegation, "group").content

    assert sizes_of(pdf) == [(210, 297)] * 7
    pages = words_of(pdf)
    assert ["Nguyễn Một" in page for page in pages] == [True, *[False] * 4, True, False]
    assert ["Lê Năm" in page for page in pages] == [*[False] * 4, True, False, True]


def test_a_large_group_comes_in_several_files(
    visitor: Client, delegation: Delegation, members: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "AT_ONCE", 2)

    page = visitor.get(delegation_path(delegation)).content.decode()
    parts = [words_of(fetched(visitor, delegation, "tickets", part).content) for part in (1, 2, 3)]

    assert [len(part) for part in parts] == [2, 2, 1]
    assert "Lê Năm" in parts[2][0]
    assert [f"Tickets {numbers} (PDF)" in page for numbers in ("1–2", "3–4", "5–5")] == [True] * 3


@pytest.mark.parametrize(("kind", "part"), [("tickets", 0), ("tickets", 2), ("passports", 1)])
def test_there_is_no_file_of_nobody(
    visitor: Client, delegation: Delegation, members: list[Registration], kind: str, part: int
) -> None:
    assert fetched(visitor, delegation, kind, part).status_code == HTTPStatus.NOT_FOUND


def test_while_nobody_has_a_ticket_the_page_says_so(
    visitor: Client, delegation: Delegation, guest: RegistrationType
) -> None:
    RegistrationFactory(forum=delegation.forum, type=guest, delegation=delegation, status="pending")

    page = visitor.get(delegation_path(delegation)).content.decode()

    assert "As soon as a member has a ticket" in page
    assert ".pdf" not in page
    assert fetched(visitor, delegation, "tickets").status_code == HTTPStatus.NOT_FOUND


def test_a_wrong_link_gives_no_file(
    visitor: Client, delegation: Delegation, members: list[Registration]
) -> None:
    path = delegation_path(delegation, "delegation_papers", kind="tickets", part=1)
    token = path.split("/")[4]

    assert visitor.get(path.replace(token, "A" * len(token))).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("count", [1, 5])
def test_a_file_asks_a_constant_number_of_queries(
    visitor: Client, delegation: Delegation, members: list[Registration], assert_queries: Any, count: int
) -> None:
    Registration.objects.filter(pk__in=[person.pk for person in members[count:]]).delete()
    fetched(visitor, delegation, "tickets")

    with assert_queries(3):
        fetched(visitor, delegation, "tickets")


def test_the_desk_prints_a_delegation_in_order(
    desk_client: Client, delegation: Delegation, members: list[Registration], guest: RegistrationType
) -> None:
    RegistrationFactory(forum=delegation.forum, type=guest)
    base = "/admin/registrations/delegation"

    asked = desk_client.get(f"{base}/{delegation.pk}/to-print/", follow=True)
    assert f'<option value="{delegation.pk}" selected' in asked.content.decode()
    desk_client.post(
        asked.redirect_chain[0][0], {"kind": "tickets", "layout": "a6-sheet", "delegation": delegation.pk}
    )

    assert DocumentBatch.objects.get().chosen == [str(person.pk) for person in reversed(members)]


# --- the link again ---------------------------------------------------------------------------------


def test_the_lead_finds_the_page_again_by_mail(
    visitor: Client, delegation: Delegation, members: list[Registration], desk: User
) -> None:
    set_closed(delegation, closed=True, by=desk)

    known = visitor.post(FIND, {"email": "LEAD@moh.example"}, follow=True)
    unknown = visitor.post(FIND, {"email": "nobody@moh.example"}, follow=True)

    answer_requests()
    assert known.content == unknown.content
    assert mails_to_lead() == 2
    assert not Message.objects.filter(recipient="nobody@moh.example").exists()


def test_who_leads_and_comes_gets_both_links(
    visitor: Client, forum: Forum, delegation: Delegation, guest: RegistrationType
) -> None:
    RegistrationFactory(forum=forum, type=guest, email="lead@moh.example", language="en")

    visitor.post(FIND, {"email": "lead@moh.example"})
    answer_requests()

    kinds = Message.objects.filter(recipient="lead@moh.example").values_list("kind", flat=True)
    assert sorted(kinds) == ["delegation.link", "delegation.link", "registration.confirmed"]


def test_many_delegations_make_no_heap_of_mails(forum: Forum) -> None:
    for number in range(MOST_DELEGATIONS + 2):
        opened(forum, name=f"Vụ {number} Bộ Mẫu")
    before = mails_to_lead()

    mail_links_to("lead@moh.example", forum)

    assert mails_to_lead() == before + MOST_DELEGATIONS


def test_an_erased_delegation_is_not_found(forum: Forum, delegation: Delegation) -> None:
    Delegation.objects.update(erased_at=delegation.created_at)

    mail_links_to("lead@moh.example", forum)

    assert mails_to_lead() == 1
