"""The colours of the design tokens keep their contrast, in both schemes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest
from django.conf import settings

SOURCE = (settings.BASE_DIR / "static/css/tokens.css").read_text()

# Text on grounds. Stripes lie between --sunk and --ground, so text on them must bear both.
TEXT = [
    (ink, ground)
    for ink in ("ink", "soft", "brand", "brand-ink", "action-ink", "danger")
    for ground in ("ground", "surface", "sunk", "tint")
] + [
    ("on-action", "action"),
    ("ground", "ink"),  # the spoken language
    ("ground", "brand"),  # the chosen language, the chosen filter
    ("ground", "danger"),  # the dangerous button under the pointer
    ("on-deep", "deep"),
    ("on-deep-2", "deep"),
    *((f"t-{weave}", "surface") for weave in ("check", "twill", "warp", "weft", "basket", "knot")),
    *((f"t-{weave}", "ground") for weave in ("check", "twill", "warp", "weft", "basket", "knot")),
]
# Borders of controls, and the thread, which is never the only sign of anything but must be seen.
SHAPES = [(shape, ground) for shape in ("edge", "brand", "thread") for ground in ("ground", "surface")]


def declarations(block: str) -> dict[str, str]:
    """Return the custom properties of a block of CSS."""
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


def block_after(opening: str) -> str:
    """Return the CSS between ``opening`` and the brace that closes it."""
    start = SOURCE.index(opening) + len(opening)
    depth = 1
    for offset, char in enumerate(SOURCE[start:]):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth == 0:
            return SOURCE[start : start + offset]
    raise AssertionError(f"{opening} is never closed")


def scheme(name: str) -> dict[str, str]:
    """Return every token of a colour scheme, with the sRGB ramps."""
    ramps, meanings = SOURCE.split("@supports", 1)[0], SOURCE.split("/* Grounds", 1)[1].split("@media", 1)[0]
    tokens = declarations(ramps) | declarations(meanings)
    if name == "dark":
        tokens |= declarations(block_after("@media (prefers-color-scheme: dark) {"))
    return tokens


def colour(tokens: dict[str, str], name: str) -> tuple[int, int, int]:
    """Follow ``var()`` to a colour."""
    value = tokens[name]
    if variable := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(tokens, variable[1])
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def luminance(rgb: tuple[int, int, int]) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it."""
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(tokens: dict[str, str], one: str, other: str) -> float:
    """Return the contrast ratio of two tokens."""
    lights = sorted((luminance(colour(tokens, one)), luminance(colour(tokens, other))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_the_formula_knows_black_and_white() -> None:
    assert contrast({"a": "#000000", "b": "#ffffff"}, "a", "b") == pytest.approx(21)
    assert contrast({"a": "#777777", "b": "#ffffff"}, "a", "b") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_can_be_read(name: str) -> None:
    tokens = scheme(name)
    weak = {pair: round(contrast(tokens, *pair), 2) for pair in TEXT if contrast(tokens, *pair) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_shapes_can_be_seen(name: str) -> None:
    tokens = scheme(name)
    weak = {pair: round(contrast(tokens, *pair), 2) for pair in SHAPES if contrast(tokens, *pair) < 3}
    assert weak == {}
