"""The tracks where no style sheet reaches: on paper, in pictures, in files for other programs.

The colours are those of ``static/css/tokens.css`` in the light scheme, the weaves those of
``static/css/components/track.css``; the names are those of ``events.Track.weave``.
"""

from __future__ import annotations

from collections.abc import Mapping

COLOURS: Mapping[str, str] = {
    "check": "#006566",
    "twill": "#1f6198",
    "warp": "#446a2c",
    "weft": "#8c5f0e",
    "basket": "#764980",
    "knot": "#475c60",
}

# Threads of one repeat: columns of rows, 1 is a thread.
REPEATS: Mapping[str, tuple[str, ...]] = {
    "check": ("10", "01"),
    "twill": ("110", "011", "101"),
    "warp": ("10", "10"),
    "weft": ("11", "00"),
    "basket": ("11", "01"),
    "knot": ("10", "00"),
}
