"""Publishing: numbered, immutable, once, and by one person at a time."""

import contextlib
import threading
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from events import agenda_document
from events.agenda_document import build_document, digest
from events.models import AgendaDigest, AgendaRelease, Forum, Session
from events.reading import current_agenda
from events.services import DraftChanged, NothingToPublish, publish_agenda
from tests.crowd import at_once
from tests.events.safeguards import constraint_switched_off, lock_switched_off
from tests.factories import ForumFactory


def change_something(forum: Forum, title: str = "Another title") -> None:
    Session.objects.filter(forum=forum, slug="opening").update(title_en=title)


def numbers(forum: Forum) -> list[tuple[int, bool]]:
    return list(forum.releases.order_by("number").values_list("number", "is_current"))


@pytest.mark.django_db
class TestPublishing:
    def test_releases_are_numbered_and_the_last_is_current(
        self, drafted_forum: Forum, agenda_editor: User
    ) -> None:
        first = publish_agenda(forum=drafted_forum, by=agenda_editor, note=" The first ")
        change_something(drafted_forum)
        second = publish_agenda(forum=drafted_forum, by=agenda_editor)

        assert (first.number, first.note, first.published_by) == (1, "The first", agenda_editor)
        assert second.number == 2
        assert second.digest == digest(build_document(drafted_forum))
        assert numbers(drafted_forum) == [(1, False), (2, True)]

    def test_publishing_twice_publishes_once_and_says_so(self, drafted_forum: Forum) -> None:
        first = publish_agenda(forum=drafted_forum, by=None)

        with pytest.raises(NothingToPublish) as refusal:
            publish_agenda(forum=drafted_forum, by=None)

        assert refusal.value.release == first
        assert numbers(drafted_forum) == [(1, True)]

    def test_a_draft_changed_back_is_news_again(self, drafted_forum: Forum) -> None:
        first = publish_agenda(forum=drafted_forum, by=None)
        change_something(drafted_forum)
        publish_agenda(forum=drafted_forum, by=None)
        change_something(drafted_forum, "Opening")

        third = publish_agenda(forum=drafted_forum, by=None)

        assert (third.number, third.digest) == (3, first.digest)

    def test_only_the_reviewed_draft_is_published(self, drafted_forum: Forum) -> None:
        reviewed = digest(build_document(drafted_forum))
        change_something(drafted_forum)

        with pytest.raises(DraftChanged):
            publish_agenda(forum=drafted_forum, by=None, reviewed=reviewed)

        assert numbers(drafted_forum) == []
        again = digest(build_document(drafted_forum))
        assert publish_agenda(forum=drafted_forum, by=None, reviewed=again).number == 1

    def test_who_published_stands_in_the_trail(self, drafted_forum: Forum, agenda_editor: User) -> None:
        release = publish_agenda(forum=drafted_forum, by=agenda_editor, note="For the press")

        entry = AuditEntry.objects.get(action="agenda.published")
        assert (entry.actor, entry.target_id, entry.reason) == (
            agenda_editor,
            str(release.pk),
            "For the press",
        )
        assert entry.changes == {"number": ["", "1"]}

    def test_the_database_refuses_to_change_what_was_published(
        self, published_forum: Forum, agenda_editor: User
    ) -> None:
        release = AgendaRelease.objects.get()
        refused: tuple[dict[str, Any], ...] = (
            {"document": {}},
            {"number": 7},
            {"note": "other"},
            {"digest": "x"},
            {"published_at": timezone.now()},
            {"published_by": agenda_editor},
            {"forum": ForumFactory(is_current=False)},
        )
        for changes in refused:
            with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
                AgendaRelease.objects.update(**changes)
        release.refresh_from_db()
        assert (release.number, len(release.document["sessions"])) == (1, 3)

    def test_the_database_refuses_a_second_current_release(self, published_forum: Forum) -> None:
        with pytest.raises(IntegrityError, match="release_one_current"):
            AgendaRelease.objects.create(
                forum=published_forum, number=2, document={}, digest="x", is_current=True
            )


# --- Two people press Publish together ----------------------------------------------------------------

PUBLISHERS = 8


class Meeting:
    """Makes publishers wait for each other between reading the last release and writing the next.

    With the lock they never meet there, so the wait ends by itself after a moment.
    """

    def __init__(self) -> None:
        self.barrier = threading.Barrier(PUBLISHERS)
        self.build = agenda_document.build_document

    def __call__(self, forum: Forum) -> Any:
        document = self.build(forum)
        # Each publisher has something of her own to say, so that nobody finds nothing to publish.
        document["forum"]["subtitle"] = {"vi": str(threading.get_ident()), "ko": "", "en": ""}
        with contextlib.suppress(threading.BrokenBarrierError):
            self.barrier.wait(timeout=0.3)
        return document


def publish_together(forum: Forum) -> dict[str, int]:
    """Let eight people publish at the same moment; return how often each end came."""
    deeds = [lambda: publish_agenda(forum=forum, by=None, actor_label="test")] * PUBLISHERS
    with mock.patch("events.agenda_document.build_document", Meeting()):
        return dict(at_once(deeds, threads=PUBLISHERS))


@pytest.mark.django_db(transaction=True)
class TestTwoPublishers:
    def test_different_drafts_become_releases_one_after_the_other(self, drafted_forum: Forum) -> None:
        assert publish_together(drafted_forum) == {"done": PUBLISHERS}
        assert numbers(drafted_forum) == [(n, n == PUBLISHERS) for n in range(1, PUBLISHERS + 1)]
        # One prepared mail a person, about the last of them.
        assert [digest.release.number for digest in AgendaDigest.objects.all()] == [PUBLISHERS]

    def test_the_same_draft_is_published_once_and_the_others_are_told(self, drafted_forum: Forum) -> None:
        deeds = [lambda: publish_agenda(forum=drafted_forum, by=None, actor_label="test")] * PUBLISHERS

        assert at_once(deeds, threads=PUBLISHERS) == {"done": 1, "NothingToPublish": PUBLISHERS - 1}
        assert numbers(drafted_forum) == [(1, True)]

    def test_without_the_lock_the_database_refuses_and_the_losers_hear_it_in_words(
        self, drafted_forum: Forum
    ) -> None:
        with lock_switched_off():
            ends = publish_together(drafted_forum)

        assert ends["done"] < PUBLISHERS, "The race did not appear, so the tests above prove nothing."
        assert set(ends) == {"done", "Conflict"}
        assert [number for number, _current in numbers(drafted_forum)] == list(range(1, ends["done"] + 1))
        assert [current for _number, current in numbers(drafted_forum)].count(True) == 1

    def test_negative_control_without_lock_and_constraints_two_releases_are_current(
        self, drafted_forum: Forum
    ) -> None:
        table = "events_agendarelease"
        with (
            constraint_switched_off(table, "release_number_in_forum"),
            constraint_switched_off(table, "release_one_current"),
            constraint_switched_off("events_agendadigest", "digest_one_prepared"),
            lock_switched_off(),
        ):
            ends = publish_together(drafted_forum)
            found = numbers(drafted_forum)

        assert ends == {"done": PUBLISHERS}
        assert len({number for number, _current in found}) < PUBLISHERS
        assert [current for _number, current in found].count(True) > 1, "The race did not appear."

    def test_a_release_shows_at_once(self, drafted_forum: Forum) -> None:
        assert current_agenda() is None
        publish_agenda(forum=drafted_forum, by=None)
        first = current_agenda()
        change_something(drafted_forum, "A new title")
        publish_agenda(forum=drafted_forum, by=None)
        second = current_agenda()

        assert first is not None
        assert second is not None
        assert (first.number, second.number) == (1, 2)
        assert second.sessions_by_slug["opening"].title["en"] == "A new title"
