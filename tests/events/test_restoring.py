"""Making the draft what a release was: everything it announced, and nothing that it did not know."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from core.errors import Conflict
from events.agenda_changes import changes_between
from events.agenda_document import Document, build_document, digest
from events.models import (
    AgendaRelease,
    Forum,
    Material,
    Room,
    Session,
    SessionGuest,
    SessionSpeaker,
    Topic,
    Track,
)
from events.services import (
    DraftChanged,
    RoomTaken,
    StaleEdit,
    cancel_session,
    change_session,
    publish_agenda,
    restore_release,
)
from events.services.restoration import OtherVenue, plan_restoration
from speakers.models import Speaker
from tests.factories import (
    ForumFactory,
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
    at,
    in_three_languages,
    period,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(published_forum: Forum) -> AgendaRelease:
    return AgendaRelease.objects.get()


def row(slug: str) -> Any:
    return Session.objects.get(slug=slug)


def change(slug: str, /, **fields: Any) -> Session:
    return change_session(row(slug), by=None, expected_version=row(slug).version, fields=fields)


def by_uid(document: Document) -> dict[str, Document]:
    return {session["uid"]: session for session in document["sessions"]}


def draft_of(release: AgendaRelease) -> Document:
    return build_document(release.forum)


# --- What comes again -----------------------------------------------------------------------------


def test_changed_sessions_take_their_values_again(release: AgendaRelease, agenda_editor: User) -> None:
    change("screening", period=period(at(14)), seat_limit=7, **in_three_languages("title", "Other"))
    cancel_session(row("booths"), by=None)

    plan = restore_release(release, by=agenda_editor)

    assert draft_of(release) == release.document
    assert len(plan.touched) == 2
    screening = row("screening")
    assert (screening.version, screening.period) == (3, period(at(10)))
    assert row("opening").version == 1


def test_a_deleted_session_comes_again_with_its_uid_and_address(
    release: AgendaRelease, agenda_editor: User
) -> None:
    uid = row("screening").uid
    row("screening").delete()

    plan = restore_release(release, by=agenda_editor)

    again = row("screening")
    assert again.uid == uid
    assert [part.speaker.slug for part in again.session_speakers.all()] == ["kim-ha-na", "bui-the-duy"]
    assert draft_of(release) == release.document
    assert [entry["slug"] for entry in plan.again] == ["screening"]


def test_two_sessions_that_swapped_room_time_and_address_swap_back(
    release: AgendaRelease, agenda_editor: User
) -> None:
    opening, screening = row("opening"), row("screening")
    Session.objects.filter(pk=opening.pk).update(period=None, slug="x")
    Session.objects.filter(pk=screening.pk).update(period=opening.period, slug="opening")
    Session.objects.filter(pk=opening.pk).update(period=screening.period, slug="screening")

    restore_release(release, by=agenda_editor)

    assert draft_of(release) == release.document
    assert row("opening").pk == opening.pk


def test_rooms_tracks_topics_and_speakers_that_are_gone_are_made_again(
    drafted_forum: Forum, agenda_editor: User
) -> None:
    row("screening").topics.add(TopicFactory(slug="ai"))
    release = publish_agenda(forum=drafted_forum, by=None)
    screening, booths = row("screening"), row("booths")
    booths.delete()
    screening.delete()
    Room.objects.get(slug="gallery").delete()
    Track.objects.get(slug="hospital").delete()
    Speaker.objects.get(slug="kim-ha-na").delete()
    Topic.objects.all().delete()

    plan = restore_release(release, by=agenda_editor)

    assert draft_of(release) == release.document
    assert {where: [entry["slug"] for entry in those] for where, those in plan.missing.items()} == {
        "rooms": ["gallery"],
        "tracks": ["hospital"],
        "topics": ["ai"],
        "speakers": ["kim-ha-na"],
    }


def test_people_keep_their_answers_and_take_their_order(release: AgendaRelease, agenda_editor: User) -> None:
    screening = row("screening")
    doctor = screening.session_speakers.get(speaker__slug="kim-ha-na")
    SessionSpeaker.objects.filter(pk=doctor.pk).update(
        position=9, answer="confirmed", answered_at="2031-01-01T00:00Z"
    )
    screening.session_speakers.create(speaker=SpeakerFactory(), role="chair", position=0)

    restore_release(release, by=agenda_editor)

    assert draft_of(release) == release.document
    doctor.refresh_from_db()
    assert (doctor.position, doctor.answer) == (1, "confirmed")


def test_materials_are_shown_as_they_were(drafted_forum: Forum, agenda_editor: User) -> None:
    screening = row("screening")
    facts = {"session": screening, "suffix": ".pdf", "content_type": "application/pdf", "size": 3}
    shown = Material.objects.create(title="Slides", file="materials/1.pdf", is_public=True, **facts)
    release = publish_agenda(forum=drafted_forum, by=None)
    Material.objects.create(title="Later", file="materials/2.pdf", is_public=True, **facts)
    Material.objects.filter(pk=shown.pk).update(is_public=False)

    restore_release(release, by=agenda_editor)

    assert draft_of(release) == release.document
    assert dict(Material.objects.values_list("title", "is_public")) == {"Slides": True, "Later": False}


# --- What stays -----------------------------------------------------------------------------------


def test_a_newer_session_loses_its_time_and_nothing_else(release: AgendaRelease, agenda_editor: User) -> None:
    newer = SessionFactory(forum=release.forum, slug="newer", starts_at=at(15), speakers=[SpeakerFactory()])

    plan = restore_release(release, by=agenda_editor)

    newer.refresh_from_db()
    assert (newer.period, newer.room is not None, newer.version) == (None, True, 2)
    assert newer.session_speakers.count() == 1
    assert [one.slug for one in plan.unscheduled] == ["newer"]
    assert draft_of(release) == release.document


def test_a_session_that_took_an_address_of_the_release_gets_another(
    release: AgendaRelease, agenda_editor: User
) -> None:
    row("screening").delete()
    Session.objects.create(forum=release.forum, slug="screening", **in_three_languages("title", "New"))
    SessionFactory(forum=release.forum, slug="screening-2", period=None)

    restore_release(release, by=agenda_editor)

    assert draft_of(release) == release.document
    assert set(Session.objects.values_list("slug", flat=True)) == {
        "opening",
        "screening",
        "booths",
        "screening-2",
        "screening-3",
    }


def test_confidential_sessions_stay_as_they_are(release: AgendaRelease, agenda_editor: User) -> None:
    secret = SessionFactory(
        forum=release.forum, visibility="confidential", starts_at=at(16), title_en="Protocol"
    )
    change("booths", visibility="confidential", **in_three_languages("title", "Secret booths"))

    plan = restore_release(release, by=agenda_editor)

    secret.refresh_from_db()
    assert (secret.version, secret.period) == (1, period(at(16)))
    assert (row("booths").visibility, row("booths").title_en) == ("confidential", "Secret booths")
    assert plan.confidential == 1
    wanted = by_uid(release.document)
    del wanted[str(row("booths").uid)]
    assert by_uid(draft_of(release)) == wanted


def test_of_a_session_by_invitation_what_the_release_does_not_know_stays(
    drafted_forum: Forum, agenda_editor: User
) -> None:
    change("screening", visibility="invitation", seat_limit=12, recording_url="https://media.example/1")
    SessionGuest.objects.create(session=row("screening"), email="guest@example.org")
    release = publish_agenda(forum=drafted_forum, by=None)
    garden = RoomFactory(venue=drafted_forum.venue, slug="garden")
    change("screening", room=garden, period=period(at(14)), seat_limit=30, note_en="Ring twice")

    restore_release(release, by=agenda_editor)

    screening = row("screening")
    assert screening.period == period(at(10))
    assert (screening.room, screening.seat_limit, screening.note_en) == (garden, 30, "Ring twice")
    assert (screening.recording_url, screening.guests.count()) == ("https://media.example/1", 1)
    assert draft_of(release) == release.document


def test_corrections_around_the_sessions_stay(release: AgendaRelease, agenda_editor: User) -> None:
    Room.objects.filter(slug="hall").update(name_en="Great hall")
    Speaker.objects.filter(slug="kim-ha-na").update(biography_en="Corrected")
    change("screening", seat_limit=7)

    plan = restore_release(release, by=agenda_editor)

    assert Room.objects.filter(slug="hall", name_en="Great hall").exists()
    assert {(one.where, one.slug) for one in plan.kept.things} == {
        ("rooms", "hall"),
        ("speakers", "kim-ha-na"),
    }
    draft = draft_of(release)
    assert draft["sessions"] == release.document["sessions"]
    assert changes_between(draft, release.document).sessions == ()


# --- What is refused ------------------------------------------------------------------------------


def in_the_way(release: AgendaRelease, **fields: Any) -> Session:
    """Move the screening away and put something else into its room at its time."""
    change("screening", period=period(at(14)))
    hall = Room.objects.get(slug="hall")
    session: Session = SessionFactory(
        **{"forum": release.forum, "room": hall, "starts_at": at(10, 30)} | fields
    )
    return session


def test_a_confidential_session_in_the_room_is_in_the_way(
    release: AgendaRelease, agenda_editor: User
) -> None:
    in_the_way(release, visibility="confidential")
    before = digest(draft_of(release))

    plan = plan_restoration(release, draft=draft_of(release), by=agenda_editor)
    assert len(plan.obstacles) == 1
    with pytest.raises(RoomTaken):
        restore_release(release, by=agenda_editor)

    assert digest(draft_of(release)) == before


def test_another_forums_session_in_the_house_is_in_the_way_and_not_named(
    release: AgendaRelease, agenda_editor: User
) -> None:
    other = ForumFactory(is_current=False, venue=release.forum.venue)
    in_the_way(release, forum=other, title_en="Their talk", track=None)

    with pytest.raises(RoomTaken) as refusal:
        restore_release(release, by=agenda_editor)

    assert "Their talk" not in str(refusal.value)


def test_a_session_by_invitation_whose_room_is_not_told_may_be_in_the_way(
    drafted_forum: Forum, agenda_editor: User
) -> None:
    change("booths", visibility="invitation", period=period(at(10)))
    release = publish_agenda(forum=drafted_forum, by=None)
    change("screening", period=period(at(14)))
    change("booths", room=Room.objects.get(slug="hall"), period=period(at(16)))

    with pytest.raises(RoomTaken) as refusal:
        restore_release(release, by=agenda_editor)

    assert refusal.value.other.slug == "booths"
    assert row("booths").period == period(at(16))


def test_what_is_cancelled_is_in_nobodys_way(release: AgendaRelease, agenda_editor: User) -> None:
    in_the_way(release, visibility="confidential", state="cancelled")

    restore_release(release, by=agenda_editor)

    assert draft_of(release) == release.document


def test_an_address_of_a_confidential_session_is_not_taken_away(
    release: AgendaRelease, agenda_editor: User
) -> None:
    row("screening").delete()
    SessionFactory(forum=release.forum, slug="screening", visibility="confidential", starts_at=at(16))

    with pytest.raises(Conflict) as refusal:
        restore_release(release, by=agenda_editor)

    assert refusal.value.field == "slug"
    assert Session.objects.count() == 3


def test_only_the_reviewed_draft_is_changed(release: AgendaRelease, agenda_editor: User) -> None:
    change("screening", seat_limit=7)
    reviewed = digest(draft_of(release))
    change("screening", seat_limit=8)

    with pytest.raises(DraftChanged):
        restore_release(release, by=agenda_editor, reviewed=reviewed)

    assert row("screening").seat_limit == 8


def test_a_release_of_another_house_is_refused(release: AgendaRelease, agenda_editor: User) -> None:
    Session.objects.update(room=None)
    Forum.objects.filter(pk=release.forum_id).update(venue=VenueFactory())

    with pytest.raises(OtherVenue):
        restore_release(release, by=agenda_editor)


# --- Traces ---------------------------------------------------------------------------------------


def test_each_session_has_one_entry_and_an_open_form_is_told(
    release: AgendaRelease, agenda_editor: User
) -> None:
    opened = change("screening", seat_limit=7)
    row("booths").delete()
    SessionFactory(forum=release.forum, slug="newer", starts_at=at(15))

    restore_release(release, by=agenda_editor)

    entries = AuditEntry.objects.filter(action="session.restored").order_by("target_label")
    assert [entry.actor for entry in entries] == [agenda_editor] * 3
    assert {entry.reason for entry in entries} == {str(release)}
    found = {Session.objects.get(pk=entry.target_id).slug: entry.changes for entry in entries}
    assert found["screening"] == {"seat_limit": ["7", ""], "version": ["2", "3"]}
    assert found["newer"]["period"][1] == ""
    assert found["booths"]["title_en"] == ["", "Exhibition"]
    with pytest.raises(StaleEdit):
        change_session(opened, by=agenda_editor, expected_version=2, fields={"seat_limit": 9})


def test_restoring_twice_changes_nothing_more(release: AgendaRelease, agenda_editor: User) -> None:
    change("screening", seat_limit=7)
    restore_release(release, by=agenda_editor)

    plan = restore_release(release, by=agenda_editor)

    assert plan.is_empty
    assert AuditEntry.objects.filter(action="session.restored").count() == 1


def test_many_sessions_cost_an_entry_each_and_nothing_else(
    forum: Forum, fill: Any, agenda_editor: User
) -> None:
    costs = []
    for first in (0, 3):
        fill(forum, 3 if first == 0 else 60, first=first)
        release = publish_agenda(forum=forum, by=None)
        Session.objects.filter(forum=forum).update(title_en="Other", seat_limit=3)
        with CaptureQueriesContext(connection) as found:
            plan = restore_release(release, by=agenda_editor)
        costs.append(len(found) - len(plan.touched))
    assert costs[0] == costs[1] <= 40
