"""Reads everything that is kept about a person, table by table."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.audit_reading import actor_of
from accounts.audit_words import action_in_words
from accounts.models import AuditEntry, User
from core import dates
from core.amounts import brief
from core.countries import country_name
from core.i18n import NATIVE_NAMES, current_language, localized
from events.models import Forum, Star
from outbox.kinds import title_of
from outbox.models import Message
from registrations.applications import answered
from registrations.attached import attached_parts
from registrations.models import Answer, Registration
from registrations.own_data.records import Fact, Section, Writer


@dataclass(frozen=True, slots=True)
class OwnData:
    """The sections of an export that have records, and whose they are."""

    registration: Registration
    forum: Forum
    made_at: datetime
    language: str
    sections: Sequence[Section]


def own_data_of(registration: Registration, *, account: User | None = None) -> OwnData:
    """Return everything that is kept about the holder of ``registration``, in the active language.

    ``account`` is whoever is signed in, if the registration is hers: then what her account keeps of the
    forum belongs to it too. The secret link alone opens nothing of an account. A constant number of queries.
    """
    language = current_language()
    forum = registration.forum
    writer = Writer(language, forum.zone)
    found = [
        Section("registration", _("Registration"), [_registration(writer, registration)]),
        *(reader(writer, registration) for reader in _READERS),
        *(part.own_data(writer, registration) for part in attached_parts()),
    ]
    if account is not None:
        found += [_account(writer, account), _stars(writer, account, forum)]
    sections = [section for section in found if section.records]
    return OwnData(registration, forum, timezone.now(), language, sections)


def _registration(writer: Writer, row: Registration) -> list[Fact]:
    facts = [
        writer.text("code", _("Ticket code"), row.code),
        writer.choice("type", _("You attend as"), row.type.slug, localized(row.type, "name").text),
        writer.choice("status", _("Status"), row.status, row.get_status_display()),
        writer.text("name", _("Name"), row.name),
        writer.text("latin_name", _("Name in Latin letters"), row.latin_name),
        writer.text("job_title", _("Position"), row.job_title),
        writer.text("organization", _("Organization"), row.organization_name),
        writer.choice("country", _("Country"), row.country, country_name(row.country, writer.language)),
        writer.text("email", _("E-mail"), row.email),
        writer.choice("language", _("Language of mails"), row.language, NATIVE_NAMES[row.language]),
        writer.moment("registered_at", _("Registered"), row.created_at),
        writer.moment("decided_at", _("Decided"), row.decided_at),
        writer.moment("waiting_since", _("Waiting since"), row.waiting_since),
        writer.moment("offered_until", _("Offered until"), row.offer_until),
        writer.moment("arrived_at", _("Arrived"), row.arrived_at),
        writer.moment("ended_at", _("Ended"), row.cancelled_at),
        writer.text("reason", _("Reason"), row.cancel_reason),
        writer.text("account", _("Account"), row.user.email if row.user else ""),
        writer.text("invitation", _("Invitation code"), row.invitation.code if row.invitation else ""),
        writer.text("delegation", _("Delegation"), row.delegation.name if row.delegation else ""),
    ]
    if row.precedence is not None:
        facts.append(Fact("precedence", _("Order of precedence"), row.precedence, str(row.precedence)))
    return facts


def _answers(writer: Writer, row: Registration) -> Section:
    answers = row.answers.select_related("question").prefetch_related("options")
    return Section("answers", _("Your answers"), [_answer(writer, answer) for answer in answers])


def _answer(writer: Writer, answer: Answer) -> list[Fact]:
    options = [localized(option, "name").text for option in answer.options.all()]
    shown = ", ".join(answered(answer).lines)
    facts = [
        writer.text("question", _("Question"), localized(answer.question, "name").text),
        Fact("answer", _("Answer"), {"options": options, "text": answer.text}, shown),
        writer.moment("answered_at", _("Answered"), answer.answered_at),
    ]
    if answer.stored_file:
        with answer.stored_file.open("rb") as stored:
            content = base64.b64encode(stored.read()).decode("ascii")
        file = {"name": answer.file_name, "content_type": answer.content_type, "base64": content}
        facts.append(Fact("file", _("File"), file, answer.file_name))
    return facts


def _consents(writer: Writer, row: Registration) -> Section:
    return Section(
        "consents",
        _("What you agreed to"),
        [
            [
                writer.choice("purpose", _("Purpose"), consent.kind, consent.get_kind_display()),
                writer.text("wording", _("Wording"), consent.wording),
                Fact("version", _("Version of the wording"), consent.version, str(consent.version)),
                writer.choice("language", _("Language"), consent.language, NATIVE_NAMES[consent.language]),
                writer.moment("agreed_at", _("Agreed"), consent.agreed_at),
                writer.moment("withdrawn_at", _("Taken back"), consent.withdrawn_at),
            ]
            for consent in row.consents.all()
        ],
    )


def _seats(writer: Writer, row: Registration) -> Section:
    return Section(
        "seats",
        _("Seats in sessions"),
        [
            [
                writer.text("session", _("Session"), localized(seat.session, "title").text),
                writer.moment("booked_at", _("Booked"), seat.booked_at),
                writer.moment("offered_until", _("Offered until"), seat.offer_until),
                writer.moment("released_at", _("Given back"), seat.released_at),
            ]
            for seat in row.seats.select_related("session").order_by("booked_at")
        ],
    )


def _waits(writer: Writer, row: Registration) -> Section:
    return Section(
        "waits",
        _("Waiting lists of sessions"),
        [
            [
                writer.text("session", _("Session"), localized(wait.session, "title").text),
                writer.moment("since", _("Waiting since"), wait.since),
                writer.moment("ended_at", _("Ended"), wait.ended_at),
                writer.choice("outcome", _("Outcome"), wait.outcome, wait.get_outcome_display()),
            ]
            for wait in row.seat_waits.select_related("session").order_by("since")
        ],
    )


def _visits(writer: Writer, row: Registration) -> Section:
    return Section(
        "visits",
        _("When you were there"),
        [
            [
                writer.text("door", _("Door"), localized(visit.door, "name").text),
                writer.moment("entered_at", _("Entered"), visit.entered_at),
                writer.moment("left_at", _("Left"), visit.left_at),
            ]
            for visit in row.visits.select_related("door").order_by("entered_at")
        ],
    )


def _scans(writer: Writer, row: Registration) -> Section:
    return Section(
        "scans",
        _("Scans of your ticket"),
        [
            [
                writer.moment("at", _("When"), scan.at),
                writer.text("door", _("Door"), localized(scan.door, "name").text),
                writer.choice("direction", _("Direction"), scan.direction, scan.get_direction_display()),
                writer.choice("method", _("How"), scan.method, scan.get_method_display()),
                writer.choice("result", _("Answer at the door"), scan.result, scan.get_result_display()),
            ]
            for scan in row.scans.select_related("door").order_by("at")
        ],
    )


def _certificates(writer: Writer, row: Registration) -> Section:
    return Section(
        "certificates",
        _("Certificates"),
        [
            [
                writer.choice("kind", _("Kind"), certificate.kind, capfirst(certificate.get_kind_display())),
                Fact("code", _("Number"), certificate.code, str(certificate)),
                writer.moment("issued_at", _("Issued"), certificate.issued_at),
                writer.moment("revoked_at", _("Revoked"), certificate.revoked_at),
                writer.text("revoke_reason", _("Reason"), certificate.revoke_reason),
                Fact("facts", _("What it says"), certificate.facts, _on_paper(writer, certificate.facts)),
            ]
            for certificate in row.certificates.order_by("issued_at")
        ],
    )


def _on_paper(writer: Writer, facts: dict[str, Any]) -> str:
    """Return the texts of a certificate that are about its holder."""
    texts = [facts[key] for key in ("name", "latin_name", "organization") if facts.get(key)]
    if facts.get("credits"):
        texts.append(_("%(credits)s credits") % {"credits": number_format(brief(facts["credits"]))})
    days = (date.fromisoformat(day) for day in facts.get("days", ()))
    return ", ".join([*texts, *(dates.full_day(day, writer.language) for day in days)])


def _hand_overs(writer: Writer, row: Registration) -> Section:
    return Section(
        "hand_overs",
        _("To whom you hand your ticket on"),
        [
            [
                writer.text("name", _("Name"), invitation.name),
                writer.text("email", _("E-mail"), invitation.email),
                writer.moment("created_at", _("Begun"), invitation.created_at),
            ]
            for invitation in row.hand_overs.order_by("created_at")
        ],
    )


def _mails(writer: Writer, row: Registration) -> Section:
    about = Message.objects.alias(about=KeyTextTransform("registration", "context")).filter(about=str(row.pk))
    hers = Q(pk__in=about.values("pk"))
    if row.email:
        hers |= Q(recipient__iexact=row.email)
    sent = Message.objects.filter(hers, forum_id=row.forum_id).order_by("created_at")
    return Section(
        "mails",
        _("Mails to you"),
        [
            [
                writer.choice("kind", _("Kind"), message.kind, title_of(message.kind)),
                writer.text("subject", _("Subject"), message.subject),
                writer.text("recipient", pgettext("mail", "To"), message.recipient),
                writer.moment("written_at", _("Written"), message.created_at),
                writer.moment("sent_at", pgettext("mail", "Sent"), message.sent_at),
                Fact("content", _("What it was made of"), message.context, ""),
            ]
            for message in sent
        ],
    )


def _deeds(writer: Writer, row: Registration) -> Section:
    """What was done to the registration, by whom in one word: names of organizers are not hers to know."""
    entries = AuditEntry.objects.filter(target_type=Registration._meta.label_lower, target_id=str(row.pk))
    return Section(
        "history",
        _("What was done, and when"),
        [
            [
                writer.moment("at", _("When"), entry.at),
                writer.choice("action", _("What"), entry.action, action_in_words(entry.action)),
                writer.text("by", _("By"), _("the organizers") if entry.actor_id else actor_of(entry)),
                writer.text("reason", _("Reason"), entry.reason),
            ]
            for entry in entries.order_by("at", "pk")
        ],
    )


_READERS = (
    _answers,
    _consents,
    _seats,
    _waits,
    _visits,
    _scans,
    _certificates,
    _hand_overs,
    _mails,
    _deeds,
)


def _account(writer: Writer, user: User) -> Section:
    facts = [
        writer.text("email", _("E-mail"), user.email),
        writer.text("name", _("Name"), user.name),
        writer.choice("language", _("Language"), user.language, NATIVE_NAMES.get(user.language, "")),
        writer.moment("last_login", _("Signed in last"), user.last_login),
    ]
    return Section("account", _("Account"), [facts])


def _stars(writer: Writer, user: User, forum: Forum) -> Section:
    stars = Star.objects.filter(user=user, session__forum=forum).select_related("session")
    return Section(
        "stars",
        _("Sessions you starred"),
        [
            [
                writer.text("session", _("Session"), localized(star.session, "title").text),
                writer.moment("starred_at", _("Starred"), star.starred_at),
                writer.moment("removed_at", _("Star taken away"), star.removed_at),
            ]
            for star in stars.order_by("starred_at")
        ],
    )
