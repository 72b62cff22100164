"""Which constraint refused a row."""

import pytest
from django.db import IntegrityError, transaction

from core.constraints import violated_constraint
from events.models import Forum
from tests.factories import ForumFactory


@pytest.mark.django_db
def test_the_database_names_the_constraint() -> None:
    ForumFactory()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ForumFactory()
    assert violated_constraint(caught.value) == "forum_one_current"
    assert Forum.objects.count() == 1


def test_an_error_without_details_names_none() -> None:
    assert violated_constraint(IntegrityError("from nowhere")) == ""
