"""The demonstration forum with its tracks, kinds of attendance and agenda."""

from datetime import date, timedelta
from decimal import Decimal

from events.models import Forum, Track
from events.services import Part, add_session
from pages.demo.agenda import SESSIONS
from pages.demo.forum import FORUM
from pages.demo.practical import QUESTIONS
from pages.demo.privacy import CONSENT, PRIVACY_NOTICE
from pages.demo.records import LANGUAGES, Passage, SessionRecord, T
from pages.demo.registration_types import REGISTRATION_TYPES
from pages.demo.tracks import TRACKS
from pages.demo_loading.planning import local_period, write_planning
from pages.demo_loading.registration_setup import share_places
from pages.demo_loading.shared import Shared
from registrations.models import RegistrationType

# How the audit trail calls whoever wrote the demonstration.
ACTOR = "load_demo"
# A demonstration is always about to happen: its forum day is this far from the day it is loaded.
DAYS_AHEAD = 30


def forum_day_for(today: date) -> date:
    """The day of the opening for a forum that is loaded today."""
    return today + timedelta(days=DAYS_AHEAD)


def create_forum(*, shared: Shared, today: date) -> Forum:
    """Create the forum and all that hangs on it, as the current one if no other is."""
    forum_day = forum_day_for(today)
    forum = Forum.objects.create(
        slug=FORUM.slug,
        **FORUM.name.columns("name"),
        **FORUM.short_name.columns("short_name"),
        **FORUM.subtitle.columns("subtitle"),
        **FORUM.description.columns("description"),
        **_one_a_line("hosts", FORUM.hosts),
        **FORUM.host_note.columns("host_note"),
        **FORUM.cme_accreditation.columns("cme_accreditation"),
        **_headed_text("privacy", PRIVACY_NOTICE),
        **CONSENT.columns("consent_wording"),
        practical=[_question(passage) for passage in QUESTIONS],
        contact_email=FORUM.contact_email,
        time_zone=FORUM.time_zone,
        venue=shared.venue,
        first_day=forum_day - timedelta(days=1),
        main_day=forum_day,
        last_day=forum_day + timedelta(days=1),
        is_current=not Forum.objects.current().exists(),
        is_demo=True,
    )
    tracks = _create_tracks(forum)
    _create_registration_types(forum)
    for record in SESSIONS:
        _add_session(forum, record, shared=shared, tracks=tracks)
    write_planning(forum, shared.speakers)
    return forum


def _question(passage: Passage) -> dict[str, dict[str, str]]:
    return {
        "question": {code: passage.heading.in_language(code) for code in LANGUAGES},
        "answer": {code: passage.body.in_language(code) for code in LANGUAGES},
    }


def _one_a_line(name: str, text: T) -> dict[str, str]:
    """The translated columns of a field that wants one paragraph a line."""
    return {column: value.replace("\n\n", "\n") for column, value in text.columns(name).items()}


def _headed_text(name: str, passages: tuple[Passage, ...]) -> dict[str, str]:
    """The translated columns of a field that holds all passages, each heading on a line of its own."""
    return {
        f"{name}_{code}": "\n\n".join(
            f"{passage.heading.in_language(code)}\n{passage.body.in_language(code)}" for passage in passages
        )
        for code in LANGUAGES
    }


def _create_tracks(forum: Forum) -> dict[str, Track]:
    return {
        record.slug: Track.objects.create(
            forum=forum,
            slug=record.slug,
            weave=record.weave,
            position=position,
            **record.name.columns("name"),
            **record.description.columns("description"),
        )
        for position, record in enumerate(TRACKS, start=1)
    }


def _create_registration_types(forum: Forum) -> None:
    for position, record in enumerate(REGISTRATION_TYPES, start=1):
        RegistrationType.objects.create(
            forum=forum,
            slug=record.slug,
            **record.name.columns("name"),
            **record.description.columns("description"),
            capacity=record.capacity,
            visibility=record.visibility,
            needs_approval=record.needs_approval,
            colour=record.colour,
            position=position,
        )
    share_places(forum)


def _add_session(forum: Forum, record: SessionRecord, *, shared: Shared, tracks: dict[str, Track]) -> None:
    add_session(
        forum=forum,
        by=None,
        actor_label=ACTOR,
        fields={
            "slug": record.slug,
            "kind": record.kind,
            **record.title.columns("title"),
            **record.abstract.columns("abstract"),
            **(record.note.columns("note") if record.note else {}),
            "room": shared.rooms[record.room] if record.room else None,
            "period": local_period(forum, record.day, record.start, record.end),
            "track": tracks[record.track] if record.track else None,
            "spoken_languages": list(record.spoken),
            "interpretation": list(record.interpreted),
            "visibility": record.visibility,
            "seat_limit": record.seat_limit,
            "cme_credits": Decimal(record.cme_credits) if record.cme_credits else None,
            "is_demo": record.is_demo,
        },
        topics=[shared.topics[slug] for slug in record.topics],
        people=[Part(shared.speakers[part.speaker], part.role) for part in record.people],
    )
