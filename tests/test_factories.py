"""The factories make rows that the database and the models' own checks accept."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from modeltranslation.translator import translator

from core.i18n import LANGUAGE_CODES, missing_translations
from registrations.models import Registration, RegistrationType
from tests import factories

FACTORIES = [
    thing
    for name, thing in vars(factories).items()
    if name.endswith("Factory") and getattr(thing, "_meta", None) and thing._meta.model
]


@pytest.mark.django_db
@pytest.mark.parametrize("make", FACTORIES, ids=lambda make: make.__name__)
def test_every_factory_makes_valid_rows_in_three_languages(make: Any) -> None:
    rows = [make()]
    if make is not factories.ForumFactory:  # the database allows one current forum
        rows.append(make(**shared_forum(rows[0])))
    for row in rows:
        assert isinstance(row, models.Model)
        row.full_clean()
        if type(row) in translator.get_registered_models():
            fields = translator.get_options_for_model(type(row)).get_field_names()
            assert missing_translations(row, fields) == []
            assert any(all(getattr(row, f"{name}_{code}") for code in LANGUAGE_CODES) for name in fields)


def shared_forum(row: models.Model) -> dict[str, Any]:
    """Return the argument that puts a second row into the forum of the first."""
    if hasattr(row, "forum") and hasattr(row, "registration"):
        return {"registration": factories.RegistrationFactory(forum=row.forum)}
    if hasattr(row, "forum"):
        return {"forum": row.forum}
    if hasattr(row, "session"):
        return {"session": row.session}
    return (
        {"registration": factories.RegistrationFactory(forum=row.registration.forum)}
        if hasattr(row, "registration")
        else {}
    )


@pytest.mark.django_db
def test_places_are_counted_for_made_up_registrations_too() -> None:
    kind = factories.RegistrationTypeFactory(capacity=2)
    factories.RegistrationFactory(type=kind, forum=kind.forum)
    factories.RegistrationFactory(type=kind, forum=kind.forum, status=Registration.Status.CANCELLED)
    assert RegistrationType.objects.get(pk=kind.pk).taken == 1


@pytest.mark.django_db
def test_a_row_that_breaks_a_rule_is_noticed() -> None:
    row = factories.ForumFactory()
    row.time_zone = "Mars/Olympus"
    with pytest.raises(ValidationError, match="Mars/Olympus"):
        row.full_clean()
