"""docs/privacy.md names every column in which something of a person stands."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from registrations.models.consents import Purpose
from registrations.own_data.json_file import FORMAT

PAGE = (Path(settings.BASE_DIR) / "docs" / "privacy.md").read_text()
# What organizers write about a forum; who wrote it stands in the audit trail.
OF_FORUMS = {
    "Broadcast",
    "CheckInDevice",
    "ConsentPurpose",
    "DecisionReason",
    "Door",
    "PriorityClass",
    "Question",
    "QuestionOption",
    "Quota",
    "RegistrationType",
}
OF_PEOPLE = {
    "accounts": {"User", "AuditEntry"},
    "events": {"AgendaNotice", "CalendarFeed", "SessionGuest", "Star"},
    "leads": {"Lead", "LeadVisit", "StaffPass"},
    "outbox": {"Message"},
    "registrations": {model.__name__ for model in apps.get_app_config("registrations").get_models()}
    - OF_FORUMS,
}


def columns_named(model: str) -> set[str]:
    """Return the columns that the section of a model names."""
    section = re.search(rf"^### {model}\n(.*?)(?=^##)", PAGE, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"`(\w+)`", section[1])) if section else set()


@pytest.mark.parametrize(
    ("app", "model"), [(app, model) for app, models in OF_PEOPLE.items() for model in sorted(models)]
)
def test_every_column_is_named_in_the_section_of_its_model(app: str, model: str) -> None:
    meta = apps.get_model(app, model)._meta
    columns = {field.name for field in (*meta.local_fields, *meta.local_many_to_many)}

    named = columns_named(model)

    assert columns - named == set(), "docs/privacy.md must say what these are for"
    assert {name for name in named if "_" in name} - columns == set(), "there is no such column any more"


def test_what_is_said_to_be_of_forums_exists_and_points_to_no_registration() -> None:
    for name in OF_FORUMS:
        fields = {field.name for field in apps.get_model("registrations", name)._meta.local_fields}
        assert not fields & {"registration", "email", "recipient", "latin_name"}, name


def test_every_purpose_and_the_format_are_named() -> None:
    for purpose in Purpose.values:
        assert f"**{purpose}**" in PAGE or f"`{purpose}`" in PAGE, purpose
    assert f"`{FORMAT}`" in PAGE


def test_it_says_plainly_that_a_lawyer_has_to_check_it() -> None:
    head, _kept = PAGE.split("## What is kept")
    assert "**A lawyer's check is needed.**" in head
