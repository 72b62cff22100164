"""Managers of an exhibitor: invited by mail, accepted with a code, removed; one always stays."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from core.errors import DomainError
from events.models import Forum
from exhibitors.invitation_links import invitation_path
from exhibitors.managing import (
    InvitationOver,
    LastManager,
    accept_invitation,
    invite_manager,
    managed_exhibitors,
    remove_manager,
    resend_invitation,
)
from exhibitors.models import Exhibitor, ExhibitorManager
from outbox import rendering
from outbox.models import Message
from tests.accounts.test_signing_in import mailed_code
from tests.conftest import CountQueries, SignIn
from tests.exhibitors.conftest import Fair
from tests.exhibitors.factories import ExhibitorFactory
from tests.exhibitors.test_portal import manager_of
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("in_english")

INVITED = {"name": "Trần Thị Mời", "email": "Moi@Example.org", "language": "vi"}


def invite(exhibitor: Exhibitor, by: User | None = None, **changes: str) -> ExhibitorManager:
    facts = {"name": "Lan", "email": "lan@example.org", "language": "vi"} | changes
    return invite_manager(exhibitor, **facts, by=by)


def link(manager: ExhibitorManager) -> str:
    return invitation_path(manager.pk, manager.link_version, "en")


def people(exhibitor: Exhibitor, *rest: object) -> str:
    return "/".join(["/en/exhibitor", exhibitor.slug, "people", *map(str, rest), ""])


def test_a_colleague_is_invited_and_accepts_with_a_code(fair: Fair, sign_in: SignIn, client: Client) -> None:
    exhibitor = fair.exhibitor()
    answer = sign_in(manager_of(exhibitor)).post(people(exhibitor), INVITED)
    assert answer["Location"] == people(exhibitor)
    mail = Message.objects.get(kind="exhibitor.manager_invited")
    assert (mail.recipient, mail.language) == ("moi@example.org", "vi")
    row = exhibitor.managers.get(email="moi@example.org")
    path = invitation_path(row.pk, row.link_version, "vi")
    assert path in rendering.render(mail).text
    page = client.get(link(row)).content.decode()
    assert "We mail a code to moi@example.org" in page
    confirm = client.post(link(row))["Location"]
    back = client.post(confirm, {"code": mailed_code("moi@example.org")})["Location"]
    assert back == link(row)
    assert client.get(back)["Location"] == f"/en/exhibitor/{exhibitor.slug}/"
    assert client.get(f"/en/exhibitor/{exhibitor.slug}/").status_code == 200
    row.refresh_from_db()
    assert row.user is not None
    assert (row.user.name, row.agreed_at is None) == ("Trần Thị Mời", False)
    kinds = AuditEntry.objects.filter(target_type="exhibitors.exhibitormanager").values_list(
        "action", flat=True
    )
    assert sorted(kinds) == ["exhibitormanager.accepted", "exhibitormanager.invited"]


def test_looking_at_the_link_accepts_nothing(fair: Fair, client: Client, stranger_client: Client) -> None:
    row = invite(fair.exhibitor())
    assert client.get(link(row)).status_code == 200
    assert "Accept as seoyeon@example.org" in stranger_client.get(link(row)).content.decode()
    row.refresh_from_db()
    assert row.user is None


def test_another_account_may_accept_knowingly(fair: Fair, stranger: User, stranger_client: Client) -> None:
    row = invite(fair.exhibitor())
    assert stranger_client.post(link(row)).status_code == 302
    row.refresh_from_db()
    assert row.user == stranger
    # Once used, nobody else can.
    assert Client().get(link(row)).status_code == 410


@pytest.mark.parametrize("how", ["late", "removed", "sent again"])
def test_a_link_ends(fair: Fair, client: Client, how: str) -> None:
    row = invite(fair.exhibitor())
    before = link(row)
    if how == "late":
        ExhibitorManager.objects.filter(pk=row.pk).update(invited_at=timezone.now() - timedelta(days=15))
    elif how == "removed":
        remove_manager(row, by=None)
    else:
        resend_invitation(row, by=None)
    assert client.get(before).status_code == (404 if how == "sent again" else 410)
    assert client.post(before).status_code == (404 if how == "sent again" else 410)


def test_a_new_link_is_mailed_and_works(fair: Fair, client: Client) -> None:
    row = invite(fair.exhibitor())
    ExhibitorManager.objects.filter(pk=row.pk).update(invited_at=timezone.now() - timedelta(days=15))
    again = resend_invitation(row, by=None)
    assert Message.objects.filter(kind="exhibitor.manager_invited").count() == 2
    assert client.get(link(again)).status_code == 200


def test_wrong_links_open_nothing(fair: Fair, client: Client) -> None:
    row = invite(fair.exhibitor())
    assert client.get(link(row).replace(f"/{row.pk}/", "/999999/")).status_code == 404
    other = invite(fair.exhibitor(), email="other@example.org")
    token = link(other).split("/")[-2]
    assert client.get(f"/en/exhibitor/invitation/{row.pk}/{token}/").status_code == 404


def test_nobody_is_invited_twice(fair: Fair) -> None:
    exhibitor = fair.exhibitor()
    manager_of(exhibitor, UserFactory(email="lan@example.org"))
    with pytest.raises(DomainError, match="invited or a manager already"):
        invite(exhibitor, email="LAN@example.org")
    invite(exhibitor, email="minh@example.org")
    with pytest.raises(DomainError, match="invited or a manager already"):
        invite(exhibitor, email="Minh@example.org")


def test_accepting_twice_is_accepting_once(fair: Fair, stranger: User) -> None:
    row = invite(fair.exhibitor())
    assert accept_invitation(row, by=stranger).pk == accept_invitation(row, by=stranger).pk
    with pytest.raises(InvitationOver):
        accept_invitation(row, by=UserFactory())


def test_a_manager_who_follows_another_invitation_stays_one(fair: Fair, forum: Forum) -> None:
    exhibitor = fair.exhibitor()
    manager = manager_of(exhibitor)
    row = invite(exhibitor)
    accept_invitation(row, by=manager)
    assert exhibitor.managers.live().count() == 1
    assert list(managed_exhibitors(manager, forum)) == [exhibitor]


def test_the_last_one_cannot_leave(fair: Fair, sign_in: SignIn) -> None:
    exhibitor = fair.exhibitor()
    manager = manager_of(exhibitor)
    row = exhibitor.managers.get()
    browser = sign_in(manager)
    assert browser.get(people(exhibitor, row.pk, "remove")).status_code == 200
    page = browser.post(people(exhibitor, row.pk, "remove"), follow=True).content.decode()
    assert "One person must be left." in page
    invite(exhibitor)
    with pytest.raises(LastManager):
        remove_manager(row, by=manager)
    manager_of(exhibitor)
    assert browser.post(people(exhibitor, row.pk, "remove"))["Location"] == "/en/exhibitor/"
    assert browser.get(people(exhibitor)).status_code == 404


def test_removing_twice_is_removing_once(fair: Fair) -> None:
    exhibitor = fair.exhibitor()
    manager_of(exhibitor)
    row = invite(exhibitor)
    remove_manager(row, by=None)
    remove_manager(row, by=None)
    assert AuditEntry.objects.filter(action="exhibitormanager.removed").count() == 1


def test_people_of_others_are_out_of_reach(fair: Fair, sign_in: SignIn) -> None:
    mine, other = fair.exhibitor(), fair.exhibitor()
    browser = sign_in(manager_of(mine))
    theirs = invite(other)
    for deed in ("remove", "resend"):
        assert browser.post(people(other, theirs.pk, deed)).status_code == 404
        # Through one's own exhibitor neither.
        assert browser.post(people(mine, theirs.pk, deed)).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.ended_at, theirs.link_version) == (None, 1)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "nobody", "This is not a mail address."),
        ("email", "", "Please write the person’s e-mail address."),
        ("name", "", "Please write the person’s name."),
        ("language", "xx", "Select a valid choice."),
    ],
)
def test_bad_input_is_said_beside_the_field(
    fair: Fair, sign_in: SignIn, field: str, value: str, sentence: str
) -> None:
    exhibitor = fair.exhibitor()
    answer = sign_in(manager_of(exhibitor)).post(people(exhibitor), INVITED | {field: value})
    assert sentence in answer.content.decode()
    assert exhibitor.managers.count() == 1


def test_a_withdrawn_exhibitor_invites_nobody(fair: Fair, sign_in: SignIn) -> None:
    exhibitor = fair.exhibitor()
    manager = manager_of(exhibitor)
    Exhibitor.objects.filter(pk=exhibitor.pk).update(withdrawn_at=timezone.now())
    assert sign_in(manager).post(people(exhibitor), INVITED).status_code == 409
    assert exhibitor.managers.count() == 1


def test_the_number_of_queries_does_not_grow(
    fair: Fair, sign_in: SignIn, assert_queries: CountQueries
) -> None:
    exhibitor = fair.exhibitor()
    browser = sign_in(manager_of(exhibitor))
    browser.get(people(exhibitor))
    for count in (1, 3):
        while exhibitor.managers.count() < count + 1:
            invite(exhibitor, email=f"more{exhibitor.managers.count()}@example.org")
        with assert_queries(4):
            browser.get(people(exhibitor))


@pytest.mark.django_db(transaction=True)
def test_two_who_remove_each_other_leave_one(transactional_db: None, forum: Forum) -> None:
    exhibitor = ExhibitorFactory(forum=forum)
    manager_of(exhibitor)
    manager_of(exhibitor)
    rows = list(exhibitor.managers.all())
    start = threading.Barrier(2)
    refused: list[str] = []

    def remove(row: ExhibitorManager) -> None:
        try:
            start.wait(10)
            remove_manager(row, by=None)
        except LastManager:
            refused.append(row.email)
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(refused) == 1
    assert exhibitor.managers.accepted().count() == 1
