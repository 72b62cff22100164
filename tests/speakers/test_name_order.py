"""Lists of people in the order that readers of each language expect."""

import pytest

from speakers.name_order import order_key

VIETNAMESE = ["Bùi Thế Duy", "Nguyễn Minh Hoạ", "Trần Thị Ví Dụ", "Lê Văn Mẫu", "Nguyễn An Ánh", "Đỗ Ân"]


def ordered(people: list[tuple[str, str]], language: str) -> list[str]:
    """Return the names of ``(name, country)`` in order."""
    return [
        name
        for name, country in sorted(
            people, key=lambda person: order_key(person[0], country=person[1], language=language)
        )
    ]


def test_vietnamese_readers_find_vietnamese_people_by_their_given_names() -> None:
    people = [(name, "VN") for name in VIETNAMESE]

    # Ánh (a with a tone) before Ân (the letter â), Dụ before Duy: letters first, tones decide between equals.
    assert ordered(people, "vi") == [
        "Nguyễn An Ánh",
        "Đỗ Ân",
        "Trần Thị Ví Dụ",
        "Bùi Thế Duy",
        "Nguyễn Minh Hoạ",
        "Lê Văn Mẫu",
    ]


def test_vietnamese_readers_find_others_by_the_name_as_it_is_written() -> None:
    people = [("Park Yun Kyu", "KR"), ("Nguyễn Văn Quân", "VN"), ("Oh Sarang", "KR"), ("Lê Thị Oanh", "VN")]

    assert ordered(people, "vi") == ["Lê Thị Oanh", "Oh Sarang", "Park Yun Kyu", "Nguyễn Văn Quân"]


def test_people_of_one_given_name_stand_in_the_order_of_their_family_names() -> None:
    people = [("Trần Văn An", "VN"), ("Đỗ Văn An", "VN"), ("Dương Văn An", "VN")]

    # D comes before Đ, which is a letter of its own.
    assert ordered(people, "vi") == ["Dương Văn An", "Đỗ Văn An", "Trần Văn An"]


def test_korean_readers_find_hangul_in_its_order_and_latin_letters_after_it() -> None:
    people = [("최보기", "KR"), ("부이 테 주이", "VN"), ("Smith", "US"), ("김예시", "KR"), ("박윤규", "KR")]

    assert ordered(people, "ko") == ["김예시", "박윤규", "부이 테 주이", "최보기", "Smith"]


def test_english_readers_find_everybody_by_the_first_letter_without_marks() -> None:
    people = [("Đỗ Ân", "VN"), ("Choi Bogi", "KR"), ("Ế Hà", "VN"), ("Dương An", "VN"), ("Eom Ji", "KR")]

    assert ordered(people, "en") == ["Choi Bogi", "Đỗ Ân", "Dương An", "Ế Hà", "Eom Ji"]


@pytest.mark.parametrize("language", ["vi", "ko", "en"])
@pytest.mark.parametrize("name", ["", " ", "Plato", "🙂", "\u202eabc", "x" * 300])
def test_any_name_has_a_place(name: str, language: str) -> None:
    assert sorted(
        [order_key(name, country="VN", language=language), order_key("An", country="", language=language)]
    )
