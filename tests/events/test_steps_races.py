"""Two organizers move one session at the same moment: one is faster, nobody's change is lost unseen."""

from typing import Any

import pytest

from events.models import EditStep, Forum, Session
from events.services import SessionMove, take_step
from tests.crowd import at_once
from tests.events.safeguards import lock_switched_off
from tests.factories import UserFactory, at, period


@pytest.fixture
def talk(drafted_forum: Forum) -> Session:
    """Give the talk of ``drafted_forum`` that stands in the hall from ten to eleven."""
    return drafted_forum.sessions.get(slug="screening")


EDITORS = 8


@pytest.mark.django_db(transaction=True)
class TestEditorsOfOneSession:
    def race(self, forum: Forum, talk: Session) -> tuple[dict[str, int], int]:
        """Let each editor move the session from the version that all saw; return the ends and the version."""
        editors = [UserFactory() for _number in range(EDITORS)]

        def deed(number: int) -> Any:
            return lambda: take_step(
                forum=forum,
                by=editors[number],
                label="Moved",
                changes=[SessionMove(talk, 1, {"period": period(at(12 + number))})],
            )

        ends = at_once([deed(number) for number in range(EDITORS)], threads=EDITORS)
        return dict(ends), Session.objects.get(pk=talk.pk).version

    def test_one_is_faster_and_all_others_are_told(self, drafted_forum: Forum, talk: Session) -> None:
        assert self.race(drafted_forum, talk) == ({"done": 1, "StaleEdit": EDITORS - 1}, 2)
        assert EditStep.objects.count() == 1

    def test_negative_control_without_the_lock_changes_are_lost(
        self, drafted_forum: Forum, talk: Session
    ) -> None:
        with lock_switched_off():
            ends, _version = self.race(drafted_forum, talk)

        assert ends.get("done", 0) > 1, "The race did not appear, so the test above proves nothing."
