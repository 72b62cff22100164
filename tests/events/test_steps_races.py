"""Two organizers move one session at the same moment: one is faster, nobody's change is lost unseen."""

import threading
from typing import Any
from unittest import mock

import pytest

from events.models import EditStep, Forum, Session
from events.services import SessionMove, steps, take_step
from tests.crowd import at_once
from tests.events.safeguards import lock_switched_off
from tests.factories import UserFactory, at, period

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
        everybody = threading.Barrier(EDITORS, timeout=30)

        def wait_for_all(*arguments: Any) -> None:
            # All of them have looked at the version by now, and nobody has written yet.
            everybody.wait()
            leave_places(*arguments)

        leave_places = steps._leave_places
        with lock_switched_off(), mock.patch("events.services.steps._leave_places", wait_for_all):
            ends, version = self.race(drafted_forum, talk)

        assert ends == {"done": EDITORS}, "The race did not appear, so the test above proves nothing."
        assert version == 2, "Eight changes, and the session looks as if there had been one."
