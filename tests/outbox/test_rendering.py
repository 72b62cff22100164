"""What the reader gets: her language, safe words, the right parts and headers."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outbox.cleaning import one_line
from outbox.kinds import Attachment, MailContent
from outbox.models import Message
from outbox.rendering import Unwritable, letter, message_id, render, tidy
from tests.examples import examples
from tests.factories import MessageFactory
from tests.outbox.conftest import read

PNG = b"\x89PNG\r\n\x1a\n picture"
ICS = "BEGIN:VCALENDAR\r\nSUMMARY:Diễn đàn\r\nEND:VCALENDAR\r\n".encode()
CALENDAR = "text/calendar; charset=utf-8; method=PUBLISH"


def message(**changes: Any) -> Message:
    """Return a message to Lan that is not stored."""
    fields: dict[str, Any] = {"kind": "test.ticket", "recipient": "lan@example.org", "language": "vi"}
    fields |= {"recipient_name": "Nguyễn Thị Lan", "context": {"name": "Lan"}}
    return MessageFactory.build(**(fields | changes))


@pytest.fixture(autouse=True)
def _ticket_kind(register: Any, settings: Any) -> None:
    """Know a kind with a picture inside and a calendar entry beside it."""
    templates = settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], _folder()]}
    settings.TEMPLATES = [templates]
    register(name="test.ticket", template="outbox/letters/ticket", prepare=prepare)


def _folder() -> Path:
    return Path(__file__).parent / "templates"


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Show what the reader's circumstances are while it runs."""
    noon = timezone.localtime(datetime(2031, 5, 14, 5, tzinfo=UTC))
    values = {"name": context["name"], "link": "https://forum.example/?a=1&b=2"}
    values["when"] = f"{translation.get_language()} {language} {noon:%H:%M}"
    files = [Attachment("qr.png", PNG, "image/png", "qr"), Attachment("invite.ics", ICS, CALENDAR)]
    return MailContent(values, files)


# --- Language and zone ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "subject"),
    [("vi", "Việt Nam – Hàn Quốc: Lan"), ("ko", "한·베트남: Lan"), ("en", "Vietnam – Korea: Lan")],
)
def test_a_mail_is_in_its_readers_language_whoever_renders_it(language: str, subject: str) -> None:
    with translation.override("ko"), timezone.override(ZoneInfo("America/Lima")):
        rendered = render(message(language=language))
    assert rendered.subject == subject
    assert f"{language} {language} 12:00" in rendered.text
    assert f"{language} {language} 12:00" in rendered.html
    assert f'<html lang="{language}">' in rendered.html


def test_the_renderers_own_language_is_left_as_it_was() -> None:
    with translation.override("ko"):
        render(message(language="en"))
        assert translation.get_language() == "ko"


def test_preparing_cannot_change_the_snapshot(register: Any) -> None:
    def spoil(context: dict[str, Any], language: str) -> MailContent:
        context["words"].append("spoilt")
        return MailContent({"asked_at": ""})

    register(name="test.spoiling", prepare=spoil)
    unspoilt = message(kind="test.spoiling", context={"words": []})
    render(unspoilt)
    assert unspoilt.context == {"words": []}


# --- Words of strangers ---------------------------------------------------------------------------

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)> & {{ name }}'


def test_html_of_strangers_is_shown_and_not_obeyed() -> None:
    rendered = render(message(context={"name": HOSTILE}))
    assert "<script" not in rendered.html
    assert "<img src=x" not in rendered.html
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img src=x onerror=alert(1)&gt; &amp; {{ name }}"
        in (rendered.html)
    )
    assert 'href="https://forum.example/?a=1&amp;b=2"' in rendered.html


def test_the_text_has_no_entities() -> None:
    rendered = render(message(context={"name": HOSTILE}))
    assert HOSTILE in rendered.text
    assert rendered.subject == f"Việt Nam – Hàn Quốc: {HOSTILE}"


def test_a_subject_is_one_line_of_bearable_length() -> None:
    rendered = render(message(context={"name": "Lan\r\nBcc: all@example.org\x00\u202e" + "x" * 500}))
    assert rendered.subject.startswith("Việt Nam – Hàn Quốc: Lan Bcc: all@example.orgxxx")
    assert len(rendered.subject) == 200
    assert rendered.subject.endswith("x…")


def test_a_mail_without_words_is_refused(register: Any) -> None:
    register(name="test.empty", template="outbox/letters/empty", prepare=lambda c, lang: MailContent({}))
    with pytest.raises(Exception, match=r"outbox/letters/empty"):
        render(message(kind="test.empty"))


def test_a_mail_without_subject_is_refused(settings: Any, register: Any, tmp_path: Path) -> None:
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    for end, text in ((".subject.txt", " \n"), (".txt", "words"), (".html", "<p>words</p>")):
        (tmp_path / f"blank{end}").write_text(text)
    register(name="test.blank", template="blank", prepare=lambda c, lang: MailContent({}))
    with pytest.raises(Unwritable, match="subject or the text"):
        render(message(kind="test.blank"))


def test_text_has_single_empty_lines_and_no_trailing_space() -> None:
    assert tidy("\n\nHello  \n\n\n\n\nyou\t\n \n\nall\n\n") == "Hello\n\nyou\n\nall\n"
    text = render(message()).text
    assert "\n\n\n" not in text
    assert text.startswith("Lan\n\nvi vi 12:00\n\n----\nViệt\xa0Nam – Hàn\xa0Quốc · ")
    assert "lan@example.org" in text
    assert text.endswith(".\n")


# --- Parts and headers ----------------------------------------------------------------------------


def shape(part: Any) -> Any:
    """Return the tree of content types."""
    if not part.is_multipart():
        return part.get_content_type()
    return {part.get_content_type(): [shape(inner) for inner in part.iter_parts()]}


def test_the_parts_nest_as_mail_programs_expect() -> None:
    mail = read(letter(message()).message().as_bytes())
    assert shape(mail) == {
        "multipart/mixed": [
            {
                "multipart/alternative": [
                    "text/plain",
                    {"multipart/related": ["text/html", "image/png"]},
                ]
            },
            "text/calendar",
        ]
    }
    assert str(mail).count("MIME-Version: 1.0") >= 1


def test_a_mail_without_files_is_text_and_html_alone() -> None:
    mail = read(letter(message(kind="test.plain", context={"words": "now"})).message().as_bytes())
    assert shape(mail) == {"multipart/alternative": ["text/plain", "text/html"]}


def test_the_picture_is_found_by_its_id() -> None:
    mail = read(letter(message()).message().as_bytes())
    picture = next(part for part in mail.walk() if part.get_content_type() == "image/png")
    html = next(part for part in mail.walk() if part.get_content_type() == "text/html")
    assert picture["Content-ID"] == "<qr>"
    assert picture.get_content_disposition() == "inline"
    assert picture.get_content() == PNG
    assert 'src="cid:qr"' in html.get_content()


def test_the_calendar_entry_arrives_as_it_was_made() -> None:
    mail = read(letter(message()).message().as_bytes())
    entry = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert entry["Content-Type"].params == {"charset": "utf-8", "method": "PUBLISH"}
    assert entry.get_content_disposition() == "attachment"
    assert entry.get_filename() == "invite.ics"
    assert entry.get_payload(decode=True) == ICS


def test_a_file_name_that_is_not_ascii_arrives(register: Any) -> None:
    file = Attachment("vé của Lan.pdf", b"%PDF", "application/pdf")
    register(name="test.file", prepare=lambda c, lang: MailContent({"asked_at": ""}, [file]))
    mail = read(letter(message(kind="test.file")).message().as_bytes())
    assert [part.get_filename() for part in mail.iter_attachments()] == ["vé của Lan.pdf"]


def test_the_headers_say_what_kind_of_mail_it_is(settings: Any) -> None:
    settings.SITE_URL = "https://diễnđàn.example:8443"
    sent = message(created_at=datetime(2031, 5, 14, 5, tzinfo=UTC))
    mail = read(letter(sent).message().as_bytes())
    assert mail["Message-ID"] == f"<{sent.pk}@xn--dinn-2na70al94p.example>"
    assert mail["Message-ID"] == message_id(sent)
    assert parsedate_to_datetime(mail["Date"]) == sent.created_at
    assert mail["Date"].endswith("+0700")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "vi"
    assert mail["From"] == settings.DEFAULT_FROM_EMAIL
    for header in ("Message-ID", "Date", "Subject", "From", "To", "Auto-Submitted", "MIME-Version"):
        assert len(mail.get_all(header, [])) == 1, header


def test_every_byte_passes_a_server_of_seven_bits() -> None:
    raw = letter(message(context={"name": "Nguyễn 김하나 👩‍⚕️"})).message().as_bytes(linesep="\r\n")
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


NAMES = [
    "Nguyễn Thị Ánh Tuyết",
    "김하나",
    'Lan "the doctor" O\'Neil, MD; <x@example.org> \\',
    "<b>Lan</b>",
    "👩‍⚕️ Lan",
    "شادي\u200f",
    "=?utf-8?q?Lan=0D=0ABcc=3A_all=40example=2Eorg?=",
    "bác sĩ " * 28,
    "박" * 200,
    "",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_arrives_as_it_was_written(name: str) -> None:
    clean = one_line(name, at_most=200)
    mail = message_from_bytes(letter(message(recipient_name=clean)).message().as_bytes())
    # The older parser of Python: the newer one puts spaces between the words of a long name.
    ((shown, address),) = getaddresses([mail["To"]])
    assert address == "lan@example.org"
    assert str(make_header(decode_header(shown))) == clean.replace("=?", "= ?")
    assert mail["Bcc"] is None


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.text(max_size=80), words=st.text(max_size=80))
def test_no_text_breaks_out_of_its_place(name: str, words: str) -> None:
    hostile = message(recipient_name=one_line(name, at_most=200), context={"name": words})
    raw = letter(hostile).message().as_bytes()
    mail = read(raw)
    assert [address.addr_spec for address in mail["To"].addresses] == ["lan@example.org"]
    assert set(mail.keys()) == {
        "Content-Type",
        "MIME-Version",
        "Subject",
        "From",
        "To",
        "Message-ID",
        "Date",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
        "Content-Language",
    }
