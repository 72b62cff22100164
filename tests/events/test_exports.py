"""Whatever an agenda holds, every export of it is well-formed and says the same when it is read back."""

import csv
import io
import json
import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from defusedxml import ElementTree
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as fuzzing
from hypothesis import strategies as st
from icalendar import Calendar
from pypdf import PdfReader

from core.i18n import LANGUAGE_CODES, choose
from core.table_text import plain
from events.agenda import Agenda
from events.agenda_document import canonical
from events.calendar_entry import calendar_event
from events.exports.calendar_file import calendar_file
from events.exports.formats import FORMATS
from events.exports.programme.document import programme_pdf
from events.exports.release_document import document_of
from events.exports.schedule import NO_ROOM, schedule_of
from events.exports.schedule_json import schedule_json
from events.exports.schedule_xml import duration, schedule_xml
from events.exports.sheet_csv import sheet_csv
from events.exports.sheet_xlsx import sheet_xlsx
from events.ical_lines import folded
from tests.events.generated import agenda_of_document, generated_agenda, generated_document
from tests.events.strange_documents import ANY_TEXT, documents
from tests.examples import examples

LANGUAGES = st.sampled_from(LANGUAGE_CODES)
AGENDAS = documents().map(agenda_of_document)
fuzzed = fuzzing(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])

# What https://c3voc.de/schedule/schema.xsd demands of an event, besides texts.
DEMANDED = {
    "date": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d",
    "start": r"[0-2]\d:[0-5]\d",
    "duration": r"\d{1,2}:\d\d|\d{1,2}:\d\d:\d{1,2}",
    "slug": r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}",
    "url": r"https?://.*",
    "room": r"(?s).+",
    "type": r"[a-z]+",
}


@fuzzed
@given(documents())
def test_the_document_is_what_the_agenda_was_read_from(document: dict[str, Any]) -> None:
    assert document_of(agenda_of_document(document)) == document


@given(ANY_TEXT)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


class TestXml:
    @fuzzed
    @given(AGENDAS, LANGUAGES)
    def test_it_reads_back_equal(self, agenda: Agenda, language: str) -> None:
        root = ElementTree.fromstring(schedule_xml(agenda, language))
        schedule = schedule_of(agenda, language)
        zone = agenda.forum.zone
        expected = {
            session.uid: (
                plain(str(choose(session.title, language))),
                plain(str(choose(session.abstract, language))),
                session.start,
                session.end,
            )
            for session in agenda.sessions
            if not session.is_cancelled
        }

        found = {}
        for event in root.iter("event"):
            start = datetime.fromisoformat(event.findtext("date") or "")
            assert start.astimezone(zone).strftime("%H:%M") == event.findtext("start")
            end = start + length_of(event.findtext("duration") or "")
            found[event.get("guid")] = (
                event.findtext("title"),
                event.findtext("abstract"),
                start.astimezone(UTC),
                end.astimezone(UTC),
            )
        assert found == expected
        assert [room.get("name") for room in root.find("day")][: len(schedule.rooms)] == [
            room.name for room in schedule.rooms
        ]

    @fuzzed
    @given(AGENDAS, LANGUAGES)
    def test_it_keeps_to_the_schema(self, agenda: Agenda, language: str) -> None:
        root = ElementTree.fromstring(schedule_xml(agenda, language))
        events = list(root.iter("event"))

        assert [child.tag for child in root][:3] == ["generator", "version", "conference"]
        assert re.fullmatch(r"[a-z0-9_-]{4,}", root.findtext("conference/acronym") or "")
        assert [day.get("index") for day in root.iter("day")] == [
            str(number + 1) for number in range(len(root.findall("day")))
        ]
        for event in events:
            for tag, pattern in DEMANDED.items():
                assert re.fullmatch(pattern, event.findtext(tag) or ""), (tag, event.findtext(tag))
            for tag in ("title", "subtitle", "abstract", "description", "track", "language"):
                assert len(event.findall(tag)) == 1
            assert str(uuid.UUID(event.get("guid"))) == event.get("guid")
            assert 100_000 <= int(event.get("id")) <= 999_999
        for name in ("guid", "id"):
            assert len({event.get(name) for event in events}) == len(events)
        assert len({event.findtext("slug") for event in events}) == len(events)

    @fuzzed
    @given(AGENDAS)
    def test_an_event_stands_on_its_day_in_its_room(self, agenda: Agenda) -> None:
        root = ElementTree.fromstring(schedule_xml(agenda, "vi"))

        for day in root.iter("day"):
            names = [room.get("name") for room in day]
            assert len(set(names)) == len(names)
            for room in day:
                for event in room:
                    assert event.findtext("room") == room.get("name")
                    assert (event.findtext("date") or "").startswith(day.get("date"))

    def test_equal_content_is_an_equal_file_whatever_its_release(self) -> None:
        document = generated_document(30)

        one, two = (agenda_of_document(document, number=number) for number in (1, 7))

        assert schedule_xml(one, "ko") == schedule_xml(two, "ko")
        assert schedule_json(one, "ko") == schedule_json(two, "ko")
        assert sheet_xlsx(one, "ko") == sheet_xlsx(two, "ko")

    def test_a_change_in_a_language_changes_its_version_alone(self) -> None:
        document = generated_document(3)
        before = agenda_of_document(document)
        document["sessions"][0]["title"] = {**document["sessions"][0]["title"], "ko": "다른 제목"}
        after = agenda_of_document(document)

        assert version(before, "ko") != version(after, "ko")
        assert version(before, "vi") == version(after, "vi")

    def test_namesakes_among_rooms_are_told_apart(self) -> None:
        document = generated_document(40)
        for room in document["rooms"][:2]:
            room["name"] = dict.fromkeys(LANGUAGE_CODES, "Hall")
        document["rooms"][2]["name"] = dict.fromkeys(LANGUAGE_CODES, NO_ROOM)

        names = [room.name for room in schedule_of(agenda_of_document(document), "en").rooms]

        assert names[:4] == ["Hall (room-0)", "Hall (room-1)", "– (room-2)", "Room 204"]

    @pytest.mark.parametrize(
        ("minutes", "written"),
        [(5, "00:05"), (90, "01:30"), (5999, "99:59"), (6000, "4:04:00"), (10_080, "7:00:00")],
    )
    def test_a_long_session_says_its_days(self, minutes: int, written: str) -> None:
        assert duration(minutes) == written


class TestJson:
    @fuzzed
    @given(documents(), LANGUAGES)
    def test_it_reads_back_equal(self, document: dict[str, Any], language: str) -> None:
        agenda = agenda_of_document(document)
        read = json.loads(schedule_json(agenda, language))

        assert canonical(read["generator"]["agenda"]) == canonical(document)
        assert set(read) == {"$schema", "generator", "schedule"}
        events = [
            event
            for day in read["schedule"]["conference"]["days"]
            for room in day["rooms"].values()
            for event in room
        ]
        taking_place = [session for session in agenda.sessions if not session.is_cancelled]
        assert {event["guid"] for event in events} == {session.uid for session in taking_place}
        assert {event["title"] for event in events} == {
            plain(str(choose(session.title, language))) for session in taking_place
        }

    def test_nothing_of_it_is_written_twice(self) -> None:
        pairs: list[list[str]] = []

        def keep(found: list[tuple[str, Any]]) -> dict[str, Any]:
            pairs.append([key for key, _value in found])
            return dict(found)

        json.loads(schedule_json(generated_agenda(40), "en"), object_pairs_hook=keep)

        assert [keys for keys in pairs if len(keys) != len(set(keys))] == []


class TestCalendar:
    @fuzzed
    @given(AGENDAS, LANGUAGES)
    def test_it_reads_back_as_the_single_entries(self, agenda: Agenda, language: str) -> None:
        found = {
            str(entry["UID"]): entry for entry in Calendar.from_ical(calendar_file(agenda, language)).events
        }
        zone = ZoneInfo("UTC")

        assert len(found) == len(agenda.sessions)
        for session in agenda.sessions:
            single = calendar_event(session, agenda, language)
            entry = found[str(single["UID"])]
            for name in ("SEQUENCE", "STATUS", "URL"):
                assert entry[name] == single[name], name
            for name in ("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED"):
                assert entry[name].dt.astimezone(zone) == single[name].dt.astimezone(zone), name
            for name in ("SUMMARY", "LOCATION", "DESCRIPTION"):
                assert str(entry.get(name, "")) == plain(str(single.get(name, ""))), name

    @fuzzed
    @given(AGENDAS, LANGUAGES)
    def test_its_lines_are_short_and_end_as_they_must(self, agenda: Agenda, language: str) -> None:
        content = calendar_file(agenda, language)

        assert content.endswith(b"\r\nEND:VCALENDAR\r\n")
        lines = content.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert [line for line in lines if b"\n" in line or b"\r" in line] == []
        for line in lines:
            line.decode()

    @given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
    def test_a_folded_line_unfolds(self, line: str) -> None:
        assert folded(line).replace(b"\r\n ", b"").decode() == line

    def test_what_was_withdrawn_is_cancelled_and_may_have_no_name(self) -> None:
        withdrawn = [
            {
                "uid": str(uuid.UUID(int=number)),
                "slug": "gone",
                "title": dict.fromkeys(LANGUAGE_CODES, title),
                "start": "2031-05-14T02:00:00Z",
                "end": "2031-05-14T03:00:00Z",
                "withdrawn_at": "2031-01-02T00:00:00Z",
                "number": 3,
            }
            for number, title in enumerate(("Gone", ""))
        ]
        agenda = agenda_of_document(generated_document(1), number=4, withdrawn=withdrawn)

        entries = Calendar.from_ical(calendar_file(agenda, "en")).events

        assert [(str(e["STATUS"]), e["SEQUENCE"], str(e.get("SUMMARY", "–"))) for e in entries[1:]] == [
            ("CANCELLED", 3, "Gone"),
            ("CANCELLED", 3, "–"),
        ]


class TestTables:
    @fuzzed
    @given(AGENDAS, LANGUAGES)
    def test_the_csv_has_a_row_a_session_and_no_formula(self, agenda: Agenda, language: str) -> None:
        content = sheet_csv(agenda, language)
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))

        assert content.startswith(b"\xef\xbb\xbf")
        assert len(rows) == 1 + len(agenda.sessions)
        assert {len(row) for row in rows} == {17}
        assert [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r\n"))] == []

    @fuzzing(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(AGENDAS, LANGUAGES)
    def test_the_workbook_reads_back_equal(self, agenda: Agenda, language: str) -> None:
        book = openpyxl.load_workbook(io.BytesIO(sheet_xlsx(agenda, language)))
        first, *rows = book["sessions"].values

        assert book.sheetnames[1:] == ["sessions", "rooms", "tracks", "speakers"]
        assert [
            cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        ] == []
        assert len(rows) == len(agenda.sessions)
        for session, row in zip(agenda.sessions, rows, strict=True):
            read = dict(zip(first, row, strict=True))
            assert read["uid"] == session.uid
            assert read["start"].replace(tzinfo=agenda.forum.zone) == session.start
            assert read["end"].replace(tzinfo=agenda.forum.zone) == session.end
            for code in LANGUAGE_CODES:
                assert (read[f"title_{code}"] or "") == plain(session.title[code])
            people = ", ".join(f"{part.speaker.slug}:{part.role}" for part in session.people)
            assert (read["people"] or "") == people


class TestPdf:
    @fuzzing(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(AGENDAS, LANGUAGES)
    def test_every_agenda_can_be_printed(self, agenda: Agenda, language: str) -> None:
        content = programme_pdf(agenda, language)

        assert PdfReader(io.BytesIO(content)).pages
        assert programme_pdf(agenda, language) == content

    def test_a_session_with_sixty_people_of_long_names_fits(self) -> None:
        document = generated_document(100)
        for speaker in document["speakers"]:
            speaker["name"] = f"{speaker['name']} " * 12
        document["sessions"][0]["people"] = [
            {"speaker": speaker["slug"], "role": "panelist"} for speaker in document["speakers"]
        ]

        assert programme_pdf(agenda_of_document(document), "en").startswith(b"%PDF")

    def test_it_has_days_to_jump_to_numbered_pages_and_both_clocks(self) -> None:
        reader = PdfReader(io.BytesIO(programme_pdf(generated_agenda(60), "ko")))
        first = reader.pages[0].extract_text()

        assert [entry.title for entry in reader.outline] == ["5월 14일 수요일", "연사"]
        assert f"1 / {len(reader.pages)}" in first
        assert "08:00–08:25" in first
        assert "10:00–10:25 서울" in first
        assert reader.metadata.title.startswith("프로그램")
        assert str(reader.root_object["/Lang"]) == "ko"


def test_every_format_takes_an_agenda_without_sessions() -> None:
    document = generated_document(1)
    for name in ("rooms", "tracks", "sessions", "speakers"):
        document[name] = []
    agenda = agenda_of_document(document)

    assert [made.filename for made in FORMATS if not made.write(agenda, "en")] == []
    root = ElementTree.fromstring(schedule_xml(agenda, "en"))
    assert root.findtext("conference/url") == f"{settings.SITE_URL}/en/agenda/"


def length_of(written: str) -> timedelta:
    """Return what a duration of the XML means."""
    *days, hours, minutes = map(int, written.split(":"))
    return timedelta(days=sum(days), hours=hours, minutes=minutes)


def version(agenda: Agenda, language: str) -> str:
    """Return the version that an agenda's XML says it is."""
    return ElementTree.fromstring(schedule_xml(agenda, language)).findtext("version") or ""
