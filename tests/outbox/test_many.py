"""Many mails of one decision."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from outbox.many import Draft, enqueue_many
from outbox.models import Message
from tests.conftest import CountQueries

pytestmark = pytest.mark.django_db


def draft(number: int, **values: Any) -> Draft:
    fields = {
        "recipient": f"reader{number}@example.org",
        "recipient_name": f"Reader\n{number}",
        "language": "ko",
        "context": {"words": "hello\x07"},
        "dedupe_key": f"many:{number}",
    } | values
    return Draft(**fields)


@pytest.mark.parametrize("count", [1, 3, 500])
def test_each_is_written_as_one_alone_would_be(
    count: int, assert_queries: CountQueries, django_capture_on_commit_callbacks: Any
) -> None:
    drafts = [draft(number) for number in range(count)]

    # The insert, and counting what is there.
    with assert_queries(2), django_capture_on_commit_callbacks() as woken:
        assert enqueue_many(kind="test.plain", drafts=drafts, forum_id=7) == count

    assert len(woken) == 1
    first = Message.objects.get(dedupe_key="many:0")
    assert (first.recipient_name, first.context, first.forum_id) == ("Reader 0", {"words": "hello"}, 7)
    assert first.status == "queued"


def test_what_was_written_before_is_not_written_again(django_capture_on_commit_callbacks: Any) -> None:
    enqueue_many(kind="test.plain", drafts=[draft(1)], forum_id=None)

    assert enqueue_many(kind="test.plain", drafts=[draft(1), draft(2)], forum_id=None) == 1
    with django_capture_on_commit_callbacks() as woken:
        assert enqueue_many(kind="test.plain", drafts=[draft(1), draft(2)], forum_id=None) == 0

    assert woken == []
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"recipient": "nobody"}, ValidationError),
        ({"language": "de"}, ValueError),
        ({"dedupe_key": ""}, ValueError),
    ],
)
def test_one_that_cannot_be_sent_keeps_all_back(wrong: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        enqueue_many(kind="test.plain", drafts=[draft(1), draft(2, **wrong)], forum_id=None)

    assert not Message.objects.exists()
