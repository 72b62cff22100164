"""Counters and invariants, computed again from the facts.

The database refuses most of what is looked for here. This is for what no constraint can see (a mail for
each decision, a digest for each document) and for the day on which somebody took a constraint away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat, Lower

from events.agenda_document import digest
from events.models import AgendaRelease, Forum, Session
from outbox.models import Message
from registrations import mails
from registrations.models import Door, Registration, RegistrationType, Scan, SeatBooking, Visit
from registrations.services import REPLACED

TRIGGERS = (
    ("registrations_registration", "registration_places"),
    ("registrations_registrationtype", "registration_type_count"),
    ("registrations_registrationtype", "quota_places"),
    ("registrations_quota", "quota_count"),
    ("registrations_invitation", "invitation_count"),
    ("registrations_invitation", "invitation_places"),
    ("registrations_visit", "door_visits"),
    ("registrations_door", "door_count"),
    ("registrations_consentpurpose", "consent_purpose_version"),
    ("registrations_seatbooking", "session_seats"),
    ("registrations_registration", "registration_revision"),
    ("registrations_seatbooking", "seat_booking_revision"),
    ("registrations_visit", "visit_revision"),
    ("events_session", "session_seats_taken"),
    ("events_agendarelease", "release_immutable"),
    ("accounts_auditentry", "audit_append_only"),
    ("events_forum", "forum_consent_version"),
)


def differences() -> list[str]:
    """Return a sentence for each difference between what is stored and what should be; empty is good.

    Reads one moment's picture, also while people register.
    """
    with _one_moment():
        return [sentence for check in CHECKS for sentence in check()]


@contextmanager
def _one_moment() -> Iterator[None]:
    with transaction.atomic():
        # Inside a caller's transaction its isolation can no longer be chosen.
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _places() -> Iterator[str]:
    live = Count("registrations", filter=Q(registrations__status=Registration.Status.CONFIRMED))
    for kind in RegistrationType.objects.annotate(live=live).order_by("pk"):
        found = getattr(kind, "live", 0)
        if found != kind.taken:
            yield f"{_kind(kind)}: {kind.taken} places are counted, {found} registrations hold one."
        if kind.capacity is not None and found > kind.capacity:
            yield f"{_kind(kind)}: {found} registrations hold {kind.capacity} places."


def _kind(kind: RegistrationType) -> str:
    return f"Registration type {kind.pk} ({kind.slug})"


def _seats() -> Iterator[str]:
    """Seats counted are seats held; nobody holds one with a cancelled registration, or in another forum."""
    live = Count("seat_bookings", filter=Q(seat_bookings__released_at__isnull=True))
    for session in Session.objects.annotate(live=live).order_by("pk"):
        found = getattr(session, "live", 0)
        if found != session.seats_taken:
            yield f"Session {session.slug}: {session.seats_taken} seats are counted, {found} are held."
        if session.seat_limit is not None and found > session.seat_limit:
            yield f"Session {session.slug}: {found} people hold {session.seat_limit} seats."
    held = SeatBooking.objects.live().select_related("registration", "session")
    for seat in held.exclude(registration__status=Registration.Status.CONFIRMED):
        yield f"Registration {seat.registration.code}: cancelled, it holds a seat in {seat.session.slug}."
    for seat in held.exclude(registration__forum=F("session__forum")):
        yield f"Registration {seat.registration.code}: it holds a seat in another forum."


def _doors() -> Iterator[str]:
    """Who is counted behind a door is inside, came in by a scan that let her in, and is so once."""
    inside = Count("visit", filter=Q(visit__left_at__isnull=True))
    for door in Door.objects.annotate(found=inside).order_by("pk"):
        found = getattr(door, "found", 0)
        if found != door.inside:
            yield f"Door {door.slug}: {door.inside} people are counted, {found} are inside."
    entries = Visit.objects.filter(entry__isnull=False).select_related("door", "registration")
    for visit in entries.exclude(entry__result=Scan.Result.ADMITTED, entry__withdrawn_at=None):
        yield f"Door {visit.door.slug}: no scan let {visit.registration.code} in."
    let_in = Scan.objects.filter(result=Scan.Result.ADMITTED, withdrawn_at=None, visit_begun=None)
    for scan in let_in.select_related("door"):
        yield f"Door {scan.door.slug}: {scan.code} was let in and never was inside."


def _only_ones() -> Iterator[str]:
    live = Registration.objects.confirmed()
    yield from _repeated(live.annotate(address=Lower("email")), "forum_id", "address")
    yield from _repeated(live.filter(form_token__isnull=False), "form_token")
    yield from _repeated(Registration.objects.all(), "code")
    yield from _repeated(Message.objects.all(), "dedupe_key")
    yield from _repeated(Forum.objects.filter(is_current=True), "is_current")
    yield from _repeated(AgendaRelease.objects.filter(is_current=True), "forum_id")
    yield from _repeated(AgendaRelease.objects.all(), "forum_id", "number")


def _repeated(rows: models.QuerySet[Any], *fields: str) -> Iterator[str]:
    groups = rows.order_by().values(*fields).annotate(rows=Count("pk")).filter(rows__gt=1)
    for group in groups:
        what = ", ".join(f"{field} {group[field]}" for field in fields)
        yield f"{rows.model.__name__}: {group['rows']} rows with {what}, where one may be."


def _decisions() -> Iterator[str]:
    """Every registration was agreed to and mailed, every cancellation was mailed."""
    silent = Registration.objects.filter(~Exists(_mail(mails.CONFIRMED, ":1")))
    for registration in silent.only("code"):
        yield f"Registration {registration.code}: no mail confirms it."
    for registration in Registration.objects.filter(consents__isnull=True).only("code"):
        yield f"Registration {registration.code}: nothing says that the person agreed."
    cancelled = Registration.objects.filter(status=Registration.Status.CANCELLED)
    # Whoever corrected the form got a new ticket instead, and the mistaken address no further mail.
    for registration in cancelled.exclude(cancel_reason=REPLACED).filter(~Exists(_mail(mails.CANCELLED, ""))):
        yield f"Registration {registration.code}: no mail says that it is cancelled."
    for registration in Registration.objects.filter(
        Q(status=Registration.Status.CANCELLED) ^ Q(cancelled_at__isnull=False)
    ):
        yield f"Registration {registration.code}: status and time of cancellation contradict each other."


def _mail(kind: str, occurrence: str) -> models.QuerySet[Message]:
    own = Cast(OuterRef("pk"), TextField())
    key = Concat(Value(f"{kind}:"), own, Value(occurrence), output_field=TextField())
    return Message.objects.filter(dedupe_key=key)


def _agenda() -> Iterator[str]:
    placed = Session.objects.exclude(state=Session.State.CANCELLED).filter(
        room__isnull=False, period__isnull=False
    )
    twice = placed.filter(pk__lt=OuterRef("pk"), room=OuterRef("room"), period__overlap=OuterRef("period"))
    for session in placed.filter(Exists(twice)):
        yield f"Session {session.slug}: its room holds another session at that time."
    for session in Session.objects.filter(period__isempty=True):
        yield f"Session {session.slug}: it ends before it begins."
    for release in AgendaRelease.objects.order_by("pk").iterator(chunk_size=10):
        if digest(release.document) != release.digest:
            yield f"Release {release}: its document is not the one that was published."


def _safeguards() -> Iterator[str]:
    """The constraints of the models and the triggers are where the migrations put them, and awake."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE convalidated "
            "UNION SELECT relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid WHERE indisvalid"
        )
        standing = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled <> 'D'"
        )
        awake = set(cursor.fetchall())
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name not in standing:
                yield f"{model._meta.label}: the constraint {constraint.name} is missing."
    for table, name in TRIGGERS:
        if (table, name) not in awake:
            yield f"{table}: the trigger {name} is missing or switched off."


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    _places,
    _seats,
    _doors,
    _only_ones,
    _decisions,
    _agenda,
    _safeguards,
)
