"""The current release without a query, and never an old one for long."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache

from embedded.valkey import Valkey
from events import reading
from events.agenda import read_document
from events.models import AgendaRelease, Forum, Session
from events.reading import current_agenda, current_release
from events.services import publish_agenda
from tests.conftest import CountQueries
from tests.factories import ForumFactory

Fill = Callable[[Forum, int], list[Session]]
Publish = Callable[[Forum], Any]


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """Begin like a process that has just started."""
    reading._agenda.cache_clear()


@pytest.mark.django_db
class TestQueries:
    @pytest.mark.parametrize("count", [1, 3, 300])
    def test_two_cold_and_none_warm(
        self, forum: Forum, fill: Fill, publish: Publish, count: int, assert_queries: CountQueries
    ) -> None:
        fill(forum, count)
        publish(forum)
        cache.clear()

        with assert_queries(2):
            agenda = current_agenda()
        assert agenda is not None
        assert len(agenda.sessions) == count
        with assert_queries(0):
            assert current_agenda() is agenda

    def test_nothing_published_costs_one_query_and_then_none(
        self, forum: Forum, assert_queries: CountQueries
    ) -> None:
        with assert_queries(1):
            assert current_agenda() is None
        with assert_queries(0):
            assert current_agenda() is None

    def test_without_the_cache_it_is_one_query(
        self, published_forum: Forum, valkey: Valkey, assert_queries: CountQueries
    ) -> None:
        first = current_agenda()
        valkey.stop()

        with assert_queries(1):
            assert current_agenda() is first


@pytest.mark.django_db
class TestWhichRelease:
    def test_the_forum_of_the_site_unless_another_is_asked_for(self, published_forum: Forum) -> None:
        other = ForumFactory(slug="archive-2025", is_current=False)
        publish_agenda(forum=other, by=None, actor_label="test")

        here, there = current_agenda(), current_agenda(other)

        assert here is not None
        assert there is not None
        assert (here.forum.slug, there.forum.slug) == ("hanoi-2031", "archive-2025")

    def test_a_reader_never_puts_an_old_record_over_a_new_one(self, published_forum: Forum) -> None:
        old = reading._read(None)
        # Between her reading of the database and her writing to the cache somebody publishes.
        Session.objects.filter(slug="opening").update(title_en="New")
        publish_agenda(forum=published_forum, by=None, actor_label="test")
        reading.show_at_once(published_forum.pk)

        cache.add(reading._KEY.format("site"), old, 10)

        agenda = current_agenda()
        assert agenda is not None
        assert agenda.number == 2


@pytest.mark.django_db(transaction=True)
class TestTheFrame:
    def test_a_changed_forum_or_venue_makes_another_frame(self, published_forum: Forum) -> None:
        before = current_release()
        published_forum.contact_email = "new@example.org"
        published_forum.save()
        after_forum = current_release()
        published_forum.venue.save()
        after_venue = current_release()

        assert before is not None
        assert after_forum is not None
        assert after_venue is not None
        assert before.forum_changed_at < after_forum.forum_changed_at < after_venue.forum_changed_at
        assert before.digest == after_venue.digest

    def test_another_forum_of_the_site_shows_its_own_agenda_at_once(self, published_forum: Forum) -> None:
        assert current_agenda() is not None
        published_forum.is_current = False
        published_forum.save()
        assert current_agenda() is None
        ForumFactory(slug="next")
        assert current_agenda() is None


@pytest.mark.django_db
def test_a_document_of_another_version_is_refused(published_forum: Forum) -> None:
    release = AgendaRelease.objects.get()

    with pytest.raises(ValueError, match="version 1 to 3"):
        read_document(
            {**release.document, "version": 4},
            number=1,
            published_at=release.published_at,
            digest=release.digest,
        )


@pytest.mark.django_db
def test_a_release_of_version_1_is_read_without_recordings_materials_and_credits(
    published_forum: Forum,
) -> None:
    document = AgendaRelease.objects.get().document
    older = {**document, "version": 1, "sessions": [dict(session) for session in document["sessions"]]}
    for session in older["sessions"]:
        del session["recording"], session["materials"], session["cme_credits"], session["cme_minimum_percent"]

    agenda = read_document(older, number=1, published_at=datetime.now(UTC), digest="0")

    assert [(row.slug, row.recording, row.materials, row.cme_credits) for row in agenda.sessions] == [
        (session["slug"], "", (), None) for session in document["sessions"]
    ]
