"""Codes, and a QR that says the same to a scanner as it does to us."""

import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import segno
import zxingcpp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from registrations import base45
from registrations.models.codes import ALPHABET
from registrations.ticket import (
    TicketClaim,
    new_code,
    payload,
    public_keys,
    qr_png,
    qr_svg,
    read_payload,
)
from tests.examples import examples

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

    assert re.fullmatch(r"FORUM2:VK-7H2K-94:1:[0-9A-Z $%*+./:-]{96}", text)
    assert read_payload(text, forum_id=7) == TicketClaim("VK-7H2K-94", 1)


@pytest.mark.parametrize(
    "forge",
    [
        lambda text: text.replace("7H2K", "7H2J"),
        lambda text: text.replace(":1:", ":2:"),
        lambda text: text.replace(":1:", ":01:"),
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        # Three signs that stand for more than two bytes can hold.
        lambda text: text[:-3] + ":::",
        lambda text: text.lower(),
        lambda text: text + "A",
        lambda text: text.replace("FORUM2", "FORUM1"),
        lambda text: text.replace(":1:", ":١:"),
        lambda text: "",
        lambda text: "https://example.org/",
    ],
)
def test_a_forged_ticket_is_recognized_too(forge) -> None:
    assert read_payload(forge(payload(**GENUINE)), forum_id=7) is None


def test_whoever_has_the_public_key_can_check_and_not_make(settings) -> None:
    text = payload(**GENUINE)
    [public] = public_keys(7)

    key = Ed25519PublicKey.from_public_bytes(public)
    key.verify(base45.decode(text[-96:]) or b"", text[:-97].encode())

    forged = Ed25519PrivateKey.from_private_bytes(public).sign(text[:-97].encode())
    assert read_payload(f"{text[:-97]}:{base45.encode(forged)}", forum_id=7) is None
    with pytest.raises(InvalidSignature):
        key.verify(forged, text[:-97].encode())


def test_the_vector_in_the_documentation_is_what_the_code_makes(settings) -> None:
    document = Path("docs/ticket.md").read_text()
    rows = dict(re.findall(r"^\| ([^|`]+) \| `([^`]+)` \|$", document, re.MULTILINE))
    rows["SECRET_KEY"] = re.findall(r"^\| `SECRET_KEY` \| `([^`]+)` \|$", document, re.MULTILINE)[0]
    text = document.rsplit("```\n", 2)[1].rstrip("\n")
    settings.SECRET_KEY = rows["SECRET_KEY"]

    seed = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(rows["seed, hexadecimal"]))
    assert public_keys(7)[0].hex() == rows["public key, hexadecimal"]
    assert seed.public_key().public_bytes_raw().hex() == rows["public key, hexadecimal"]
    assert seed.sign(rows["signed"].encode()).hex() == rows["signature, hexadecimal"]
    assert payload(**GENUINE) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"AB", "BB8"),
        (b"Hello!!", "%69 VD92EX0"),
        (b"base-45", "UJCLQE7W581"),
        (b"ietf!", "QED8WEX0"),
        (b"", ""),
    ],
)
def test_base_45_is_that_of_the_standard(data: bytes, text: str) -> None:
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@pytest.mark.parametrize("text", ["GGW", ":::", "A", "abc", "::"])
def test_what_is_not_base_45_stands_for_nothing(text: str) -> None:
    assert base45.decode(text) is None


@hypothesis_settings(max_examples=examples(60))
@given(st.binary(min_size=64, max_size=64))
def test_a_signature_survives_a_form_that_strips(data: bytes) -> None:
    text = base45.encode(data)

    assert (len(text), base45.decode(text)) == (96, data)
    assert text == text.rstrip()


@pytest.mark.parametrize("code", ["-7H2K-94", "VKVK-7H2K-94"])
@pytest.mark.parametrize("issue", [1, 32767])
def test_every_ticket_makes_a_qr_of_the_same_size(code: str, issue: int) -> None:
    text = payload(code=code, issue=issue, forum_id=7)

    assert segno.make(text, error="m", micro=False).designator == "5-M"


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
    [found] = zxingcpp.read_barcodes(picture.convert("L").resize((270, 270)))

    assert found.text == text
    assert picture.size == (540, 540)


def test_the_drawing_in_the_page_has_no_style_script_or_text() -> None:
    drawn = qr_svg(payload(**GENUINE))

    assert drawn.startswith("<svg")
    assert not re.search(r"style=|<script|<style|VK-7H2K|\son", drawn)
