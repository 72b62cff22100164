"""The mail about the changes of a release: one to each person, with entries for her calendar.

The snapshot holds excerpts of both releases, so that a mail says the same whenever it is written. What is
news for its reader is worked out from them again, in her language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from icalendar import Calendar, Event, vCalAddress, vText

from core import dates
from core.i18n import Localized, choose, current_language
from events.agenda import Agenda, AgendaWithdrawal, read_document
from events.agenda_changes import ChangeKind, SessionChange, ToldField, changes_between
from events.agenda_changes.telling import PLACE, Teller
from events.agenda_document import Document
from events.audience import Reason
from events.calendar_entry import PRODUCT, calendar_event, withdrawn_event
from events.digests.news import news_fields
from events.digests.sample import sample
from outbox import kinds
from outbox.kinds import Attachment, MailContent, MailKind

KIND = "agenda.changes"

_SUBJECTS: Mapping[str, str | Promise] = {
    ChangeKind.ADDED: gettext_lazy("In the programme: %(title)s"),
    ChangeKind.REMOVED: gettext_lazy("No longer in the programme: %(title)s"),
    ChangeKind.CANCELLED: gettext_lazy("Cancelled: %(title)s"),
    ChangeKind.REINSTATED: gettext_lazy("Takes place after all: %(title)s"),
    ChangeKind.MOVED: gettext_lazy("New time or room: %(title)s"),
    ChangeKind.CHANGED: gettext_lazy("Changed: %(title)s"),
}
_HEADS: Mapping[str, str | Promise] = {
    ChangeKind.ADDED: gettext_lazy("In the programme"),
    ChangeKind.REMOVED: gettext_lazy("No longer in the programme"),
    ChangeKind.CANCELLED: gettext_lazy("Cancelled"),
    ChangeKind.REINSTATED: gettext_lazy("Takes place after all"),
    ChangeKind.MOVED: gettext_lazy("New time or room"),
    ChangeKind.CHANGED: gettext_lazy("Changed"),
}
_BECAUSE: Mapping[str, str | Promise] = {
    Reason.SPEAKER: gettext_lazy("you have a part in them"),
    Reason.SEAT: gettext_lazy("you hold a seat"),
    Reason.STAR: gettext_lazy("you marked them with a star"),
    Reason.GUEST: gettext_lazy("you are invited"),
}
_GONE = {ChangeKind.REMOVED, ChangeKind.CANCELLED}
# Long texts are read on the page; the mail says that they changed.
_LONG = {"abstract"}


@dataclass(frozen=True, slots=True)
class Item:
    """One session in the mail. ``place_before`` is empty unless it moved; ``url`` unless it has a page."""

    head: str
    title: Localized
    url: str
    place: str
    place_there: str
    place_before: str
    is_gone: bool
    fields: tuple[ToldField, ...]
    long_fields: tuple[str, ...]


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    new = context["new"]
    old = context["old"] or {**new, "sessions": []}
    changes = _in_order(changes_between(old, new).sessions, context["uids"])
    agenda = read_document(
        new,
        number=context["release"],
        published_at=datetime.fromisoformat(context["published_at"]),
        digest="",
    )
    teller = Teller(old, new)
    items = [_item(change, teller, agenda, context["reasons"], language) for change in changes]
    introduction = choose(context["introduction"], language)
    forum_name = agenda.forum.localized("short_name", language)
    return MailContent(
        context={
            "forum_name": forum_name,
            "occasion_name": agenda.forum.localized("name", language),
            "host_note": choose(context["host_note"], language),
            "subject_line": _subject(changes, forum_name),
            "headline": _headline(changes),
            "is_one": len(changes) == 1,
            "paragraphs": [part for part in introduction.text.split("\n") if part.strip()],
            "introduction_language": introduction.language,
            "items": items,
            "has_entries": any(change.kind not in _GONE for change in changes),
            "has_cancellations": any(change.kind in _GONE for change in changes),
            "agenda_url": settings.SITE_URL + reverse("events:agenda"),
            "because": ", ".join(str(_BECAUSE[reason]) for reason in context["reasons"]),
            "contact_email": context["contact_email"],
        },
        attachments=list(_calendars(changes, agenda, context["contact_email"], language)),
    )


def _in_order(changes: Iterable[SessionChange], uids: list[str]) -> list[SessionChange]:
    by_uid = {change.uid: change for change in changes}
    return [by_uid[uid] for uid in uids if uid in by_uid]


def _subject(changes: list[SessionChange], forum_name: Localized) -> str:
    said = _headline(changes)
    if len(changes) == 1:
        [change] = changes
        title = choose(change.session["title"]).text or _("a session")
        said = str(_SUBJECTS[change.kind]) % {"title": title}
    return f"{said} · {forum_name}"


def _headline(changes: list[SessionChange]) -> str:
    if len(changes) == 1:
        return str(_HEADS[changes[0].kind])
    said = ngettext("%(n)s change of your programme", "%(n)s changes of your programme", len(changes))
    return said % {"n": len(changes)}


def _item(change: SessionChange, teller: Teller, agenda: Agenda, reasons: list[str], language: str) -> Item:
    fields = tuple(news_fields(change, reasons, language))
    before, after = change.before, change.after
    told = tuple(teller.fields(before, after, fields)) if before and after else ()
    moved = before and after and any(field.field in PLACE for field in fields)
    place = teller.full_place(change.session, is_new=after is not None)
    return Item(
        head=str(_HEADS[change.kind]),
        title=choose(change.session["title"]) or Localized(capfirst(_("a session")), language, language),
        url=_page_of(after),
        place=place,
        place_there=_there(change.session, agenda),
        place_before=teller.full_place(before, is_new=False) if moved and before else "",
        is_gone=change.kind in _GONE,
        fields=tuple(one for one in told if one.name not in {"place", *_LONG}),
        long_fields=tuple(one.label for one in told if one.name in _LONG),
    )


def _page_of(session: Document | None) -> str:
    return settings.SITE_URL + reverse("events:session", args=[session["slug"]]) if session else ""


def _there(session: Document, agenda: Agenda) -> str:
    """``12:15–13:00 in Seoul``."""
    zone = agenda.forum.second_zone
    start, end = (datetime.fromisoformat(session[edge]) for edge in ("start", "end"))
    return _("%(time)s in %(city)s") % {
        "time": f"{dates.clock(start, zone)}–{dates.clock(end, zone)}",
        "city": dates.zone_city(zone, current_language()),
    }


# --- Calendar files (RFC 5546) --------------------------------------------------------------------


def _calendars(
    changes: list[SessionChange], agenda: Agenda, contact: str, language: str
) -> Iterator[Attachment]:
    """Yield one file with everything that takes place, and one for each session that does not.

    A file has one METHOD. PUBLISH takes events of any number of UIDs (section 3.2.1), CANCEL those of
    one UID alone (3.2.5).
    """
    sessions = {session.uid: session for session in agenda.sessions}
    organizer = _organizer(agenda, contact, language)
    entries = [
        calendar_event(sessions[change.uid], agenda, language)
        for change in changes
        if change.kind not in _GONE
    ]
    if entries:
        yield _file("sessions.ics", "PUBLISH", entries, organizer)
    gone = [change for change in changes if change.kind in _GONE]
    for number, change in enumerate(gone, start=1):
        known = sessions.get(change.uid)
        event = (
            calendar_event(known, agenda, language)
            if known
            else withdrawn_event(_withdrawal(change.session, agenda), language)
        )
        yield _file(f"cancelled-{number}.ics", "CANCEL", [event], organizer)


def _withdrawal(session: Document, agenda: Agenda) -> AgendaWithdrawal:
    return AgendaWithdrawal(
        uid=session["uid"],
        slug=session["slug"],
        title=session["title"],
        start=datetime.fromisoformat(session["start"]),
        end=datetime.fromisoformat(session["end"]),
        withdrawn_at=agenda.published_at,
        number=agenda.number,
    )


def _file(name: str, method: str, events: list[Event], organizer: vCalAddress) -> Attachment:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        # RFC 5546 asks for an organizer in whatever is sent by mail.
        event["organizer"] = organizer
        calendar.add_component(event)
    return Attachment(name, calendar.to_ical(), f"text/calendar; charset=utf-8; method={method}")


def _organizer(agenda: Agenda, contact: str, language: str) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{contact or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = vText(agenda.forum.localized("name", language).text)
    return organizer


def register_kind() -> None:
    """Make the kind known to the outbox."""
    title = gettext_lazy("Changes of the programme, with calendar entries")
    words = {
        "name": "recipient_name",
        "changes": "headline",
        "link": "agenda_url",
        "forum": "occasion_name",
        "contact": "contact_email",
    }
    kinds.register(MailKind(KIND, title, "events/mail/changes", prepare, sample, placeholders=words))
