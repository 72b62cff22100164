"""The table of rights, and rights per forum."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import SimpleLazyObject

from accounts import permissions
from accounts.models import ForumRole, User
from accounts.permissions import OWN_RIGHTS, RIGHTS, can, demand, forums_where
from events.models import Forum
from tests.factories import (
    ForumFactory,
    ForumRoleFactory,
    RegistrationFactory,
    SessionFactory,
    SpeakerFactory,
    UserFactory,
    in_three_languages,
)

Role = ForumRole.Role


@pytest.fixture
def other_forum(db: None) -> Forum:
    """Another edition, in which nobody of the first one has a role."""
    return ForumFactory(slug="seoul-2032", is_current=False, **in_three_languages("name", "Seoul"))


def test_every_role_has_its_row() -> None:
    assert set(RIGHTS) == set(Role)


def test_every_right_speaks_of_a_model_or_is_explained() -> None:
    known = {
        f"{model._meta.app_label}.{verb}_{model._meta.model_name}"
        for model in apps.get_models()
        for verb in ("view", "add", "change", "delete")
    }
    assert set().union(*RIGHTS.values()) - known == set(OWN_RIGHTS)


@pytest.mark.parametrize(
    ("role", "right", "allowed"),
    [
        (Role.OWNER, "events.publish_agenda", True),
        (Role.OWNER, "accounts.add_forumrole", True),
        (Role.OWNER, "accounts.view_auditentry", True),
        (Role.OWNER, "registrations.view_registration", True),
        (Role.OWNER, "accounts.change_user", False),
        (Role.OWNER, "events.add_forum", False),
        (Role.AGENDA_EDITOR, "events.change_session", True),
        (Role.AGENDA_EDITOR, "events.publish_agenda", True),
        (Role.AGENDA_EDITOR, "events.view_confidential_session", True),
        (Role.AGENDA_EDITOR, "registrations.view_registration", False),
        (Role.AGENDA_EDITOR, "accounts.add_forumrole", False),
        (Role.REGISTRATION_DESK, "registrations.change_registration", True),
        (Role.REGISTRATION_DESK, "outbox.resend_message", True),
        (Role.REGISTRATION_DESK, "events.change_session", False),
        (Role.REGISTRATION_DESK, "events.view_confidential_session", False),
        (Role.CHECK_IN, "registrations.view_registration", True),
        (Role.CHECK_IN, "registrations.change_registration", False),
        (Role.VIEWER, "events.view_session", True),
        (Role.VIEWER, "events.change_session", False),
        (Role.VIEWER, "registrations.view_registration", False),
        (Role.VIEWER, "outbox.view_message", False),
        (Role.PRESS_OFFICER, "events.view_session", True),
        (Role.EXHIBITION_MANAGER, "registrations.view_registration", False),
        (Role.MATCHMAKING_MANAGER, "registrations.view_registration", False),
    ],
)
def test_what_a_role_may_do(forum: Forum, role: Role, right: str, allowed: bool) -> None:
    user = UserFactory()
    ForumRoleFactory(user=user, forum=forum, role=role)
    assert user.has_perm(right, forum) is allowed
    assert user.has_perm(right) is allowed


def test_a_right_ends_at_the_border_of_its_forum(owner: User, forum: Forum, other_forum: Forum) -> None:
    here, there = SessionFactory(forum=forum), SessionFactory(forum=other_forum)
    assert owner.has_perm("events.change_session", here)
    assert not owner.has_perm("events.change_session", there)
    assert owner.has_perm("events.change_forum", forum)
    assert not owner.has_perm("events.change_forum", other_forum)
    assert list(forums_where(owner, "events.change_session")) == [forum]


def test_a_thing_inside_a_thing_belongs_to_the_same_forum(owner: User, other_forum: Forum) -> None:
    part = SessionFactory(forum=other_forum, speakers=[SpeakerFactory()]).session_speakers.get()
    assert permissions.forum_id_of(part) == other_forum.pk
    assert not owner.has_perm("events.change_sessionspeaker", part)


def test_what_belongs_to_no_forum_needs_the_right_in_any(agenda_editor: User, viewer: User) -> None:
    speaker = SpeakerFactory()
    assert agenda_editor.has_perm("speakers.change_speaker", speaker)
    assert not viewer.has_perm("speakers.change_speaker", speaker)


def test_a_superuser_may_do_everything_everywhere(other_forum: Forum) -> None:
    admin = UserFactory(is_superuser=True)
    assert admin.has_perm("events.change_session", SessionFactory(forum=other_forum))
    assert other_forum in forums_where(admin, "events.change_session")


def test_who_is_not_active_or_not_signed_in_may_do_nothing(owner: User, forum: Forum) -> None:
    owner.is_active = False
    assert not can(owner, "events.view_session", forum)
    assert not owner.has_perm("events.view_session", forum)
    assert not can(AnonymousUser(), "events.view_session", forum)
    assert not forums_where(AnonymousUser(), "events.view_session").exists()


def test_two_roles_add_up(forum: Forum, agenda_editor: User) -> None:
    ForumRoleFactory(user=agenda_editor, forum=forum, role=Role.REGISTRATION_DESK)
    assert agenda_editor.has_perm("registrations.change_registration", forum)
    assert agenda_editor.has_perm("events.publish_agenda", forum)


def test_a_stranger_gets_404_and_a_lacking_right_403(
    forum: Forum, other_forum: Forum, viewer: User, owner: User, stranger: User
) -> None:
    registration = RegistrationFactory(forum=forum)
    with pytest.raises(Http404):
        demand(stranger, "registrations.change_registration", registration)
    with pytest.raises(PermissionDenied):
        demand(viewer, "registrations.change_registration", registration)
    with pytest.raises(Http404):
        demand(owner, "events.change_session", SessionFactory(forum=other_forum))
    demand(owner, "registrations.change_registration", registration)


def test_a_request_reads_the_roles_once(owner: User, forum: Forum, django_assert_num_queries: Any) -> None:
    user = User.objects.get(pk=owner.pk)
    with django_assert_num_queries(1):
        assert user.has_perm("events.change_session", forum)
        assert user.has_perm("events.publish_agenda")
        assert not user.has_perm("accounts.change_user")
        assert user.has_module_perms("events")


def test_a_request_reads_the_roles_once_although_its_user_is_lazy(owner: User, assert_queries: Any) -> None:
    lazy: Any = SimpleLazyObject(lambda: User.objects.get(pk=owner.pk))
    assert lazy.email == owner.email
    with assert_queries(1):
        assert can(lazy, "events.change_session")
        assert lazy.has_perm("events.change_session")
    permissions.forget(lazy)
    with assert_queries(1):
        assert can(lazy, "events.change_session")
