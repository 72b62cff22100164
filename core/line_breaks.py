"""Which words of a heading belong on one line.

Vietnamese writes a word as several syllables with spaces between them, and a browser breaks at any of
these: *trí tuệ nhân / tạo*. No browser knows better, so headings keep whole the pairs of names joined
by a dash and the compounds of the forum's own vocabulary. It is a courtesy to the eye: a compound that
is missing here breaks as it would anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

COMPOUNDS = (
    "AI trong y tế",
    "bệnh viện",
    "cơ xương khớp",
    "chăm sóc",
    "chẩn đoán hình ảnh",
    "dữ liệu",
    "đái tháo đường",
    "hình ảnh y khoa",
    "Hàn Quốc",
    "Hà Nội",
    "nền tảng",
    "người số",
    "phát triển",
    "sàng lọc",
    "sức khoẻ",
    "thứ trưởng",
    "trẻ em",
    "trí tuệ nhân tạo",
    "trong y tế",
    "tuyến giáp",
    "ung thư",
    "Ung thư Quốc gia",
    "Việt Nam",
    "y tế số",
    "의료 인공지능",
)
# "Việt Nam – Hàn Quốc", "Vietnam–Korea"
PAIR = r"(?:\S+ )?\S+ – \S+(?: \S+)?|\S+–\S+"
_WHOLE = re.compile(
    "|".join([PAIR, *(rf"\b{re.escape(word)}\b" for word in sorted(COMPOUNDS, key=len, reverse=True))]),
    re.IGNORECASE,
)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of ``text`` in order, each with whether it should stay on one line.

    >>> list(pieces("về trí tuệ nhân tạo"))
    [('về ', False), ('trí tuệ nhân tạo', True)]
    """
    end = 0
    for match in _WHOLE.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield match[0], True
        end = match.end()
    if end < len(text):
        yield text[end:], False
