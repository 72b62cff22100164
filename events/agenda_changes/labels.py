"""What people call the parts of an agenda document: mostly what the models' columns are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.i18n import choose, current_language
from events.agenda_document import Document
from events.models import Forum, Room, Session, Topic, Track, Venue
from speakers.models import Speaker, names_by_language

_MODELS = {
    "forum": Forum,
    "venue": Venue,
    "rooms": Room,
    "tracks": Track,
    "topics": Topic,
    "sessions": Session,
    "speakers": Speaker,
}
# Where the document has another name than the column.
_COLUMNS: Mapping[str, str] = {"spoken": "spoken_languages", "recording": "recording_url"}
# What is no column of its own.
_WORDS: Mapping[str, str | Promise] = {
    "place": _("time and room"),
    "people": _("people"),
    "materials": _("materials"),
}
_ORDERS: Mapping[str, str | Promise] = {
    "rooms": _("The order of the rooms"),
    "tracks": _("The order of the tracks"),
    "topics": _("The order of the topics"),
    "speakers": _("The order of the speakers"),
    "sessions": _("The order of sessions at the same time"),
}


def label_of(where: str, field: str) -> str:
    """Return what a field of an entry of the list (or frame) ``where`` is called."""
    word = _WORDS.get(field)
    if word is not None and where == "sessions":
        return str(word)
    column = _COLUMNS.get(field, field)
    return str(_MODELS[where]._meta.get_field(column).verbose_name)  # type: ignore[union-attr]


def kind_of(where: str) -> str:
    """Return what an entry of ``where`` is: a room, a track …"""
    return capfirst(str(_MODELS[where]._meta.verbose_name))


def order_of(where: str) -> str:
    """Return the words for the order of a list."""
    return str(_ORDERS[where])


def name_of(thing: Document) -> str:
    """Return the name of an entry as readers of the active language know it."""
    if "hangul_name" in thing:
        names = names_by_language(thing["name"], thing["latin_name"], thing["hangul_name"])
        return names[current_language()]
    return str(choose(thing["title"] if "title" in thing else thing["name"]))
