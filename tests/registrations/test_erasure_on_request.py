"""Whoever asks is erased at once, and the others, the places and the figures are not."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from core.audit import record
from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.certificates import grouped
from registrations.erasure_on_request import erase_on_request, erase_sent_mails, remains_of
from registrations.integrity import differences
from registrations.links import find_by_link, link_token
from registrations.models import Certificate, Delegation, Registration, RegistrationType
from registrations.tasks import erase_personal_data as nightly
from tests.conftest import Clock
from tests.crowd import at_once
from tests.factories import SessionFactory
from tests.registrations.conftest import Register
from tests.registrations.kept import TRACES, Kept, a_person_everywhere, everything

IN_THE_DELEGATION = ("Trưởng đoàn", "lead@", "Bệnh viện Riêng", "ghi chú riêng")


@pytest.fixture
def kept(forum: Forum, desk: User) -> Kept:
    """Give Quỳnh, of whom every table keeps something."""
    return a_person_everywhere(forum, desk)


def sent_by_now() -> None:
    """Let every mail have gone out."""
    Message.objects.update(status="sent", sent_at=timezone.now(), lease=None, lease_until=None)


def left_of(kept: Kept) -> list[str]:
    delegations = "\n".join(map(str, Delegation.objects.values()))
    of_delegations = AuditEntry.objects.filter(target_type="registrations.delegation").values()
    left = everything()
    for row in [*delegations.splitlines(), *map(str, of_delegations)]:
        left = left.replace(row, "")
    return [trace for trace in (*TRACES, kept.registration.code) if trace in left]


@pytest.mark.django_db(transaction=True)
def test_no_table_points_to_her_any_more(kept: Kept) -> None:
    quynh = kept.registration
    token = link_token(quynh.id, quynh.link_version)
    sent_by_now()

    erase_on_request(quynh)
    sent_by_now()
    nightly()

    assert left_of(kept) == []
    assert [file for file in kept.files if file.exists()] == []
    assert find_by_link(quynh.code, token) is None
    # The delegation is its lead's: it stays until the forum's time is over.
    assert all(trace in everything() for trace in IN_THE_DELEGATION)


def test_a_reason_somebody_wrote_elsewhere_goes_too(kept: Kept, desk: User) -> None:
    session = SessionFactory(forum=kept.registration.forum, slug="seats")
    record("session.changed", session, actor=desk, reason=f"{kept.registration.code} needs a seat")
    record("session.changed", session, actor=desk, reason="quynh@example.org called")
    record("session.changed", session, actor=desk, reason="the hall is smaller")

    erase_on_request(kept.registration)

    reasons = AuditEntry.objects.filter(action="session.changed").order_by("pk")
    assert list(reasons.values_list("reason", flat=True)) == ["", "", "the hall is smaller"]


def test_her_place_is_free_and_she_is_told_what_stays(
    register: Register, press: RegistrationType, clock: Clock
) -> None:
    mai = register(type=press)

    erase_on_request(mai)

    press.refresh_from_db()
    assert press.taken == 0
    mai.refresh_from_db()
    assert (mai.status, mai.erased_at) == ("cancelled", clock.instant)
    on_the_way = Message.objects.filter(status="queued").order_by("kind").values_list("kind", "recipient")
    assert ("registration.erased", "mai@example.org") in on_the_way
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor_label) == ("registration.erased", "ticket holder")
    assert "Mai" not in entry.target_label
    assert differences() == []


def test_who_was_at_the_forum_stays_in_its_figures(register: Register, guest: RegistrationType) -> None:
    mai = register()
    Registration.objects.update(arrived_at=timezone.now())
    mai.refresh_from_db()

    erase_on_request(mai)

    mai.refresh_from_db()
    guest.refresh_from_db()
    assert (mai.status, mai.name, guest.taken) == ("confirmed", "", 1)


def test_after_the_forum_the_figures_stay(register: Register, forum: Forum, clock: Clock) -> None:
    mai = register()
    clock.set(datetime(2031, 6, 1, tzinfo=UTC))

    erase_on_request(mai)

    mai.refresh_from_db()
    assert (mai.status, mai.name) == ("confirmed", "")


def test_what_she_registered_before_by_mistake_goes_too_and_nobody_elses(register: Register) -> None:
    cancelled = register(name="Mai Trần")
    services.cancel_registration(cancelled, by=None, reason="wrong name")
    mai = register()
    hoa = register(name="Lê Hoa", email="hoa@example.org")

    erase_on_request(mai)

    assert set(Registration.objects.filter(erased_at=None)) == {hoa}
    hoa.refresh_from_db()
    assert (hoa.name, hoa.email, hoa.status) == ("Lê Hoa", "hoa@example.org", "confirmed")
    assert AuditEntry.objects.filter(target_id=str(hoa.pk), target_label__contains="Lê Hoa").exists()


def test_a_second_time_changes_nothing(kept: Kept) -> None:
    erase_on_request(kept.registration)
    once = everything()

    erase_on_request(kept.registration)

    assert everything() == once


def test_what_remains_is_told_before(kept: Kept) -> None:
    number = Certificate.objects.get().code

    remains = remains_of(kept.registration)

    assert (remains.certificates, remains.has_visits) == ([grouped(number)], True)
    erase_on_request(kept.registration)
    certificate = Certificate.objects.get()
    assert (certificate.code, certificate.facts["name"], certificate.facts["credits"]) == (number, "", "4.50")
    assert Message.objects.get(kind="registration.erased").context["certificates"] == [number]


def test_mails_on_their_way_go_out_and_are_emptied_afterwards(register: Register, forum: Forum) -> None:
    mai = register()
    erase_on_request(mai)
    waiting = Message.objects.filter(status="queued").count()
    assert waiting == Message.objects.count()

    assert erase_sent_mails(forum) == 0
    sent_by_now()
    assert erase_sent_mails(forum) == waiting

    assert "mai@" not in everything()
    assert erase_sent_mails(forum) == 0


def test_an_organizer_may_do_it_for_her(register: Register, desk: User) -> None:
    erase_on_request(register(), by=desk)

    assert AuditEntry.objects.latest("pk").actor == desk


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_erase_once(register: Register) -> None:
    mai = register()

    ends = at_once([lambda: erase_on_request(mai)] * 4, threads=4)

    assert ends == {"done": 4}
    assert AuditEntry.objects.filter(action="registration.erased").count() == 1
    assert Message.objects.filter(kind="registration.erased").count() == 1
    mai.refresh_from_db()
    assert (mai.link_version, mai.name) == (2, "")


def test_the_desk_erases_for_somebody_who_calls(register: Register, desk: User, desk_client: Client) -> None:
    mai = register()
    services.cancel_registration(mai, by=desk, reason="")
    page = f"/admin/registrations/registration/{mai.pk}/"
    assert f"{page}do/erase/" in desk_client.get(f"{page}change/").content.decode()

    asked = desk_client.get(f"{page}do/erase/").content.decode()
    assert 'name="confirmed"' in asked
    mai.refresh_from_db()
    assert mai.name
    response = desk_client.post(f"{page}do/erase/", {"confirmed": "yes"}, follow=True)

    assert response.status_code == 200
    mai.refresh_from_db()
    assert mai.name == ""
    assert AuditEntry.objects.filter(action="registration.erased", actor=desk).exists()
