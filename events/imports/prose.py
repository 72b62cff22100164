"""Texts from elsewhere, as this site keeps them: no markup, no control characters, LF at line ends."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from outbox.cleaning import WHITE_SPACE, clean_text

# Only what really is a tag of HTML: “p < 0.05” and “<xml>” in a talk's abstract stay as they are.
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|iframe|img|ins|li"
    r"|ol|p|pre|q|s|script|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    "blockquote center dd div dl dt h1 h2 h3 h4 h5 h6 hr ol p pre table tr ul".split()  # noqa: SIM905
)
_SILENT = frozenset({"script", "style", "iframe"})
_MANY_BREAKS = re.compile(r"\n{3,}")
_SPACES_AT_BREAK = re.compile(r"[ \t]*\n[ \t]*")


def one_line(text: str) -> str:
    """Return ``text`` as one clean line, without tags."""
    return WHITE_SPACE.sub(" ", clean_text(WHITE_SPACE.sub(" ", without_tags(text)))).strip()


def prose(text: str) -> str:
    """Return ``text`` in clean lines, without tags."""
    return clean_text(without_tags(text)).strip()


def without_tags(text: str) -> str:
    """Return the words of a text that holds HTML: paragraphs and items on lines of their own.

    A text without tags is returned as it is, ampersands included.
    """
    if not _TAG.search(text):
        return text
    words = _Words()
    # A “<” that begins no tag would swallow what follows it.
    words.feed(_LONE.sub("&lt;", text))
    words.close()
    lines = _SPACES_AT_BREAK.sub("\n", "".join(words.pieces))
    return _MANY_BREAKS.sub("\n\n", lines).strip()


_LONE = re.compile(rf"<(?!{_TAG.pattern[1:]})", re.IGNORECASE)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "br":
            self.pieces.append("\n")
        elif tag == "li":
            self.pieces.append("\n– ")
        elif tag in _BLOCKS:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag in _BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data)
