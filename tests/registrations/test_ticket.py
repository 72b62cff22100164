"""Codes, and a QR that says the same to a scanner as it does to us."""

import io
import re
from collections import Counter
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from registrations.models.codes import ALPHABET
from registrations.ticket import (
    TicketClaim,
    new_code,
    payload,
    qr_file,
    qr_png,
    qr_svg,
    read_payload,
)

GENUINE: dict[str, Any] = {"code": "VK-7H2K-94", "issue": 1, "forum_id": 7}


def test_codes_have_the_prefix_and_only_letters_that_cannot_be_misread() -> None:
    codes = [new_code("VK") for _ in range(2000)]

    assert all(re.fullmatch(rf"VK-[{ALPHABET}]{{4}}-[{ALPHABET}]{{2}}", code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert not set(ALPHABET) & set("0O1IL5S8BZUAE")
    # Every letter is drawn, and none far more often than its share of 522.
    letters = Counter(letter for code in codes for letter in code[3:].replace("-", ""))
    assert set(letters) == set(ALPHABET)
    assert max(letters.values()) < 650


def test_a_genuine_ticket_is_recognized_without_the_database() -> None:
    text = payload(**GENUINE)

    assert re.fullmatch(r"FORUM1:VK-7H2K-94:1:[A-Z2-7]{16}", text)
    assert read_payload(text, forum_id=7) == TicketClaim("VK-7H2K-94", 1)


@pytest.mark.parametrize(
    "forge",
    [
        lambda text: text.replace("7H2K", "7H2J"),
        lambda text: text.replace(":1:", ":2:"),
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: text.lower(),
        lambda text: text + "A",
        lambda text: text.replace("FORUM1", "FORUM2"),
        lambda text: "",
        lambda text: "https://example.org/",
    ],
)
def test_a_forged_ticket_is_recognized_too(forge) -> None:
    assert read_payload(forge(payload(**GENUINE)), forum_id=7) is None


def test_the_ticket_of_another_forum_is_none_of_ours() -> None:
    assert read_payload(payload(**GENUINE), forum_id=8) is None


def test_tickets_stay_genuine_while_the_old_secret_is_a_fallback(settings) -> None:
    text = payload(**GENUINE)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-key-" + "z" * 40

    assert read_payload(text, forum_id=7) is not None

    settings.SECRET_KEY_FALLBACKS = []
    assert read_payload(text, forum_id=7) is None


def test_a_scanner_reads_the_picture_in_the_mail() -> None:
    text = payload(**GENUINE)
    picture = Image.open(io.BytesIO(qr_png(text)))

    # As large as the mail shows it on a plain screen.
    [found] = zxingcpp.read_barcodes(picture.convert("L").resize((231, 231)))

    assert found.text == text
    assert picture.size == (462, 462)


def test_the_drawing_in_the_page_has_no_style_script_or_text() -> None:
    drawn = qr_svg(payload(**GENUINE))

    assert drawn.startswith("<svg")
    assert not re.search(r"style=|<script|<style|VK-7H2K|\son", drawn)


def test_the_file_stands_on_white() -> None:
    drawn = qr_file(payload(**GENUINE)).decode()

    assert "#fff" in drawn
    assert 'xmlns="http://www.w3.org/2000/svg"' in drawn
