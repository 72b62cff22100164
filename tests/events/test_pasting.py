"""Pasting rows of a spreadsheet: shown first, all or nothing, and twice is once."""

import itertools
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from events.bulk.plan import Plan, take
from events.models import EditStep, Forum, Session
from events.pasting.planning import plan_paste
from events.pasting.reading import read_sheet
from tests.examples import examples
from tests.factories import FIRST_DAY, LAST_DAY, SessionFactory, SpeakerFactory, at, period

PASTE = "/admin/events/session/paste/"
pytestmark = pytest.mark.django_db

PROGRAMME = """\
Tiêu đề\t제목\tTitle (EN)\tNgày\tBắt đầu\tKết thúc\tPhòng\tChủ đề\tLoại\tDiễn giả
Phiên khai mạc\t\tOpening\t14/5\t9h00\t9h45\tHall\t\tkhai mạc\tBùi Thế Duy (chair)
\t\tCoffee\t\t9h45\t10h15\t\t\tgiải lao\t
\t예방 접종\tVaccines\t\t10h15\t11h\tgallery\tHospitals\t\tKim Ha-na; Bùi Thế Duy
\t\tCoffee\t15/5\t10h\t10h30\t\t\tgiải lao\t
"""


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def plan(drafted_forum: Forum, agenda_editor: User) -> Any:
    """Give a function that plans the pasting of a text."""

    def planned(text: str) -> Plan:
        return plan_paste(drafted_forum, read_sheet(text), by=agenda_editor)

    return planned


@pytest.fixture
def paste(plan: Any, agenda_editor: User) -> Any:
    """Give a function that pastes a text and returns the plan that it was."""

    def pasted(text: str) -> Plan:
        planned = plan(text)
        assert [line.errors for line in planned.lines if line.errors] == []
        take(planned, by=agenda_editor, seen=planned.digest)
        return planned

    return pasted


def session(slug: str) -> Any:
    return Session.objects.select_related("room", "track").get(slug=slug)


def people(slug: str) -> list[tuple[str, str]]:
    return [(part.speaker.slug, part.role) for part in session(slug).session_speakers.all()]


def errors(plan: Plan) -> list[tuple[str, ...]]:
    return [line.errors for line in plan.lines]


class TestWhatComesOfIt:
    def test_a_whole_programme(self, drafted_forum: Forum, paste: Any) -> None:
        planned = paste(PROGRAMME)

        assert [(line.number, line.title.text, line.before, line.after) for line in planned.lines] == [
            (2, "Opening", "Wednesday 14 May, 09:00–10:00, Hall", "Wednesday 14 May, 09:00–09:45, Hall"),
            (3, "Coffee", "", "Wednesday 14 May, 09:45–10:15"),
            (4, "Vaccines", "", "Wednesday 14 May, 10:15–11:00, Gallery"),
            (5, "Coffee", "", "Thursday 15 May, 10:00–10:30"),
        ]
        opening, vaccines = session("opening"), session("vaccines")
        assert (opening.title_vi, opening.period) == ("Phiên khai mạc", period(at(9), 45))
        assert people("opening") == [("bui-the-duy", "chair")]
        assert (vaccines.title_ko, vaccines.room.slug, vaccines.track.slug) == (
            "예방 접종",
            "gallery",
            "hospital",
        )
        assert people("vaccines") == [("kim-ha-na", "speaker"), ("bui-the-duy", "speaker")]
        assert {session(slug).kind for slug in ("coffee", "coffee-2")} == {"break"}
        assert EditStep.objects.get().label == "4 sessions pasted"

    def test_twice_is_once(self, drafted_forum: Forum, paste: Any, plan: Any) -> None:
        paste(PROGRAMME)
        before = list(Session.objects.order_by("pk").values_list("slug", "version"))

        again = plan(PROGRAMME)

        assert again.changes == ()
        assert {line.after for line in again.lines} == {""}
        assert list(Session.objects.order_by("pk").values_list("slug", "version")) == before

    def test_times_that_were_changed_in_the_sheet_move_the_sessions(
        self, drafted_forum: Forum, paste: Any
    ) -> None:
        paste(PROGRAMME)
        changed = PROGRAMME.replace("9h45\t10h15", "9h50\t10h15").replace("10h\t10h30", "11h\t11h30")

        planned = paste(changed)

        assert len(planned.changes) == 2
        assert session("coffee").period == period(at(9, 50), 25)
        assert session("coffee-2").period == period(at(11, day=LAST_DAY), 30)
        assert Session.objects.filter(title_en="Coffee").count() == 2

    def test_an_empty_cell_leaves_and_a_hyphen_empties(self, drafted_forum: Forum, paste: Any) -> None:
        paste("Slug\tTitle (VI)\tTitle (KO)\tRoom\tTrack\tSpeakers\tStart\nscreening\t\t-\t-\t–\t-\t-\n")

        screening = session("screening")
        assert (screening.title_vi, screening.title_ko) == ("Cancer screening (tiếng Việt)", "")
        assert (screening.room, screening.track, screening.period) == (None, None, None)
        assert people("screening") == []

    def test_a_day_alone_moves_and_a_start_alone_keeps_the_length(
        self, drafted_forum: Forum, paste: Any
    ) -> None:
        Session.objects.filter(slug="opening").update(period=period(at(9), 50))

        paste("Slug\tDate\tStart\nopening\t13/5\t\nscreening\t\t11:30\n")

        assert session("opening").period == period(at(9, day=FIRST_DAY), 50)
        # The date of the row above, as merged cells are copied.
        assert session("screening").period == period(at(11, 30, day=FIRST_DAY))

    @pytest.mark.parametrize(
        ("cells", "minutes"),
        [("22:00\t\t90", 90), ("22:00\t24:00\t", 120), ("22:00\t0:00\t", 120), ("22:00\t\t3:00", 180)],
    )
    def test_ends(self, drafted_forum: Forum, paste: Any, cells: str, minutes: int) -> None:
        paste(f"Title\tDate\tStart\tEnd\tDuration\nParty\t14/5\t{cells}\n")
        assert session("party").period == period(at(22), minutes)

    def test_days_inside_the_times(self, drafted_forum: Forum, paste: Any) -> None:
        paste("Title\tStart\tEnd\nFair\t2031-05-13 09:00\t2031-05-15 17:00\n")
        assert session("fair").period == period(at(9, day=FIRST_DAY), 56 * 60)

    def test_without_a_time_it_is_unscheduled(self, drafted_forum: Forum, paste: Any) -> None:
        planned = paste("Title\tDate\nSome day\t14/5\nAny day\t\n")

        assert planned.lines[0].notes == ("New session", "Without a start it stays unscheduled.")
        assert (session("some-day").period, session("any-day").period) == (None, None)

    def test_a_title_in_any_script_becomes_a_short_name(self, drafted_forum: Forum, paste: Any) -> None:
        paste("제목\tTiêu đề\n개회식\t\n\tĐái tháo đường\n!?\t\n")

        slugs = set(Session.objects.values_list("slug", flat=True))
        assert {"gaehoesik", "dai-thao-duong", "session"} <= slugs

    def test_what_is_not_known_is_left_out_and_said(self, drafted_forum: Forum, plan: Any) -> None:
        assert plan("Title\tColour\nA\tred\n").remarks == ("Not known and left out: Colour",)

    def test_clashes_are_foreseen(self, drafted_forum: Forum, plan: Any, agenda_editor: User) -> None:
        planned = plan("Title\tDate\tStart\tEnd\tRoom\tSpeakers\nNew\t14/5\t10:30\t11:30\tHall\tKim Ha-na\n")

        assert [clash.sentence for clash in planned.clashes] == [
            "“Cancer screening” and “New” are both in Hall: Wednesday 14 May, 10:30–11:00.",
            (
                "Kim Ha-na is in “Cancer screening” and in “New” at the same time: "
                "Wednesday 14 May, 10:30–11:00."
            ),
        ]
        assert not planned.can_be_taken


class TestMatching:
    def test_by_identity_short_name_and_title_in_any_language(self, drafted_forum: Forum, plan: Any) -> None:
        uid = session("opening").uid
        planned = plan(
            f"UID\tSlug\tTitle\tTiêu đề\n{uid}\t\t\t\n\tbooths\t\t\n\t\t\tCANCER screening (tieng viet)\n"
        )

        assert [line.session.slug for line in planned.lines] == ["opening", "booths", "screening"]
        assert errors(planned) == [(), (), ()]

    def test_two_rows_of_one_session(self, drafted_forum: Forum, plan: Any) -> None:
        planned = plan("Slug\tTitle\nopening\t\n\tOpening\n")
        assert [line.session and line.session.slug for line in planned.lines] == ["opening", None]

        planned = plan("Slug\topenings\nopening\t\nopening\t\n")
        assert errors(planned) == [(), ("Row 2 is about the same session.",)]

    def test_many_sessions_of_one_title_are_not_guessed_at(self, drafted_forum: Forum, plan: Any) -> None:
        for hour in (12, 13):
            SessionFactory(forum=drafted_forum, title_en="Coffee", starts_at=at(hour))

        said = ("2 sessions have this title. Add a column with their short names.",)
        assert errors(plan("Title\tDate\tStart\nCoffee\t14/5\t16:00\n")) == [said]
        # At the time of one of them it is that one.
        assert errors(plan("Title\tDate\tStart\nCoffee\t14/5\t13:00\n")) == [()]

    def test_an_unknown_identity_is_an_error(self, drafted_forum: Forum, plan: Any) -> None:
        assert errors(plan("UID\tTitle\n6a8f0f9c-1f0c-5d3e-9b53-5a5f1c0b7d21\tA\n")) == [
            ("No session has this identity.",)
        ]

    def test_confidential_sessions_are_not_found_by_who_may_not_see_them(
        self, drafted_forum: Forum, viewer: User
    ) -> None:
        Session.objects.filter(slug="opening").update(visibility="confidential")

        planned = plan_paste(drafted_forum, read_sheet("Title\nOpening\n"), by=viewer)

        assert [line.session for line in planned.lines] == [None]


class TestErrors:
    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("New\t20/5\t9:00\t10:00\t\t\t", "“20/5” is no day of the forum."),
            ("New\t14/5\tnoon\t10:00\t\t\t", "“noon” is no time of day."),
            ("New\t14/5\t9:00\t\t\t\t", "The end or the duration is missing."),
            ("New\t14/5\t9:00\t8:00\t\t\t", "The end must be after the start."),
            ("New\t\t9:00\t10:00\t\t\t", "The day is missing."),
            ("New\t14/5\t\t10:00\t\t\t", "The start is missing."),
            ("New\t\t\t\tCellar\t\t", "There is no room “Cellar”."),
            ("New\t\t\t\t\tdance\t", "“dance” is not known here."),
            ("New\t\t\t\t\t\tNobody", "“Nobody” is not among the speakers. Please add this person first."),
            ("New\t\t\t\t\t\tKim Ha-na (singer)", "“singer” is not known here."),
            ("\t14/5\t9:00\t10:00\t\t\t", "Please write a title in at least one language."),
            ("x" * 251 + "\t\t\t\t\t\t", "A title is longer than 250 characters."),
        ],
    )
    def test_each_is_said_beside_its_row(self, drafted_forum: Forum, plan: Any, row: str, said: str) -> None:
        planned = plan(f"Title\tDate\tStart\tEnd\tRoom\tKind\tSpeakers\n{row}\n")

        [found] = errors(planned)
        assert found[0].startswith(said)
        assert not planned.can_be_taken

    def test_two_of_one_name_are_not_guessed_at(self, drafted_forum: Forum, plan: Any) -> None:
        for slug in ("kim-a", "kim-b"):
            SpeakerFactory(slug=slug, name="김철수", latin_name="Kim Cheol-su", hangul_name="")

        [found] = errors(plan("Title\tSpeakers\nA\tKim Cheol-su\n"))

        assert found == ("“Kim Cheol-su” could be any of these: kim-a, kim-b. Write the short name.",)
        assert errors(plan("Title\tSpeakers\nA\tkim-b\n")) == [()]

    def test_short_names(self, drafted_forum: Forum, plan: Any) -> None:
        assert errors(plan("Slug\tTitle\nBài 1\tA\nfine-1\tB\nfine-1\tC\n")) == [
            ("A short name has letters without accents, digits and hyphens.",),
            (),
            ("Another session of this forum has this short name.",),
        ]

    def test_one_wrong_row_holds_all(
        self, drafted_forum: Forum, agenda_editor_client: Client, plan: Any
    ) -> None:
        text = "Title\tRoom\nA\tHall\nB\tCellar\n"

        page = agenda_editor_client.post(PASTE, {"text": text, "seen": plan(text).digest})

        html = page.content.decode()
        assert "1 row cannot be done." in html
        assert "There is no room “Cellar”." in html
        assert "A\tHall" in page.context["form"]["text"].value()
        assert Session.objects.count() == 3


class TestPage:
    def test_shown_first_then_done(self, drafted_forum: Forum, agenda_editor_client: Client) -> None:
        page = agenda_editor_client.post(PASTE, {"text": PROGRAMME.replace("\n", "\r\n")})

        assert "New session" in page.content.decode()
        assert Session.objects.count() == 3
        data = {"text": PROGRAMME, "seen": page.context["plan"].digest}
        done = agenda_editor_client.post(PASTE, data, follow=True).content.decode()
        assert "Done: 4 sessions pasted" in done
        assert Session.objects.count() == 6
        step = EditStep.objects.get()
        agenda_editor_client.post(PASTE, {"undo": step.pk})
        assert Session.objects.count() == 3

    @pytest.mark.parametrize("text", ["", "Hello", "x" * 1_100_000, "Title\n\x00"])
    def test_what_is_no_sheet_is_said_beside_the_field(
        self, drafted_forum: Forum, agenda_editor_client: Client, text: str
    ) -> None:
        response = agenda_editor_client.post(PASTE, {"text": text})

        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["text"]

    def test_whoever_may_not_edit_is_refused(self, drafted_forum: Forum, viewer_client: Client) -> None:
        assert viewer_client.get(PASTE).status_code == 403
        assert viewer_client.post(PASTE, {"text": PROGRAMME}).status_code == 403

    def test_formulas_stay_text(self, drafted_forum: Forum, paste: Any) -> None:
        paste('Title\n=HYPERLINK("x")\n')
        assert Session.objects.filter(title_en='=HYPERLINK("x")').exists()


def test_planning_costs_the_same_for_one_row_and_many(
    drafted_forum: Forum, plan: Any, django_assert_num_queries: Any
) -> None:
    head = "Title\tDate\tStart\tEnd\tRoom\tSpeakers\n"
    plan(f"{head}A\n")  # asks for the organizer's roles, once
    for count in (1, 3, 60):
        rows = "".join(f"T{n}\t14/5\t12:00\t13:00\t\tKim Ha-na\n" for n in range(count))
        with django_assert_num_queries(15):
            plan(head + rows)


CELLS = {
    "Slug": ["", "opening", "new", "Bài"],
    "Title": ["", "-", "Opening", "Talk", "Cancer screening"],
    "Date": ["", "-", "14/5", "13/5", "x"],
    "Start": ["", "-", "9:00", "23:30", "x", "2031-05-14 10:00"],
    "End": ["", "10:00", "24:00", "8:00"],
    "Duration": ["", "45", "99999"],
    "Room": ["", "-", "Hall", "gallery", "x"],
    "Speakers": ["", "-", "Kim Ha-na", "x", "Bùi Thế Duy; Kim Ha-na (chair)"],
}


def test_no_sheet_is_an_error_and_what_is_taken_is_what_was_said(
    drafted_forum: Forum, plan: Any, agenda_editor: User
) -> None:
    """Any mixture of cells gives a plan; when it can be taken, pasting the same again changes nothing."""
    cells = st.tuples(*(st.sampled_from(cells) for cells in CELLS.values())).filter(any)
    rows = st.lists(cells, min_size=1, max_size=5)

    @settings(deadline=None, max_examples=examples(60), suppress_health_check=list(HealthCheck))
    @given(rows)
    def check(found: list[tuple[str, ...]]) -> None:
        text = "\n".join("\t".join(row) for row in itertools.chain([tuple(CELLS)], found))
        with transaction.atomic():
            planned = plan(text)
            assert len(planned.lines) == len(found)
            if planned.can_be_taken:
                take(planned, by=agenda_editor, seen=planned.digest)
                again = plan(text)
                assert [line.notes for line in again.lines if line.session is None] == []
            transaction.set_rollback(True)

    check()
