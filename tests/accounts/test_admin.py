"""Accounts, roles and the audit trail in the admin."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.admin import AuditEntryAdmin
from accounts.audit_words import VERBS
from accounts.models import AuditEntry, ForumRole, User
from core.audit import record
from events.models import Forum
from outbox.models import Message
from tests.conftest import SignIn
from tests.factories import ForumFactory, ForumRoleFactory, SessionFactory, UserFactory

ROLES = "/admin/accounts/forumrole/"
USERS = "/admin/accounts/user/"
TRAIL = "/admin/accounts/auditentry/"
Role = ForumRole.Role


@pytest.fixture
def root(db: None) -> User:
    """Give Rosa, who administers the installation."""
    return UserFactory(
        email="rosa@example.org", name="Rosa", is_staff=True, is_superuser=True, second_factor=True
    )


@pytest.fixture
def other_forum(db: None) -> Forum:
    """Another edition."""
    return ForumFactory(slug="seoul-2032", is_current=False)


# --- Roles ----------------------------------------------------------------------------------------


def test_an_owner_gives_a_role_to_an_address(owner_client: Client, owner: User, forum: Forum) -> None:
    values = {"forum": forum.pk, "email": "New@example.org", "role": Role.VIEWER}
    assert owner_client.post(f"{ROLES}add/", values)["Location"] == ROLES
    given = ForumRole.objects.get(role=Role.VIEWER)
    assert (given.user.email, given.user.is_staff) == ("new@example.org", True)
    assert Message.objects.get().recipient == "new@example.org"
    entry = AuditEntry.objects.get(action="forumrole.added")
    assert (entry.actor, entry.forum_id) == (owner, forum.pk)


def test_a_forged_forum_is_no_choice(owner_client: Client, other_forum: Forum) -> None:
    values = {"forum": other_forum.pk, "email": "new@example.org", "role": Role.VIEWER}
    answer = owner_client.post(f"{ROLES}add/", values)
    assert answer.status_code == 200
    assert "forum" in answer.context["adminform"].form.errors
    assert not User.objects.filter(email="new@example.org").exists()


def test_the_last_owner_is_kept_in_words(owner_client: Client, owner: User) -> None:
    own = owner.forum_roles.get()
    answer = owner_client.post(f"{ROLES}{own.pk}/delete/", {"post": "yes"}, follow=True)
    assert "keeps at least one owner" in answer.content.decode()
    answer = owner_client.post(
        ROLES, {"action": "delete_selected", "_selected_action": own.pk, "post": "yes"}, follow=True
    )
    assert "keeps at least one owner" in answer.content.decode()
    assert ForumRole.objects.filter(pk=own.pk).exists()


def test_a_role_of_another_forum_does_not_exist(owner_client: Client, other_forum: Forum) -> None:
    theirs = ForumRoleFactory(forum=other_forum, role=Role.VIEWER)
    assert owner_client.get(f"{ROLES}{theirs.pk}/change/").status_code == 404
    assert owner_client.post(f"{ROLES}{theirs.pk}/delete/", {"post": "yes"}).status_code == 404
    assert str(theirs.user) not in owner_client.get(ROLES).content.decode()


def test_a_role_is_not_turned_into_another(owner_client: Client, viewer: User) -> None:
    role = viewer.forum_roles.get()
    assert owner_client.get(f"{ROLES}{role.pk}/change/").status_code == 200
    assert owner_client.post(f"{ROLES}{role.pk}/change/", {"role": Role.OWNER}).status_code == 403


# --- Accounts -------------------------------------------------------------------------------------


def test_an_owner_sees_her_colleagues_and_changes_none(
    owner_client: Client, viewer: User, stranger: User, other_forum: Forum
) -> None:
    foreign = ForumRoleFactory(forum=other_forum, user__email="foreign@example.org").user
    page = owner_client.get(USERS).content.decode()
    assert viewer.email in page
    assert stranger.email not in page
    assert foreign.email not in page
    assert owner_client.get(f"{USERS}{viewer.pk}/change/").status_code == 200
    assert owner_client.post(f"{USERS}{viewer.pk}/change/", {"email": "x@example.org"}).status_code == 403
    assert owner_client.get(f"{USERS}{stranger.pk}/change/").status_code == 404
    assert owner_client.get(f"{USERS}add/").status_code == 403


def test_nobody_but_an_administrator_becomes_one(owner_client: Client, owner: User) -> None:
    values = {"email": owner.email, "language": "en", "is_superuser": "on"}
    assert owner_client.post(f"{USERS}{owner.pk}/change/", values).status_code == 403
    owner.refresh_from_db()
    assert not owner.is_superuser


def test_an_administrator_changes_an_address_which_then_waits_to_be_confirmed(
    root: User, stranger: User, sign_in: SignIn
) -> None:
    values = {"email": "Other@example.org", "name": stranger.name, "language": "ko", "is_active": "on"}
    sign_in(root).post(f"{USERS}{stranger.pk}/change/", values)
    stranger.refresh_from_db()
    assert (stranger.email, stranger.language) == ("other@example.org", "ko")
    address = EmailAddress.objects.get(user=stranger)
    assert (address.email, address.verified) == ("other@example.org", False)
    changes = AuditEntry.objects.get(action="user.changed").changes
    assert changes["email"] == ["seoyeon@example.org", "other@example.org"]
    assert "password" not in changes


def test_an_administrator_cannot_lock_herself_out(root: User, sign_in: SignIn) -> None:
    values = {"email": root.email, "name": root.name, "language": "en", "is_active": "on", "is_staff": "on"}
    answer = sign_in(root).post(f"{USERS}{root.pk}/change/", values)
    assert answer.status_code == 200
    assert "your own access" in answer.content.decode()
    root.refresh_from_db()
    assert root.is_superuser


def test_a_new_account_has_no_password(root: User, sign_in: SignIn) -> None:
    sign_in(root).post(f"{USERS}add/", {"email": "new@example.org", "name": "New", "language": "vi"})
    made = User.objects.get(email="new@example.org")
    assert not made.has_usable_password()
    assert not EmailAddress.objects.get(user=made).verified


def test_accounts_are_never_deleted(root: User, stranger: User, sign_in: SignIn) -> None:
    browser = sign_in(root)
    assert browser.post(f"{USERS}{stranger.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "delete_selected" not in browser.get(USERS).content.decode()


@pytest.mark.parametrize("path", ["auth/group", "account/emailaddress", "mfa/authenticator"])
def test_tables_of_libraries_are_not_offered(root: User, sign_in: SignIn, path: str) -> None:
    assert sign_in(root).get(f"/admin/{path}/").status_code == 404


# --- The audit trail ------------------------------------------------------------------------------


def test_the_database_refuses_to_change_or_delete_an_entry(owner: User) -> None:
    record("test.done", owner, actor=owner, changes={"name": ("a", "b")})
    entry = AuditEntry.objects.get()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(reason="forged")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        entry.delete()
    assert AuditEntry.objects.get().reason == ""


def test_an_entry_is_gone_when_its_change_is_rolled_back(owner: User) -> None:
    with transaction.atomic():
        record("test.done", owner, actor=owner)
        assert AuditEntry.objects.exists()
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_an_entry_outlives_a_new_name_of_its_actor(owner: User) -> None:
    record("test.done", owner, actor=owner)
    owner.name = "Somebody Else"
    owner.save()
    assert AuditEntry.objects.get().actor_label == "Oanh <oanh@example.org>"


def test_values_of_every_kind_are_stored_as_text(owner: User, forum: Forum) -> None:
    session = SessionFactory(forum=forum)
    record(
        "test.done",
        session,
        actor=None,
        actor_label="load_demo",
        changes={
            "text": ("a\x00b", None),
            "truth": (True, False),
            "period": (None, session.period),
            "several": (["b", "a"], set()),
            "thing": (forum, None),
        },
    )
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.actor_label, entry.forum_id) == (None, "load_demo", forum.pk)
    assert entry.changes["text"] == ["ab", ""]
    assert entry.changes["truth"] == ["yes", "no"]
    assert entry.changes["several"] == ["b, a", ""]
    assert entry.changes["thing"] == [f"Vietnam–Korea Forum ({forum.pk})", ""]
    assert " – " in entry.changes["period"][1]


def test_the_trail_shows_ones_own_forums_only(
    owner: User, owner_client: Client, forum: Forum, other_forum: Forum
) -> None:
    foreigner = ForumRoleFactory(forum=other_forum, user__name="Foreigner").user
    record("session.moved", SessionFactory(forum=forum, title_en="Here"), actor=owner)
    record("session.moved", SessionFactory(forum=other_forum, title_en="There"), actor=foreigner)
    record("user.signed_in", owner, actor=owner)
    record("user.signed_in", foreigner, actor=foreigner)
    labels = AuditEntry.objects.visible_to(owner).values_list("target_label", flat=True)
    assert set(labels) == {"Here", "Oanh"}
    hidden = AuditEntry.objects.get(target_label="There")
    assert owner_client.get(f"{TRAIL}{hidden.pk}/change/").status_code == 404


def test_the_trail_is_read_and_never_written(owner: User, owner_client: Client) -> None:
    record("user.changed", owner, actor=owner, changes={"name": ("<b>a</b>", "b")}, reason="asked to")
    entry = AuditEntry.objects.get()
    page = owner_client.get(f"{TRAIL}{entry.pk}/change/").content.decode()
    assert "&lt;b&gt;a&lt;/b&gt;" in page
    assert "asked to" in page
    for path in ("add/", f"{entry.pk}/delete/"):
        assert owner_client.post(TRAIL + path, {"post": "yes"}).status_code == 403
    assert owner_client.post(f"{TRAIL}{entry.pk}/change/", {"reason": "x"}).status_code == 403
    assert owner_client.get(f"{TRAIL}{entry.pk}/history/").status_code == 404


@pytest.mark.parametrize("role", ["agenda_editor", "desk", "viewer"])
def test_only_owners_read_the_trail(request: pytest.FixtureRequest, sign_in: SignIn, role: str) -> None:
    assert sign_in(request.getfixturevalue(role)).get(TRAIL).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"session.moved", "session.changed", "user.signed_in"}),
        ("verb=moved", {"session.moved"}),
        ("actor={viewer}", {"session.changed"}),
        ("q=Screening", {"session.moved", "session.changed"}),
        ("q=Vinh", {"session.changed"}),
        ("forum={forum}", {"session.moved", "session.changed"}),
        ("at__gte=2099-01-01 00:00:00%2B07:00", set()),
    ],
)
def test_the_trail_is_searched_and_filtered(
    owner: User, viewer: User, owner_client: Client, forum: Forum, query: str, found: set[str]
) -> None:
    session = SessionFactory(forum=forum, title_en="Screening")
    record("session.moved", session, actor=owner)
    record("session.changed", session, actor=viewer)
    record("user.signed_in", owner, actor=owner)
    answer = owner_client.get(f"{TRAIL}?{query.format(viewer=viewer.pk, forum=forum.pk)}")
    assert {entry.action for entry in answer.context["cl"].result_list} == found


@pytest.mark.parametrize("query", ["forum=x", "actor=x", "verb=%F0%9F%98%80", "at__gte=x"])
def test_wrong_filters_of_the_trail_are_no_500(owner_client: Client, query: str) -> None:
    assert owner_client.get(f"{TRAIL}?{query}").status_code in {200, 302}


# User, roles, her forums; people and forums of the filters; count, entries; the forum of the bar.
TRAIL_QUERIES = 8


@pytest.mark.parametrize("rows", [1, 3])
def test_the_trail_asks_as_often_for_three_rows_as_for_one(
    owner: User, owner_client: Client, forum: Forum, assert_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        record("session.moved", SessionFactory(forum=forum), actor=owner, changes={"room": ("a", "b")})
    with assert_queries(TRAIL_QUERIES):
        answer = owner_client.get(TRAIL)
    assert len(answer.context["cl"].result_list) == rows


def test_every_verb_of_the_site_has_words() -> None:
    """Actions are written down all over the sources; each second half is in the table."""
    import re
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    apps = ("accounts", "outbox", "speakers", "events", "exhibitors", "registrations", "leads", "pages")
    sources = [path.read_text() for app in apps for path in (root / app).rglob("*.py")]
    written = re.findall(r'\brecord\(\s*f?"[\w{}.]+\.(\w+)"', "\n".join(sources))
    assert len(written) > 10
    assert set(written) <= set(VERBS)
    assert AuditEntryAdmin.list_display
