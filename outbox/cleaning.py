"""Makes text from people safe to store as JSON and to put into a mail, without changing what it says."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

# Control characters but tab and line feed; lone surrogates, which no database stores; and the marks
# that turn the direction of everything after them (a name with U+202E would reverse the subject).
# Marks that a right-to-left name needs (U+200E, U+200F, U+061C) and joiners of emoji stay.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
# Besides the white space that \s knows: line and paragraph separators end a line in some mail readers.
WHITE_SPACE = re.compile(r"[\s\u2028\u2029]+")


def clean_text(text: str) -> str:
    """Return ``text`` in composed form (NFC) without characters that could do harm; lines stay."""
    return unicodedata.normalize("NFC", UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(text: str, *, at_most: int) -> str:
    """Return ``text`` as one clean line of ``at_most`` characters; a cut is shown by an ellipsis."""
    # White space first: it holds characters that cleaning would drop between two words. And once more
    # afterwards, where something between two spaces was dropped.
    line = WHITE_SPACE.sub(" ", clean_text(WHITE_SPACE.sub(" ", text))).strip()
    return line if len(line) <= at_most else f"{line[: at_most - 1].rstrip()}…"


def clean_values(value: Any) -> Any:
    """Return a JSON value with every text in it cleaned, keys of objects included."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(key): clean_values(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean_values(item) for item in value]
    return value
