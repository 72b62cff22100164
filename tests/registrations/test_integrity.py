"""check_integrity finds what was planted, and nothing in a forum that only services touched."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from events.models import AgendaRelease, Forum, Session
from outbox.models import Message
from registrations import services
from registrations.integrity import differences
from registrations.models import Consent, Registration, RegistrationType, SeatBooking, SeatWait
from tests.factories import RegistrationFactory
from tests.registrations.conftest import Register
from tests.registrations.factories import InvitationFactory, QuotaFactory


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


def plant_quota() -> None:
    QuotaFactory(forum=Forum.objects.get(), name="Hall")
    run("ALTER TABLE registrations_quota DISABLE TRIGGER quota_count")
    run("UPDATE registrations_quota SET taken = 3")


def plant_uses() -> None:
    InvitationFactory(type=RegistrationType.objects.get(slug="guest"), max_uses=5, reserves_places=True)
    run("ALTER TABLE registrations_invitation DISABLE TRIGGER invitation_count")
    run("ALTER TABLE registrations_invitation DISABLE TRIGGER invitation_places")
    run("UPDATE registrations_invitation SET uses = 2, places = 1")


def plant_skipped() -> None:
    press = RegistrationType.objects.get(slug="press")
    RegistrationFactory(forum=press.forum, type=press, status="waiting", waiting_since=timezone.now())


def plant_wait_of_ended() -> None:
    ended = Registration.objects.get(status="cancelled")
    SeatWait.objects.create(registration=ended, session=Session.objects.get(slug="screening"))


def plant_wait_beside_a_free_seat() -> None:
    holder = Registration.objects.confirmed().earliest("created_at")
    session = Session.objects.get(slug="screening")
    SeatWait.objects.create(registration=holder, session=session)
    session.seat_limit = 1
    session.save()


def plant_silent_offer_of_a_seat() -> None:
    Session.objects.filter(slug="screening").update(seat_limit=1)
    holder, session = (
        Registration.objects.confirmed().earliest("created_at"),
        Session.objects.get(slug="screening"),
    )
    SeatBooking.objects.create(registration=holder, session=session, offer_until=timezone.now())


def plant_silent_hand_over() -> None:
    giver = Registration.objects.confirmed().earliest("created_at")
    InvitationFactory(type=giver.type, replaces=giver, name="Binh")


def plant_wait_for_own_seat() -> None:
    holder = Registration.objects.confirmed().earliest("created_at")
    session = Session.objects.get(slug="screening")
    SeatWait.objects.create(registration=holder, session=session)
    SeatBooking.objects.create(registration=holder, session=session)


def plant_ticket_of_two() -> None:
    holder, other = Registration.objects.confirmed().order_by("created_at")
    Registration.objects.filter(pk=other.pk).update(took_over_from=holder)


def plant_nobodys_ticket() -> None:
    Registration.objects.filter(status="cancelled").update(cancel_reason=services.HANDED_ON)


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
    (plant_quota, "(Hall): 3 taken and 0 held are counted, its types have 0 and 0."),
    (plant_uses, "2 uses and 1 places are counted, there are 0 and 0."),
    (plant_uses, "(guest): 5 places count as held, invitations hold 4."),
    (plant_skipped, "(press): 1 people wait although places are left."),
    (plant_skipped, "no mail says that it is waiting"),
    (plant_wait_of_ended, "ended, it waits for a seat in screening."),
    (plant_wait_for_own_seat, "it waits for the seat it holds in screening."),
    (plant_wait_beside_a_free_seat, "Session screening: people wait although seats are left."),
    (plant_silent_offer_of_a_seat, "no mail offers the seat in screening."),
    (plant_silent_hand_over, "no mail offers the ticket to Binh."),
    (plant_ticket_of_two, "the ticket it took over is still somebody else's."),
    (plant_nobodys_ticket, "handed on, and nobody has it."),
    (plant_nobodys_ticket, "no mail says that it is handed on."),
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
