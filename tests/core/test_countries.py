"""The countries of ISO 3166-1 in three languages."""

import pytest
from django.utils import translation

from core.countries import country_choices, country_codes, country_name, selectable_countries


def test_there_are_the_249_countries_of_the_standard() -> None:
    codes = country_codes()

    assert len(codes) == 249
    assert {"VN", "KR", "KP", "TW", "GB", "PS"} <= codes
    assert not codes & {"EU", "UN", "XK", "ZZ"}


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("vi", ["Việt Nam", "Hàn Quốc", "Ả Rập Xê-út"]),
        ("ko", ["베트남", "대한민국", "가나"]),
        ("en", ["Vietnam", "South Korea", "Afghanistan"]),
    ],
)
def test_the_hosts_come_first_then_the_readers_order(language: str, first: list[str]) -> None:
    choices = country_choices(language)

    assert [name for _code, name in choices[:3]] == first
    assert len(choices) == len({code for code, _name in choices}) == 249


def test_a_name_is_in_the_readers_language_and_an_unknown_code_is_itself() -> None:
    assert country_name("DE", "vi") == "Đức"
    assert country_name("ZZ", "en") == "ZZ"


def test_a_form_offers_them_in_the_language_of_the_moment() -> None:
    with translation.override("ko"):
        assert selectable_countries()[:2] == [("", "–"), ("VN", "베트남")]
    with translation.override("en"):
        assert selectable_countries()[:2] == [("", "–"), ("VN", "Vietnam")]
