"""`manage.py import_schedule`: what it says, what it writes, and when it refuses."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry
from events.imports.limits import MOST_BYTES
from events.models import AgendaRelease, Forum, Room, Session, Venue
from tests.events.schedule_files import CONFERENCE, event, frab_json, frab_xml, guid, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a schedule.xml of two sessions, the second of which stands in the first one's room."""
    found = tmp_path / "schedule.xml"
    found.write_bytes(frab_xml([event(), event(guid=guid(2), title="Same place")]))
    return found


def run(path: Path, *options: str) -> str:
    """Run the command and return what it says."""
    said = io.StringIO()
    call_command("import_schedule", str(path), *options, stdout=said)
    return said.getvalue()


def refused(path: Path, *options: str) -> str:
    """Run the command, which fails, and return everything it says."""
    said = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_schedule", str(path), *options, stdout=said)
    return said.getvalue() + str(error.value)


def good(tmp_path: Path, content: bytes | None = None, name: str = "schedule.xml") -> Path:
    """Return a file that can be imported."""
    found = tmp_path / name
    found.write_bytes(frab_xml([event()]) if content is None else content)
    return found


def test_into_the_forum_that_the_site_shows(forum: Forum, tmp_path: Path) -> None:
    said = run(good(tmp_path), "--language", "en")

    assert said.splitlines() == [
        "schedule.xml → hanoi-2031: 1 new, 0 changed, 0 unchanged, 0 refused.",
        "New rooms (1): Hall.",
        "New tracks (1): Medicine.",
        "New speakers: 1.",
        "Done.",
    ]
    assert Session.objects.get().forum == forum
    assert not AgendaRelease.objects.exists()
    assert AuditEntry.objects.get(action="agenda.imported").actor_label == "import_schedule"


def test_again(forum: Forum, tmp_path: Path) -> None:
    path = good(tmp_path)
    run(path, "--language", "en")

    assert "0 new, 0 changed, 1 unchanged, 0 refused" in run(path, "--language", "en")


def test_a_trial_writes_nothing(forum: Forum, tmp_path: Path) -> None:
    said = run(good(tmp_path), "--language", "en", "--dry-run")

    assert "1 new" in said
    assert "Nothing was written: this was a trial." in said
    assert (Session.objects.count(), Room.objects.count()) == (0, 0)


def test_refused_rows_with_their_lines(forum: Forum, path: Path) -> None:
    said = refused(path, "--language", "en")

    assert (
        "line 6: “Same place” is refused: Hall is taken: “Finding cancer early” is there on Wednesday 14 May "
        "from 10:00 to 10:45."
    ) in said
    assert "Nothing was imported, because of the rows above." in said
    assert not Session.objects.exists()

    assert "Done." in run(path, "--language", "en", "--without-refused")
    assert Session.objects.count() == 1


def test_what_a_change_touches(forum: Forum, tmp_path: Path) -> None:
    run(good(tmp_path), "--language", "en")

    said = run(good(tmp_path, frab_xml([event(title="New", room="Attic")])), "--language", "en")

    assert "  line 5: “New” changes: title, room\n" in said


class TestNewForum:
    OPTIONS = ("--forum", "demo-31", "--language", "en")

    def test_it_is_founded_from_the_file(self, tmp_path: Path) -> None:
        said = run(good(tmp_path), *self.OPTIONS, "--country", "KR")

        forum = Forum.objects.get()
        assert (forum.slug, forum.name_en, forum.short_name_en) == ("demo-31", "Demo Congress", "demo31")  # type: ignore[attr-defined]
        assert (forum.first_day, forum.main_day, forum.last_day) == (
            date(2031, 5, 13),
            date(2031, 5, 13),
            date(2031, 5, 15),
        )
        assert (forum.time_zone, forum.is_current) == ("Asia/Ho_Chi_Minh", False)
        venue = forum.venue
        assert (venue.slug, str(venue), venue.country) == ("demo-31", "Demo Congress", "KR")
        assert (
            "Forum “Demo Congress” is new. The site does not show it yet, and nobody has a role in it."
            in said
        )
        assert Session.objects.get().forum == forum

    @pytest.mark.parametrize("options", [("--dry-run",), ()])
    def test_a_trial_or_a_refusal_leaves_no_forum_behind(self, path: Path, options: Any) -> None:
        refused(path, *self.OPTIONS, *options)

        assert (Forum.objects.count(), Venue.objects.count()) == (0, 0)

    @pytest.mark.parametrize(
        ("missing", "why"),
        [
            ("title", "The file does not name the conference, or not in which language."),
            ("time_zone_name", "The file does not name the time zone of the conference."),
        ],
    )
    def test_what_the_file_has_to_say(self, tmp_path: Path, missing: str, why: str) -> None:
        content = frab_xml([event()], conference={**CONFERENCE, missing: ""})

        assert why in refused(good(tmp_path, content), *self.OPTIONS)

    def test_the_zone_may_be_said_instead(self, tmp_path: Path) -> None:
        content = frab_xml([event()], conference={**CONFERENCE, "time_zone_name": ""})

        run(good(tmp_path, content), *self.OPTIONS, "--time-zone", "Asia/Seoul")

        assert Forum.objects.get().time_zone == "Asia/Seoul"

    def test_days_that_the_file_does_not_name_are_those_of_its_sessions(self, tmp_path: Path) -> None:
        content = frab_xml([event()], conference={**CONFERENCE, "start": "", "end": ""})

        run(good(tmp_path, content), *self.OPTIONS)

        assert (Forum.objects.get().first_day, Forum.objects.get().last_day) == (date(2031, 5, 14),) * 2

    @pytest.mark.parametrize(
        ("options", "why"),
        [
            (("--time-zone", "Hanoi"), "“Hanoi” is not a time zone."),
            (("--country", "Vietnam"), "“Vietnam” is not a country’s code."),
            (("--forum", "no slug"), "“no slug” is no short name."),
        ],
    )
    def test_options_that_make_no_sense(self, tmp_path: Path, options: tuple[str, ...], why: str) -> None:
        assert why in refused(good(tmp_path), *self.OPTIONS, *options)

    def test_a_spreadsheet_says_nothing_of_a_conference(self, tmp_path: Path) -> None:
        content = sheet([("title_en", "start", "duration"), ("One", "2031-05-14 09:00", "30")])

        assert "does not name the conference" in refused(good(tmp_path, content, "s.xlsx"), *self.OPTIONS)


def test_without_a_forum_somebody_has_to_say_which(tmp_path: Path) -> None:
    assert "Say with --forum which one is meant." in refused(good(tmp_path), "--language", "en")


def test_without_a_language_nothing_is_guessed(forum: Forum, tmp_path: Path) -> None:
    assert "The file does not say in which language its texts are." in refused(good(tmp_path))


def test_files_that_cannot_be_read(forum: Forum, tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "missing.xml")
    assert "no session in the file" in refused(good(tmp_path, frab_json([])))
    huge = tmp_path / "huge.xml"
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert "The file is too large." in refused(huge)


def test_a_file_of_another_year_is_told_in_a_line_a_day_and_moved_when_asked(
    forum: Forum, tmp_path: Path
) -> None:
    of_last_year = [
        event(guid=guid(n), room=f"Room {n}", title=f"Talk {n}", date="2030-05-15T10:00:00+07:00")
        for n in range(1, 4)
    ]
    path = good(tmp_path, frab_xml(of_last_year))

    said = refused(path, "--language", "en")
    assert said.count("It is on Wednesday 15 May") == 1
    assert "3 rows are refused: It is on Wednesday 15 May" in said
    assert "Done." in run(path, "--language", "en", "--shift-days", "364")
    starts = {session.period.lower.astimezone(forum.zone) for session in Session.objects.all()}
    assert starts == {datetime(2031, 5, 14, 10, tzinfo=forum.zone)}
    assert "0 new, 0 changed, 3 unchanged" in run(path, "--language", "en", "--shift-days", "364")
    for wrong, why in (("9999999", "at most 36525 days"), ("-36525", "is refused")):
        assert why in refused(path, "--language", "en", "--shift-days", wrong).replace(
            "are refused", "is refused"
        )
