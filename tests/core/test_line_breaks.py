"""Headings keep names and compounds on one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.line_breaks import pieces


def whole(text: str) -> list[str]:
    """Return the parts that stay on one line."""
    return [piece for piece, together in pieces(text) if together]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (
            "Diễn đàn Việt Nam – Hàn Quốc về trí tuệ nhân tạo trong y tế",
            ["Việt Nam – Hàn Quốc", "trí tuệ nhân tạo", "trong y tế"],
        ),
        ("Viện Ung thư Quốc gia", ["Ung thư Quốc gia"]),
        ("Vietnam–Korea Forum", ["Vietnam–Korea"]),
        ("한·베트남 의료 인공지능 포럼", ["의료 인공지능"]),
        ("Main hall", []),
        ("", []),
    ],
)
def test_headings_of_the_forum(heading: str, expected: list[str]) -> None:
    assert whole(heading) == expected


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    assert "".join(piece for piece, _ in pieces(text)) == text
