"""What a file of any format says of a hall, and what it would make of the hall that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import DomainError
from exhibitors.floor.items import BOOTH, MOST_ITEMS, BadItem, Item, clean_number, read_item

MOST_BYTES: Final = 5 * 1024 * 1024
FORMAT: Final = "forum-hall-plan"


class UnreadablePlan(DomainError):
    """The file as a whole cannot be taken; the sentence says why."""

    status = 400

    def __init__(self, sentence: Any) -> None:
        super().__init__(sentence, field="file")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something in a file that cannot be taken, and where it stands."""

    where: str
    sentence: str


@dataclass(slots=True)
class PlanFile:
    """What a file says. ``size`` is the hall's in centimetres, if it says so; ``has_parts`` when the format
    knows more than booths.
    """

    size: tuple[int, int] | None = None
    items: list[Item] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    has_parts: bool = True
    numbers: set[str] = field(default_factory=set)

    def take(self, where: str, raw: Mapping[str, Any], types: Types) -> None:
        """Add an item that says ``type`` by its short name, or write down what is wrong with it."""
        key = f"n{len(self.items) + len(self.wrong) + 1}"
        try:
            if raw.get("kind") == BOOTH:
                number = self._new_number(str(raw.get("number", "")))
                raw = {**raw, "number": number, "type": types.id_of(raw.get("type"))}
            self.items.append(read_item({**raw, "key": key}))
        except BadItem as error:
            self.wrong.append(Wrong(where, str(error)))
        if len(self.items) + len(self.wrong) > MOST_ITEMS:
            raise UnreadablePlan(gettext_lazy("The file has more booths and parts than a hall can have."))

    def _new_number(self, written: str) -> str:
        number = clean_number(written)
        if number in self.numbers:
            raise BadItem(_("The number %(number)s comes twice.") % {"number": number})
        self.numbers.add(number)
        return number


@dataclass(frozen=True, slots=True)
class Types:
    """The booth types of a forum by their short names; ``usual`` is for booths without one in a file."""

    by_slug: Mapping[str, int]
    usual: int | None = None

    def id_of(self, slug: Any) -> int | None:
        """Return the id of a type. Raises BadItem when the forum has no such type."""
        if slug in (None, "") and self.usual is not None:
            return self.usual
        if not isinstance(slug, str) or slug not in self.by_slug:
            known = ", ".join(sorted(self.by_slug))
            raise BadItem(
                _("There is no booth type “%(slug)s” here; there are: %(known)s.")
                % {"slug": str(slug or "")[:40], "known": known}
            )
        return self.by_slug[slug]

    def slug_of(self, pk: int | None) -> str:
        """Return the short name of a type."""
        return next((slug for slug, known in self.by_slug.items() if known == pk), "")


def text_of(content: bytes) -> str:
    """Return a file's text. Raises UnreadablePlan."""
    check_size(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePlan(gettext_lazy("The file is not written in UTF-8.")) from error


def check_size(content: bytes) -> None:
    """Raise UnreadablePlan for a file that is larger than any plan."""
    if len(content) > MOST_BYTES:
        megabytes = MOST_BYTES // 1024 // 1024
        raise UnreadablePlan(
            _("The file is too large. A plan has at most %(megabytes)s MB.") % {"megabytes": megabytes}
        )


def merged(stored: Sequence[Item], file: PlanFile, *, keep_rest: bool) -> list[Item]:
    """Return what the hall would be. Booths are found again by their numbers, so they keep their bookings.

    With ``keep_rest``, what the file does not name stays. A file that knows booths alone leaves other parts.
    Parts that are not all as they were are written anew, in the order of the file.
    """
    booths = {item.number: item for item in stored if item.is_booth}
    parts = [item for item in stored if not item.is_booth]
    new = [item for item in file.items if not item.is_booth]
    is_same = [item.facts() for item in new] == [item.facts() for item in parts]
    found = []
    for item in file.items:
        if item.is_booth:
            there = booths.pop(item.number, None)
            found.append(replace(item, key=there.key) if there else item)
        elif not is_same and not (keep_rest and any(item.facts() == part.facts() for part in parts)):
            found.append(item)
    if keep_rest:
        found += booths.values()
    if keep_rest or is_same or not file.has_parts:
        found += parts
    return found
