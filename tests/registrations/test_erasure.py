"""What was promised to be kept for a year is gone after it, and nothing else is."""

import re
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from celery.schedules import crontab
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.audit import HIDDEN
from accounts.models import AuditEntry, User
from core.errors import Conflict
from events.models import Forum, SessionGuest
from events.services import Guest, set_guests
from forum_site.celery import app
from outbox.models import Message
from outbox.services import resend
from registrations import erasure, services
from registrations.erasure import erase_personal_data
from registrations.erasure_rows import Erased
from registrations.errors import NotLive
from registrations.integrity import differences
from registrations.links import find_by_link, link_token
from registrations.models import Consent, Registration
from registrations.tasks import erase_personal_data as nightly
from tests.conftest import Clock
from tests.factories import ForumFactory, RegistrationTypeFactory
from tests.registrations.conftest import Register

BEFORE = datetime(2032, 5, 14, 16, 59, tzinfo=UTC)  # the last minute of 14 May in Hanoi
AFTER = datetime(2032, 5, 14, 17, 0, tzinfo=UTC)  # 15 May, a year after the last day
NOTHING = Erased()


def everything() -> str:
    """Return all that is stored of registrations, mails and deeds, in one text."""
    rows = [*Registration.objects.values(), *Message.objects.values(), *AuditEntry.objects.values()]
    return "\n".join(str(row) for row in rows)


@pytest.fixture
def registered(register: Register, desk: User) -> tuple[Registration, Registration]:
    """Give Mai, who corrected her name, and Hoa, whom the desk cancelled for a reason."""
    mai = register()
    services.correct_details(mai, name="Trần Mai", organization_name="Viện Mẫu")
    hoa = register(name="Lê Hoa", email="hoa@example.org")
    services.cancel_registration(hoa, by=desk, reason="Hoa called: her child is ill")
    return Registration.objects.get(pk=mai.pk), Registration.objects.get(pk=hoa.pk)


def test_nothing_is_touched_before_the_time_is_over(
    forum: Forum, registered: tuple[Registration, ...], clock: Clock
) -> None:
    before = everything()
    clock.set(BEFORE)

    nightly()

    assert everything() == before
    with pytest.raises(ValueError, match="until 2032-05-15"):
        erase_personal_data(forum)


def test_afterwards_nothing_points_to_anybody(
    forum: Forum, registered: tuple[Registration, ...], clock: Clock
) -> None:
    mai, hoa = registered
    token = link_token(mai.id, mai.link_version)
    clock.set(AFTER)

    nightly()

    left = everything()
    for trace in ("Mai", "Hoa", "mai@", "hoa@", "Viện", "Bệnh viện", "child", mai.code, hoa.code):
        assert trace not in left, trace
    assert find_by_link(mai.code, token) is None
    assert not Registration.objects.filter(code=mai.code).exists()


def test_the_figures_the_proof_and_the_deeds_stay(
    forum: Forum, registered: tuple[Registration, ...], desk: User, clock: Clock
) -> None:
    of_mails = ["pk", "kind", "language", "dedupe_key", "created_at"]
    of_deeds = ["pk", "at", "actor_id", "actor_label", "action"]
    kept = ["forum_id", "type_id", "status", "country", "language", "created_at", "cancelled_at"]
    before = list(Registration.objects.order_by("pk").values(*kept))
    consents = list(Consent.objects.order_by("pk").values())
    deeds = list(AuditEntry.objects.order_by("pk").values(*of_deeds))
    sent = list(Message.objects.order_by("pk").values(*of_mails))
    taken = list(forum.registration_types.order_by("pk").values_list("taken", flat=True))
    clock.set(AFTER)

    nightly()

    assert list(Registration.objects.order_by("pk").values(*kept)) == before
    assert list(Consent.objects.order_by("pk").values()) == consents
    assert list(forum.registration_types.order_by("pk").values_list("taken", flat=True)) == taken
    assert list(Message.objects.order_by("pk").values(*of_mails)) == sent
    *older, erasure = AuditEntry.objects.order_by("pk").values(*of_deeds)
    assert older == deeds
    assert (erasure["action"], erasure["actor_label"]) == (
        "forum.personal_data_erased",
        "erase_personal_data",
    )
    assert differences() == []


def test_waiting_mails_are_given_up_and_erased_ones_are_not_sent_again(
    forum: Forum, registered: tuple[Registration, ...], desk: User, clock: Clock
) -> None:
    clock.set(AFTER)

    erase_personal_data(forum)

    assert set(Message.objects.values_list("status", flat=True)) == {Message.Status.FAILED}
    message = Message.objects.first()
    assert message
    with pytest.raises(Conflict):
        resend(message, by=desk)


def test_nothing_more_is_done_to_an_erased_registration(
    forum: Forum, registered: tuple[Registration, ...], desk: User, clock: Clock
) -> None:
    mai, _hoa = registered
    clock.set(AFTER)
    erase_personal_data(forum)

    with pytest.raises(NotLive):
        services.send_link_again(mai, by=desk)
    assert services.cancel_registration(mai, by=desk).status == Registration.Status.CONFIRMED


def test_a_second_time_finds_nothing(
    forum: Forum, registered: tuple[Registration, ...], clock: Clock
) -> None:
    clock.set(AFTER)

    first = erase_personal_data(forum)
    once = everything()

    assert (first.registrations, first.messages) == (2, 4)
    assert erase_personal_data(forum) == NOTHING
    assert everything() == once


def test_guests_of_sessions_are_forgotten(drafted_forum: Forum, clock: Clock) -> None:
    session = drafted_forum.sessions.get(slug="opening")
    SessionGuest.objects.create(session=session, email="vip@example.org", name="Guest of honour")
    clock.set(AFTER)

    assert erase_personal_data(drafted_forum).guests == 1
    assert not SessionGuest.objects.exists()


def test_guests_are_forgotten_in_the_trail_of_their_session_too(
    drafted_forum: Forum, agenda_editor: User, clock: Clock
) -> None:
    session = drafted_forum.sessions.get(slug="opening")
    guests = [Guest("vip@example.org", "Guest of honour")]
    set_guests(session, by=agenda_editor, expected_version=session.version, guests=guests)
    clock.set(AFTER)

    assert erase_personal_data(drafted_forum).audit_entries == 1

    entry = AuditEntry.objects.get(action="session.changed")
    assert entry.changes["guests"] == [HIDDEN, HIDDEN]
    assert entry.target_label == "Opening"
    assert erase_personal_data(drafted_forum) == NOTHING


def test_a_younger_forum_keeps_everything(
    forum: Forum, registered: tuple[Registration, ...], register: Register, clock: Clock
) -> None:
    younger = ForumFactory(is_current=False, last_day=date(2031, 5, 16))
    lan = register(
        forum=younger, type=RegistrationTypeFactory(forum=younger), name="Vũ Lan", email="lan@example.org"
    )
    mail = Message.objects.get(forum_id=younger.pk)
    deed = AuditEntry.objects.get(forum_id=younger.pk, action="registration.created")
    clock.set(AFTER)

    nightly()

    assert Registration.objects.get(pk=lan.pk).name == "Vũ Lan"
    assert Message.objects.get(pk=mail.pk).context == mail.context
    assert AuditEntry.objects.get(pk=deed.pk).target_label == deed.target_label


def test_organizers_may_give_a_forum_another_time(
    forum: Forum, registered: tuple[Registration, ...], clock: Clock
) -> None:
    Forum.objects.update(personal_data_months=3)
    clock.set(datetime(2031, 8, 15, 5, tzinfo=UTC))

    nightly()

    assert not Registration.objects.filter(erased_at=None).exists()


class TestCommand:
    def run(self, *arguments: str) -> str:
        out = StringIO()
        call_command("erase_personal_data", *arguments, stdout=out)
        return out.getvalue().strip()

    def test_a_dry_run_counts_what_the_real_one_erases(
        self, forum: Forum, registered: tuple[Registration, ...], clock: Clock
    ) -> None:
        clock.set(AFTER)
        before = everything()

        counted = self.run("--dry-run")

        assert counted.startswith("hanoi-2031: 2 registrations, 0 answers, ")
        assert ", 4 messages, 0 guests, 0 notices, " in counted
        assert everything() == before
        assert self.run() == counted
        assert set(re.findall(r" (\d+) ", self.run())) == {"0"}

    def test_one_forum_alone(self, forum: Forum, registered: tuple[Registration, ...], clock: Clock) -> None:
        ForumFactory(is_current=False, slug="seoul-2031")
        clock.set(AFTER)

        assert self.run("--forum", "seoul-2031").startswith("seoul-2031: 0 registrations")
        assert Registration.objects.filter(erased_at=None).count() == 2

    def test_what_is_not_due_or_not_there(self, forum: Forum, clock: Clock) -> None:
        clock.set(BEFORE)

        assert self.run("--forum", "hanoi-2031") == "Nothing is due."
        with pytest.raises(CommandError, match="no forum hanoi-1900"):
            self.run("--forum", "hanoi-1900")


def test_the_trail_is_closed_again_after_an_erasure(
    forum: Forum, registered: tuple[Registration, ...], clock: Clock
) -> None:
    clock.set(AFTER)
    erase_personal_data(forum)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(reason="nothing happened")


def test_beat_does_it_every_night() -> None:
    entry = app.conf.beat_schedule["erase-personal-data"]

    assert entry["task"] == nightly.name
    assert entry["schedule"] == crontab(hour=3, minute=20)
    assert str(app.conf.timezone) == "Asia/Ho_Chi_Minh"


def test_one_forum_that_cannot_be_erased_does_not_keep_the_others(
    registered: tuple[Registration, ...], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.set(AFTER)
    mine = registered[0].forum
    days = {"first_day": mine.first_day, "main_day": mine.main_day, "last_day": mine.last_day}
    broken = ForumFactory(slug="an-earlier-one", is_current=False, **days)
    erase = erasure.erase_personal_data

    def sometimes(forum: Forum) -> Erased:
        if forum == broken:
            raise OSError("a file that cannot be deleted")
        return erase(forum)

    monkeypatch.setattr(erasure, "erase_personal_data", sometimes)
    with pytest.raises(ExceptionGroup, match="could not be erased"):
        nightly()

    assert Registration.objects.filter(forum=mine, erased_at=None).count() == 0
