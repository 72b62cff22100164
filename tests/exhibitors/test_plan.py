"""Drawing a hall: states, where words stand, and in which order."""

from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import Localized
from exhibitors.geometry import rectangle
from exhibitors.models import BookingPeriod, Booth, BoothType, Hall, HallFeature
from exhibitors.plan import Claim, Occupant, State, Text, draw, draw_booth, in_order, name_lines, state_of
from exhibitors.short_names import short_name
from tests.factories import at

HALL = Hall(width=3_000, depth=2_000)


def booth(number: str = "A1", *, shared: bool = False, **fields: Any) -> Booth:
    """Return a booth that is not stored."""
    kind = BoothType(id=1, name_en="Wall", name_vi="Tường", name_ko="벽면", is_shared=shared)
    return Booth(number=number, type=kind, **{"shape": rectangle(100, 200, 300, 300), **fields})


def period(kind: str, start: int, end: int) -> BookingPeriod:
    """Return a period that is not stored, between two hours of the main day."""
    return BookingPeriod(kind=kind, span=DateTimeTZRange(at(start), at(end), "[)"))


def claim(start: int = 8, end: int = 18, *, confirmed: bool = True) -> Claim:
    """Return a claim between two hours of the main day."""
    return Claim(at(start), at(end), confirmed, 1)


class TestState:
    PERIODS = (period("whole", 8, 18), period("half_day", 8, 13), period("half_day", 13, 18))

    @pytest.mark.parametrize(
        ("claims", "state"),
        [
            ([], State.FREE),
            ([claim()], State.TAKEN),
            ([claim(confirmed=False)], State.BEING_TAKEN),
            # Nobody gets it for the whole exhibition any more
            ([claim(8, 13)], State.TAKEN),
        ],
    )
    def test_of_a_booth_for_one(self, claims: list[Claim], state: State) -> None:
        assert state_of(booth(), claims, self.PERIODS) is state

    @pytest.mark.parametrize(
        ("claims", "state"),
        [
            ([claim(8, 13)], State.FREE),
            ([claim(8, 13), claim(13, 18)], State.TAKEN),
            ([claim(8, 13), claim(13, 18, confirmed=False)], State.BEING_TAKEN),
        ],
    )
    def test_of_a_shared_booth(self, claims: list[Claim], state: State) -> None:
        assert state_of(booth(shared=True), claims, self.PERIODS) is state

    def test_kept_by_organizers_whoever_claims_it(self) -> None:
        assert state_of(booth(is_blocked=True), [claim()], self.PERIODS) is State.BLOCKED

    def test_without_periods_a_claim_is_enough(self) -> None:
        assert state_of(booth(), [claim()], ()) is State.TAKEN


class TestBooth:
    def test_number_and_word_stand_in_the_middle(self) -> None:
        with translation.override("en"):
            drawn = draw_booth(booth(), State.FREE)
        assert drawn.points == "100,200 400,200 400,500 100,500"
        assert drawn.anchor == "booth-A1"
        assert drawn.square_metres == 9
        number, word = drawn.lines
        assert (number.words, number.x, number.size) == ("A1", "250", "66")
        assert (word.words, word.x, word.size) == ("Free", "250", "48")
        assert float(number.y) < 350 < float(word.y)

    def test_who_is_there_stands_below_and_long_names_are_cut(self) -> None:
        long = Occupant("long", Localized("Institute of Very Long Names in Medicine", "en", "en"), "VN")
        with translation.override("en"):
            lines = draw_booth(booth(), State.TAKEN, [long]).lines
        assert [line.words for line in lines] == ["A1", "Taken", "Institute", "of Very…"]

    @pytest.mark.parametrize(
        ("name", "short"),
        [
            ("Công ty TNHH Ví Dụ Y Tế", "Ví Dụ Y Tế"),
            ("Công ty cổ phần Mẫu Sức Khoẻ", "Mẫu Sức Khoẻ"),
            ("Công ty Yesi Health", "Yesi Health"),
            ("주식회사 가상메디", "가상메디"),
            ("가상메디(주)", "가상메디(주)"),
            ("(주) 가상메디", "가상메디"),
            ("가상메디 주식회사", "가상메디"),
            ("Gasang Medi Co., Ltd.", "Gasang Medi"),
            ("Viện Nghiên cứu AI", "Viện Nghiên cứu AI"),
            ("주식회사", "주식회사"),
        ],
    )
    def test_the_legal_form_is_dropped_first(self, name: str, short: str) -> None:
        assert short_name(name) == short

    def test_names_are_broken_at_words_and_cut_last(self) -> None:
        assert name_lines("Công ty Thử Nghiệm Lab", 7) == ["Thử Nghiệm", "Lab"]
        assert name_lines("가설인공지능연구원", 6) == ["가설인공지…"]
        assert name_lines("Gyeonbon University College of Medicine", 7) == ["Gyeonbon", "University…"]

    def test_from_afar_its_number_stands_alone_and_large(self) -> None:
        drawn = draw_booth(booth(), State.TAKEN)
        assert drawn.alone == Text("A1", "250", "350", "126")
        assert float(drawn.alone_plate.width) < 300

    @given(
        st.integers(50, 2000),
        st.integers(50, 2000),
        st.sampled_from(State),
        st.sampled_from(["vi", "ko", "en"]),
    )
    def test_words_never_leave_it(self, width: int, depth: int, state: State, language: str) -> None:
        with translation.override(language):
            drawn = draw_booth(booth(shape=rectangle(0, 0, width, depth)), state)
        for line in drawn.lines:
            half = float(line.size) / 2
            assert float(line.y) - half > 0
            assert float(line.y) + half < depth
        assert float(drawn.plate.x) >= 0
        assert float(drawn.plate.width) <= width

    def test_numbers_are_written_for_svg_in_every_language(self) -> None:
        turned = booth(shape=rectangle(0, 0, 333, 250, turn=30))
        for language in ("vi", "ko"):
            with translation.override(language):
                drawn = draw_booth(turned, State.FREE)
            assert all("," not in line.x + line.y + line.size for line in drawn.lines)


class TestHall:
    def test_booths_stand_in_the_order_of_their_numbers(self) -> None:
        booths = [draw_booth(booth(number), State.FREE) for number in ("B1", "A10", "A2", "A-3")]
        assert [one.number for one in draw(HALL, booths, []).booths] == ["A2", "A10", "A-3", "B1"]
        assert in_order("A2") < in_order("A10")

    def test_margin_view_and_features(self) -> None:
        aisle = HallFeature(kind="aisle", name_en="Aisle 1", shape=rectangle(0, 900, 3000, 200))
        tall = HallFeature(kind="entrance", shape=rectangle(0, 0, 100, 800))
        pillar = HallFeature(kind="pillar", name_en="P", shape=rectangle(500, 500, 50, 50))
        with translation.override("en"):
            drawing = draw(HALL, [], [aisle, tall, pillar])
        assert (drawing.view, drawing.width, drawing.depth) == ("-50 -50 3100 2100", "3000", "2000")
        labels = [feature.label for feature in drawing.features]
        assert labels[2] is None
        assert labels[0]
        assert (labels[0].words, labels[0].turn, labels[0].size) == ("Aisle 1", "", "60")
        assert labels[1]
        assert (labels[1].words, labels[1].turn) == ("Entrance", "rotate(-90 50 400)")
