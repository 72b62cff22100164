"""Accepting a warning: with a reason, written down, and only while it is what the organizer saw."""

import threading
from typing import Any

import pytest
from django.db import close_old_connections, connection
from django.utils import translation

from accounts.models import AuditEntry, User
from core.errors import Conflict, DomainError
from events.clashes import Clash, clashes_of
from events.models import AcceptedClash, Forum, Session
from events.services import accept_clash, change_session, withdraw_acceptance
from speakers.models import Speaker
from tests.events.safeguards import constraint_switched_off
from tests.factories import SessionFactory, at, in_three_languages, period


def planted(forum: Forum, **fields: Any) -> Clash:
    """Put the doctor into a second session at the same time and return the clash."""
    SessionFactory(
        forum=forum,
        slug="visit",
        starts_at=at(10, 30),
        speakers=[Speaker.objects.get(slug="kim-ha-na")],
        **in_three_languages("title", "Visit"),
        **fields,
    )
    [clash] = clashes_of(forum)
    return clash


@pytest.mark.django_db
class TestAccepting:
    def test_a_reason_is_kept_and_the_trail_says_what_was_accepted(
        self, drafted_forum: Forum, agenda_editor: User
    ) -> None:
        clash = planted(drafted_forum)

        decision = accept_clash(
            forum=drafted_forum, key=clash.key, reason=" She only greets. ", by=agenda_editor
        )

        assert (decision.reason, decision.accepted_by) == ("She only greets.", agenda_editor)
        [again] = clashes_of(drafted_forum)
        assert again.accepted == decision
        entry = AuditEntry.objects.get(action="warning.accepted")
        assert (entry.actor, entry.reason, entry.forum_id) == (
            agenda_editor,
            "She only greets.",
            drafted_forum.pk,
        )
        assert entry.changes["warning"][1] == (
            "Kim Ha-na is in “Cancer screening” and in “Visit” at the same time: "
            "Wednesday 14 May, 10:30–11:00."
        )

    def test_twice_is_once(self, drafted_forum: Forum, agenda_editor: User, owner: User) -> None:
        key = planted(drafted_forum).key
        first = accept_clash(forum=drafted_forum, key=key, reason="She only greets.", by=agenda_editor)

        assert accept_clash(forum=drafted_forum, key=key, reason="Another", by=owner) == first
        assert AcceptedClash.objects.get().reason == "She only greets."
        assert AuditEntry.objects.filter(action="warning.accepted").count() == 1

    @pytest.mark.parametrize("reason", ["", " \n "])
    def test_a_reason_is_needed(self, drafted_forum: Forum, agenda_editor: User, reason: str) -> None:
        key = planted(drafted_forum).key

        with pytest.raises(DomainError) as refused:
            accept_clash(forum=drafted_forum, key=key, reason=reason, by=agenda_editor)

        assert refused.value.field == "reason"
        assert not AcceptedClash.objects.exists()

    def test_what_changed_meanwhile_is_looked_at_again(
        self, drafted_forum: Forum, agenda_editor: User
    ) -> None:
        key = planted(drafted_forum).key
        visit = Session.objects.get(slug="visit")
        change_session(visit, by=None, expected_version=1, fields={"period": period(at(10, 45))})

        with pytest.raises(Conflict):
            accept_clash(forum=drafted_forum, key=key, reason="Fine", by=agenda_editor)

        assert not AcceptedClash.objects.exists()

    def test_what_one_may_not_see_cannot_be_accepted(self, drafted_forum: Forum, viewer: User) -> None:
        key = planted(drafted_forum, visibility="confidential").key

        with pytest.raises(Conflict):
            accept_clash(forum=drafted_forum, key=key, reason="Fine", by=viewer)

    def test_withdrawing_opens_it_again_and_is_written_down(
        self, drafted_forum: Forum, agenda_editor: User, owner: User
    ) -> None:
        key = planted(drafted_forum).key
        accept_clash(forum=drafted_forum, key=key, reason="Fine", by=agenda_editor)

        withdraw_acceptance(forum=drafted_forum, key=key, by=owner)
        withdraw_acceptance(forum=drafted_forum, key=key, by=owner)

        [clash] = clashes_of(drafted_forum)
        assert clash.is_open
        entry = AuditEntry.objects.get(action="warning.withdrawn")
        assert (entry.actor, entry.changes) == (owner, {"reason": ["Fine", ""]})


@pytest.mark.django_db(transaction=True)
def test_a_room_taken_twice_is_never_accepted(drafted_forum: Forum, agenda_editor: User) -> None:
    hall = Session.objects.get(slug="screening").room
    with constraint_switched_off("events_session", "session_one_per_room"):
        SessionFactory(forum=drafted_forum, room=hall, starts_at=at(10))
        [clash] = clashes_of(drafted_forum)
        assert clash.severity == "blocking"

        with translation.override("en"), pytest.raises(DomainError, match="one session at a time"):
            accept_clash(forum=drafted_forum, key=clash.key, reason="Fine", by=agenda_editor)


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_together_make_one_decision(drafted_forum: Forum, agenda_editor: User) -> None:
    key = planted(drafted_forum).key
    start = threading.Barrier(4)
    decisions, failures = [], []

    def accept(number: int) -> None:
        try:
            start.wait()
            decisions.append(
                accept_clash(forum=drafted_forum, key=key, reason=f"Reason {number}", by=agenda_editor).pk
            )
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            failures.append(error)
        finally:
            connection.close()
            close_old_connections()

    threads = [threading.Thread(target=accept, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(decisions) == 4
    assert {*decisions} == {AcceptedClash.objects.get().pk}
    assert AuditEntry.objects.filter(action="warning.accepted").count() == 1
