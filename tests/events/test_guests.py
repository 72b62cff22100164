"""Inviting people to a session that is not for everybody."""

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from events.models import Forum, Session, SessionGuest
from events.services import Guest, StaleEdit, set_guests

pytestmark = pytest.mark.django_db
LAN, MIN = Guest("lan@example.org", "Lan"), Guest("min@example.org")


@pytest.fixture
def screening(drafted_forum: Forum) -> Session:
    return Session.objects.get(slug="screening")


def test_guests_are_kept_by_address_and_the_trail_says_so(screening: Session, agenda_editor: User) -> None:
    current = set_guests(screening, by=agenda_editor, expected_version=1, guests=[LAN, MIN])
    kept = SessionGuest.objects.get(email="lan@example.org")

    again = set_guests(
        screening, by=agenda_editor, expected_version=2, guests=[Guest("LAN@example.org", "Lan Anh")]
    )

    assert (current.version, again.version) == (2, 3)
    [guest] = SessionGuest.objects.all()
    assert (guest.pk, guest.email, guest.name) == (kept.pk, "lan@example.org", "Lan Anh")
    first, second = AuditEntry.objects.filter(action="session.changed").order_by("id")
    assert first.changes["guests"] == ["", "min@example.org, Lan <lan@example.org>"]
    assert second.changes["guests"] == [
        "min@example.org, Lan <lan@example.org>",
        "Lan Anh <lan@example.org>",
    ]


def test_nothing_new_is_not_written(screening: Session, agenda_editor: User) -> None:
    set_guests(screening, by=agenda_editor, expected_version=1, guests=[LAN])

    current = set_guests(screening, by=agenda_editor, expected_version=2, guests=[LAN, LAN])

    assert current.version == 2
    assert AuditEntry.objects.count() == 1


def test_somebody_else_was_faster(screening: Session, agenda_editor: User) -> None:
    set_guests(screening, by=agenda_editor, expected_version=1, guests=[LAN])

    with pytest.raises(StaleEdit) as stale:
        set_guests(screening, by=None, expected_version=1, guests=[MIN])

    assert "An changed this session" in str(stale.value) or "Lan" in str(stale.value)
    assert [guest.email for guest in SessionGuest.objects.all()] == ["lan@example.org"]


def test_who_is_invited_is_in_the_history_for_those_alone_who_may_invite(
    screening: Session, agenda_editor: User, agenda_editor_client: Client, viewer_client: Client
) -> None:
    set_guests(screening, by=agenda_editor, expected_version=1, guests=[LAN])
    history = f"/admin/events/session/{screening.pk}/history/"

    assert "lan@example.org" in agenda_editor_client.get(history).content.decode()
    seen = viewer_client.get(history)
    assert seen.status_code == 200
    assert "lan@example.org" not in seen.content.decode()
