"""Registering, correcting and cancelling, one person at a time. Races stand in test_races.py."""

import uuid
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from core.errors import DomainError
from core.i18n import texts_of
from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.errors import AlreadyRegistered, NotLive, TypeClosed, TypeFull
from registrations.links import find_by_link, link_token
from registrations.models import Registration, RegistrationType
from tests.conftest import Clock
from tests.factories import ForumFactory, RegistrationFactory, RegistrationTypeFactory
from tests.registrations.conftest import Register, answers_of

CONFIRMED, CANCELLED = Registration.Status.CONFIRMED, Registration.Status.CANCELLED


def kinds_of_mail(email: str = "mai@example.org") -> list[str]:
    return list(Message.objects.filter(recipient=email).order_by("created_at").values_list("kind", flat=True))


def taken(kind: RegistrationType) -> int:
    return RegistrationType.objects.get(pk=kind.pk).taken


# --- Registering ----------------------------------------------------------------------------------


def test_a_registration_takes_a_place_keeps_the_consent_and_writes_one_mail(
    forum: Forum, press: RegistrationType, register: Register
) -> None:
    mai = register(type=press)

    stored = Registration.objects.get()
    assert stored == mai
    assert (stored.status, stored.name, stored.email) == (CONFIRMED, "Trần Thị Mai", "mai@example.org")
    assert stored.code.startswith("VK-")
    assert taken(press) == 1
    consent = stored.consents.get()
    assert (consent.kind, consent.version, consent.language) == ("privacy", 1, "vi")
    assert consent.wording == texts_of(forum, "consent_wording")["vi"]
    message = Message.objects.get()
    assert (message.kind, message.recipient, message.language) == (
        "registration.confirmed",
        "mai@example.org",
        "vi",
    )
    assert message.recipient_name == "Trần Thị Mai"
    entry = AuditEntry.objects.get(action="registration.created")
    assert (entry.actor, entry.actor_label, entry.target_id) == (None, "visitor", str(mai.pk))


def test_the_message_holds_no_secret_link(register: Register) -> None:
    mai = register()

    assert link_token(mai.id, mai.link_version) not in str(Message.objects.get().context)


def test_a_registration_costs_so_many_queries(
    forum: Forum, press: RegistrationType, register: Register, assert_queries
) -> None:
    answers = answers_of(forum, type=press)

    with assert_queries(14):
        services.register(**answers)


def test_texts_are_made_uniform(register: Register) -> None:
    mai = register(name="  Trâ\u0300n\tThi\u0323 Mai\n", email=" MAI@Example.ORG ", organization_name="A  B")

    assert (mai.name, mai.email, mai.organization_name) == ("Trần Thị Mai", "mai@example.org", "A B")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "M\x00ai"}, "name"),
        ({"name": " \u200b "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"organization_name": "A\u202eB"}, "organization_name"),
        ({"email": "mai@"}, "email"),
    ],
)
def test_callers_without_a_form_are_refused_as_well(register: Register, changes: dict, field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        register(**changes)

    assert refusal.value.field == field
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_a_full_type_is_refused_before_the_address_is_looked_at(
    press: RegistrationType, register: Register
) -> None:
    register(type=press, email="first@example.org")
    register(type=press, email="second@example.org")

    for email in ("third@example.org", "first@example.org"):
        with pytest.raises(TypeFull) as refusal:
            register(type=press, email=email)
        assert "Press" in str(refusal.value)
        assert refusal.value.field == "type"
    assert taken(press) == 2
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"visibility": "organizers"},
        {"opens_at": timezone.now() + timedelta(hours=1)},
        {"closes_at": timezone.now() - timedelta(hours=1)},
    ],
)
def test_a_type_that_is_not_open_is_refused_to_visitors_and_not_to_the_desk(
    press: RegistrationType, register: Register, desk: User, changes: dict
) -> None:
    RegistrationType.objects.filter(pk=press.pk).update(**changes)

    with pytest.raises(TypeClosed):
        register(type=press)
    assert register(type=press, by=desk).status == CONFIRMED


def test_nobody_registers_for_a_forum_that_is_over(forum: Forum, register: Register, clock: Clock) -> None:
    # Still its last day in Hanoi, then the first minute after it.
    clock.set(datetime.combine(forum.last_day, time(23, 59), tzinfo=forum.zone))
    register()
    clock.advance(minutes=1)

    with pytest.raises(TypeClosed):
        register(email="late@example.org")


def test_a_type_of_another_forum_is_refused(register: Register) -> None:
    elsewhere = RegistrationTypeFactory(forum=ForumFactory(is_current=False))

    with pytest.raises(TypeClosed):
        register(type=elsewhere)


# --- The same form again --------------------------------------------------------------------------


def test_the_same_form_again_is_the_same_registration_and_one_mail(register: Register) -> None:
    token = uuid.uuid4()

    assert register(form_token=token) == register(form_token=token)
    assert Registration.objects.count() == 1
    assert kinds_of_mail() == ["registration.confirmed"]


def test_the_same_form_finds_its_registration_also_when_it_took_the_last_place(
    press: RegistrationType, register: Register
) -> None:
    token = uuid.uuid4()
    register(type=press, email="first@example.org")
    last = register(type=press, form_token=token)

    assert register(type=press, form_token=token) == last


def test_a_corrected_address_replaces_what_the_form_made_even_in_a_full_type(
    press: RegistrationType, register: Register
) -> None:
    token = uuid.uuid4()
    register(type=press, email="first@example.org")
    typo = register(type=press, form_token=token, email="mai@exmaple.org")

    right = register(type=press, form_token=token)

    typo.refresh_from_db()
    assert (typo.status, right.status) == (CANCELLED, CONFIRMED)
    assert typo.cancel_reason == "corrected in the form"
    assert find_by_link(typo.code, link_token(typo.id, 1)) is None
    assert taken(press) == 2
    assert kinds_of_mail() == ["registration.confirmed"]
    assert kinds_of_mail("mai@exmaple.org") == ["registration.confirmed"]


def test_a_correction_back_to_the_first_address_is_taken_too(register: Register, guest) -> None:
    token = uuid.uuid4()
    register(form_token=token)
    register(form_token=token, email="mai2@example.org")

    again = register(form_token=token)

    assert Registration.objects.confirmed().get() == again
    assert again.email == "mai@example.org"
    assert taken(guest) == 1


def test_another_type_in_the_same_form_moves_the_place(
    press: RegistrationType, guest: RegistrationType, register: Register
) -> None:
    token = uuid.uuid4()
    register(form_token=token, type=press)

    register(form_token=token, type=guest)

    assert (taken(press), taken(guest)) == (0, 1)


def test_a_refused_correction_leaves_the_first_registration_alone(
    press: RegistrationType, guest: RegistrationType, register: Register
) -> None:
    token = uuid.uuid4()
    register(type=press, email="first@example.org")
    register(type=press, email="second@example.org")
    mine = register(form_token=token, type=guest)

    with pytest.raises(TypeFull):
        register(form_token=token, type=press)

    mine.refresh_from_db()
    assert mine.status == CONFIRMED
    assert (taken(press), taken(guest)) == (2, 1)


def test_the_form_of_a_cancelled_registration_registers_again(register: Register) -> None:
    token = uuid.uuid4()
    first = register(form_token=token)
    services.cancel_registration(first, by=None)

    assert register(form_token=token).pk != first.pk


# --- An address that is registered ----------------------------------------------------------------


def test_a_known_address_gets_a_mail_in_its_own_language_and_nothing_changes(
    guest: RegistrationType, register: Register
) -> None:
    first = register(language="ko")

    again = register(name="Somebody Else", language="en", email="MAI@example.org")

    assert again == first
    assert Registration.objects.get().name == "Trần Thị Mai"
    assert taken(guest) == 1
    message = Message.objects.get(kind="registration.already")
    assert (message.recipient, message.language) == ("mai@example.org", "ko")
    assert message.context["name"] == "Trần Thị Mai"


def test_a_known_address_gets_at_most_one_such_mail_an_hour(register: Register, clock: Clock) -> None:
    clock.set(clock.instant.replace(minute=10))
    register()
    for _minute in range(3):
        register()
        clock.advance(minutes=10)
    assert kinds_of_mail() == ["registration.confirmed", "registration.already"]

    clock.advance(minutes=60)
    register()

    assert kinds_of_mail().count("registration.already") == 2


def test_the_desk_is_told_of_a_known_address(register: Register, desk: User) -> None:
    register()

    with pytest.raises(AlreadyRegistered):
        register(by=desk)
    assert kinds_of_mail() == ["registration.confirmed"]


def test_a_person_may_come_to_two_forums(register: Register) -> None:
    register()
    other = ForumFactory(is_current=False, ticket_prefix="SE")
    kind = RegistrationTypeFactory(forum=other)

    assert register(forum=other, type=kind).code.startswith("SE-")


def test_after_a_cancellation_the_address_is_free(register: Register) -> None:
    services.cancel_registration(register(), by=None)

    assert register().status == CONFIRMED


# --- Codes ----------------------------------------------------------------------------------------


def test_a_code_that_is_taken_is_drawn_again(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["VK-AAAA-AA", "VK-AAAA-AA", "VK-BBBB-BB"])
    monkeypatch.setattr("registrations.ticket.new_code", lambda prefix: next(drawn))
    register(email="first@example.org")

    assert register().code == "VK-BBBB-BB"


def test_a_used_up_prefix_is_an_error_and_no_endless_search(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registrations.ticket.new_code", lambda prefix: "VK-AAAA-AA")
    register(email="first@example.org")

    with pytest.raises(RuntimeError, match="No free ticket code"):
        register()


# --- Correcting -----------------------------------------------------------------------------------


def test_a_correction_is_kept_counted_mailed_and_recorded(register: Register) -> None:
    mai = register()

    services.correct_details(mai, name=" Trần Thị  Mai ", organization_name="Viện Mẫu")

    mai.refresh_from_db()
    assert (mai.name, mai.organization_name, mai.calendar_sequence) == ("Trần Thị Mai", "Viện Mẫu", 1)
    assert kinds_of_mail() == ["registration.confirmed", "registration.changed"]
    entry = AuditEntry.objects.get(action="registration.corrected")
    assert entry.changes == {"organization_name": ["Bệnh viện Minh Hoạ", "Viện Mẫu"]}
    assert entry.actor_label == "ticket holder"


def test_a_correction_without_a_difference_does_nothing(register: Register) -> None:
    mai = register()

    services.correct_details(mai, name=mai.name, organization_name=mai.organization_name)

    mai.refresh_from_db()
    assert mai.calendar_sequence == 0
    assert kinds_of_mail() == ["registration.confirmed"]


def test_two_corrections_are_two_mails(register: Register) -> None:
    mai = register()

    for name in ("Mai A", "Mai B"):
        services.correct_details(mai, name=name, organization_name="Viện Mẫu")

    assert kinds_of_mail().count("registration.changed") == 2


def test_a_cancelled_registration_cannot_be_corrected(register: Register) -> None:
    mai = register()
    services.cancel_registration(mai, by=None)

    with pytest.raises(NotLive):
        services.correct_details(mai, name="Mai", organization_name="Viện Mẫu")


# --- Cancelling -----------------------------------------------------------------------------------


def test_a_cancellation_frees_the_place_and_says_so(
    press: RegistrationType, register: Register, desk: User
) -> None:
    mai = register(type=press)

    services.cancel_registration(mai, by=desk, reason="ill")

    mai.refresh_from_db()
    assert (mai.status, mai.cancel_reason, mai.calendar_sequence) == (CANCELLED, "ill", 1)
    assert mai.cancelled_at is not None
    assert taken(press) == 0
    assert kinds_of_mail() == ["registration.confirmed", "registration.cancelled"]
    entry = AuditEntry.objects.get(action="registration.cancelled")
    assert (entry.actor, entry.reason) == (desk, "ill")


def test_cancelling_twice_is_cancelling_once(press: RegistrationType, register: Register) -> None:
    mai = register(type=press)
    first = services.cancel_registration(mai, by=None, reason="ill")

    second = services.cancel_registration(mai, by=None, reason="changed my mind")

    assert (second.cancelled_at, second.cancel_reason) == (first.cancelled_at, "ill")
    assert taken(press) == 0
    assert kinds_of_mail().count("registration.cancelled") == 1
    assert AuditEntry.objects.filter(action="registration.cancelled").count() == 1


def test_the_link_of_a_cancelled_registration_still_opens_it(register: Register) -> None:
    mai = register()
    services.cancel_registration(mai, by=None)

    assert find_by_link(mai.code, link_token(mai.id, mai.link_version)) == mai


# --- The link -------------------------------------------------------------------------------------


def test_the_link_is_sent_again_once_a_minute(register: Register, desk: User, clock: Clock) -> None:
    clock.set(clock.instant.replace(second=5))
    mai = register()

    services.send_link_again(mai, by=desk)
    services.send_link_again(mai, by=desk)
    assert kinds_of_mail().count("registration.confirmed") == 2

    clock.advance(minutes=1)
    services.send_link_again(mai, by=desk)
    assert kinds_of_mail().count("registration.confirmed") == 3


def test_a_replaced_link_is_dead_and_the_new_one_is_mailed(register: Register, desk: User) -> None:
    mai = register()
    old = link_token(mai.id, mai.link_version)

    services.replace_link(mai, by=desk)

    mai.refresh_from_db()
    assert find_by_link(mai.code, old) is None
    assert find_by_link(mai.code, link_token(mai.id, mai.link_version)) == mai
    assert kinds_of_mail().count("registration.confirmed") == 2


@pytest.mark.parametrize("service", [services.send_link_again, services.replace_link])
def test_a_cancelled_registration_gets_no_link(service, forum: Forum, desk: User) -> None:
    gone = RegistrationFactory(forum=forum, status=CANCELLED)

    with pytest.raises(NotLive):
        service(gone, by=desk)
