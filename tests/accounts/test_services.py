"""Giving and taking roles."""

import threading
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from accounts import permissions, services
from accounts.models import AuditEntry, ForumRole, User
from accounts.services import LastOwner, account_for, grant_role, revoke_role
from core.audit import record
from core.errors import NotAllowed
from events.models import Forum
from outbox.models import Message
from outbox.rendering import render
from tests.factories import ForumFactory, ForumRoleFactory, UserFactory

Role = ForumRole.Role


def test_an_owner_gives_a_role_and_the_person_is_told(owner: User, forum: Forum, stranger: User) -> None:
    given = grant_role(user=stranger, forum=forum, role=Role.AGENDA_EDITOR, by=owner)
    stranger.refresh_from_db()
    assert (given.user, given.role, stranger.is_staff) == (stranger, Role.AGENDA_EDITOR, True)
    assert stranger.has_perm("events.publish_agenda", forum)
    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("account.role_given", stranger.email)
    actions = AuditEntry.objects.values_list("action", "actor", "forum_id")
    assert set(actions) == {("forumrole.added", owner.pk, forum.pk), ("user.changed", owner.pk, None)}


def test_a_forum_without_a_name_in_the_reader_s_language_is_named_in_another(
    owner: User, forum: Forum, stranger: User
) -> None:
    Forum.objects.filter(pk=forum.pk).update(name_en=None, name_vi="Diễn đàn")
    forum.refresh_from_db()
    grant_role(user=stranger, forum=forum, role=Role.VIEWER, by=owner)
    assert stranger.language == "en"
    assert render(Message.objects.get()).subject.startswith("Diễn đàn: ")


def test_giving_a_role_twice_changes_nothing(owner: User, forum: Forum, stranger: User) -> None:
    first = grant_role(user=stranger, forum=forum, role=Role.VIEWER, by=owner)
    entries = AuditEntry.objects.count()
    assert grant_role(user=stranger, forum=forum, role=Role.VIEWER, by=owner) == first
    assert (AuditEntry.objects.count(), Message.objects.count()) == (entries, 1)


@pytest.mark.parametrize("role", [Role.AGENDA_EDITOR, Role.REGISTRATION_DESK, Role.VIEWER])
def test_who_may_not_give_roles_gives_none(forum: Forum, stranger: User, role: Role) -> None:
    giver = UserFactory()
    ForumRoleFactory(user=giver, forum=forum, role=role)
    with pytest.raises(NotAllowed):
        grant_role(user=stranger, forum=forum, role=Role.VIEWER, by=giver)
    assert not stranger.forum_roles.exists()


def test_nobody_gives_more_than_she_has(
    owner: User, forum: Forum, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Today only owners give roles and they hold every right; a future role that may give some must not
    # give an owner's.
    smaller = {**permissions.RIGHTS, Role.OWNER: frozenset({"accounts.add_forumrole"})}
    smaller[Role.CHECK_IN] = smaller[Role.OWNER] | {"events.view_session"}
    monkeypatch.setattr(permissions, "RIGHTS", smaller)
    with pytest.raises(NotAllowed) as refused:
        grant_role(user=stranger, forum=forum, role=Role.CHECK_IN, by=owner)
    assert refused.value.field == "role"


def test_an_owner_of_one_forum_gives_no_role_in_another(owner: User, stranger: User) -> None:
    elsewhere = ForumFactory(slug="seoul-2032", is_current=False)
    with pytest.raises(NotAllowed):
        grant_role(user=stranger, forum=elsewhere, role=Role.VIEWER, by=owner)
    with pytest.raises(NotAllowed):
        revoke_role(ForumRoleFactory(user=stranger, forum=elsewhere, role=Role.VIEWER), by=owner)


def test_taking_the_last_role_closes_the_admin(owner: User, viewer: User, forum: Forum) -> None:
    revoke_role(viewer.forum_roles.get(), by=owner)
    viewer.refresh_from_db()
    assert not viewer.is_staff
    assert AuditEntry.objects.filter(action="forumrole.deleted", actor=owner, forum_id=forum.pk).exists()


def test_taking_a_role_twice_is_written_down_once(owner: User, viewer: User) -> None:
    first, second = viewer.forum_roles.get(), viewer.forum_roles.get()
    revoke_role(first, by=owner)
    revoke_role(second, by=owner)
    assert AuditEntry.objects.filter(action="forumrole.deleted").count() == 1


def test_the_last_owner_stays(owner: User, forum: Forum) -> None:
    with pytest.raises(LastOwner):
        revoke_role(owner.forum_roles.get(), by=owner)
    second = UserFactory()
    ForumRoleFactory(user=second, forum=forum, role=Role.OWNER)
    revoke_role(owner.forum_roles.get(), by=owner)
    with pytest.raises(LastOwner):
        revoke_role(second.forum_roles.get(), by=None)


def test_an_owner_who_cannot_sign_in_does_not_count(owner: User, forum: Forum) -> None:
    gone = UserFactory(is_active=False)
    ForumRoleFactory(user=gone, forum=forum, role=Role.OWNER)
    with pytest.raises(LastOwner):
        revoke_role(owner.forum_roles.get(), by=owner)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False])
def test_two_owners_cannot_remove_each_other_at_once(
    forum: Forum, owner: User, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    """With the lock one of them is refused; without it, as the control, the forum loses both."""
    second = UserFactory(name="Binh")
    ForumRoleFactory(user=second, forum=forum, role=Role.OWNER)
    roles = list(ForumRole.objects.filter(forum=forum, role=Role.OWNER).order_by("pk"))
    if not locked:
        plain = ForumRole.objects.none().__class__
        monkeypatch.setattr(plain, "select_for_update", lambda self, **options: self.all())
    # Both have looked before either writes: the moment in which the race is lost without a lock.
    looked = threading.Barrier(2)

    def pause(action: str, *args: Any, **kwargs: Any) -> None:
        if action == "forumrole.deleted" and not locked:
            looked.wait(timeout=10)
        record(action, *args, **kwargs)

    monkeypatch.setattr(services, "record", pause)
    refused: list[LastOwner] = []

    def remove(role: ForumRole) -> None:
        try:
            revoke_role(role, by=None)
        except LastOwner as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=[role]) for role in roles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = ForumRole.objects.filter(forum=forum, role=Role.OWNER).count()
    assert (left, len(refused)) == ((1, 1) if locked else (0, 0))


def test_an_account_is_made_once_for_an_address(db: None) -> None:
    made = account_for("New.Person@Example.org", language="ko")
    assert (made.email, made.language, made.has_usable_password()) == ("new.person@example.org", "ko", False)
    assert account_for("new.person@EXAMPLE.org ", language="vi") == made
    assert not EmailAddress.objects.get(user=made).verified


def test_a_password_set_by_whoever_never_confirmed_the_address_opens_nothing(db: None) -> None:
    claimed = User.objects.create_user("minister@example.org", "chosen by a stranger")
    EmailAddress.objects.create(user=claimed, email=claimed.email, primary=True, verified=False)
    account_for(claimed.email, language="vi")
    claimed.refresh_from_db()
    assert not claimed.has_usable_password()


def test_a_password_of_a_confirmed_address_stays(db: None) -> None:
    owned = User.objects.create_user("minister@example.org", "chosen by herself")
    EmailAddress.objects.create(user=owned, email=owned.email, primary=True, verified=True)
    account_for(owned.email, language="vi")
    owned.refresh_from_db()
    assert owned.check_password("chosen by herself")
