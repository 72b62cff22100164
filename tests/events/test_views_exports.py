"""The programme as files: who gets which bytes, how often they are made, and what is in none of them."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar
from pypdf import PdfReader

from events import reading
from events.exports.formats import FORMATS
from events.models import AgendaRelease, Forum, Session
from tests.conftest import CountQueries
from tests.factories import RoomFactory, SessionFactory, SpeakerFactory, TrackFactory, at, in_three_languages

Fill = Callable[[Forum, int], list[Session]]
Publish = Callable[[Forum], Any]
FILES = [made.filename for made in FORMATS]
LANGUAGES = ["vi", "ko", "en"]
# Functions of the content: another release of the same agenda is the same file.
PURE = ["schedule.xml", "schedule.json", "sessions.xlsx", "sessions.csv"]


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """Begin like a process that has just started."""
    reading._agenda.cache_clear()


def words_of(filename: str, content: bytes) -> str:
    """Return everything that can be read in a file, packed or not."""
    if filename.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        return "\n".join(str(value) for sheet in book for row in sheet.values for value in row)
    if filename.endswith(".pdf"):
        # Names are kept on one line by spaces that do not break.
        words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        return words.replace("\xa0", " ")
    if filename.endswith(".ics"):
        return content.replace(b"\r\n ", b"").decode()
    return content.decode(errors="replace")


@pytest.mark.django_db
class TestAnswers:
    @pytest.mark.parametrize("filename", FILES)
    def test_it_has_a_type_a_name_and_a_strong_validator(
        self, published_forum: Forum, client: Client, filename: str
    ) -> None:
        response = client.get(f"/ko/agenda/{filename}")
        stem, _, suffix = filename.rpartition(".")

        assert response.status_code == 200
        assert response["Content-Type"] == next(f.content_type for f in FORMATS if f.filename == filename)
        assert response["Content-Disposition"].endswith(f'; filename="hanoi-2031-{stem}-ko.{suffix}"')
        assert re.fullmatch(r'"[0-9a-f]{32}"', response["ETag"])
        assert response["Cache-Control"] == "public, no-cache"
        assert response["Content-Length"] == str(len(response.content))
        assert response["Vary"] == "Accept-Encoding"

    @pytest.mark.parametrize("filename", FILES)
    def test_whoever_has_it_is_told_so(self, published_forum: Forum, client: Client, filename: str) -> None:
        first = client.get(f"/en/agenda/{filename}", headers={"Accept-Encoding": "gzip"})
        again = client.get(
            f"/en/agenda/{filename}",
            headers={"Accept-Encoding": "gzip", "If-None-Match": f'W/"x", {first["ETag"]}'},
        )

        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]

    @pytest.mark.parametrize("filename", FILES)
    def test_it_is_compressed_once_at_most(
        self, published_forum: Forum, client: Client, filename: str
    ) -> None:
        plain = client.get(f"/en/agenda/{filename}")
        packed = client.get(f"/en/agenda/{filename}", headers={"Accept-Encoding": "gzip"})

        if filename in {"sessions.xlsx", "programme.pdf"}:
            assert "Content-Encoding" not in packed
            assert (packed.content, packed["ETag"]) == (plain.content, plain["ETag"])
        else:
            assert gzip.decompress(packed.content) == plain.content
            assert packed["ETag"] == plain["ETag"][:-1] + '-gzip"'

    @pytest.mark.parametrize("filename", FILES)
    def test_each_language_has_its_own(self, published_forum: Forum, client: Client, filename: str) -> None:
        assert len({client.get(f"/{code}/agenda/{filename}")["ETag"] for code in LANGUAGES}) == 3

    @pytest.mark.parametrize("filename", FILES)
    def test_there_is_one_address(self, published_forum: Forum, client: Client, filename: str) -> None:
        response = client.get(f"/en/agenda/{filename}?day=1")

        assert (response.status_code, response["Location"]) == (302, f"/en/agenda/{filename}")

    @pytest.mark.parametrize("filename", FILES)
    def test_before_the_first_release_there_is_none(
        self, forum: Forum, client: Client, filename: str
    ) -> None:
        assert client.get(f"/en/agenda/{filename}").status_code == 404

    def test_the_agenda_page_offers_all(self, published_forum: Forum, client: Client) -> None:
        html = client.get("/vi/agenda/").content.decode()

        head, _, body = html.partition("</head>")
        assert [name for name in FILES if f'<a href="/vi/agenda/{name}"' not in body] == []
        assert '<link rel="alternate" type="text/calendar" href="/vi/agenda/calendar.ics"' in head
        assert re.search(r'href="webcal://[^"/]+/vi/agenda/calendar.ics"', body)


@pytest.mark.django_db
class TestQueries:
    @pytest.mark.parametrize("count", [1, 3, 60])
    @pytest.mark.parametrize("filename", FILES)
    def test_two_cold_and_none_warm(
        self,
        forum: Forum,
        fill: Fill,
        publish: Publish,
        client: Client,
        assert_queries: CountQueries,
        filename: str,
        count: int,
    ) -> None:
        fill(forum, count)
        publish(forum)
        cache.clear()

        with assert_queries(2):
            cold = client.get(f"/en/agenda/{filename}")
        with assert_queries(0):
            warm = client.get(f"/en/agenda/{filename}")

        assert warm.content == cold.content

    @pytest.mark.parametrize("filename", FILES)
    def test_without_the_cache_everything_still_works(
        self, published_forum: Forum, client: Client, valkey: Any, filename: str
    ) -> None:
        expected = client.get(f"/vi/agenda/{filename}").content
        valkey.stop()

        assert client.get(f"/vi/agenda/{filename}").content == expected


@pytest.mark.django_db
class TestReleases:
    @pytest.mark.parametrize("filename", FILES)
    def test_a_new_release_is_a_new_file_at_once(
        self, published_forum: Forum, client: Client, publish: Publish, filename: str
    ) -> None:
        before = client.get(f"/en/agenda/{filename}")
        Session.objects.filter(slug="opening").update(title_en="Opening of the second day")
        publish(published_forum)
        after = client.get(f"/en/agenda/{filename}")

        assert after["ETag"] != before["ETag"]

    @pytest.mark.parametrize("filename", PURE)
    def test_the_same_agenda_in_another_release_is_the_same_file(
        self, published_forum: Forum, client: Client, publish: Publish, filename: str
    ) -> None:
        first = client.get(f"/en/agenda/{filename}").content
        for title in ("Another", "Opening"):
            Session.objects.filter(slug="opening").update(title_en=title)
            publish(published_forum)

        assert AgendaRelease.objects.count() == 3
        assert client.get(f"/en/agenda/{filename}").content == first


@pytest.mark.django_db
class TestSecrets:
    """What is not announced is in no file, in no language, also not as bytes between others."""

    @pytest.fixture
    def secretive_forum(self, drafted_forum: Forum, publish: Publish) -> Forum:
        hidden = {
            "room": RoomFactory(venue=drafted_forum.venue, **in_three_languages("name", "Zebra lounge")),
            "track": TrackFactory(forum=drafted_forum, **in_three_languages("name", "Quagga track")),
            "speakers": [SpeakerFactory(slug="okapi", name="Okapi Person", latin_name="Okapi Person")],
        }
        SessionFactory(
            forum=drafted_forum,
            slug="protocol",
            visibility="confidential",
            starts_at=at(15),
            **in_three_languages("title", "Walrus meeting"),
            **in_three_languages("abstract", "Narwhal agreement"),
            **hidden,
        )
        SessionFactory(
            forum=drafted_forum,
            slug="dinner",
            visibility="invitation",
            starts_at=at(19),
            room=RoomFactory(venue=drafted_forum.venue, **in_three_languages("name", "Tapir salon")),
            **in_three_languages("title", "Dinner of the ministers"),
            **in_three_languages("note", "Enter by the ibis gate"),
        )
        publish(drafted_forum)
        return drafted_forum

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("filename", FILES)
    def test_a_confidential_session_is_in_none(
        self, secretive_forum: Forum, client: Client, owner_client: Client, filename: str, language: str
    ) -> None:
        for reader in (client, owner_client):
            words = words_of(filename, reader.get(f"/{language}/agenda/{filename}").content)
            secrets = ["Walrus", "Narwhal", "Zebra", "Quagga", "Okapi", "okapi", "protocol"]
            assert [word for word in secrets if word in words] == []

    @pytest.mark.parametrize("filename", FILES)
    def test_an_invitation_is_announced_without_where(
        self, secretive_forum: Forum, client: Client, filename: str
    ) -> None:
        words = words_of(filename, client.get(f"/en/agenda/{filename}").content)

        assert "Dinner of the ministers" in words
        assert [word for word in ("Tapir", "ibis") if word in words] == []


@pytest.mark.django_db
class TestContents:
    def test_the_xml_says_what_the_agenda_says(self, published_forum: Forum, client: Client) -> None:
        root = ElementTree.fromstring(client.get("/en/agenda/schedule.xml").content)
        found = {
            event.findtext("title"): (
                event.findtext("date"),
                event.findtext("duration"),
                event.findtext("room"),
                event.findtext("track"),
                event.findtext("language"),
                [person.text for person in event.findall("persons/person")],
            )
            for event in root.iter("event")
        }

        assert found == {
            "Opening": ("2031-05-14T09:00:00+07:00", "01:00", "Hall", "", "vi", ["Bùi Thế Duy"]),
            "Cancer screening": (
                "2031-05-14T10:00:00+07:00",
                "01:00",
                "Hall",
                "Hospitals",
                "vi",
                ["Kim Ha-na", "Bùi Thế Duy"],
            ),
            "Exhibition": ("2031-05-15T09:00:00+07:00", "01:00", "Gallery", "", "vi", []),
        }
        assert [day.get("date") for day in root.iter("day")] == ["2031-05-13", "2031-05-14", "2031-05-15"]
        assert [[room.get("name") for room in day] for day in root.iter("day")] == [["Hall", "Gallery"]] * 3

    def test_the_json_holds_the_release_as_it_is(self, published_forum: Forum, client: Client) -> None:
        read = json.loads(client.get("/ko/agenda/schedule.json").content)

        assert read["generator"]["agenda"] == AgendaRelease.objects.get().document
        [hall] = [day["rooms"]["Hall (한국어)"] for day in read["schedule"]["conference"]["days"][1:2]]
        assert [event["title"] for event in hall] == ["Opening (한국어)", "Cancer screening (한국어)"]

    def test_the_calendar_cancels_what_was_cancelled_and_withdrawn(
        self, published_forum: Forum, client: Client, publish: Publish
    ) -> None:
        Session.objects.filter(slug="opening").update(state="cancelled")
        Session.objects.filter(slug="booths").update(period=None)
        publish(published_forum)
        calendar = Calendar.from_ical(client.get("/en/agenda/calendar.ics").content)
        found = {
            str(entry["summary"]): (str(entry["status"]), entry["sequence"]) for entry in calendar.events
        }

        assert found == {
            "Opening": ("CANCELLED", 2),
            "Cancer screening": ("CONFIRMED", 2),
            "Exhibition": ("CANCELLED", 2),
        }

    def test_no_cell_is_a_formula(self, drafted_forum: Forum, client: Client, publish: Publish) -> None:
        evil = '=HYPERLINK("http://evil.example","x")'
        Session.objects.filter(slug="opening").update(title_en=evil, abstract_en="@SUM(A1)", note_en="+1")
        publish(drafted_forum)

        rows = list(
            csv.reader(io.StringIO(client.get("/en/agenda/sessions.csv").content.decode("utf-8-sig")))
        )
        book = openpyxl.load_workbook(io.BytesIO(client.get("/en/agenda/sessions.xlsx").content))

        assert f"'{evil}" in rows[1]
        assert [cell for row in rows for cell in row if cell.startswith(tuple("=+-@"))] == []
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert evil in [cell.value for cell in cells]
        assert [cell for cell in cells if cell.data_type == "f"] == []
