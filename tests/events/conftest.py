"""What the tests of the agenda share."""

from collections.abc import Callable
from typing import Any

import pytest

from events.models import Forum, Session
from events.services import publish_agenda
from tests.events.many import add_sessions


@pytest.fixture
def talk(drafted_forum: Forum) -> Session:
    """Give the talk of ``drafted_forum`` that stands in the hall from ten to eleven, with two people."""
    return drafted_forum.sessions.get(slug="screening")


@pytest.fixture
def fill() -> Callable[[Forum, int], list[Session]]:
    """Give a function that adds as many sessions as said to a forum's draft."""
    return add_sessions


@pytest.fixture
def publish(django_capture_on_commit_callbacks: Any) -> Callable[[Forum], Any]:
    """Give a function that publishes a forum's draft, with what follows the commit."""

    def publish_now(forum: Forum) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return publish_agenda(forum=forum, by=None, actor_label="test")

    return publish_now
