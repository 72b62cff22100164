"""Sorting as readers expect it."""

import pytest

from core.collation import sort_key


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        # a before ă before â, d before đ, tones only among equals: not the order of code points.
        (
            "vi",
            [
                "Ai Cập",
                "Áo",
                "Argentina",
                "Ăng-gô-la",
                "Ấn Độ",
                "Ba Lan",
                "Dominica",
                "Đan Mạch",
                "Đức",
                "Úc",
            ],
        ),
        ("vi", ["ma", "mà", "mả", "mã", "má", "mạ"]),
        ("vi", ["Bồ Đào Nha", "Bờ Biển Ngà", "Ca-na-đa"]),
        ("ko", ["가나", "대한민국", "베트남", "홍콩"]),
        ("en", ["Afghanistan", "Åland Islands", "Albania", "Côte d’Ivoire", "Croatia"]),
    ],
)
def test_names_stand_in_the_readers_order(language: str, in_order: list[str]) -> None:
    assert sorted(set(in_order), key=lambda name: sort_key(name, language)) == in_order


def test_letters_of_other_alphabets_come_last_and_signs_first() -> None:
    assert sorted(["Ω", "z", "a b", "a-b", "ab", "1"], key=lambda name: sort_key(name, "vi")) == [
        "1",
        "a b",
        "a-b",
        "ab",
        "z",
        "Ω",
    ]
