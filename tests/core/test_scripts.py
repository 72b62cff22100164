"""Which language a text seems to be in."""

import pytest

from core.scripts import seems_foreign


@pytest.mark.parametrize(
    ("text", "language", "seems"),
    [
        ("한국 교수", "vi", "ko"),
        ("한국 교수", "en", "ko"),
        ("한국 교수", "ko", ""),
        ("Giáo sư", "ko", "vi"),
        ("Giáo sư", "en", "vi"),
        ("Giáo sư", "vi", ""),
        # Names and loan words stand in every language.
        ("Giáo sư thỉnh giảng tại Đại học Seoul (서울대학교)", "vi", ""),
        ("베트남 Việt Đức 병원에서 근무하며 서울대학교 객원교수이다", "ko", ""),
        ("Professor, KAIST", "ko", ""),
        ("Professor, KAIST", "vi", ""),
        ("Señor José Müller, café", "en", ""),
        ("2026 – 50 %", "ko", ""),
        ("", "vi", ""),
    ],
)
def test_by_its_letters(text: str, language: str, seems: str) -> None:
    assert seems_foreign(text, language) == seems
