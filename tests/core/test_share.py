"""The picture beside a link: whatever the title, it is there, it fits, and it weighs little."""

import io
import unicodedata
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from core.drawing.share import (
    COLUMN,
    LEFT,
    RIGHT,
    TITLE_SIZES,
    Share,
    _length,
    _title,
    cut,
    share_png,
    wrapped,
)
from core.typeset.faces import REGULAR, SEMIBOLD
from tests.examples import examples

VIETNAMESE = "Viện Ung thư Quốc gia: định hướng y tế số, nghiên cứu chung về AI và chăm sóc trực tuyến"
KOREAN = "하노이의과대학병원의 디지털 헬스와 당뇨병·암 환자를 위한 공동 AI 연구"


def pixels(made: bytes) -> Image.Image:
    """Return the picture itself."""
    return Image.open(io.BytesIO(made)).convert("RGB")


@pytest.mark.parametrize("title", ["점심", VIETNAMESE, KOREAN, VIETNAMESE * 8, "W" * 400, "", "🙂"])
def test_it_has_the_size_that_previews_are_shown_at_and_weighs_little(title: str) -> None:
    made = share_png(Share(title=title, forum=title, label=title, people=title, facts=(title, title)))

    assert pixels(made).size == (1200, 630)
    assert len(made) <= 100_000


def test_the_same_texts_are_the_same_bytes() -> None:
    share = Share(title=KOREAN, forum="Forum")
    first = share_png(share)
    share_png.cache_clear()

    assert share_png(share) == first


def test_marks_that_stand_alone_are_the_same_picture() -> None:
    composed, parted = (unicodedata.normalize(form, VIETNAMESE) for form in ("NFC", "NFD"))

    assert share_png(Share(title=parted, forum="")) == share_png(Share(title=composed, forum=""))


def test_a_track_shows_by_its_weave() -> None:
    checked, twilled = (pixels(share_png(Share("A", "B", label="C", weave=w))) for w in ("check", "twill"))

    assert checked.getpixel((2, 2)) != checked.getpixel((8, 2))
    assert checked.crop((0, 0, 36, 36)).tobytes() != twilled.crop((0, 0, 36, 36)).tobytes()


def test_lines_break_between_words_and_are_about_equally_long() -> None:
    lines = wrapped(KOREAN, SEMIBOLD, 56, COLUMN, 4)

    assert lines is not None
    assert " ".join(lines) == KOREAN
    lengths = [_length(line, SEMIBOLD, 56) for line in lines]
    assert max(lengths) <= COLUMN
    assert min(lengths) > max(lengths) / 2


def test_names_of_two_countries_stay_together() -> None:
    lines = wrapped("Hợp tác giữa Việt Nam – Hàn Quốc", SEMIBOLD, 44, 560, 4)

    assert lines == ["Hợp tác giữa", "Việt Nam – Hàn Quốc".replace(" ", "\xa0")]


def test_what_is_too_long_is_cut_at_a_word() -> None:
    assert cut("one two three", REGULAR, 29, 160) == "one two …"
    assert cut("one two three", REGULAR, 29, 1_000) == "one two three"


def test_nothing_is_written_over_the_cloth() -> None:
    bare = pixels(share_png(Share(title="", forum="")))
    full = pixels(
        share_png(Share(VIETNAMESE, VIETNAMESE, VIETNAMESE, people=VIETNAMESE, facts=(VIETNAMESE,) * 2))
    )
    beside = (RIGHT + 8, 0, 1200, 630)

    # The palettes of two pictures differ a little.
    difference = ImageChops.difference(bare.crop(beside), full.crop(beside))
    bands = cast("tuple[tuple[int, int], ...]", difference.getextrema())
    assert max(high for _low, high in bands) < 16
    assert bare.crop((LEFT, 0, RIGHT, 630)).tobytes() != full.crop((LEFT, 0, RIGHT, 630)).tobytes()


@settings(deadline=None, max_examples=examples(60))  # other programs of the machine may take their time
@given(title=st.text(max_size=300), height=st.integers(60, 330))
def test_every_title_fits_its_room(title: str, height: int) -> None:
    size, lines = _title(title, height)

    assert size in TITLE_SIZES
    assert len(lines) <= max(1, height // (size * 1.27))
    assert all(_length(line, SEMIBOLD, size) <= COLUMN for line in lines)
