"""What was exported and imported is exported the same, byte for byte; where it came from, nothing changes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from accounts.models import Organization
from events import reading
from events.agenda import Agenda
from events.exports.schedule_json import schedule_json
from events.exports.schedule_xml import schedule_xml
from events.exports.sheet_xlsx import sheet_xlsx
from events.imports.reading import read_schedule
from events.models import AgendaRelease, Forum, Room, Session, SessionSpeaker, Topic, Track, Venue
from events.services.founding import found_forum
from events.services.importing import import_schedule
from speakers.models import Speaker
from tests.factories import (
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    TopicFactory,
    TrackFactory,
    at,
    in_three_languages,
)

Export = Callable[[Agenda, str], bytes]
Publish = Callable[[Forum], Any]
FORMATS: list[Any] = [
    pytest.param(schedule_xml, id="xml"),
    pytest.param(schedule_json, id="json"),
    pytest.param(sheet_xlsx, id="xlsx"),
]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def rich_forum(drafted_forum: Forum) -> Forum:
    """Give a forum whose draft has everything that could get lost on the way."""
    hall = Room.objects.get(slug="hall")
    namesake = RoomFactory(
        venue=drafted_forum.venue,
        slug="hall-b",
        position=3,
        capacity=None,
        **in_three_languages("name", "Hall"),
    )
    track = TrackFactory(forum=drafted_forum, weave=Track.Weave.KNOT, name_vi="", name_ko="", name_en="A & B")
    minister = Speaker.objects.get(slug="bui-the-duy")
    twin = SpeakerFactory(slug="bui-the-duy-2", name="Bùi Thế Duy", hangul_name="", country="VN")
    session = SessionFactory(
        forum=drafted_forum,
        slug="markup",
        room=namesake,
        track=track,
        starts_at=at(23, 30),
        minutes=90,
        title_vi="",
        title_ko="",
        title_en="Is p < 0.05 enough? <b>No</b> & “why”",
        abstract_vi="",
        abstract_ko="",
        abstract_en="First line\nSecond  line <p>\n\n=1+1 & -1",
        note_vi="",
        note_ko="",
        note_en="",
        seat_limit=12,
        recording_url="https://example.org/watch?v=1&t=2",
        spoken_languages=["vi", "ko"],
        interpretation=[],
        kind=Session.Kind.PANEL,
    )
    session.topics.set([TopicFactory(slug="screening"), TopicFactory(slug="ai")])
    parts: list[tuple[Any, str]] = [(twin, "chair"), (minister, "speaker"), (twin, "panelist")]
    for position, (speaker, role) in enumerate(parts):
        SessionSpeaker.objects.create(session=session, speaker=speaker, role=role, position=position)
    SessionFactory(forum=drafted_forum, slug="invited", room=hall, starts_at=at(12), visibility="invitation")
    SessionFactory(forum=drafted_forum, slug="off", room=hall, starts_at=at(12), state="cancelled")
    SessionFactory(forum=drafted_forum, slug="nowhere", room=None, track=None, starts_at=at(15), minutes=2000)
    SessionFactory(forum=drafted_forum, slug="secret", room=hall, starts_at=at(18), visibility="confidential")
    return drafted_forum


def exported(forum: Forum, export: Export, language: str, publish: Publish) -> bytes:
    """Publish the forum's draft and export it."""
    publish(forum)
    agenda = reading.current_agenda(forum)
    assert agenda is not None
    return export(agenda, language)


def forget_everything() -> None:
    """Empty the site, as a new installation is."""
    for model in (
        AgendaRelease,
        SessionSpeaker,
        Session,
        Track,
        Forum,
        Room,
        Venue,
        Speaker,
        Topic,
        Organization,
    ):
        model.objects.all().delete()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("export", FORMATS)
def test_nothing_changes_where_it_came_from(
    rich_forum: Forum, export: Export, language: str, publish: Publish
) -> None:
    content = exported(rich_forum, export, language, publish)

    plan = import_schedule(forum=rich_forum, file=read_schedule(content), by=None)

    assert [(one.label, one.changed) for one in plan.changes] == []
    assert [str(row.reason) for row in plan.refused] == []
    assert plan.is_empty
    # The confidential one is in no export, nor is the cancelled one in the XML.
    assert (plan.unchanged, plan.untouched) == ((6, 2) if export is schedule_xml else (7, 1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("export", FORMATS)
def test_an_empty_site_exports_the_same_bytes(
    rich_forum: Forum, export: Export, language: str, publish: Publish
) -> None:
    content = exported(rich_forum, export, language, publish)
    slug = rich_forum.slug
    frame = schedule_json(reading.current_agenda(rich_forum), language)  # type: ignore[arg-type]
    forget_everything()

    file = read_schedule(content)
    # A sheet holds sessions and what they need, not the forum around them.
    forum = found_forum(slug=slug, file=read_schedule(frame) if export is sheet_xlsx else file, by=None)
    plan = import_schedule(forum=forum, file=file, by=None)

    assert [str(row.reason) for row in plan.refused] == []
    assert exported(forum, export, language, publish) == content
    again = import_schedule(forum=forum, file=file, by=None)
    assert again.is_empty
