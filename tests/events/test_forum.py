"""The days of a forum are those of the place where it is held."""

from datetime import UTC, date, datetime

import pytest

from events.models import Forum
from tests.factories import ForumFactory


@pytest.mark.parametrize(
    ("now", "day", "over"),
    [
        (datetime(2031, 5, 15, 16, 59, tzinfo=UTC), date(2031, 5, 15), False),
        (datetime(2031, 5, 15, 17, 0, tzinfo=UTC), date(2031, 5, 16), True),  # midnight in Hanoi
    ],
)
def test_it_is_over_when_its_last_day_has_ended(now: datetime, day: date, over: bool) -> None:
    forum: Forum = ForumFactory.build()

    assert forum.day_at(now) == day
    assert forum.is_over(now) is over
