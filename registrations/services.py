"""Everything that changes a registration. Each function is one short transaction and may be called twice."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.audit import record
from core.constraints import violated_constraint
from core.errors import DomainError
from core.locking import lock_by_name, short_transaction
from events.models import Forum
from registrations import mails, personal_data, ticket
from registrations.consents import ConsentGiven
from registrations.errors import AlreadyRegistered, NotLive, TypeClosed, TypeFull
from registrations.models import Consent, Registration, RegistrationType
from registrations.occasion import Occasion, occasion_of
from registrations.seat_booking import release_all

if TYPE_CHECKING:
    from accounts.models import User

# Who acted, in the words of the audit trail, when it was nobody with an account.
VISITOR = "visitor"
HOLDER = "ticket holder"

REPLACED = "corrected in the form"
ANSWERS = ("type_id", "name", "email", "organization_name", "country", "language")
# A code is one of 148 million; five misses in a row mean that the prefix is used up.
CODE_TRIES = 5


def register(
    *,
    forum: Forum,
    type: RegistrationType,  # noqa: A002 # the word of the form, the admin and the model
    form_token: uuid.UUID | None,
    name: str,
    email: str,
    organization_name: str,
    country: str,
    language: str,
    consent: ConsentGiven,
    by: User | None = None,
) -> Registration:
    """Take a place for a person and write her confirmation to the outbox.

    * The same form again (``form_token``) with the same answers returns the same registration.
    * The same form with other answers replaces the registration that this form made: a mistake was
      corrected, in the address or elsewhere. The first one's place is free again and its link is dead.
    * An address that is registered already gets a mail that says so, at most one an hour, and nothing is
      changed: the registration that exists is returned. An organizer (``by``) is told instead.

    ``by`` may also choose types that are not open to visitors. Raises TypeFull, TypeClosed,
    AlreadyRegistered (with ``by`` alone), DomainError for texts that no ticket can hold, and Busy.
    """
    wanted = Registration(
        forum=forum,
        type=type,
        form_token=form_token,
        name=_cleaned("name", name),
        email=_cleaned("email", email),
        organization_name=_cleaned("organization_name", organization_name),
        country=country,
        language=language,
    )
    # Read before the transaction: whoever waits for the place need not wait for the agenda.
    occasion = occasion_of(forum)
    with short_transaction():
        earlier = _made_by_form(form_token)
        if earlier and _says_the_same(earlier, wanted):
            return earlier
        earlier = _take_turn(wanted, earlier, by=by)
        if earlier:
            _cancel(earlier, by=by, label=VISITOR, reason=REPLACED, dead_link=True)
        while not _insert(wanted, prefix=forum.ticket_prefix):
            holder = _holder_of(wanted)
            if holder:
                return _tell_holder(holder, occasion, by=by)
            # She cancelled between the two statements, in another type's turn: the address is free now.
        _keep_consent(wanted, consent)
        mails.post(mails.CONFIRMED, wanted, occasion, occurrence=wanted.link_version)
        record("registration.created", wanted, actor=by, actor_label="" if by else VISITOR)
    return wanted


def _cleaned(field: str, text: str) -> str:
    """Return ``text`` as it is stored. Callers without a form get the form's sentences as DomainError."""
    try:
        if field == "email":
            return personal_data.mailbox(text)
        return personal_data.required_answer(field, text)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), field=field) from error


def _made_by_form(form_token: uuid.UUID | None) -> Registration | None:
    """Return the live registration that this form made earlier, and make its other submissions wait.

    The race: two clicks, two tabs or two retries send one form at once. Without the lock both would find
    nothing here, and the slower one could be told that the last place, her own, was gone.
    """
    if form_token is None:
        return None
    lock_by_name(f"registrations.form:{form_token}")
    return Registration.objects.confirmed().filter(form_token=form_token).first()


def _says_the_same(earlier: Registration, wanted: Registration) -> bool:
    return all(getattr(earlier, answer) == getattr(wanted, answer) for answer in ANSWERS)


def _take_turn(wanted: Registration, earlier: Registration | None, *, by: User | None) -> Registration | None:
    """Lock the types whose places change hands and see that one is left; return ``earlier`` as it is now.

    The race: many people see the last place at once. Each waits here for the row that owns the places,
    so each reads a count that nobody else can change until she is done. A place that ``earlier`` is about
    to give back counts as free. Ignores the caller's copies, which are older than the locks.
    """
    ids = {wanted.type_id} | ({earlier.type_id} if earlier else set())
    types = {kind.pk: kind for kind in RegistrationType.objects.locked(ids)}
    kind = types.get(wanted.type_id)
    if kind is None or kind.forum_id != wanted.forum_id:
        raise TypeClosed(wanted.type)
    now = timezone.now()
    if by is None and (wanted.forum.is_over(now) or not kind.is_offered_at(now)):
        raise TypeClosed(kind)
    if earlier:
        # Cancelled by its link while this form waited for the locks: then there is nothing to replace.
        earlier = Registration.objects.confirmed().select_for_update().filter(pk=earlier.pk).first()
    given_back = 1 if earlier and earlier.type_id == kind.pk else 0
    if kind.capacity is not None and kind.taken - given_back >= kind.capacity:
        raise TypeFull(kind)
    wanted.type = kind
    return earlier


def _insert(wanted: Registration, *, prefix: str) -> bool:
    """Insert ``wanted`` with a fresh code; False when its address holds a live registration in this forum.

    The constraints decide, not a query before them: two forms with one address may arrive at once, and a
    known address must take as long as a new one, or the waiting time would tell who is registered.
    """
    for _try in range(CODE_TRIES):
        wanted.code = ticket.new_code(prefix)
        try:
            with transaction.atomic():
                wanted.save(force_insert=True)
        except IntegrityError as error:
            match violated_constraint(error):
                case "registration_code_once":
                    continue
                case "registration_one_live_per_email":
                    return False
                case "registration_type_not_oversold":
                    # Only for a writer that went past the lock; the counter in the database stood firm.
                    raise TypeFull(wanted.type) from error
            raise
        return True
    raise RuntimeError(f"No free ticket code with the prefix {prefix!r} in {CODE_TRIES} tries.")


def _holder_of(wanted: Registration) -> Registration | None:
    """Return the live registration that holds the address already."""
    live = Registration.objects.confirmed().with_email(wanted.forum, wanted.email)
    return live.select_related("type").first()


def _tell_holder(holder: Registration, occasion: Occasion, *, by: User | None) -> Registration:
    """Tell the holder of the address, and her alone, that she is registered."""
    if by is not None:
        raise AlreadyRegistered
    mails.post(mails.ALREADY, holder, occasion, occurrence=f"{timezone.now():%Y%m%d%H}")
    return holder


def _keep_consent(registration: Registration, consent: ConsentGiven) -> None:
    Consent.objects.create(
        registration=registration,
        kind=Consent.Kind.PRIVACY,
        version=consent.version,
        wording=consent.wording,
        language=consent.language,
    )


def correct_details(
    registration: Registration, *, name: str, organization_name: str, by: User | None = None
) -> Registration:
    """Correct how a person and her organization are written, and send the corrected ticket.

    Without a difference nothing is written and nothing is sent. ``by`` is the organizer who does it, None
    for the holder of the secret link. Raises NotLive, and DomainError for texts that no ticket can hold.
    """
    texts = {
        "name": _cleaned("name", name),
        "organization_name": _cleaned("organization_name", organization_name),
    }
    occasion = occasion_of(registration.forum)
    with short_transaction():
        # The race: a correction and a cancellation at once. Whoever comes second sees what the first did.
        row = _live_row(registration)
        changes = {field: (getattr(row, field), text) for field, text in texts.items()}
        changes = {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
        if not changes:
            return row
        for field, (_before, after) in changes.items():
            setattr(row, field, after)
        row.calendar_sequence += 1
        row.save(update_fields=[*changes, "calendar_sequence"])
        mails.post(mails.CHANGED, row, occasion, occurrence=row.calendar_sequence)
        record("registration.corrected", row, actor=by, actor_label="" if by else HOLDER, changes=changes)
    return row


def cancel_registration(registration: Registration, *, by: User | None, reason: str = "") -> Registration:
    """Give the place back and say so by mail, with a calendar entry that takes the first one out.

    A second call changes nothing. ``by`` is the organizer who does it, None for the holder of the link.
    """
    occasion = occasion_of(registration.forum)
    with short_transaction():
        # The type's row before the registration's, as in register: two orders would be a deadlock.
        list(RegistrationType.objects.locked({registration.type_id}))
        row = _locked_row(registration)
        if row.is_cancelled or row.erased_at:
            return row
        _cancel(row, by=by, label=HOLDER, reason=reason)
        mails.post(mails.CANCELLED, row, occasion)
    return row


def _locked_row(registration: Registration) -> Registration:
    """Return the registration as it stands now, locked, with its type and forum."""
    return (
        Registration.objects.select_for_update(of=("self",))
        .select_related("type", "forum__venue")
        .get(pk=registration.pk)
    )


def _live_row(registration: Registration) -> Registration:
    """Return the locked row of somebody who holds a place; raises NotLive for any other."""
    row = _locked_row(registration)
    if row.is_cancelled or row.erased_at:
        raise NotLive
    return row


def _cancel(row: Registration, *, by: User | None, label: str, reason: str, dead_link: bool = False) -> None:
    """Write a cancellation down and give the seats in sessions back. A trigger gives the place back."""
    row.status = Registration.Status.CANCELLED
    row.cancelled_at = timezone.now()
    row.cancel_reason = reason[:200]
    row.calendar_sequence += 1
    row.link_version += dead_link
    row.save(update_fields=["status", "cancelled_at", "cancel_reason", "calendar_sequence", "link_version"])
    release_all(row)
    record(
        "registration.cancelled",
        row,
        actor=by,
        actor_label="" if by else label,
        changes={"status": (Registration.Status.CONFIRMED.value, Registration.Status.CANCELLED.value)},
        reason=reason,
    )


def send_link_again(registration: Registration, *, by: User) -> None:
    """Mail the ticket and the link once more; two clicks within a minute are one mail. Raises NotLive."""
    occasion = occasion_of(registration.forum)
    with short_transaction():
        row = _live_row(registration)
        mails.post(mails.CONFIRMED, row, occasion, occurrence=f"again:{timezone.now():%Y%m%d%H%M}")
        record("registration.link_sent", row, actor=by)


def replace_link(registration: Registration, *, by: User) -> None:
    """Make every link and QR sent so far invalid and mail new ones: one of them fell into wrong hands.

    Raises NotLive.
    """
    occasion = occasion_of(registration.forum)
    with short_transaction():
        row = _live_row(registration)
        row.link_version += 1
        row.save(update_fields=["link_version"])
        mails.post(mails.CONFIRMED, row, occasion, occurrence=row.link_version)
        record(
            "registration.link_replaced",
            row,
            actor=by,
            changes={"link_version": (row.link_version - 1, row.link_version)},
        )
