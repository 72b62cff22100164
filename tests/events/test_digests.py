"""Mails about a release: prepared with it, replaced by a newer one, sent once or never."""

import threading
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import AuditEntry, User
from core.errors import Conflict
from events import audience
from events.digests.recipients import recipients
from events.models import AgendaDigest, AgendaRelease, Forum, Session, SessionGuest
from events.services import (
    Decided,
    NobodyToTell,
    NothingToPublish,
    cancel_session,
    change_session,
    discard_digest,
    leave_out,
    publish_agenda,
    send_digest,
)
from outbox.many import enqueue_many
from outbox.models import Message
from speakers.models import Speaker
from tests.crowd import at_once
from tests.events.many import add_readers
from tests.events.safeguards import lock_switched_off
from tests.factories import at, in_three_languages, period

Publish = Callable[[Forum], AgendaRelease]


@pytest.fixture
def told_forum(published_forum: Forum, agenda_editor: User) -> Forum:
    """Give the published forum; nothing waits to be told."""
    discard_digest(AgendaDigest.objects.get(), by=agenda_editor)
    return published_forum


def change(slug: str, /, **fields: Any) -> Session:
    row = Session.objects.get(slug=slug)
    return change_session(row, by=None, expected_version=row.version, fields=fields)


def prepared() -> AgendaDigest:
    return AgendaDigest.objects.get(status="prepared")


def notices(digest: AgendaDigest) -> dict[str, tuple[list[str], list[str]]]:
    """Return address → reasons and slugs of the sessions."""
    slugs = dict(Session.objects.values_list("uid", "slug"))
    return {
        notice.email: (notice.reasons, [slugs.get(uid, "gone") for uid in notice.session_uids])
        for notice in digest.notices.all()
    }


@pytest.fixture
def people(drafted_forum: Forum) -> None:
    Speaker.objects.filter(slug="kim-ha-na").update(email="kim@example.org", language="ko")
    Speaker.objects.filter(slug="bui-the-duy").update(email="bui@example.org", language="vi")


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
class TestPreparing:
    def test_the_database_keeps_one_that_waits_in_a_forum(
        self, told_forum: Forum, publish: Publish, agenda_editor: User
    ) -> None:
        change("screening", period=period(at(14)))
        publish(told_forum)
        waiting, decided = prepared(), AgendaDigest.objects.get(status="discarded")

        assert waiting.forum == told_forum
        with pytest.raises(IntegrityError, match="digest_one_prepared"), transaction.atomic():
            AgendaDigest.objects.filter(pk=decided.pk).update(status="prepared", decided_at=None)

    def test_the_first_release_is_told_to_whoever_is_in_it(
        self, drafted_forum: Forum, publish: Publish
    ) -> None:
        release = publish(drafted_forum)

        digest = prepared()
        assert (digest.release, digest.base) == (release, None)
        assert notices(digest) == {
            "bui@example.org": (["speaker"], ["opening", "screening"]),
            "kim@example.org": (["speaker"], ["screening"]),
        }
        kim = digest.notices.get(email="kim@example.org")
        assert (kim.name, kim.language, kim.is_left_out) == ("김하나", "ko", False)
        assert not Message.objects.exists()

    def test_only_those_whom_the_changes_touch_are_told(self, told_forum: Forum, publish: Publish) -> None:
        SessionGuest.objects.create(session=Session.objects.get(slug="booths"), email="guest@example.org")
        change("screening", period=period(at(14)))
        cancel_session(Session.objects.get(slug="booths"), by=None)

        publish(told_forum)

        assert notices(prepared()) == {
            "bui@example.org": (["speaker"], ["screening"]),
            "guest@example.org": (["guest"], ["booths"]),
            "kim@example.org": (["speaker"], ["screening"]),
        }

    def test_nothing_is_prepared_for_changes_that_touch_nobody(
        self, told_forum: Forum, publish: Publish
    ) -> None:
        change("screening", slug="other-address")

        publish(told_forum)

        assert not AgendaDigest.objects.filter(status="prepared").exists()

    def test_who_lost_a_part_is_told_and_so_are_speakers_of_a_deleted_session(
        self, told_forum: Forum, publish: Publish
    ) -> None:
        screening = Session.objects.get(slug="screening")
        screening.session_speakers.filter(speaker__slug="kim-ha-na").delete()
        Session.objects.get(slug="opening").delete()

        publish(told_forum)

        assert notices(prepared()) == {
            "bui@example.org": (["speaker"], ["screening", "gone"]),
            "kim@example.org": (["speaker"], ["screening"]),
        }

    def test_one_person_gets_one_mail_whatever_the_case_of_her_address(
        self, told_forum: Forum, publish: Publish
    ) -> None:
        session = change("screening", period=period(at(14)))
        SessionGuest.objects.create(session=session, email="KIM@Example.org", name="Kim")

        publish(told_forum)

        assert notices(prepared())["kim@example.org"] == (["speaker", "guest"], ["screening"])
        assert prepared().notices.count() == 2

    def test_speakers_and_guests_of_what_became_confidential_are_not_told_it_is_off(
        self, told_forum: Forum, publish: Publish
    ) -> None:
        SessionGuest.objects.create(session=Session.objects.get(slug="screening"), email="guest@example.org")
        change("screening", visibility="confidential")

        publish(told_forum)

        assert not AgendaDigest.objects.filter(status="prepared").exists()

    def test_an_address_that_is_none_is_passed_over(self, told_forum: Forum, publish: Publish) -> None:
        Speaker.objects.filter(slug="kim-ha-na").update(email="nowhere")
        change("screening", period=period(at(14)))

        publish(told_forum)

        assert list(notices(prepared())) == ["bui@example.org"]

    def test_a_newer_release_replaces_what_was_not_sent(self, told_forum: Forum, publish: Publish) -> None:
        change("screening", period=period(at(14)))
        publish(told_forum)
        AgendaDigest.objects.filter(status="prepared").update(introduction_ko="안내")
        change("opening", **in_three_languages("title", "Grand opening"))

        third = publish(told_forum)

        digest = prepared()
        assert (digest.release, digest.base.number if digest.base else None) == (third, 1)
        assert AgendaDigest.objects.filter(pk=digest.pk, introduction_ko="안내").exists()
        assert notices(digest)["bui@example.org"] == (["speaker"], ["opening", "screening"])

    def test_what_was_changed_back_before_anybody_heard_is_not_told(
        self, told_forum: Forum, publish: Publish
    ) -> None:
        before = Session.objects.get(slug="screening").period
        change("screening", period=period(at(14)))
        publish(told_forum)
        change("screening", period=before)

        publish(told_forum)

        assert not AgendaDigest.objects.filter(status="prepared").exists()

    def test_after_sending_the_next_mails_tell_what_came_since(
        self, told_forum: Forum, publish: Publish, agenda_editor: User
    ) -> None:
        change("screening", period=period(at(14)))
        publish(told_forum)
        send_digest(prepared(), by=agenda_editor)
        change("opening", **in_three_languages("title", "Grand opening"))
        publish(told_forum)

        assert prepared().base.number == 2
        assert notices(prepared()) == {"bui@example.org": (["speaker"], ["opening"])}

    def test_a_refused_publication_prepares_nothing(self, told_forum: Forum, publish: Publish) -> None:
        with pytest.raises(NothingToPublish):
            publish(told_forum)

        assert AgendaDigest.objects.count() == 1

    @pytest.mark.parametrize("count", [1, 3, 300])
    def test_publishing_costs_the_same_whatever_the_number_of_people(
        self, told_forum: Forum, fill: Any, count: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # Each source of other apps costs what it costs.
        monkeypatch.setattr(audience, "_sources", [audience.speakers, audience.guests])
        fill(told_forum, count)
        Speaker.objects.filter(slug="many-0").update(email="m0@example.org")
        for number in range(1, count):
            Speaker.objects.filter(slug=f"many-{number}").update(email=f"m{number}@example.org")

        with CaptureQueriesContext(connection) as found:
            publish_agenda(forum=told_forum, by=None)

        assert prepared().notices.count() == count
        assert len(found) == PUBLISHING


# Reading the draft, the release before, who listens, and writing release, digest and notices.
PUBLISHING = 19
# One statement for 500 mails.
SENDING = 12


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
class TestSending:
    @pytest.fixture
    def digest(self, told_forum: Forum, publish: Publish) -> AgendaDigest:
        change("screening", period=period(at(14)))
        publish(told_forum)
        return prepared()

    def test_each_person_gets_one_mail_in_her_language(
        self, digest: AgendaDigest, agenda_editor: User
    ) -> None:
        assert send_digest(digest, by=agenda_editor) == 2

        mails = Message.objects.order_by("recipient").values_list(
            "recipient", "recipient_name", "language", "kind", "forum_id"
        )
        forum = digest.release.forum_id
        assert list(mails) == [
            ("bui@example.org", "Bùi Thế Duy", "vi", "agenda.changes", forum),
            ("kim@example.org", "김하나", "ko", "agenda.changes", forum),
        ]
        digest.refresh_from_db()
        assert (digest.status, digest.decided_by) == ("sent", agenda_editor)
        entry = AuditEntry.objects.get(action="agendadigest.sent")
        assert entry.changes["mails"] == ["", "2"]

    def test_sending_twice_sends_once(self, digest: AgendaDigest, agenda_editor: User) -> None:
        send_digest(digest, by=agenda_editor)

        assert send_digest(digest, by=agenda_editor) == 0
        assert Message.objects.count() == 2

    def test_whoever_is_left_out_gets_nothing(self, digest: AgendaDigest, agenda_editor: User) -> None:
        kim, bui = digest.notices.order_by("-email")
        leave_out(digest, by=agenda_editor, shown=[kim.pk], left_out=[kim.pk])

        assert send_digest(digest, by=agenda_editor) == 1
        assert Message.objects.get().recipient == bui.email
        entry = AuditEntry.objects.get(action="agendadigest.changed")
        assert entry.changes == {"left out": ["0", "1"]}

    def test_left_out_people_can_be_taken_back_and_others_are_not_touched(
        self, digest: AgendaDigest, agenda_editor: User
    ) -> None:
        kim, bui = digest.notices.order_by("-email")
        leave_out(digest, by=agenda_editor, shown=[kim.pk, bui.pk], left_out=[kim.pk, bui.pk])
        leave_out(digest, by=agenda_editor, shown=[kim.pk], left_out=[])

        assert dict(digest.notices.values_list("email", "is_left_out")) == {
            kim.email: False,
            bui.email: True,
        }

    def test_mails_to_nobody_are_refused(self, digest: AgendaDigest, agenda_editor: User) -> None:
        everybody = list(digest.notices.values_list("pk", flat=True))
        leave_out(digest, by=agenda_editor, shown=everybody, left_out=everybody)

        with pytest.raises(NobodyToTell):
            send_digest(digest, by=agenda_editor)

        digest.refresh_from_db()
        assert digest.status == "prepared"

    def test_what_was_decided_stays_decided(self, digest: AgendaDigest, agenda_editor: User) -> None:
        discard_digest(digest, by=agenda_editor)
        discard_digest(digest, by=agenda_editor)
        with pytest.raises(Decided):
            send_digest(digest, by=agenda_editor)
        with pytest.raises(Decided):
            leave_out(digest, by=agenda_editor, shown=[], left_out=[])
        assert not Message.objects.exists()
        assert AuditEntry.objects.filter(action="agendadigest.discarded").count() == 2  # and the first one

    def test_what_was_sent_cannot_be_discarded(self, digest: AgendaDigest, agenda_editor: User) -> None:
        send_digest(digest, by=agenda_editor)
        with pytest.raises(Decided):
            discard_digest(digest, by=agenda_editor)

    def test_replaced_mails_cannot_be_sent(
        self, digest: AgendaDigest, publish: Publish, agenda_editor: User
    ) -> None:
        change("opening", **in_three_languages("title", "Grand opening"))
        publish(digest.release.forum)

        with pytest.raises(Conflict) as refusal:
            send_digest(digest, by=agenda_editor)
        with translation.override("en"):
            assert "newer release has replaced" in str(refusal.value)

        assert not Message.objects.exists()

    def test_a_thousand_mails_cost_as_many_queries_as_two(
        self, digest: AgendaDigest, agenda_editor: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        uids = digest.notices.get(email="kim@example.org").session_uids
        add_readers(digest, 998, uids)

        with CaptureQueriesContext(connection) as found, django_capture_on_commit_callbacks() as woken:
            assert send_digest(digest, by=agenda_editor) == 1000

        assert len(found) == SENDING
        assert len(woken) == 1


# --- Races ----------------------------------------------------------------------------------------


def send_while_publishing(digest: AgendaDigest, by: User) -> dict[str, int]:
    """Send mails while a newer release replaces them; return how often each end came.

    The publisher has read what is prepared before it is sent, and replaces it afterwards. With the lock
    they never meet there, so each wait ends by itself after a moment.
    """
    publisher_has_read, sent = threading.Event(), threading.Event()

    def find(*args: Any) -> Any:
        publisher_has_read.set()
        sent.wait(timeout=0.5)
        return recipients(*args)

    def write(**kwargs: Any) -> int:
        publisher_has_read.wait(timeout=0.5)
        return enqueue_many(**kwargs)

    def send() -> None:
        send_digest(digest, by=by)
        sent.set()

    with (
        mock.patch("events.services.digests.recipients", find),
        mock.patch("events.services.digests.enqueue_many", write),
    ):
        forum = digest.release.forum
        deeds = [send, lambda: publish_agenda(forum=forum, by=None, actor_label="test")]
        return dict(at_once(deeds, threads=2))


def told_twice() -> bool:
    """Tell whether mails went out that a prepared digest repeats."""
    waiting = AgendaDigest.objects.filter(status="prepared").first()
    sent = Message.objects.exists()
    return bool(sent and waiting and waiting.base and waiting.base.number == 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("people")
class TestSendingWhilePublishing:
    @pytest.fixture
    def digest(self, told_forum: Forum) -> AgendaDigest:
        change("screening", period=period(at(14)))
        publish_agenda(forum=told_forum, by=None, actor_label="test")
        digest = prepared()
        change("opening", **in_three_languages("title", "Grand opening"))
        return digest

    def test_either_the_mails_went_or_the_newer_ones_replace_them(
        self, digest: AgendaDigest, agenda_editor: User
    ) -> None:
        ends = send_while_publishing(digest, agenda_editor)

        assert ends in ({"done": 2}, {"done": 1, "Conflict": 1})
        assert Message.objects.exists() == (ends == {"done": 2})
        assert not told_twice()

    def test_two_who_press_send_together_send_once(self, digest: AgendaDigest, agenda_editor: User) -> None:
        deeds = [lambda: send_digest(digest, by=agenda_editor)] * 4

        assert at_once(deeds, threads=4) == {"done": 4}
        assert Message.objects.count() == 2
        assert AuditEntry.objects.filter(action="agendadigest.sent").count() == 1

    def test_negative_control_without_the_lock_people_are_told_twice(
        self, digest: AgendaDigest, agenda_editor: User
    ) -> None:
        with lock_switched_off():
            send_while_publishing(digest, agenda_editor)

        assert told_twice(), "The race did not appear, so the test above proves nothing."
