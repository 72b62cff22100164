"""The plan of a hall as it is drawn: pure functions from rows to lines, words and where they stand.

No database: the rows come from ``exhibitors.catalogue``. Measures are centimetres of the hall, which are the
units of the drawing too; numbers are texts here, because a template would write them as its language does.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from core.i18n import Localized
from exhibitors.geometry import Shape, read_shape
from exhibitors.models import BookingPeriod, Booth, Hall, HallFeature
from exhibitors.short_names import short_name

_WHOLE: Final = BookingPeriod.Kind.WHOLE
# Of a booth's shorter side: its number, the word for its state and the exhibitor's name.
_NUMBER, _WORD, _NAME = 0.22, 0.16, 0.14
# Of the number where there is room for nothing else: the hall is seen as a whole.
_ALONE: Final = 0.42
_MOST_NAME_LINES: Final = 2
# How wide a letter is on average, in its own size; a Hangul syllable fills a square.
_LETTER: Final = 0.56
_FILLED: Final = 0.88
_LONGEST_LABEL: Final = 0.9
# Drawn as what they are; a word on them would be in the way.
_WORDLESS: Final = frozenset({"pillar", "wall", "power"})


class State(enum.StrEnum):
    """What visitors learn of a booth."""

    FREE = "free"
    BEING_TAKEN = "held"
    TAKEN = "taken"
    BLOCKED = "blocked"

    @property
    def label(self) -> Promise:
        """The word that stands in the booth."""
        return _LABELS[self]


_LABELS: Final = {
    State.FREE: pgettext_lazy("a booth", "Free"),
    State.BEING_TAKEN: pgettext_lazy("a booth", "Being taken"),
    State.TAKEN: pgettext_lazy("a booth", "Taken"),
    State.BLOCKED: pgettext_lazy("a booth", "Not for sale"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A live claim on a booth for a time, and whose it is."""

    start: datetime
    end: datetime
    is_confirmed: bool
    exhibitor_id: int

    def meets(self, period: BookingPeriod) -> bool:
        """Say whether it takes any of the time of ``period``."""
        start, end = bounds(period.span)
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Occupant:
    """An exhibitor at a booth, as far as visitors may know."""

    slug: str
    name: Localized
    country: str


@dataclass(frozen=True, slots=True)
class Text:
    """A line of letters around its middle. ``turn`` is empty or a rotation as SVG writes it."""

    words: str
    x: str
    y: str
    size: str
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Plate:
    """The quiet ground below words that stand on a pattern."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class DrawnBooth:
    """A booth. ``occupants`` are known to everybody; ``is_dimmed`` when a filter leaves it out; ``mark`` is
    what :func:`mark_of` says.
    """

    number: str
    side: int
    type_id: int
    type: Localized
    square_metres: float
    state: State
    mark: str
    occupants: tuple[Occupant, ...]
    is_dimmed: bool
    points: str
    plate: Plate
    lines: tuple[Text, ...]
    alone: Text
    alone_plate: Plate

    @property
    def anchor(self) -> str:
        """The name of its row in the list."""
        return f"booth-{self.number}"


@dataclass(frozen=True, slots=True)
class DrawnFeature:
    """Something else in the hall."""

    kind: str
    points: str
    label: Text | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A hall: ``view`` is the viewBox, ``pattern`` how large the figures of the patterns are.

    ``near`` is the side of a small booth, by which a browser sees whether words in it can be read.
    """

    view: str
    width: str
    depth: str
    pattern: str
    near: str
    booths: tuple[DrawnBooth, ...]
    features: tuple[DrawnFeature, ...]


def state_of(booth: Booth, claims: Sequence[Claim], periods: Sequence[BookingPeriod]) -> State:
    """Return what visitors learn of a booth: it is free while one of the times it is let for is.

    A shared type is let for each period, any other for the whole exhibition.
    """
    if booth.is_blocked:
        return State.BLOCKED
    if not claims:
        return State.FREE
    if any(not any(claim.meets(period) for claim in claims) for period in let_periods(booth, periods)):
        return State.FREE
    return State.TAKEN if all(claim.is_confirmed for claim in claims) else State.BEING_TAKEN


def state_in(booth: Booth, claims: Sequence[Claim], period: BookingPeriod) -> State:
    """Return what visitors learn of a booth for one period."""
    return state_of(booth, [claim for claim in claims if claim.meets(period)], [period])


def let_periods(booth: Booth, periods: Iterable[BookingPeriod]) -> list[BookingPeriod]:
    """Return the periods for which a booth can be had: a shared type is let for each."""
    return [period for period in periods if booth.type.is_shared or period.kind == _WHOLE]


def mark_of(
    booth: Booth, claims: Sequence[Claim], periods: Sequence[BookingPeriod], occupants: Iterable[str]
) -> str:
    """Return in a few letters all that visitors see of a booth: its state, when it is free, and who is there.

    ``occupants`` are the short names of exhibitors that everybody may know. By another mark browsers learn
    that a booth has changed.
    """
    state = state_of(booth, claims, periods)
    parts: list[str] = [state]
    if booth.type.is_shared and not booth.is_blocked:
        parts.append("".join(state_in(booth, claims, one)[0] for one in let_periods(booth, periods)))
    return " ".join([*parts, *sorted(occupants)])


def bounds(span: Any) -> tuple[datetime, datetime]:
    """Return beginning and end of a span, both of which the database demands."""
    return span.lower, span.upper


def draw(hall: Hall, booths: Iterable[DrawnBooth], features: Iterable[HallFeature]) -> Drawing:
    """Put a hall together; booths in the order of their numbers, which is that of the list."""
    margin = max(hall.width, hall.depth) // 60
    drawn = tuple(sorted(booths, key=lambda booth: in_order(booth.number)))
    # What is smaller than three quarters of them does not decide.
    sides = sorted(booth.side for booth in drawn)
    return Drawing(
        view=f"{-margin} {-margin} {hall.width + 2 * margin} {hall.depth + 2 * margin}",
        width=str(hall.width),
        depth=str(hall.depth),
        pattern=str(max(24, max(hall.width, hall.depth) // 64)),
        near=str(sides[len(sides) // 4] if sides else 0),
        booths=drawn,
        features=tuple(_drawn_feature(feature) for feature in features),
    )


def draw_booth(
    booth: Booth, state: State, occupants: Sequence[Occupant] = (), *, mark: str = "", is_dimmed: bool = False
) -> DrawnBooth:
    """Draw one booth with its number, the word for its state and, where it fits, who is there."""
    shape = read_shape(booth.shape)
    left, top, right, bottom = shape.box
    side, width = min(right - left, bottom - top), right - left
    words = [(booth.number, _NUMBER), (str(state.label), _WORD)]
    if occupants:
        most = _FILLED * width / side / _NAME
        words += [(line, _NAME) for line in name_lines(str(occupants[0].name), most)]
    x, middle = shape.label_at
    sizes = [min(part * side, _FILLED * width / _widths(text)) for text, part in words]
    gap = 0.04 * side
    height = sum(sizes) + gap * (len(sizes) - 1)
    lines, y = [], middle - height / 2
    for (text, _part), size in zip(words, sizes, strict=True):
        lines.append(Text(text, _number(x), _number(y + size / 2), _number(size)))
        y += size + gap
    plate_width = min(
        max(_widths(text) * size for (text, _part), size in zip(words, sizes, strict=True)) + 3 * gap,
        0.96 * width,
    )
    alone = min(_ALONE * side, _FILLED * width / _widths(booth.number))
    return DrawnBooth(
        number=booth.number,
        side=side,
        type_id=booth.type_id,
        type=booth.type.display_name,
        square_metres=shape.square_metres,
        state=state,
        mark=mark,
        occupants=tuple(occupants),
        is_dimmed=is_dimmed,
        points=_points(shape),
        plate=_plate(x, middle, plate_width, height + 3 * gap),
        lines=tuple(lines),
        alone=Text(booth.number, _number(x), _number(middle), _number(alone)),
        alone_plate=_plate(
            x, middle, min(_widths(booth.number) * alone + 3 * gap, 0.96 * width), alone + gap
        ),
    )


def in_order(number: str) -> tuple[tuple[int, int | str], ...]:
    """Return a key by which A2 stands before A10."""
    parts = re.findall(r"\d+|\D+", number)
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in parts)


def _drawn_feature(feature: HallFeature) -> DrawnFeature:
    shape = read_shape(feature.shape)
    words = str(feature.display_name) or str(feature.get_kind_display()).capitalize()
    label = None if feature.kind in _WORDLESS else _label(words, shape)
    return DrawnFeature(feature.kind, _points(shape), label)


def _label(words: str, shape: Shape) -> Text:
    """Write along the longer side, no larger than the shorter one lets."""
    left, top, right, bottom = shape.box
    width, depth = right - left, bottom - top
    along, across = max(width, depth), min(width, depth)
    size = min(60, 0.5 * across, _LONGEST_LABEL * along / _widths(words))
    x, y = (_number(value) for value in shape.label_at)
    return Text(words, x, y, _number(size), f"rotate(-90 {x} {y})" if depth > width else "")


def _widths(words: str) -> float:
    """Return about how wide words are, in their own size."""
    letters = unicodedata.normalize("NFC", words)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in letters)
    return max(1.0, wide + (len(letters) - wide) * _LETTER)


def name_lines(name: str, most: float) -> list[str]:
    """Return a name without its legal form in lines of at most so many widths; what is too long is cut.

    At a word, if the cut leaves one.
    """
    words = short_name(name).split()
    lines = [words.pop(0)] if words else []
    while words and len(lines) < _MOST_NAME_LINES:
        if _widths(f"{lines[-1]} {words[0]}") <= most:
            lines[-1] += f" {words.pop(0)}"
        else:
            lines.append(words.pop(0))
    while words and _widths(f"{lines[-1]} {words[0]}…") <= most:
        lines[-1] += f" {words.pop(0)}"
    return [_cut(line, most, "…" if words and line is lines[-1] else "") for line in lines]


def _cut(line: str, most: float, end: str) -> str:
    if _widths(line + end) <= most:
        return line + end
    while line and _widths(f"{line}…") > most:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _plate(x: float, y: float, width: float, height: float) -> Plate:
    """Return a ground around its middle."""
    return Plate(*(_number(value) for value in (x - width / 2, y - height / 2, width, height)))


def _points(shape: Shape) -> str:
    return " ".join(f"{x},{y}" for x, y in shape.corners)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
