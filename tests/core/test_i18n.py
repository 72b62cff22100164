"""A missing translation shows in another language and says so."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from core.i18n import Localized, choose, current_language, localized, missing_translations


@pytest.mark.parametrize(
    ("wanted", "have", "language"),
    [
        ("vi", "vi ko en", "vi"),
        ("vi", "ko en", "en"),
        ("vi", "ko", "ko"),
        ("ko", "vi en", "en"),
        ("ko", "vi", "vi"),
        ("en", "vi ko", "vi"),
        ("en", "ko", "ko"),
    ],
)
def test_the_nearest_language_is_shown_and_named(wanted: str, have: str, language: str) -> None:
    found = choose({code: f"text in {code}" for code in have.split()}, wanted)
    assert found == Localized(f"text in {language}", language, wanted)
    assert found.is_fallback is (wanted != language)
    assert str(found) == f"text in {language}"


@pytest.mark.parametrize("texts", [{}, {"vi": "", "ko": "", "en": ""}])
def test_nothing_is_nothing_in_the_wanted_language(texts: dict[str, str]) -> None:
    found = choose(texts, "ko")
    assert not found
    assert (found.text, found.language, found.is_fallback) == ("", "ko", False)


def test_the_active_language_is_the_default() -> None:
    row = SimpleNamespace(title_vi="Khai mạc", title_ko=None, title_en="Opening")
    with translation.override("ko"):
        assert localized(row, "title") == Localized("Opening", "en", "ko")
    with translation.override("vi"):
        assert localized(row, "title").text == "Khai mạc"


@pytest.mark.parametrize(("active", "code"), [("ko-kr", "ko"), ("fr", "vi"), ("en-gb", "en")])
def test_the_active_language_is_one_of_ours(active: str, code: str) -> None:
    with translation.override(active):
        assert current_language() == code
    with translation.override(None):
        assert current_language() == "vi"


def test_gaps_are_columns_that_are_empty_beside_full_ones() -> None:
    row = SimpleNamespace(
        title_vi="a",
        title_ko="",
        title_en=None,
        note_vi="",
        note_ko="",
        note_en="",
        text_vi="",
        text_ko="b",
        text_en="c",
    )
    assert missing_translations(row, ["title", "note", "text"]) == ["title_ko", "title_en", "text_vi"]
