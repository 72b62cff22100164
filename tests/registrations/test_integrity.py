"""check_integrity finds what was planted, and nothing in a forum that only services touched."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from events.models import AgendaRelease, Forum
from outbox.models import Message
from registrations import services
from registrations.integrity import differences
from registrations.models import Consent, Registration, RegistrationType
from tests.factories import RegistrationFactory
from tests.registrations.conftest import Register


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        # A table cannot be altered while checks of this transaction wait for its end.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


@pytest.fixture
def lived_in(published_forum: Forum, register: Register) -> Forum:
    """Give a forum in which people registered, corrected themselves and cancelled."""
    press = published_forum.registration_types.get(slug="press")
    mai = register(type=press)
    register(email="lan@example.org")
    services.correct_details(mai, name="Mai", organization_name="Viện Mẫu")
    services.cancel_registration(mai, by=None)
    register(type=press, email="hana@example.org", language="ko")
    return published_forum


def test_a_forum_that_only_services_touched_has_no_differences(lived_in: Forum) -> None:
    assert differences() == []


def plant_count() -> None:
    run("ALTER TABLE registrations_registrationtype DISABLE TRIGGER registration_type_count")
    RegistrationType.objects.filter(slug="guest").update(taken=7)
    run("ALTER TABLE registrations_registrationtype ENABLE TRIGGER registration_type_count")


def plant_oversell() -> None:
    run("ALTER TABLE registrations_registrationtype DROP CONSTRAINT registration_type_not_oversold")
    RegistrationType.objects.filter(slug="press").update(capacity=0)


def plant_second_live() -> None:
    run("DROP INDEX registration_one_live_per_email")
    holder = Registration.objects.confirmed().earliest("created_at")
    RegistrationFactory(forum=holder.forum, type=holder.type, email=holder.email.upper())


def plant_missing_mail() -> None:
    Message.objects.filter(kind="registration.confirmed").earliest("created_at").delete()


def plant_missing_cancellation() -> None:
    Message.objects.filter(kind="registration.cancelled").delete()


def plant_missing_consent() -> None:
    Consent.objects.earliest("agreed_at").delete()


def plant_contradiction() -> None:
    run("ALTER TABLE registrations_registration DROP CONSTRAINT registration_cancelled_has_time")
    live = Registration.objects.confirmed().earliest("created_at")
    Registration.objects.filter(pk=live.pk).update(cancelled_at=datetime(2031, 1, 1, tzinfo=UTC))


def plant_forged_release() -> None:
    run("ALTER TABLE events_agendarelease DISABLE TRIGGER release_immutable")
    AgendaRelease.objects.update(document={"forged": True})
    run("ALTER TABLE events_agendarelease ENABLE TRIGGER release_immutable")


def plant_overlap() -> None:
    run("ALTER TABLE events_session DROP CONSTRAINT session_one_per_room")
    run(
        "UPDATE events_session SET room_id = one.room_id, period = one.period "
        "FROM (SELECT room_id, period FROM events_session WHERE slug = 'opening') AS one "
        "WHERE slug = 'screening'"
    )


def plant_sleeping_trigger() -> None:
    run("ALTER TABLE registrations_registration DISABLE TRIGGER registration_places")


PLANTED: list[tuple[Callable[[], None], str]] = [
    (plant_count, "(guest): 7 places are counted, 1 registrations hold one."),
    (plant_oversell, "(press): 1 registrations hold 0 places."),
    (plant_second_live, "2 rows with forum_id"),
    (plant_missing_mail, "no mail confirms it"),
    (plant_missing_cancellation, "no mail says that it is cancelled"),
    (plant_missing_consent, "nothing says that the person agreed"),
    (plant_contradiction, "contradict each other"),
    (plant_forged_release, "its document is not the one that was published"),
    (plant_overlap, "its room holds another session at that time"),
    (plant_sleeping_trigger, "the trigger registration_places is missing or switched off"),
]


@pytest.mark.parametrize(("plant", "sentence"), PLANTED)
def test_a_planted_difference_is_found(lived_in: Forum, plant: Callable[[], None], sentence: str) -> None:
    plant()

    found = differences()

    assert [line for line in found if sentence in line], found


def test_the_command_ends_with_one_and_prints_each_difference(lived_in: Forum) -> None:
    plant_count()
    told = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("check_integrity", stdout=told, stderr=StringIO())

    assert end.value.code == 1
    assert "7 places are counted" in told.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_command_ends_well_and_leaves_the_connection_as_it_was(forum: Forum) -> None:
    told = StringIO()

    call_command("check_integrity", stdout=told, no_color=True)

    assert told.getvalue() == "No differences.\n"
    Forum.objects.filter(pk=forum.pk).update(contact_email="written@example.org")
