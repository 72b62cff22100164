"""JSON whose objects know the line on which they begin.

Python's own decoder, with the part that reads objects replaced by one that notes where it is. Nesting is
bounded, and what is no JSON (NaN, Infinity) or names a thing twice is refused.
"""

from __future__ import annotations

import bisect
import json
import re
from json import decoder, scanner
from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _

from events.imports.limits import DEEPEST, MOST_PARTS, UnreadableSchedule, too_large
from events.imports.rows import Sentence


class Located(dict[str, Any]):
    """An object of JSON and its line."""

    line: int = 0


class _Decoder(json.JSONDecoder):
    def __init__(self, text: str) -> None:
        super().__init__(parse_constant=_refuse_constant, parse_int=_whole_number)
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.depth = 0
        self.count = 0
        self.parse_object = self._object
        self.parse_array = self._array
        # The scanner written in C reads objects by itself.
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]

    def line_at(self, position: int) -> int:
        return bisect.bisect_left(self.breaks, position) + 1

    def _object(
        self, text_and_end: tuple[str, int], strict: bool, scan: Any, *hooks: Any
    ) -> tuple[Located, int]:
        memo = hooks[-1]
        self._enter(text_and_end[1])
        pairs, end = decoder.JSONObject(text_and_end, strict, scan, None, list, memo)  # type: ignore[attr-defined]
        found = Located(pairs)
        found.line = self.line_at(text_and_end[1])
        self._leave(len(found))
        return found, end

    def _array(self, text_and_end: tuple[str, int], scan: Any) -> tuple[list[Any], int]:
        self._enter(text_and_end[1])
        found, end = decoder.JSONArray(text_and_end, scan)  # type: ignore[attr-defined]
        self._leave(len(found))
        return found, end

    def _enter(self, position: int) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnreadableSchedule(
                Sentence(_("The elements are nested too deeply.")), line=self.line_at(position)
            )

    def _leave(self, size: int) -> None:
        self.depth -= 1
        self.count += size + 1
        if self.count > MOST_PARTS:
            raise too_large()


def _refuse_constant(word: str) -> NoReturn:
    raise UnreadableSchedule(Sentence(_("“%(word)s” is no value of JSON."), {"word": word}))


def _whole_number(digits: str) -> int:
    # Python refuses to compute with very long ones, in a ValueError that names no line.
    return int(digits[:20])


def read_json(content: bytes) -> Any:
    """Return the value, its objects as :class:`Located`. Raises UnreadableSchedule."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSchedule(Sentence(_("The file is not written in UTF-8."))) from error
    reading = _Decoder(text)
    try:
        return reading.decode(text)
    except json.JSONDecodeError as error:
        raise UnreadableSchedule(Sentence(_("This is not well-formed JSON.")), line=error.lineno) from error
