"""Whatever an organizer does: taking all back leads to the beginning, doing all again to the end."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from events.models import Forum, Room
from events.services import (
    RoomTaken,
    SessionAddition,
    SessionMove,
    redo_step,
    steps_of,
    take_step,
    undo_step,
)
from events.services.sessions import EDITABLE
from events.services.steps import encoded
from tests.examples import examples
from tests.factories import at, in_three_languages, period

NAMES = sorted(EDITABLE | {"state", "topics", "people"})
HOURS = st.one_of(st.none(), st.integers(8, 17))
# Which session (by its place in the list), to which hour, into which room, in which state
CHANGE = st.tuples(
    st.integers(0, 4), HOURS, st.integers(0, 2), st.sampled_from(["planned", "confirmed", "cancelled"])
)
STEP = st.one_of(
    st.lists(CHANGE, min_size=1, max_size=3, unique_by=lambda change: change[0]),
    st.tuples(st.just("add"), HOURS),
)


def picture(forum: Forum) -> dict[str, Any]:
    """Return all that steps may change, by the sessions' lasting names."""
    return {
        str(session.uid): {name: encoded(session, name) for name in NAMES} for session in forum.sessions.all()
    }


def changes_of(step: Any, forum: Forum, number: int) -> list[Any]:
    """Return what ``take_step`` takes for a drawn step."""
    rooms: list[Any] = [*Room.objects.filter(venue=forum.venue), None]
    if isinstance(step, tuple):
        when = period(at(step[1])) if step[1] is not None else None
        return [
            SessionAddition(
                {"slug": f"extra-{number}", "period": when, **in_three_languages("title", "Extra")}
            )
        ]
    sessions = list(forum.sessions.select_related("forum").order_by("pk"))
    return [
        SessionMove(
            sessions[place % len(sessions)],
            sessions[place % len(sessions)].version,
            {"period": None if hour is None else period(at(hour)), "room": rooms[room]},
            state=state,
        )
        for place, hour, room, state in {one[0] % len(sessions): one for one in step}.values()
    ]


@pytest.mark.django_db
@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=1, max_size=6))
def test_all_the_way_back_and_forward_again(
    drafted_forum: Forum, agenda_editor: User, steps: list[Any]
) -> None:
    with transaction.atomic():
        beginning = picture(drafted_forum)
        for number, step in enumerate(steps):
            before = picture(drafted_forum)
            try:
                changes = changes_of(step, drafted_forum, number)
                take_step(forum=drafted_forum, by=agenda_editor, label="A step", changes=changes)
            except RoomTaken:
                assert picture(drafted_forum) == before
        end, count = picture(drafted_forum), steps_of(forum=drafted_forum, by=agenda_editor).count()

        for _number in range(count):
            undo_step(forum=drafted_forum, by=agenda_editor)
        assert picture(drafted_forum) == beginning
        for _number in range(count):
            redo_step(forum=drafted_forum, by=agenda_editor)
        assert picture(drafted_forum) == end
        transaction.set_rollback(True)
