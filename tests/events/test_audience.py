"""Who wants to know what happens to a session."""

import uuid
from collections.abc import Collection, Iterator

import pytest

from events import audience
from events.audience import Listener, listeners, register_source
from events.models import Forum, Session, SessionGuest
from speakers.models import Speaker
from tests.conftest import CountQueries
from tests.factories import SessionFactory, SpeakerFactory, UserFactory


@pytest.fixture
def uids(drafted_forum: Forum) -> dict[str, uuid.UUID]:
    return dict(Session.objects.values_list("slug", "uid"))


def test_speakers_are_known_by_their_address_and_language(uids: dict[str, uuid.UUID]) -> None:
    Speaker.objects.filter(slug="kim-ha-na").update(email="kim@example.org", language="ko")
    Speaker.objects.filter(slug="bui-the-duy").update(email="")

    assert list(listeners([uids["screening"], uids["opening"]])) == [
        Listener("kim@example.org", "김하나", "ko", "speaker", uids["screening"])
    ]


def test_guests_read_the_language_of_their_account(uids: dict[str, uuid.UUID]) -> None:
    session = Session.objects.get(slug="booths")
    UserFactory(email="MINH@example.org", language="vi")
    SessionGuest.objects.create(session=session, email="Minh@Example.org", name="Minh")
    SessionGuest.objects.create(session=session, email="new@example.org")

    assert list(listeners([session.uid])) == [
        Listener("new@example.org", "", "en", "guest", session.uid),
        Listener("Minh@Example.org", "Minh", "vi", "guest", session.uid),
    ]


def test_other_apps_add_their_own_and_are_asked_once(
    uids: dict[str, uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audience, "_sources", [])

    def holders(wanted: Collection[uuid.UUID]) -> Iterator[Listener]:
        for uid in wanted:
            yield Listener("seat@example.org", "Seat", "vi", "seat", uid)

    register_source(holders)
    register_source(holders)

    assert [found.session_uid for found in listeners([uids["opening"]])] == [uids["opening"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_sessions_costs_nothing(
    forum: Forum, count: int, assert_queries: CountQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audience, "_sources", [audience.speakers, audience.guests])
    sessions = [SessionFactory(forum=forum, speakers=[SpeakerFactory()]) for _ in range(count)]
    for session in sessions:
        SessionGuest.objects.create(session=session, email="guest@example.org")

    with assert_queries(3):
        assert len(list(listeners([session.uid for session in sessions]))) == 2 * count
