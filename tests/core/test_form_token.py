"""A form's token is ours, unforged and not too old."""

import uuid

import pytest
from django.core import signing

from core import form_token
from tests.conftest import Clock


def test_a_drawn_token_reads_as_the_same_uuid_each_time() -> None:
    raw = form_token.draw()
    first = form_token.read(raw)
    assert isinstance(first, uuid.UUID)
    assert form_token.read(raw) == first
    assert form_token.read(form_token.draw()) != first


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "nonsense",
        "\x00",
        "a:b:c",
        "x" * 10_000,
        "0b6e3f5e-6c0a-4c8e-9d6b-0f3f3a1d2c4e",
    ],
)
def test_what_we_did_not_draw_is_none(raw: str) -> None:
    assert form_token.read(raw) is None


def test_a_token_of_another_purpose_is_none() -> None:
    assert form_token.read(signing.dumps(uuid.uuid4().hex, salt="of another form")) is None


def test_a_changed_token_is_none() -> None:
    raw = form_token.draw()
    assert form_token.read(raw[:-1] + ("A" if raw[-1] != "A" else "B")) is None


def test_a_signed_text_that_is_no_uuid_is_none() -> None:
    assert form_token.read(signing.dumps("not-a-uuid", salt=form_token._SALT)) is None


def test_a_token_lives_a_week(clock: Clock) -> None:
    raw = form_token.draw()
    clock.advance(days=6, hours=23)
    assert form_token.read(raw) is not None
    clock.advance(hours=2)
    assert form_token.read(raw) is None
