"""What people write about themselves."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from registrations.personal_data import (
    DIRECTION_CONTROLS,
    EMAIL_LENGTH,
    UNPRINTABLE,
    answer,
    mailbox,
    one_line,
    required_answer,
)


def code_of(function, *args, **kwargs) -> str:
    with pytest.raises(ValidationError) as refusal:
        function(*args, **kwargs)
    return refusal.value.code or ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Mai \t\r\n Anh ", "Mai Anh"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("\u1112\u1161\u11ab", "한"),
        ("A\u2028B\u00a0C\u3000D", "A B C D"),
        ("שרה \u200fכהן", "שרה \u200fכהן"),
        ("👩🏽\u200d⚕️", "👩🏽\u200d⚕️"),
        ("\u200b\u200d\ufeff", ""),
        ("\u0301", ""),
        ("", ""),
        ("=1+1", "=1+1"),
    ],
)
def test_a_line_is_kept_as_written_but_uniform(typed: str, kept: str) -> None:
    assert one_line(typed, longest=50) == kept


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ud800"])
def test_what_no_ticket_can_show_is_refused(character: str) -> None:
    assert code_of(one_line, f"M{character}ai", longest=50) == "control"


@pytest.mark.parametrize("character", sorted(DIRECTION_CONTROLS))
def test_what_turns_the_text_around_is_refused(character: str) -> None:
    assert code_of(one_line, f"M{character}ai", longest=50) == "direction"


def test_the_length_is_that_of_what_is_kept() -> None:
    assert one_line(" " + "e\u0302" * 5, longest=5) == "ê" * 5
    assert code_of(one_line, "x" * 6, longest=5) == "long"


def test_nothing_visible_is_nothing() -> None:
    assert code_of(required_answer, "name", " \u200b ") == "required"
    with translation.override("en"), pytest.raises(ValidationError, match="Please write the organization"):
        required_answer("organization_name", " ")


@pytest.mark.parametrize("typed", ["👩🏽\u200d⚕️", "…", "007", "١٢٣", "- -"])
def test_a_name_without_a_letter_is_refused_and_an_organization_is_not(typed: str) -> None:
    assert code_of(answer, "name", typed) == "letters"
    assert answer("organization_name", typed) == typed


@pytest.mark.parametrize("name", ["O", "李", "김하나", "ម៉ៅ", "Ếch 🐸", "དབྱངས", "עִבְרִית", "Nguyễn Thị Ường"])
def test_a_name_in_any_script_is_kept(name: str) -> None:
    assert answer("name", name) == unicodedata.normalize("NFC", name)


def test_accents_that_grow_into_the_lines_around_are_refused() -> None:
    assert answer("name", "x" + "\u0316" * 4) == "x" + "\u0316" * 4
    assert code_of(answer, "name", "M" + "\u0316" * 5 + "ai") == "marks"
    assert code_of(answer, "organization_name", "Z\u0310\u0316\u0320\u0324\u0325algo") == "marks"


@given(st.text())
def test_a_line_is_refused_or_clean_and_stays_the_same_the_second_time(text: str) -> None:
    try:
        line = one_line(text, longest=20)
    except ValidationError:
        return
    assert len(line) <= 20
    assert not DIRECTION_CONTROLS & set(line)
    assert not {unicodedata.category(character) for character in line} & UNPRINTABLE
    assert one_line(line, longest=20) == line
    line.encode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Mai@Example.ORG\n", "mai@example.org"),
        ("o'brien+forum@sub.example.co.kr", "o'brien+forum@sub.example.co.kr"),
        ("mai@병원.한국", "mai@xn--om3bw6p.xn--3e0b707e"),
        ("mai@MÜNCHEN.example", "mai@xn--mnchen-3ya.example"),
    ],
)
def test_an_address_is_in_lower_case_and_ascii(typed: str, kept: str) -> None:
    assert mailbox(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "mai",
        "@example.org",
        "mai@",
        "mai@@example.org",
        "mai@example",
        "mai@localhost",
        "mai@[127.0.0.1]",
        "mai@[IPv6:::1]",
        "mai@.org",
        "mai@example..org",
        "mai@-example.org",
        "mai @example.org",
        '"mai"@example.org',
        '"\x01"@example.org',
        "mai\\@example.org",
        "Mai <mai@example.org>",
        "mai@example.org>",
        "mai@example.org\r\nBcc: all@example.org",
        "mai@example.org\x00",
        "\x00@example.org",
        "mài@example.org",
        # Kelvin's sign and the long s are letters to whoever ignores case, and no ASCII.
        "\u212aim@example.org",
        "\u017fu@example.org",
        "mai@example.org,lan@example.org",
        "mai@example.org;lan@example.org",
        f"{'m' * 65}@example.org",
        f"mai@{'e' * 64}.org",
        f"mai@{'example.' * 31}org",
        "mai@xn--a.org\u3002",
    ],
)
def test_what_no_mail_server_takes_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        mailbox(typed)


@given(st.one_of(st.text(), st.emails(), st.builds("{}@{}".format, st.text(), st.text())))
def test_an_address_is_refused_or_safe_in_a_header(text: str) -> None:
    try:
        address = mailbox(text)
    except ValidationError:
        return
    assert address.isascii()
    assert address == address.lower()
    assert len(address) <= EMAIL_LENGTH
    assert not set(address) & set(' \t\r\n\x00<>,;:"()[]\\')
    assert mailbox(address) == address
