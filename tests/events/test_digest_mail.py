"""The mail about a release: what it says in each language, and the entries for calendars."""

from collections.abc import Callable
from typing import Any

import pytest
from icalendar import Calendar, Event

from accounts.models import User
from events import audience
from events.audience import Listener
from events.digests.mail import KIND
from events.digests.sample import sample
from events.models import AgendaDigest, AgendaRelease, Forum, Session
from events.services import cancel_session, change_session, discard_digest
from events.services.digests import snapshot
from outbox.kinds import Attachment
from outbox.models import Message
from outbox.rendering import Rendered, render
from speakers.models import Speaker
from tests.factories import at, in_three_languages, period

pytestmark = pytest.mark.django_db
Publish = Callable[[Forum], AgendaRelease]


def mail(language: str = "en", **values: Any) -> Rendered:
    """Render the sample."""
    return render(
        Message(
            kind=KIND,
            recipient="reader@example.org",
            language=language,
            context=sample(language) | values,
        )
    )


def methods(files: tuple[Attachment, ...]) -> list[tuple[str, str, list[str]]]:
    """Return each file's name, its METHOD and its sessions with STATUS and SEQUENCE."""
    found = []
    for file in files:
        calendar: Any = Calendar.from_ical(file.content)
        assert file.content_type == f"text/calendar; charset=utf-8; method={calendar['method']}"
        events = [f"{e['summary']} {e['status']} {e['sequence']}" for e in calendar.walk("VEVENT")]
        found.append((file.filename, str(calendar["method"]), events))
    return found


def events_of(file: Attachment) -> list[Event]:
    calendar: Any = Calendar.from_ical(file.content)
    return list(calendar.walk("VEVENT"))


def test_it_says_in_one_mail_what_moved_what_is_cancelled_and_what_is_gone() -> None:
    rendered = mail()

    assert rendered.subject == "3 changes of your programme · Sample Forum"
    lines = rendered.text.splitlines()
    assert "Please forgive us for these late changes." in lines
    assert "New time or room: Cancer screening with AI" in lines
    assert any(line.startswith("Now: ") and line.endswith("14:00–15:00, Sample room") for line in lines)
    assert any(line.startswith("Before: ") and line.endswith("09:00–10:00, Sample hall") for line in lines)
    assert "16:00–17:00 in Seoul" in lines
    assert "Cancelled: Panel on health data" in lines
    assert "No longer in the programme: Hospital visit" in lines
    assert any("because you have a part in them, you marked them with a star" in line for line in lines)
    assert "Write to contact@forum.example." in rendered.text


@pytest.mark.parametrize(
    ("language", "title", "room"),
    [
        ("vi", "Tầm soát ung thư bằng AI", "Phòng Mẫu"),
        ("ko", "AI 암 검진", "견본 회의실"),
        ("en", "Cancer screening with AI", "Sample room"),
    ],
)
def test_it_is_written_in_its_readers_language(language: str, title: str, room: str) -> None:
    rendered = mail(language)

    assert title in rendered.text
    assert title in rendered.html
    assert room in rendered.text
    assert f"/{language}/agenda/sample-1/" in rendered.html


def test_one_change_names_its_session_in_the_subject() -> None:
    one = sample("en")["uids"][:1]

    assert mail(uids=one).subject == "New time or room: Cancer screening with AI · Sample Forum"


def test_a_file_has_one_method_and_a_cancellation_one_session() -> None:
    assert methods(mail().attachments) == [
        ("sessions.ics", "PUBLISH", ["Cancer screening with AI CONFIRMED 2"]),
        ("cancelled-1.ics", "CANCEL", ["Panel on health data CANCELLED 2"]),
        ("cancelled-2.ics", "CANCEL", ["Hospital visit CANCELLED 2"]),
    ]


def test_what_calendars_need_by_mail_is_there() -> None:
    """RFC 5546, 3.2.1 and 3.2.5: DTSTAMP, ORGANIZER, UID; DTSTART and SUMMARY in what is published."""
    for file in mail().attachments:
        [event] = events_of(file)
        assert {"uid", "dtstamp", "organizer", "sequence", "dtstart", "summary"} <= {
            name.lower() for name in event
        }
        assert str(event["organizer"]) == "mailto:contact@forum.example"
        assert str(event["uid"]).partition("@")[0] in sample("en")["uids"]


# --- From the release to the mail -----------------------------------------------------------------


@pytest.fixture
def told_forum(published_forum: Forum, agenda_editor: User) -> Forum:
    """Give the published forum; the first release is told."""
    Speaker.objects.filter(slug="kim-ha-na").update(email="kim@example.org", language="ko")
    discard_digest(AgendaDigest.objects.get(), by=agenda_editor)
    return published_forum


def mail_to(email: str) -> Rendered:
    digest = AgendaDigest.objects.select_related("release__forum", "base").get(status="prepared")
    notice = digest.notices.get(email=email)
    notice.digest = digest
    return render(
        Message(
            kind=KIND, recipient=email, language=notice.language, context=snapshot(notice), dedupe_key="x"
        )
    )


def change(slug: str, /, **fields: Any) -> None:
    row = Session.objects.get(slug=slug)
    change_session(row, by=None, expected_version=row.version, fields=fields)


def test_a_mail_tells_its_reader_of_her_sessions_alone(told_forum: Forum, publish: Publish) -> None:
    change("screening", period=period(at(14)), **in_three_languages("abstract", "Newly written"))
    change("opening", **in_three_languages("title", "Grand opening"))
    release = publish(told_forum)
    AgendaDigest.objects.filter(release=release).update(introduction_ko="죄송합니다.\n\n<b>사무국</b>")

    rendered = mail_to("kim@example.org")

    assert "Cancer screening (한국어)" in rendered.subject
    assert "Grand opening" not in rendered.text
    assert "죄송합니다." in rendered.text
    assert "&lt;b&gt;사무국&lt;/b&gt;" in rendered.html
    assert "2031년 5월 14일 수요일, 14:00–15:00, Hall (한국어)" in rendered.text
    assert "2031년 5월 14일 수요일, 10:00–11:00, Hall (한국어)" in rendered.text
    assert "Newly written" not in rendered.text
    assert methods(rendered.attachments) == [
        ("sessions.ics", "PUBLISH", ["Cancer screening (한국어) CONFIRMED 2"])
    ]
    [event] = events_of(rendered.attachments[0])
    assert event.decoded("dtstart") == at(14)
    assert str(event["organizer"]) == "mailto:contact@example.org"


def test_a_cancelled_session_leaves_the_calendar(told_forum: Forum, publish: Publish) -> None:
    cancel_session(Session.objects.get(slug="screening"), by=None)
    publish(told_forum)

    assert methods(mail_to("kim@example.org").attachments) == [
        ("cancelled-1.ics", "CANCEL", ["Cancer screening (한국어) CANCELLED 2"])
    ]


def test_what_became_confidential_is_not_named_to_those_who_marked_it(
    told_forum: Forum, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    def star(uids: Any) -> Any:
        return [Listener("star@example.org", "Star", "en", "star", uid) for uid in uids]

    monkeypatch.setattr(audience, "_sources", [star])
    Session.objects.filter(slug="screening").update(visibility="confidential")
    publish(told_forum)

    rendered = mail_to("star@example.org")

    assert rendered.subject.startswith("No longer in the programme: a session · ")
    for text in (rendered.text, rendered.html):
        assert "Cancer" not in text
        assert "Hall" not in text
        assert "Ha-na" not in text
    [file] = rendered.attachments
    [event] = events_of(file)
    assert str(event["status"]) == "CANCELLED"
    assert b"Cancer" not in file.content


def test_a_snapshot_holds_what_its_reader_is_told_and_no_more(told_forum: Forum, publish: Publish) -> None:
    change("screening", period=period(at(14)))
    publish(told_forum)
    digest = AgendaDigest.objects.get(status="prepared")

    context = snapshot(digest.notices.get(email="kim@example.org"))

    for side in ("old", "new"):
        assert [one["slug"] for one in context[side]["sessions"]] == ["screening"]
        assert [one["slug"] for one in context[side]["rooms"]] == ["hall"]
        assert [one["biography"]["en"] for one in context[side]["speakers"]] == ["", ""]
    assert Speaker.objects.exclude(biography_en="").exists()
