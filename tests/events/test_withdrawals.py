"""What calendars must take out: kept for thirty days, without words for what became confidential."""

from collections.abc import Callable
from typing import Any

import pytest

from events.agenda import read_document
from events.calendar_entry import withdrawn_event
from events.models import AgendaRelease, Forum, Session
from events.services import cancel_session, change_session
from events.withdrawals import withdrawn_between
from tests.conftest import Clock
from tests.events.documents import NOTHING, document, in_document, session, uid

pytestmark = pytest.mark.django_db

Publish = Callable[[Forum], AgendaRelease]


def nudge(forum: Forum) -> None:
    """Change something, so that there is a release to publish."""
    row = Session.objects.get(forum=forum, slug="opening")
    change_session(row, by=None, expected_version=row.version, fields={"seat_limit": row.version})


def withdrawn(release: AgendaRelease) -> list[tuple[str, str, int]]:
    return [(entry["slug"], entry["title"]["en"], entry["number"]) for entry in release.withdrawn]


def test_what_a_later_release_no_longer_names_is_withdrawn(published_forum: Forum, publish: Publish) -> None:
    screening = Session.objects.get(slug="screening")
    screening.delete()

    release = publish(published_forum)

    [entry] = release.withdrawn
    assert entry == {
        "uid": str(screening.uid),
        "slug": "screening",
        "title": in_document("Cancer screening"),
        "start": "2031-05-14T03:00:00Z",
        "end": "2031-05-14T04:00:00Z",
        "withdrawn_at": release.published_at.isoformat().replace("+00:00", "Z"),
        "number": 2,
    }
    assert published_forum.releases.get(number=1).withdrawn == []


def test_a_session_without_a_time_is_withdrawn_and_a_cancelled_one_is_not(
    published_forum: Forum, publish: Publish
) -> None:
    Session.objects.filter(slug="screening").update(period=None)
    cancel_session(Session.objects.get(slug="booths"), by=None)

    assert withdrawn(publish(published_forum)) == [("screening", "Cancer screening", 2)]


def test_a_withdrawal_is_handed_on_and_ends_after_thirty_days(
    published_forum: Forum, publish: Publish, clock: Clock
) -> None:
    Session.objects.filter(slug="screening").delete()
    publish(published_forum)
    clock.advance(days=29)
    nudge(published_forum)
    third = publish(published_forum)
    clock.advance(days=1)
    nudge(published_forum)
    fourth = publish(published_forum)

    assert withdrawn(third) == [("screening", "Cancer screening", 2)]
    assert withdrawn(fourth) == []


def test_a_session_that_is_announced_again_is_no_longer_withdrawn(
    published_forum: Forum, publish: Publish
) -> None:
    row = Session.objects.get(slug="screening")
    period = row.period
    Session.objects.filter(pk=row.pk).update(period=None)
    publish(published_forum)
    Session.objects.filter(pk=row.pk).update(period=period)

    assert publish(published_forum).withdrawn == []


def test_of_what_became_confidential_only_the_time_is_kept(published_forum: Forum, publish: Publish) -> None:
    Session.objects.filter(slug="screening").update(visibility="confidential")

    [entry] = publish(published_forum).withdrawn

    assert set(entry) == {"uid", "slug", "title", "start", "end", "withdrawn_at", "number"}
    assert (entry["slug"], entry["title"], entry["start"]) == ("", NOTHING, "2031-05-14T03:00:00Z")


def test_what_becomes_confidential_after_its_withdrawal_loses_its_words_too(
    published_forum: Forum, publish: Publish
) -> None:
    Session.objects.filter(slug="screening").update(period=None)
    publish(published_forum)
    Session.objects.filter(slug="screening").update(visibility="confidential")
    nudge(published_forum)

    assert withdrawn(publish(published_forum)) == [("", "", 2)]


def test_an_agenda_gives_its_withdrawals_and_calendars_drop_them(
    published_forum: Forum, publish: Publish
) -> None:
    Session.objects.filter(slug="screening").update(period=None)
    Session.objects.filter(slug="booths").update(visibility="confidential")
    release = publish(published_forum)
    agenda = read_document(
        release.document,
        number=release.number,
        published_at=release.published_at,
        digest=release.digest,
        withdrawn=release.withdrawn,
    )

    named, unnamed = agenda.withdrawn

    assert (named.slug, str(named.localized("title", "ko"))) == ("screening", "Cancer screening (한국어)")
    event = withdrawn_event(named, "ko")
    assert str(event["summary"]) == "Cancer screening (한국어)"
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 2)
    assert event.decoded("dtstart") == named.start
    assert str(event["uid"]).startswith(named.uid)
    assert "summary" not in withdrawn_event(unnamed, "ko")


def test_nothing_is_withdrawn_from_the_same_sessions(clock: Clock) -> None:
    old = document(session(1), session(2))

    def gone(*sessions: Any) -> list[str]:
        entries = withdrawn_between(old, document(*sessions), number=2, now=clock.instant)
        return [entry["uid"] for entry in entries]

    assert gone(session(2, title=in_document("New")), session(1)) == []
    assert gone(session(2), session(3)) == [uid(1)]
    assert gone() == [uid(1), uid(2)]
