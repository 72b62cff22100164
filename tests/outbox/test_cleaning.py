"""Text from people keeps what it says and loses what could do harm."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from outbox.cleaning import clean_text, clean_values, one_line


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert "\x00" not in clean
    assert "\r" not in clean
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode()


@given(st.text(), st.integers(min_value=2, max_value=300))
def test_one_line_is_one_line_and_fits(text: str, at_most: int) -> None:
    line = one_line(text, at_most=at_most)
    assert len(line) <= at_most
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    assert one_line(line, at_most=at_most) == line


def test_lines_of_a_paragraph_stay_lines() -> None:
    assert clean_text("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree\tfour"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_values_keep_their_shape_and_can_be_stored(value: object) -> None:
    clean = clean_values(json.loads(json.dumps(value)))
    assert type(clean) is type(value)
    json.dumps(clean, ensure_ascii=False).encode()
