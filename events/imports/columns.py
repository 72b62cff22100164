"""The columns of a spreadsheet of sessions: their names in code, and what our template calls them."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.folding import fold
from core.i18n import LANGUAGE_CODES, NATIVE_NAMES


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title and hint for organizers, and an example. ``language`` where it is a text in one."""

    name: str
    title: Promise
    hint: Promise
    example: str = ""
    language: str = ""
    width: int = 16

    @property
    def label(self) -> str:
        """The title in the active language, with the language of the text in its own words."""
        title = str(self.title)
        title = title[:1].upper() + title[1:]
        return f"{title} ({NATIVE_NAMES[self.language]})" if self.language else title


def _in_each(name: str, title: Promise, hint: Promise, examples: dict[str, str], width: int) -> list[Column]:
    return [
        Column(f"{name}_{code}", title, hint, examples.get(code, ""), code, width) for code in LANGUAGE_CODES
    ]


_LANGUAGES = _("Codes with commas between them: vi, ko, en.")
# In the order of the template.
COLUMNS: tuple[Column, ...] = (
    *_in_each(
        "title",
        _("title"),
        _("Up to 250 characters; in at least one language."),
        {"vi": "Tầm soát ung thư", "ko": "암 검진", "en": "Cancer screening"},
        34,
    ),
    Column("start", _("begins"), _("Day and time on the forum’s clock."), "2026-12-23 09:30", width=18),
    Column(
        "end",
        _("ends"),
        _("Day and time; or leave it empty and give a duration."),
        "2026-12-23 10:15",
        width=18,
    ),
    Column("duration", _("duration"), _("Hours:minutes, when no end is given."), "0:45", width=10),
    Column(
        "room", _("room"), _("Name or short name. A room that is not there yet is added."), "Hall 1", width=18
    ),
    Column(
        "kind",
        _("kind"),
        _("One of: opening, keynote, talk, panel, workshop, ceremony, exhibition, break, meeting."),
        "talk",
        width=12,
    ),
    Column(
        "track",
        _("track"),
        _("Name or short name. A track that is not there yet is added."),
        "Oncology",
        width=18,
    ),
    Column(
        "people",
        _("people"),
        _(
            "One a line or with semicolons between them; the role in brackets if it is not speaker: "
            "speaker, chair, moderator, panelist, delegate."
        ),
        "Nguyễn Văn Mẫu; Kim Ha-na (chair)",
        width=34,
    ),
    Column("spoken", _("spoken languages"), _LANGUAGES, "vi", width=12),
    Column("interpretation", _("interpretation into"), _LANGUAGES, "ko, en", width=12),
    *_in_each("note", _("note"), _("One line under the title, up to 200 characters."), {}, 24),
    *_in_each("abstract", _("abstract"), _("What it is about, in several lines if needed."), {}, 48),
    Column(
        "visibility",
        _("visibility"),
        _("One of: public, registered, invitation, confidential. Empty: public."),
        "public",
        width=12,
    ),
    Column("state", _("state"), _("One of: planned, confirmed, cancelled. Empty: confirmed."), "", width=12),
    Column(
        "seat_limit", _("seat limit"), _("A number, when fewer may come than the room holds."), "", width=10
    ),
    Column("topics", _("topics"), _("Short names with commas between them."), "", width=18),
    Column("recording", _("recording"), _("A web address."), "", width=24),
    Column(
        "slug",
        _("short name in addresses"),
        _("Finds the session again. Empty: made from the title."),
        "",
        width=18,
    ),
    Column("uid", _("identity"), _("Written by our exports; leave it as it is."), "", width=38),
)


def column_called(title: str) -> str:
    """Return the name of the column that a sheet calls ``title``, in any language of the site, or nothing."""
    return _names().get(_plain(title), "")


@functools.cache
def _names() -> dict[str, str]:
    names = {column.name: column.name for column in COLUMNS}
    for code in LANGUAGE_CODES:
        with override(code):
            names |= {_plain(column.label): column.name for column in COLUMNS}
    return names


def _plain(title: str) -> str:
    return " ".join(fold(title).split())
