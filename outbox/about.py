"""What a mail is about, as a page of the admin: each app knows how to find its own things in a snapshot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Thing:
    """The words of a link and where it leads."""

    words: str | Promise
    url: str


Finder = Callable[[dict[str, Any]], Thing | None]
_finders: list[Finder] = []


def register_finder(finder: Finder) -> None:
    """Ask ``finder`` too; it returns None for snapshots that are not of its app."""
    if finder not in _finders:
        _finders.append(finder)


def things_in(context: dict[str, Any]) -> list[Thing]:
    """Return what a mail with this snapshot is about."""
    return [thing for finder in _finders if (thing := finder(context))]
