"""Searching as people type: accents optional, but honoured when they are there."""

import pytest

from core.folding import contains, fold, searchable, searched


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đái tháo đường", "dai thao duong"),
        ("ƯỠN ẹo Ằ ữ ợ", "uon eo a u o"),
        ("Straße", "strasse"),
        ("박윤규", "박윤규"),
        ("ﾊﾝｸﾞﾙ", "ハンクル"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("haystack", "words", "found"),
    [
        ("Sàng lọc ung thư", "sang loc", True),
        ("Sàng lọc ung thư", "ung thư", True),
        ("Sàng lọc ung thư", "THƯ sàng", True),
        # Who writes accents means them: thú is an animal.
        ("Sàng lọc ung thư", "thú", False),
        ("Sàng lọc ung thư", "thứ", False),
        ("갑상선암 온라인 진료", "상선", True),
        ("갑상선암 온라인 진료", "갑상선암 진료", True),
        ("갑상선암", "가", False),
        ("AI for cancer", "canc", True),
        ("AI for cancer", "cancer surgery", False),
        ("anything", "", True),
        ("anything", "   ", True),
        # The same letters, put together by another keyboard
        ("ung thư", "ung thu\u031b", True),
    ],
)
def test_contains(haystack: str, words: str, found: bool) -> None:
    assert contains(haystack, words) is found


@pytest.mark.parametrize(
    ("text", "written"),
    [("  Lê  Văn An", " le van an"), ("김 Mai", " \u1100\u1175\u11b7 mai"), ("", "")],
)
def test_searchable(text: str, written: str) -> None:
    assert searchable(text) == written


@pytest.mark.parametrize(
    ("word", "looked_for"),
    [("Vân", "van"), ("Lê", " le"), ("김", "\u1100\u1175\u11b7"), ("이", " \u110b\u1175"), ("x", " x")],
)
def test_searched(word: str, looked_for: str) -> None:
    assert searched(word) == looked_for
