"""The mails about a registration, as their readers get them."""

import io
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import zxingcpp
from icalendar import Calendar
from PIL import Image

from accounts.models import User
from embedded.mail_catcher import MailCatcher
from events.models import Forum
from outbox import kinds
from outbox.delivery import deliver_due
from outbox.models import Message
from outbox.rendering import Rendered, render
from registrations import services
from registrations.links import detail_url
from registrations.models import Registration
from registrations.ticket import TicketClaim, read_payload
from tests.registrations.conftest import Register
from tests.registrations.paper import qrs_of

KINDS = [
    "registration.confirmed",
    "registration.already",
    "registration.changed",
    "registration.cancelled",
]
LANGUAGES = ["vi", "ko", "en"]


def mail_of(kind: str) -> Rendered:
    return render(Message.objects.filter(kind=kind).latest("created_at"))


def calendar_in(mail: Rendered) -> Any:
    [file] = [file for file in mail.attachments if file.content_type.startswith("text/calendar")]
    calendar = Calendar.from_ical(file.content)
    assert f"method={calendar['method']}" in file.content_type
    return calendar


def write_all_four(register: Register, **changes: Any) -> Registration:
    """Register, register again, correct, cancel: one mail of each kind."""
    mai = register(**changes)
    register(**changes)
    services.correct_details(mai, name="Trần Mai", organization_name="Viện Mẫu")
    services.cancel_registration(mai, by=None)
    return Registration.objects.get(pk=mai.pk)


def test_all_four_kinds_are_known() -> None:
    assert {kind.name for kind in kinds.all_kinds()} >= set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_is_in_its_readers_language(
    published_forum: Forum, register: Register, kind: str, language: str
) -> None:
    mai = write_all_four(register, language=language)
    mark = {"vi": "(tiếng Việt)", "ko": "(한국어)", "en": "Vietnam–Korea Forum"}[language]

    mail = mail_of(kind)

    assert mark in mail.subject
    assert f'<html lang="{language}">' in mail.html
    for text in (mail.text, mail.html):
        if kind == "registration.cancelled":
            assert f"http://testserver/{language}/register/" in text
        else:
            assert detail_url(mai) in text
            # Both countries' hours; the day as this language writes it.
            assert "09:00" in text
            assert "11:00" in text
            assert {"vi": "Thứ Tư", "ko": "수요일", "en": "Wednesday"}[language] in text


@pytest.mark.parametrize(
    ("language", "when"),
    [
        ("vi", "13–15 tháng 5 năm 2031\n%s: Thứ Tư 14.05, 09:00 theo giờ Hà Nội, 11:00 theo giờ Seoul"),
        ("ko", "2031년 5월 13–15일\n%s: 5월 14일 수요일, 하노이 시각 09:00, 서울 시각 11:00"),
        ("en", "13–15 May 2031\n%s: Wednesday 14 May, 09:00 in Hanoi, 11:00 in Seoul"),
    ],
)
def test_a_mail_says_the_days_and_the_opening_with_the_city_of_each_hour(
    published_forum: Forum, register: Register, language: str, when: str
) -> None:
    register(language=language)
    opening = {"vi": "Khai mạc", "ko": "개회", "en": "Opening"}[language]

    assert when % opening in mail_of("registration.confirmed").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_samples_can_be_rendered_without_a_row(db: None, kind: str, language: str) -> None:
    sample = kinds.get(kind).sample(language)

    mail = render(Message(kind=kind, recipient="a@example.org", language=language, context=sample))

    assert mail.subject
    assert sample["code"] in mail.text


def test_the_confirmation_carries_a_ticket_that_scanners_read(forum: Forum, register: Register) -> None:
    mai = register()

    picture, calendar, paper = mail_of("registration.confirmed").attachments

    assert (picture.content_type, picture.content_id) == ("image/png", "ticket-qr")
    assert calendar.filename == f"{mai.code}.ics"
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.content)).convert("L"))
    assert read_payload(found.text, forum_id=forum.pk) == TicketClaim(mai.code, 1)
    assert 'src="cid:ticket-qr"' in mail_of("registration.confirmed").html
    assert (paper.filename, paper.content_type) == (f"{mai.code}.pdf", "application/pdf")
    assert qrs_of(paper.content) == [found.text]
    assert len(paper.content) < 120_000


def test_the_calendar_entry_keeps_its_name_and_counts_up_until_it_is_taken_out(
    published_forum: Forum, register: Register
) -> None:
    mai = write_all_four(register)
    seen = []
    for kind in ("registration.confirmed", "registration.changed", "registration.cancelled"):
        calendar = calendar_in(mail_of(kind))
        [event] = calendar.walk("VEVENT")
        seen.append((calendar["method"], event["uid"], event["sequence"]))

    uid = f"{mai.id}@testserver"
    assert seen == [("PUBLISH", uid, 0), ("PUBLISH", uid, 1), ("CANCEL", uid, 2)]
    assert not mail_of("registration.already").attachments


def test_the_mail_of_a_replaced_registration_holds_a_dead_link(register: Register, desk: User) -> None:
    mai = register()
    before = mail_of("registration.confirmed")

    services.replace_link(mai, by=desk)

    mai.refresh_from_db()
    first = render(Message.objects.earliest("created_at"))
    assert first.text == before.text, "a mail that goes out late says what was true when it was decided"
    assert detail_url(mai) not in first.text
    assert detail_url(mai) in mail_of("registration.confirmed").text


def test_html_in_a_name_is_text_in_every_part(register: Register) -> None:
    name = "<b>Mai</b> & {{ 7|add:7 }}"
    register(name=name, organization_name="<img src=x>")

    mail = mail_of("registration.confirmed")

    assert "&lt;b&gt;Mai&lt;/b&gt; &amp; {{ 7|add:7 }}" in mail.html
    assert "<img src=x>" not in mail.html
    assert name in mail.text


def test_the_calendar_entry_holds_no_secret(published_forum: Forum, register: Register) -> None:
    mai = register()
    calendar = calendar_in(mail_of("registration.confirmed"))

    assert detail_url(mai).rsplit("/", 2)[1] not in calendar.to_ical().decode().replace("\r\n ", "")


def test_on_the_wire_the_picture_is_inside_and_the_entry_is_attached(
    published_forum: Forum, register: Register, mail_catcher: MailCatcher
) -> None:
    register(name="Trần Thị Mai 😀")

    deliver_due()

    [stored] = mail_catcher.messages
    mail = message_from_bytes(stored.raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert mail["To"].addresses[0].addr_spec == "mai@example.org"
    assert mail["To"].addresses[0].display_name == "Trần Thị Mai 😀"
    parts = {part.get_content_type(): part for part in mail.walk()}
    assert parts["image/png"]["Content-ID"] == "<ticket-qr>"
    assert parts["image/png"].get_content_disposition() == "inline"
    entry = parts["text/calendar"]
    assert entry.get_param("method") == "PUBLISH"
    assert entry.get_content_disposition() == "attachment"
    assert Calendar.from_ical(entry.get_content()).walk("VEVENT")
