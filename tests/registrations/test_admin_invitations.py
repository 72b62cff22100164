"""Invitation codes in the admin: made, listed, copied, switched off."""

import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from events.models import Forum
from registrations.models import Invitation, Registration, RegistrationType
from tests.factories import RegistrationFactory
from tests.registrations.conftest import text_of
from tests.registrations.factories import InvitationFactory

CODES = "/admin/registrations/invitation/"


@pytest.fixture(autouse=True)
def _english(settings) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


def many(kind: RegistrationType, **changes: str) -> dict[str, str]:
    form = {"type": str(kind.pk), "count": "3", "max_uses": "1", "note": "Ministry of Health"}
    return form | {"expires_at_0": "", "expires_at_1": "", "priority_class": ""} | changes


def one(kind: RegistrationType, **changes: str) -> dict[str, str]:
    form = {"type": str(kind.pk), "code": " ministry-of health ", "max_uses": "2", "note": "", "name": ""}
    form |= {"expires_at_0": "", "expires_at_1": "", "priority_class": "", "email": "", "language": ""}
    return form | changes


def test_many_codes_are_made_and_shown_as_a_list_to_copy(
    desk_client: Client, press: RegistrationType
) -> None:
    page = text_of(desk_client.post(f"{CODES}make/", many(press), follow=True))

    codes = list(Invitation.objects.order_by("pk").values_list("code", flat=True))
    assert len(codes) == 3
    assert "\n".join(codes) in page
    assert f"/register/?code={codes[0]}" in page
    entry = AuditEntry.objects.get(action="registrationtype.codes_created")
    assert entry.changes["codes"] == ["", "3"]


def test_more_held_places_than_there_are_make_no_code_at_all(
    desk_client: Client, press: RegistrationType
) -> None:
    page = text_of(desk_client.post(f"{CODES}make/", many(press, reserves_places="on")))

    assert "“Press” has not so many places left to hold." in page
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("count", ["0", "501", "x", ""])
def test_so_many_codes_are_not_made(desk_client: Client, press: RegistrationType, count: str) -> None:
    assert desk_client.post(f"{CODES}make/", many(press, count=count)).status_code == HTTPStatus.OK
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("at", ["", "nonsense", "1e400", "nan", "-9e99"])
def test_a_list_of_codes_that_were_not_made_is_empty(
    desk_client: Client, press: RegistrationType, at: str
) -> None:
    page = text_of(desk_client.get(f"{CODES}made/{press.pk}/", {"at": at}))

    assert "There are no such codes." in page


def test_a_code_of_an_organizers_own_is_made_uniform(desk_client: Client, press: RegistrationType) -> None:
    response = desk_client.post(f"{CODES}add/", one(press, is_active="on"))

    assert response.status_code == HTTPStatus.FOUND, text_of(response)
    made = Invitation.objects.get()
    assert (made.code, made.forum_id, made.is_active) == ("MINISTRY-OFHEALTH", press.forum_id, True)


def test_a_short_code_is_refused(desk_client: Client, press: RegistrationType) -> None:
    assert "at least 6" in text_of(desk_client.post(f"{CODES}add/", one(press, code="vip")))


def test_a_code_that_exists_is_refused_beside_it(desk_client: Client, press: RegistrationType) -> None:
    InvitationFactory(type=press, code="MINISTRY-OFHEALTH")

    assert "This code exists already." in text_of(desk_client.post(f"{CODES}add/", one(press)))


def test_holding_more_than_there_is_is_refused_beside_it(
    desk_client: Client, press: RegistrationType
) -> None:
    page = text_of(desk_client.post(f"{CODES}add/", one(press, max_uses="3", reserves_places="on")))

    assert "There are not so many places." in page
    assert not Invitation.objects.exists()


def test_states_are_told_and_filtered(desk_client: Client, press: RegistrationType) -> None:
    InvitationFactory(type=press, code="OPENOPEN")
    InvitationFactory(type=press, code="OFFOFFOFF", is_active=False)
    InvitationFactory(type=press, code="EXPIRED", expires_at=timezone.now() - timedelta(hours=1))
    used = InvitationFactory(type=press, code="USEDUSED")
    RegistrationFactory(forum=press.forum, type=press, invitation=used)

    found = {}
    assert re.search(r">\s*used up\s*<", text_of(desk_client.get(f"{CODES}{used.pk}/change/")))
    for state in ("open", "off", "expired", "used"):
        page = text_of(desk_client.get(CODES, {"state": state}))
        found[state] = [c for c in ("OPENOPEN", "OFFOFFOFF", "EXPIRED", "USEDUSED") if f">{c}<" in page]

    assert found == {"open": ["OPENOPEN"], "off": ["OFFOFFOFF"], "expired": ["EXPIRED"], "used": ["USEDUSED"]}


def test_switching_off_gives_held_places_to_whoever_waits(
    desk_client: Client, forum: Forum, press: RegistrationType
) -> None:
    code = InvitationFactory(type=press, max_uses=2, reserves_places=True)
    waiting = RegistrationFactory(
        forum=forum, type=press, status="waiting", waiting_since=datetime(2031, 1, 1, tzinfo=UTC)
    )

    desk_client.post(CODES, {"action": "switch_off_chosen", "_selected_action": [str(code.pk)]})

    code.refresh_from_db()
    assert not code.is_active
    assert Registration.objects.get(pk=waiting.pk).status == "offered"
    assert AuditEntry.objects.get(action="invitation.changed").changes == {"is_active": ["yes", "no"]}


def test_deleting_several_gives_held_places_to_whoever_waits_at_once(
    desk_client: Client, press: RegistrationType
) -> None:
    RegistrationType.objects.filter(pk=press.pk).update(capacity=3)
    codes = [InvitationFactory(type=press, reserves_places=True) for _ in range(3)]
    waiting = [
        RegistrationFactory(forum=press.forum, type=press, status="waiting", waiting_since=timezone.now())
        for _ in range(3)
    ]
    chosen = {"_selected_action": [str(code.pk) for code in codes[:2]], "post": "yes"}

    desk_client.post(CODES, {"action": "delete_selected", **chosen})

    assert list(Invitation.objects.all()) == [codes[2]]
    rows = Registration.objects.order_by("waiting_since")
    assert list(rows.values_list("status", flat=True)) == ["offered", "offered", "waiting"]
    assert [row.pk for row in rows] == [one.pk for one in waiting]
    press.refresh_from_db()
    assert (press.taken, press.held) == (2, 1)
    assert AuditEntry.objects.filter(action="invitation.deleted").count() == 2


def test_a_used_code_is_neither_deleted_nor_made_smaller_than_its_use(
    desk_client: Client, press: RegistrationType
) -> None:
    code = InvitationFactory(type=press, max_uses=3)
    RegistrationFactory.create_batch(2, forum=press.forum, type=press, invitation=code)

    gone = desk_client.post(f"{CODES}{code.pk}/delete/", {"post": "yes"})
    page = text_of(desk_client.post(f"{CODES}{code.pk}/change/", one(press, max_uses="1", is_active="on")))

    assert gone.status_code == HTTPStatus.FORBIDDEN
    assert "It was used 2 times already" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_codes_costs_the_same_queries_with_any_number_of_rows(
    desk_client: Client, press: RegistrationType, assert_queries, rows: int
) -> None:
    InvitationFactory.create_batch(rows, type=press)
    desk_client.get(CODES)

    with assert_queries(7):
        desk_client.get(CODES)
