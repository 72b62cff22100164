"""Mails to groups: drafted by two, sent once, resumed, stopped, and only to whom they may go."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import AuditEntry, User
from core.errors import DomainError
from core.i18n import texts_of
from embedded.mail_catcher import MailCatcher
from events.models import Forum
from outbox import rendering
from outbox.delivery import LEASE, Tally, claim, deliver, deliver_due
from outbox.many import enqueue_many
from outbox.models import Message
from registrations import broadcasts
from registrations.broadcasts import BroadcastText, filling
from registrations.broadcasts.drafting import ChangedMeanwhile, NoDraft
from registrations.broadcasts.mail import KIND, dedupe_key, sample
from registrations.broadcasts.readers import Coverage, coverage
from registrations.broadcasts.sending import HalfWritten, NobodyChosen, NothingWritten
from registrations.consenting import withdraw_consent
from registrations.groups import Group
from registrations.models import Broadcast, Consent, Delegation, Registration
from tests.conftest import CountQueries
from tests.factories import (
    BroadcastFactory,
    ConsentFactory,
    MessageFactory,
    RegistrationFactory,
    RegistrationTypeFactory,
)
from tests.outbox.conftest import read, together

pytestmark = pytest.mark.django_db
Status = Broadcast.Status


def text(**changes: Any) -> BroadcastText:
    words = {"title": "Dinner", "purpose": "service", "subject": {"en": "Dinner"}, "body": {"en": "Come!"}}
    return BroadcastText(**(words | changes))


@pytest.fixture
def people(forum: Forum) -> list[Registration]:
    """Give seven people of the forum: three Vietnamese, two Korean, two English."""
    kind = RegistrationTypeFactory(forum=forum)
    return [
        RegistrationFactory(forum=forum, type=kind, language=language)
        for language in ("vi", "vi", "vi", "ko", "ko", "en", "en")
    ]


@pytest.fixture
def draft(forum: Forum, people: list[Registration]) -> Broadcast:
    return BroadcastFactory(forum=forum)


def mails_to(broadcast: Broadcast) -> list[str]:
    """Return the dedupe keys of the mails of a broadcast, sorted."""
    found = Message.objects.filter(dedupe_key__startswith=f"broadcast:{broadcast.pk}:")
    return sorted(found.values_list("dedupe_key", flat=True))


# --- Drafting -------------------------------------------------------------------------------------


def test_a_draft_is_written_changed_and_remembered_in_the_trail(forum: Forum, desk: User) -> None:
    made = broadcasts.save_broadcast(
        None, forum=forum, text=text(), group=Group(countries=("KR",)), version=0, by=desk
    )
    assert (made.status, made.version, made.chosen) == (Status.DRAFT, 1, {"countries": ["KR"]})
    again = broadcasts.save_broadcast(made, forum=forum, text=text(), group=Group(countries=("KR",)),
                                      version=1, by=desk)  # fmt: skip
    assert again.version == 1, "saved without a difference"
    words = text(subject={"en": "Supper"})
    changed = broadcasts.save_broadcast(made, forum=forum, text=words, group=Group(), version=1, by=desk)
    assert (texts_of(changed, "subject")["en"], changed.version) == ("Supper", 2)
    entry = AuditEntry.objects.get(action="broadcast.changed")
    assert entry.changes == {"subject_en": ["Dinner", "Supper"], "chosen": ["countries", ""]}


def test_two_tabs_at_one_draft_the_second_one_is_told(draft: Broadcast, desk: User, owner: User) -> None:
    forum = draft.forum
    broadcasts.save_broadcast(draft, forum=forum, text=text(), group=Group(), version=1, by=desk)
    with pytest.raises(ChangedMeanwhile):
        broadcasts.save_broadcast(
            draft, forum=forum, text=text(title="Hers"), group=Group(), version=1, by=owner
        )
    with pytest.raises(ChangedMeanwhile):
        broadcasts.send_broadcast(draft, version=1, by=owner)
    draft.refresh_from_db()
    assert (draft.title, draft.status) == ("Dinner", Status.DRAFT)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": " \u202e"}, "title"),
        ({"subject": {"ko": "{nmae}"}}, "subject_ko"),
        ({"body": {"vi": "Chào {tên}"}}, "body_vi"),
        ({"body": {"en": "[x](javascript:alert(1))"}}, "body_en"),
        ({"body": {"en": "x" * 20_001}}, "body_en"),
    ],
)
def test_what_no_mail_may_hold_is_refused_beside_its_field(
    forum: Forum, desk: User, words: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        broadcasts.save_broadcast(None, forum=forum, text=text(**words), group=Group(), version=0, by=desk)
    assert refusal.value.field == field
    assert not Broadcast.objects.exists()


def test_an_old_mail_is_copied_and_a_draft_thrown_away_but_nothing_that_was_sent(
    draft: Broadcast, desk: User
) -> None:
    sent = broadcasts.send_broadcast(draft, version=1, by=desk)
    with pytest.raises(NoDraft):
        broadcasts.discard_broadcast(sent, by=desk)
    with pytest.raises(NoDraft):
        broadcasts.save_broadcast(
            sent, forum=sent.forum, text=text(), group=Group(), version=sent.version, by=desk
        )
    copy = broadcasts.copy_broadcast(sent, by=desk)
    assert (copy.status, copy.total, copy.started_at) == (Status.DRAFT, 0, None)
    assert texts_of(copy, "body")["ko"] == "{name} 님께"
    broadcasts.discard_broadcast(copy, by=desk)
    assert list(Broadcast.objects.all()) == [sent]


# --- Sending --------------------------------------------------------------------------------------


def test_each_person_gets_one_mail_in_her_language(draft: Broadcast, desk: User) -> None:
    sent = broadcasts.send_broadcast(draft, version=1, by=desk)
    assert (sent.status, sent.total) == (Status.SENDING, 7)
    assert broadcasts.work() is False
    sent.refresh_from_db()
    assert (sent.status, sent.written) == (Status.SENT, 7)
    assert sent.finished_at is not None
    assert Message.objects.filter(language="ko").count() == 2
    korean = Message.objects.filter(language="ko").first()
    assert korean is not None
    assert f"{korean.recipient_name} 님께" in rendering.render(korean).text
    # A second click, a second worker: nothing more.
    assert broadcasts.send_broadcast(draft, version=1, by=desk).status == Status.SENT
    broadcasts.work()
    assert Message.objects.count() == 7
    assert AuditEntry.objects.filter(action="broadcast.sent").count() == 1


def test_only_what_is_complete_and_has_readers_is_sent(draft: Broadcast, desk: User) -> None:
    forum = draft.forum
    cases: list[tuple[dict[str, Any], Group, type[DomainError]]] = [
        ({"subject": {}, "body": {}}, Group(), NothingWritten),
        ({"subject": {"en": "A", "ko": "B"}}, Group(), HalfWritten),
        ({}, Group(countries=("JP",)), NobodyChosen),
        ({"purpose": "news"}, Group(), NobodyChosen),
    ]
    for version, (words, group, refusal) in enumerate(cases, start=1):
        broadcasts.save_broadcast(
            draft, forum=forum, text=text(**words), group=group, version=version, by=desk
        )
        with pytest.raises(refusal):
            broadcasts.send_broadcast(draft, version=version + 1, by=desk)
    assert not Message.objects.exists()


def test_a_missing_language_is_told_before_and_read_in_another(draft: Broadcast, desk: User) -> None:
    changed = broadcasts.save_broadcast(
        draft, forum=draft.forum, text=text(), group=Group(), version=1, by=desk
    )
    assert coverage(changed) == [Coverage("vi", 3, "en"), Coverage("ko", 2, "en"), Coverage("en", 2, "en")]
    broadcasts.send_broadcast(changed, version=2, by=desk)
    broadcasts.work()
    korean = Message.objects.filter(language="ko").first()
    assert korean is not None
    mail = rendering.render(korean)
    assert (mail.subject, '<div lang="en">' in mail.html) == ("Dinner", True)
    with translation.override("ko"):
        sentence = "This mail is in %(name)s: the organizers have not written it in your language."
        assert gettext(sentence) % {"name": "English"} in mail.text


def test_members_without_an_address_are_written_to_by_way_of_their_lead(
    draft: Broadcast, forum: Forum, desk: User
) -> None:
    lead = Delegation.objects.create(
        forum=forum, name="Ministry", country="KR", lead_name="Kim", email="kim@example.org", language="ko"
    )
    member = RegistrationFactory(forum=forum, email="", delegation=lead, language="vi", name="Park")
    broadcasts.send_broadcast(draft, version=1, by=desk)
    broadcasts.work()
    message = Message.objects.get(dedupe_key=dedupe_key(draft.pk, member.pk))
    assert (message.recipient, message.recipient_name, message.language) == ("kim@example.org", "Kim", "ko")
    assert "Park 님께" in rendering.render(message).text


def test_of_several_registrations_of_one_address_one_gets_the_mail(
    draft: Broadcast, forum: Forum, desk: User
) -> None:
    gone = RegistrationFactory(forum=forum, email="Lan@example.org", status="cancelled")
    last = RegistrationFactory(forum=forum, email="lan@example.org", status="cancelled")
    back = RegistrationFactory(forum=forum, email="Minh@example.org", status="cancelled")
    RegistrationFactory(forum=forum, email="minh@example.org")
    group = Group(statuses=("cancelled",))
    broadcasts.save_broadcast(draft, forum=forum, text=text(), group=group, version=1, by=desk)
    broadcasts.send_broadcast(draft, version=2, by=desk)
    broadcasts.work()
    assert mails_to(draft) == [dedupe_key(draft.pk, last.pk)]
    assert {gone.pk, back.pk}.isdisjoint({last.pk})


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_takes_the_same_queries_whatever_its_size(
    forum: Forum, desk: User, assert_queries: CountQueries, count: int
) -> None:
    kind = RegistrationTypeFactory(forum=forum)
    for _ in range(count):
        RegistrationFactory(forum=forum, type=kind)
    draft = BroadcastFactory(forum=forum)
    broadcasts.send_broadcast(draft, version=1, by=desk)
    with assert_queries(9):
        broadcasts.work()
    assert Message.objects.count() == count


# --- Later ----------------------------------------------------------------------------------------


def test_a_scheduled_mail_goes_when_its_time_has_come_and_can_be_taken_back(
    draft: Broadcast, desk: User
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    with pytest.raises(DomainError) as refusal:
        broadcasts.schedule_broadcast(draft, send_at=timezone.now(), version=1, by=desk)
    assert refusal.value.field == "send_at"
    broadcasts.schedule_broadcast(draft, send_at=tomorrow, version=1, by=desk)
    broadcasts.work()
    assert not Message.objects.exists()
    assert broadcasts.take_back(draft, by=desk).status == Status.DRAFT
    broadcasts.schedule_broadcast(draft, send_at=tomorrow, version=3, by=desk)
    Broadcast.objects.update(send_at=timezone.now() - timedelta(seconds=1))
    broadcasts.work()
    draft.refresh_from_db()
    assert (draft.status, draft.total, draft.written) == (Status.SENT, 7, 7)
    with pytest.raises(NoDraft):
        broadcasts.take_back(draft, by=desk)


# --- Dying and stopping -----------------------------------------------------------------------------


def test_a_worker_that_dies_in_the_middle_is_followed_by_one_that_goes_on(
    draft: Broadcast, desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    broadcasts.send_broadcast(draft, version=1, by=desk)
    batches = []

    def dying(**arguments: Any) -> int:
        batches.append(arguments)
        written = enqueue_many(**arguments)
        if len(batches) == 2:
            raise SystemExit("kill -9, after the rows and before the commit")
        return written

    monkeypatch.setattr(filling, "enqueue_many", dying)
    with pytest.raises(SystemExit):
        broadcasts.work(batch=3)
    draft.refresh_from_db()
    assert (draft.status, draft.written, len(mails_to(draft))) == (Status.SENDING, 3, 3)
    broadcasts.work(batch=3)
    draft.refresh_from_db()
    assert (draft.status, draft.written, len(mails_to(draft))) == (Status.SENT, 7, 7)


def test_a_lost_cursor_doubles_no_mail(draft: Broadcast, desk: User) -> None:
    broadcasts.send_broadcast(draft, version=1, by=desk)
    broadcasts.work()
    Broadcast.objects.update(status=Status.SENDING, cursor=None, finished_at=None)
    broadcasts.work()
    draft.refresh_from_db()
    assert (draft.status, draft.written, len(mails_to(draft))) == (Status.SENT, 7, 7)


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_write_each_mail_once(draft: Broadcast, desk: User) -> None:
    broadcasts.send_broadcast(draft, version=1, by=desk)
    together(*[lambda: broadcasts.work(batch=2)] * 4)
    broadcasts.work()  # whoever met a held row left it to its holder
    draft.refresh_from_db()
    assert (draft.status, draft.written, len(mails_to(draft))) == (Status.SENT, 7, 7)


@pytest.mark.django_db(transaction=True)
def test_stopping_waits_for_a_batch_then_nothing_more_is_written_and_nothing_waits(
    draft: Broadcast, desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    broadcasts.send_broadcast(draft, version=1, by=desk)
    in_the_middle, go_on = threading.Event(), threading.Event()

    def slow(**arguments: Any) -> int:
        written = enqueue_many(**arguments)
        in_the_middle.set()
        assert go_on.wait(10)
        return written

    monkeypatch.setattr(filling, "enqueue_many", slow)

    def stop() -> None:
        assert in_the_middle.wait(10)
        threading.Timer(0.3, go_on.set).start()
        assert broadcasts.stop_broadcast(draft, by=desk, reason="wrong date") == 3

    together(lambda: broadcasts.work(batch=3), stop)
    connection.close()
    draft.refresh_from_db()
    assert (draft.status, draft.written) == (Status.STOPPED, 3)
    assert set(Message.objects.values_list("status", flat=True)) == {Message.Status.WITHDRAWN}
    broadcasts.work()
    assert Message.objects.count() == 3
    entry = AuditEntry.objects.get(action="broadcast.stopped")
    assert (entry.reason, entry.changes["mails_withdrawn"]) == ("wrong date", ["", "3"])


def test_stopping_withdraws_what_has_not_gone_and_nothing_of_another_mail(
    draft: Broadcast, desk: User, mail_catcher: MailCatcher
) -> None:
    other = MessageFactory(kind=KIND, context=sample("en"), dedupe_key=f"broadcast:{draft.pk}1:x")
    broadcasts.send_broadcast(draft, version=1, by=desk)
    broadcasts.work()
    ours = Message.objects.filter(dedupe_key__startswith=f"broadcast:{draft.pk}:")
    gone = claim(lease=LEASE, limit=3)  # the oldest, the other mail among them
    deliver(gone[:2], lease=LEASE, tally=Tally())
    assert broadcasts.stop_broadcast(draft, by=desk) == ours.exclude(status="sent").count()
    deliver(gone[2:], lease=LEASE, tally=Tally())
    deliver_due()
    assert len(mail_catcher.messages) == ours.filter(status="sent").count() + 1
    other.refresh_from_db()
    assert other.status == Message.Status.SENT
    assert broadcasts.stop_broadcast(draft, by=desk) == 0


def test_a_mail_that_a_server_is_taking_while_it_is_stopped_says_that_it_was_sent(
    draft: Broadcast, desk: User, mail_catcher: MailCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    broadcasts.send_broadcast(draft, version=1, by=desk)
    broadcasts.work()
    letter = rendering.letter

    def stopped_meanwhile(message: Message) -> Any:
        broadcasts.stop_broadcast(draft, by=desk)
        return letter(message)

    monkeypatch.setattr("outbox.delivery.rendering.letter", stopped_meanwhile)
    deliver_due()
    assert len(mail_catcher.messages) == 1
    assert sorted(Message.objects.values_list("status", flat=True)) == ["sent", *["withdrawn"] * 6]


# --- News -----------------------------------------------------------------------------------------


@pytest.fixture
def news(draft: Broadcast, people: list[Registration], desk: User) -> Broadcast:
    """Give news on its way: to two of seven people, for the others have not agreed or not any more."""
    for person in people[:3]:
        ConsentFactory(registration=person, kind=Consent.Kind.NEWSLETTER)
    withdraw_consent(people[2], Consent.Kind.NEWSLETTER)
    ConsentFactory(registration=people[3], kind=Consent.Kind.PHOTOGRAPHS)
    Broadcast.objects.update(purpose="news")
    sent = broadcasts.send_broadcast(draft, version=1, by=desk)
    broadcasts.work()
    return sent


def test_news_goes_to_those_who_agreed_with_a_way_out(
    news: Broadcast, people: list[Registration], mail_catcher: MailCatcher
) -> None:
    assert mails_to(news) == sorted(dedupe_key(news.pk, person.pk) for person in people[:2])
    deliver_due()
    mail = read(mail_catcher.messages[0])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(mail["List-Unsubscribe"]).strip(" <>")
    assert address.startswith("http://testserver/vi/news/")
    raw = mail_catcher.messages[0].raw
    assert re.search(rb"^List-Unsubscribe:\s+<%s>\r?$" % re.escape(address.encode()), raw, re.MULTILINE)
    body = mail.get_body(("plain",))
    assert body is not None
    assert address in body.get_content()


def test_who_withdraws_between_the_decision_and_the_sending_gets_no_news(
    news: Broadcast, people: list[Registration], mail_catcher: MailCatcher
) -> None:
    withdraw_consent(people[0], Consent.Kind.NEWSLETTER)
    deliver_due()
    assert [mail.recipients for mail in mail_catcher.messages] == [(people[1].email,)]
    message = Message.objects.get(recipient=people[0].email)
    assert (message.status, message.attempts) == (Message.Status.WITHDRAWN, 1)


def test_a_mail_about_the_forum_says_why_one_gets_it_and_has_no_such_header(
    draft: Broadcast, desk: User, mail_catcher: MailCatcher
) -> None:
    broadcasts.send_broadcast(draft, version=1, by=desk)
    broadcasts.work()
    deliver_due()
    english = next(mail for mail in mail_catcher.messages if b"Content-Language: en" in mail.raw)
    mail = read(english)
    assert mail["List-Unsubscribe"] is None
    body = mail.get_body(("plain",))
    assert body is not None
    assert "It is about the forum itself" in " ".join(body.get_content().split())


def test_a_test_mail_goes_to_the_organizer_alone_in_each_written_language(
    draft: Broadcast, desk: User
) -> None:
    Broadcast.objects.update(subject_ko="", body_ko="", purpose="news")
    draft.refresh_from_db()
    made = broadcasts.send_test(draft, languages=["vi", "ko", "en"], by=desk)
    assert [(one.recipient, one.language) for one in made] == [(desk.email, "vi"), (desk.email, "en")]
    mail = rendering.render(made[1])
    assert mail.subject.startswith("Test: ")
    assert mail.headers == {}, "its button would end nobody's news"
    assert "Dear Alex Sample" in mail.text
    draft.refresh_from_db()
    assert (draft.status, draft.version) == (Status.DRAFT, 1)
