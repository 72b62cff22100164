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


@pytest.mark.parametrize(
    ("last_day", "months", "until"),
    [
        (date(2031, 5, 15), 12, date(2032, 5, 15)),
        (date(2031, 11, 30), 3, date(2032, 2, 29)),
        (date(2031, 12, 31), 1, date(2032, 1, 31)),
    ],
)
def test_how_long_it_keeps_personal_data(last_day: date, months: int, until: date) -> None:
    assert ForumFactory.build(last_day=last_day, personal_data_months=months).personal_data_until == until


class TestVersionOfTheConsent:
    @pytest.mark.parametrize("language", ["vi", "ko", "en"])
    def test_another_sentence_in_any_language_is_another_version(self, forum: Forum, language: str) -> None:
        setattr(forum, f"consent_wording_{language}", "Something else.")
        forum.save()
        forum.refresh_from_db()

        assert forum.consent_version == 2

    def test_a_script_cannot_forget_it(self, forum: Forum) -> None:
        Forum.objects.filter(pk=forum.pk).update(consent_wording_en="Something else.")
        forum.refresh_from_db()

        assert forum.consent_version == 2

    def test_other_changes_leave_it(self, forum: Forum) -> None:
        forum.contact_email = "new@example.org"
        forum.save()
        forum.refresh_from_db()

        assert forum.consent_version == 1

    def test_who_opened_the_form_earlier_does_not_set_it_back(self, forum: Forum) -> None:
        Forum.objects.filter(pk=forum.pk).update(consent_wording_en="Something else.")
        forum.save(update_fields=["consent_version", "contact_email"])
        forum.refresh_from_db()

        assert forum.consent_version == 2
