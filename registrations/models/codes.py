"""Codes that people read, type and call out."""

from __future__ import annotations

import secrets

# Neither vowels, which make words, nor what is taken for something else: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "234679CDFGHJKMNPQRTVWXY"


def random_letters(count: int) -> str:
    """Return ``count`` random signs of the alphabet, 4.5 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))
