"""Which kinds of mail there are. Each app registers its own in ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail.

    ``content_type`` may carry parameters: ``text/calendar; charset=utf-8; method=PUBLISH``. With a
    ``content_id`` the file is a picture inside the HTML, shown there by ``<img src="cid:…">``; without
    one it is a file that the reader can open or save.
    """

    filename: str
    content: bytes
    content_type: str
    content_id: str | None = None


@dataclass(frozen=True, slots=True)
class MailContent:
    """What ``prepare`` makes of a snapshot: the values for the templates, and the files."""

    context: Mapping[str, Any]
    attachments: list[Attachment] = field(default_factory=list)
    # Further headers, such as List-Unsubscribe.
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MailKind:
    """One kind of mail.

    ``name`` is stored with each message (``"registration.confirmed"``), ``title`` is what organizers
    read. ``template`` is a path without its end: ``<template>.subject.txt``, ``<template>.txt`` and
    ``<template>.html`` must exist, the last one extending ``outbox/mail/base.html``.

    ``prepare(context, language)`` turns the stored snapshot into what the templates need: addresses,
    dates as the reader writes them, the calendar entry, the QR code. It runs in the worker, in the
    reader's language and outside any transaction. ``sample(language)`` returns a snapshot of invented
    people, in the shape that ``enqueue`` is given; ``prepare`` must cope with it on an empty database,
    so that tests can render every kind in every language.

    ``placeholders`` are what organizers may use when they say this mail in their own words: the name that
    they write, and under which name ``prepare`` gives its value. Those whose value is an address are named
    in ``addresses``. A kind without placeholders is always said in the built-in words: it is organizers'
    own text anyway, or nobody but a technician gets it. Wording a kind takes ``wording_right`` as well, where
    one is named: mails about accounts reach everybody who works here. A kind ``of_no_forum`` has the words of
    the forum that the site shows.

    ``is_wanted(context)`` is asked just before a mail goes: False when its reader has said meanwhile that
    she wants no such mail. It is withdrawn then.

    A ``private`` kind carries something for the reader's eyes alone, such as a sign-in code: organizers
    see that it was sent, but neither preview it nor send it again. Its sample holds nothing secret, and
    nothing that opens anybody's page.
    """

    name: str
    title: str | Promise
    template: str
    prepare: Callable[[dict[str, Any], str], MailContent]
    sample: Callable[[str], dict[str, Any]]
    private: bool = False
    placeholders: Mapping[str, str] = field(default_factory=dict)
    addresses: tuple[str, ...] = ("link",)
    wording_right: str = ""
    of_no_forum: bool = False
    is_wanted: Callable[[dict[str, Any]], bool] = lambda context: True


class UnknownKind(LookupError):
    """No app registered this kind of mail."""


_kinds: dict[str, MailKind] = {}


def register(kind: MailKind) -> None:
    """Make ``kind`` known. Raises ImproperlyConfigured when another kind has its name."""
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ImproperlyConfigured(f"Two kinds of mail are named {kind.name!r}.")


def get(name: str) -> MailKind:
    """Return the kind called ``name``; raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(f"No app registered a kind of mail named {name!r}.") from None


def all_kinds() -> list[MailKind]:
    """Return every kind, sorted by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def wordable() -> list[MailKind]:
    """Return the kinds that organizers may say in their own words."""
    return [kind for kind in all_kinds() if kind.placeholders]


def readable_names() -> list[str]:
    """Return the names of the kinds that organizers may read and send again: all but the private ones."""
    return [kind.name for kind in all_kinds() if not kind.private]


def title_of(name: str) -> str:
    """Return what organizers call the kind ``name``; the name itself when no app knows it any more."""
    kind = _kinds.get(name)
    return str(kind.title) if kind else name
