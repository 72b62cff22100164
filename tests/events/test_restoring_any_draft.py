"""Restoring after any edits, and while somebody edits: the draft is the release again."""

import contextlib
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from events.agenda_document import build_document
from events.models import AgendaRelease, Forum, Room, Session
from events.services import add_session, restore_release
from speakers.models import Speaker
from tests.crowd import at_once
from tests.examples import examples
from tests.factories import SessionFactory, TopicFactory, at, in_three_languages, period

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(published_forum: Forum) -> AgendaRelease:
    return AgendaRelease.objects.get()


HOURS = st.integers(8, 18)
DEEDS = (
    *("move", "room", "cancel", "reinstate", "delete", "title", "unschedule"),
    *("people", "slug", "visibility", "add", "track", "topics"),
)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.integers(0, 3),
        HOURS,
    ),
    max_size=8,
)


def edit(forum: Forum, deed: str, which: int, hour: int) -> None:
    """Do something to the draft, as far as the database lets it happen."""
    rows = Session.objects.filter(forum=forum).order_by("uid")
    one = rows[which] if which < rows.count() else None
    if deed == "add":
        SessionFactory(
            forum=forum, starts_at=at(hour), room=Room.objects.get(slug="hall"), slug=f"new-{hour}"
        )
    elif one is None:
        return
    elif deed == "delete":
        one.delete()
    elif deed == "people":
        one.session_speakers.create(speaker=Speaker.objects.order_by("pk")[which % 2], role="chair")
    elif deed == "topics":
        one.topics.set([TopicFactory(slug=f"topic-{hour}-{which}")])
    else:
        values: dict[str, dict[str, Any]] = {
            "move": {"period": period(at(hour))},
            "room": {"room": Room.objects.order_by("slug")[which % 2]},
            "cancel": {"state": "cancelled"},
            "reinstate": {"state": "confirmed"},
            "title": {"title_ko": f"제목 {hour}", "abstract_en": ""},
            "unschedule": {"period": None},
            "slug": {"slug": ["opening", "screening", "booths", "other"][which]},
            "visibility": {"visibility": ["public", "registered", "public", "registered"][which]},
            "track": {"track": None},
        }
        Session.objects.filter(pk=one.pk).update(**values[deed])


@settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=EDITS)
def test_after_any_edits_the_draft_is_the_release_again(
    release: AgendaRelease, agenda_editor: User, edits: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        for deed, which, hour in edits:
            with contextlib.suppress(IntegrityError), transaction.atomic():
                edit(release.forum, deed, which, hour)
        before = Session.objects.count()
        here = {str(uid) for uid in Session.objects.values_list("uid", flat=True)}
        again = len({session["uid"] for session in release.document["sessions"]} - here)

        restore_release(release, by=agenda_editor)

        assert build_document(release.forum) == release.document
        assert Session.objects.count() == before + again
        transaction.set_rollback(True)


# --- Two at once ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_restoring_while_others_edit_leaves_a_whole_draft(
    release: AgendaRelease, agenda_editor: User
) -> None:
    """Whoever comes later wins her session; the room holds one at a time, and nothing is half done."""
    Session.objects.filter(slug="screening").update(period=period(at(14)))
    hall = Room.objects.get(slug="hall")

    def add() -> None:
        add_session(
            forum=release.forum,
            by=agenda_editor,
            fields={
                "slug": "new",
                "room": hall,
                "period": period(at(10)),
                **in_three_languages("title", "New"),
            },
        )

    ends = at_once([lambda: restore_release(release, by=agenda_editor), add], threads=2)

    # The newcomer is refused, or she came first and has lost her time.
    assert ends in ({"done": 1, "RoomTaken": 1}, {"done": 2})
    assert build_document(release.forum) == release.document
