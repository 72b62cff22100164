"""From the bytes of a schedule to rows with their lines; each row that cannot be one says why."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from events.imports.columns import COLUMNS
from events.imports.reading import read_schedule
from events.imports.rows import Person, Refused, Row
from events.imports.sheet_template import sheet_template
from tests.events.schedule_files import DAY, event, frab_json, frab_xml, guid, sheet


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def only_row(content: bytes) -> Row:
    """Return the one row of a file, nothing of which is refused."""
    file = read_schedule(content)
    assert [str(one.reason) for one in file.refused] == []
    [row] = file.rows
    return row


def reason(content: bytes) -> str:
    """Return why the one row of a file is refused."""
    file = read_schedule(content)
    assert file.rows == ()
    [row] = file.refused
    return str(row.reason)


FORMATS = [pytest.param(frab_xml, id="xml"), pytest.param(frab_json, id="json")]


@pytest.mark.parametrize("write", FORMATS)
class TestEvents:
    def test_an_event_is_read(self, write: Any) -> None:
        file = read_schedule(write([event()]))

        assert (file.conference.title, file.conference.first_day, file.conference.zone) == (
            "Demo Congress",
            date(2031, 5, 13),
            "Asia/Ho_Chi_Minh",
        )
        [row] = file.rows
        assert row == Row(
            line=row.line,
            uid="11111111-1111-4111-8111-111111111111",
            title={"": "Finding cancer early"},
            abstract={"": "What helps."},
            note={"": "Door B"},
            kind="talk",
            room="Hall",
            start=row.start,
            duration=timedelta(minutes=45),
            track="Medicine",
            spoken=("en",),
            people=(Person(name="Lê Văn Mẫu", identity="3"),),
        )
        assert row.start is not None
        assert row.start.astimezone(UTC) == datetime(2031, 5, 14, 3, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("changes", "start"),
        [
            ({"date": f"{DAY}T10:00:00+09:00"}, "2031-05-14T10:00:00+09:00"),
            ({"date": f"{DAY}T03:00:00Z"}, "2031-05-14T03:00:00+00:00"),
            # The day alone: the time of day is on the conference's clock …
            ({"date": DAY, "start": "15:30"}, "2031-05-14T15:30:00"),
            ({"date": "", "start": "15:30"}, "2031-05-14T15:30:00"),
            # … and before the day's start it is after midnight.
            ({"date": "", "start": "01:30"}, "2031-05-15T01:30:00"),
        ],
    )
    def test_when_it_begins(self, write: Any, changes: dict[str, str], start: str) -> None:
        row = only_row(write([event(**changes)]))

        assert row.start is not None
        assert row.start.isoformat() == start

    @pytest.mark.parametrize(
        ("written", "minutes"), [("01:30", 90), ("45", 45), ("1:02:00", 26 * 60), ("100:00", 6000)]
    )
    def test_how_long_it_takes(self, write: Any, written: str, minutes: int) -> None:
        assert only_row(write([event(duration=written)])).duration == timedelta(minutes=minutes)

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"title": " "}, "The title is missing."),
            ({"duration": ""}, "The duration is missing."),
            ({"duration": "soon"}, "“soon” is no duration"),
            ({"duration": "00:00"}, "“00:00” is no duration"),
            ({"duration": "32:00:00"}, "“32:00:00” is no duration"),
            ({"date": "tomorrow"}, "“tomorrow” is no date and time."),
            ({"date": "", "start": "25:00"}, "“25:00” is no time of day."),
            ({"date": DAY, "start": ""}, "The day or the time is missing."),
            ({"date": "0202-05-14T10:00:00+07:00"}, "The year in"),
            ({"persons": [{"id": "3", "name": " "}]}, "A person in it has no name."),
            ({"persons": [{"id": "3", "name": "x" * 201}]}, "is too long for a name."),
            ({"persons": [{"id": str(n), "name": f"P{n}"} for n in range(61)]}, "more than 60 people"),
            ({"abstract": "x" * 20_001}, "The abstract is longer than 20000 characters."),
        ],
    )
    def test_what_is_refused(self, write: Any, changes: dict[str, Any], why: str) -> None:
        assert why in reason(write([event(**changes)]))

    def test_the_others_are_read_although_one_is_refused(self, write: Any) -> None:
        file = read_schedule(write([event(guid=guid(1)), event(title="", guid=guid(2)), event(guid=guid(3))]))

        assert [row.uid for row in file.rows] == [guid(1), guid(3)]
        assert [type(row) for row in file.refused] == [Refused]

    def test_identities(self, write: Any) -> None:
        def uid(**changes: Any) -> str:
            return only_row(write([event(**changes)])).uid

        assert uid(guid="HOqeNIb6G7M4hYFKFRkCmQ") == "1cea9e34-86fa-1bb3-3885-814a15190299"
        assert uid(guid="anything") == uid(guid="anything")
        assert uid(guid="") == uid(guid="", title="Another title"), "without a guid the id says who it is"
        assert uid(guid="") != uid(guid="", id="8")
        assert uid(guid="", id="") == ""

    def test_people_keep_their_identity_and_public_name(self, write: Any) -> None:
        persons = [{"id": "3", "name": "Kim"}, {"guid": "x-1", "id": "4", "name": "Kim"}, {"name": "Kim"}]

        row = only_row(write([event(persons=persons)]))

        assert [(person.name, person.identity) for person in row.people] == [
            ("Kim", "3"),
            ("Kim", "x-1"),
            ("Kim", ""),
        ]

    def test_unknown_words_are_told_once(self, write: Any) -> None:
        events = [
            event(guid=guid(n), type="seance", language="de", logo="/logo.png", url="https://example.org")
            for n in range(3)
        ]

        file = read_schedule(write(events))

        assert [(row.kind, row.spoken) for row in file.rows] == [("talk", ())] * 3
        assert [str(notice) for notice in file.notices] == [
            "Not taken over, because sessions have no place for it: logo (3).",
            "Kinds that are not known here become talks: seance (3).",
            "Spoken languages that are not among the site’s are left out: de (3).",
        ]

    def test_markup_becomes_text(self, write: Any) -> None:
        html = (
            "<p>One &amp; <b>two</b><br>three</p><ul><li>a</li><li>b</li></ul>"
            "<script>alert(1)</script><style>p{}</style><p>p < 0.05</p>"
        )

        row = only_row(write([event(abstract=html, title="A <i>new</i> test")]))

        assert row.title == {"": "A new test"}
        assert row.abstract == {"": "One & two\nthree\n\n– a\n– b\n\np < 0.05"}

    def test_text_without_markup_stays_as_it_is(self, write: Any) -> None:
        plain = "p < 0.05 & q > 1; &amp; stays, so does <unknown>"

        assert only_row(write([event(abstract=plain)])).abstract == {"": plain}

    def test_the_description_stands_below_the_abstract(self, write: Any) -> None:
        assert only_row(write([event(description="More.")])).abstract == {"": "What helps.\n\nMore."}
        assert only_row(write([event(description="What helps.")])).abstract == {"": "What helps."}


def test_lines_of_xml_and_json() -> None:
    events = [event(guid=guid(1)), event(guid=guid(2), title="")]

    assert [row.line for row in read_schedule(frab_xml(events)).rows] == [5]
    assert [row.line for row in read_schedule(frab_xml(events)).refused] == [6]
    written = frab_json(events)
    lines = [n for n, line in enumerate(written.decode().splitlines(), 1) if line.strip() == "{"]
    [refused] = read_schedule(written).refused
    assert refused.line == lines[-2], "the event, not its person"


def test_persons_of_pretalx_with_a_code_and_a_biography() -> None:
    person = {"code": "ABC", "public_name": "Kim Ha-na", "name": "ignored", "biography": "<p>Doctor</p>"}

    [found] = only_row(frab_json([event(persons=[person])])).people

    assert found == Person(name="Kim Ha-na", identity="ABC", biography={"": "Doctor"})


def test_names_in_several_languages_of_pretalx() -> None:
    raw = event(track={"de": "Medizin", "en": "Medicine"})

    assert only_row(frab_json([raw])).track == "Medicine"


class TestSheets:
    HEAD = ("title_en", "title_ko", "start", "end", "room", "people", "spoken", "kind")

    def test_a_row_is_read(self) -> None:
        start = datetime.fromisoformat("2031-05-14T09:30")
        cells = ("Screening", "검진", start, start + timedelta(minutes=30), "Hall", "", "vi, ko", "panel")

        row = only_row(sheet([self.HEAD, cells]))

        assert row == Row(
            line=2,
            title={"ko": "검진", "en": "Screening"},
            start=start,
            end=start + timedelta(minutes=30),
            room="Hall",
            spoken=("vi", "ko"),
            kind="panel",
        )

    def test_times_as_text_and_a_duration(self) -> None:
        row = only_row(
            sheet([("title_en", "start", "duration"), ("Screening", "2031-05-14 09:30", timedelta(hours=1))])
        )

        assert (row.start, row.duration) == (datetime.fromisoformat("2031-05-14T09:30"), timedelta(hours=1))

    @pytest.mark.parametrize("language", ["vi", "ko", "en"])
    def test_our_template_is_understood_in_each_language(self, language: str) -> None:
        with translation.override(language):
            content = sheet_template()
            labels = [column.label for column in COLUMNS]
        assert len(set(labels)) == len(labels)
        values = {"title_en": "Screening", "start": "2031-05-14 09:30", "duration": "45", "room": "Hall"}
        row = [values.get(column.name, "") for column in COLUMNS]

        assert only_row(sheet([labels, row])).room == "Hall"
        with pytest.raises(Exception, match="There is no session in the file"), translation.override("en"):
            read_schedule(content)

    def test_people_by_name_with_their_roles(self) -> None:
        row = only_row(
            sheet([("title_en", "people"), ("Screening", "Nguyễn Văn Mẫu; Kim Ha-na (chair)\nAn (좌장)")])
        )

        assert [(person.name, person.role) for person in row.people] == [
            ("Nguyễn Văn Mẫu", ""),
            ("Kim Ha-na", "chair"),
            ("An", "chair"),
        ]

    def test_people_by_short_name_with_the_sheet_of_speakers(self) -> None:
        content = sheet(
            [("title_en", "people"), ("Screening", "kim-ha-na:moderator, nobody:speaker")],
            speakers=[("slug", "name", "country"), ("kim-ha-na", "김하나", "KR")],
        )

        known, unknown = only_row(content).people

        assert (known.name, known.slug, known.role, known.country) == (
            "김하나",
            "kim-ha-na",
            "moderator",
            "KR",
        )
        assert (unknown.name, unknown.slug) == ("", "nobody")

    def test_the_head_may_stand_below_a_title_and_lines_are_those_of_the_sheet(self) -> None:
        content = sheet([("Programme",), (), ("title_en", "kind"), ("One", ""), (), ("Two", "seance")])

        file = read_schedule(content)

        assert [row.line for row in file.rows] == [4]
        [refused] = file.refused
        assert (refused.line, refused.title) == (6, "Two")
        assert str(refused.reason).startswith("“seance” is not known here. Known are: opening, keynote")

    @pytest.mark.parametrize(
        ("column", "value", "why"),
        [
            ("start", "2031-05-14", "The day or the time is missing."),
            ("start", "2031-05-14 09:00", "The end is missing."),
            ("spoken", "de", "“de” is not known here."),
            ("people", "Kim (pianist)", "“pianist” is not known here."),
            ("seat_limit", "many", "“many” is no number of people."),
            ("recording", "javascript:alert(1)", "is no web address."),
            ("visibility", "secret", "“secret” is not known here."),
        ],
    )
    def test_what_is_refused(self, column: str, value: str, why: str) -> None:
        assert why in reason(sheet([("title_en", column), ("Screening", value)]))

    def test_a_formula_is_not_computed(self) -> None:
        file = read_schedule(sheet([("title_en", "slug"), ("=1+1", "kept")]))

        assert [row.title for row in file.rows] == [{}]

    def test_a_sheet_without_names_of_columns_is_refused(self) -> None:
        with pytest.raises(Exception, match="Please begin with our template"):
            read_schedule(sheet([("Screening", "09:00")]))


def test_json_of_other_things_is_no_schedule() -> None:
    with pytest.raises(Exception, match="This is no schedule"):
        read_schedule(json.dumps({"schedule": []}).encode())
