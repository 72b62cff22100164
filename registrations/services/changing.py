"""Changing what a registration says: details, kind of attendance, links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.audit import record
from core.errors import DomainError
from core.locking import short_transaction
from registrations import mails
from registrations.errors import DecidedByOrganizers, NoPlaceLeft, NotLive, NotPossibleNow, TypeClosed
from registrations.models import Invitation, Registration, RegistrationType
from registrations.occasion import Occasion, occasion_of
from registrations.seat_wishes import serve_wishes
from registrations.services.capacity import (
    Places,
    locked_row,
    locked_with_places,
    promote,
    several_with_places,
)
from registrations.services.details import cleaned_text
from registrations.services.posting import post_state, post_ticket
from registrations.services.statuses import HOLDER, Actor, move

if TYPE_CHECKING:
    from accounts.models import User

Status = Registration.Status
TEXTS = ("name", "latin_name", "job_title", "organization_name", "country")


def live_row(registration: Registration) -> Registration:
    """Return the locked row of a registration that has not ended; raises NotLive for any other."""
    row = locked_row(registration)
    _see_that_it_lives(row)
    return row


def _see_that_it_lives(row: Registration) -> None:
    if row.is_cancelled or row.erased_at:
        raise NotLive


def correct_details(
    registration: Registration, *, by: User | None = None, label: str = HOLDER, **texts: str
) -> Registration:
    """Correct how a person, her organization and her country are written, and send the corrected ticket.

    ``texts`` are some of TEXTS. Without a difference nothing is written and nothing is sent, and who has no
    ticket yet gets no mail. ``by`` is the organizer who does it, None for the holder of the secret link.
    Raises NotLive, and DomainError for texts that no ticket can hold.
    """
    cleaned = {field: cleaned_text(field, text) for field, text in texts.items()}
    if not cleaned.keys() <= set(TEXTS):
        raise TypeError(f"Only {', '.join(TEXTS)} are corrected, not {', '.join(cleaned)}.")
    occasion = occasion_of(registration.forum)
    with short_transaction():
        # The race: a correction and a cancellation at once. Whoever comes second sees what the first did.
        row = live_row(registration)
        changes = {field: (getattr(row, field), text) for field, text in cleaned.items()}
        changes = {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
        if not changes:
            return row
        for field, (_before, after) in changes.items():
            setattr(row, field, after)
        _save_changed(row, changes, occasion)
        record("registration.corrected", row, **Actor(by, label).recorded, changes=changes)
    return row


def _save_changed(row: Registration, changes: dict[str, Any], occasion: Occasion) -> None:
    """Write changed columns, and send the ticket that says so to whoever has one."""
    row.calendar_sequence += 1
    row.save(update_fields=[*changes, "calendar_sequence"])
    if row.is_confirmed:
        post_ticket(row, occasion, kind=mails.CHANGED, occurrence=row.calendar_sequence)


def change_type(
    registration: Registration,
    type: RegistrationType,  # noqa: A002 # the word of the form, the admin and the model
    *,
    by: User | None = None,
    label: str = HOLDER,
) -> Registration:
    """Let somebody attend as another kind; what she leaves goes to the next in line.

    With a ticket she changes it; whoever waits gets one at once; as an applicant she applies for the other
    kind. Without ``by``, so that it is her own wish, an applicant too gets a ticket at once for a kind that
    nobody has to approve; and only kinds that visitors may choose now can be chosen, of those that
    organizers decide about by applicants alone. She keeps what she has when there is no place for her: the
    waiting list is for those without one. The same kind again changes nothing.

    Raises NoPlaceLeft, TypeClosed, DecidedByOrganizers, NotLive, NotPossibleNow and Busy.
    """
    occasion = occasion_of(registration.forum)
    with short_transaction():
        places, row = locked_with_places(registration, occasion, type)
        _see_that_it_lives(row)
        if row.type_id == type.pk:
            return row
        _see_that_it_may_be_chosen(places[type.pk], row, by)
        before, after, actor = row.type, places[type.pk], Actor(by, label)
        had_ticket = row.is_confirmed
        applies_on = row.status == Status.PENDING and (by is not None or after.needs_approval)
        gets_ticket = not had_ticket and not applies_on
        if had_ticket or gets_ticket:
            left = places.left(after.pk, given_back=before if had_ticket else None)
            if left == 0 or after.pk in places.waiting:
                raise NoPlaceLeft(after)
        if had_ticket:
            places.count_taken(before.pk, -1)
            places.count_taken(after.pk, 1)
        _leave_held_place(row, places, actor)
        row.type = after
        _save_changed(row, {"type": None}, occasion)
        changes = {"type": (before.slug, after.slug)}
        record("registration.type_changed", row, **actor.recorded, changes=changes)
        if gets_ticket:
            move(row, Status.CONFIRMED, actor=actor)
            places.follow(row, 1)
        promote(places, occasion)
        if gets_ticket:
            serve_wishes(row)
            post_ticket(row, occasion)
    return row


def _leave_held_place(row: Registration, places: Places, actor: Actor) -> None:
    """Take a use off the invitation that holds a place of the kind which somebody leaves.

    Her place there goes to others. Were the use still hers, the invitation would hold a place again when
    she cancels, one that somebody else has by then. Nobody else uses it meanwhile: the kind is locked.
    """
    invitation = row.invitation
    if not (invitation and invitation.reserves_places and invitation.is_active):
        return
    if invitation.type_id != row.type_id:
        return
    if not row.takes_place:
        places.count_held(invitation.type_id, -1)
    found = Invitation.objects.filter(pk=invitation.pk)
    if invitation.max_uses == 1:
        # It stays beside her, because it may name her: an erasure finds it there.
        found.update(is_active=False)
        invitation.is_active = False
        changes: dict[str, Any] = {"is_active": (True, False)}
    else:
        # It holds nothing while it is counted anew, so that no count is ever one too high.
        found.update(reserves_places=False)
        row.invitation = None
        row.save(update_fields=["invitation"])
        found.update(reserves_places=True, max_uses=invitation.max_uses - 1)
        changes = {"max_uses": (invitation.max_uses, invitation.max_uses - 1)}
    record("invitation.changed", invitation, **actor.recorded, changes=changes)


def _see_that_it_may_be_chosen(kind: RegistrationType, row: Registration, by: User | None) -> None:
    if kind.forum_id != row.forum_id:
        raise TypeClosed(kind)
    if by is None and not kind.is_offered_at(timezone.now()):
        raise TypeClosed(kind)
    if row.status == Status.OFFERED:
        raise NotPossibleNow
    if by is None and kind.needs_approval and row.status != Status.PENDING:
        raise DecidedByOrganizers(kind)


def change_language(registration: Registration, language: str, *, by: User | None = None) -> Registration:
    """Write to somebody in another language from now on. Raises NotLive and DomainError."""
    if language not in dict(Registration._meta.get_field("language").choices or ()):
        raise DomainError(f"{language!r} is none of the languages.", field="language")
    with short_transaction():
        row = live_row(registration)
        before, row.language = row.language, language
        if before != language:
            row.save(update_fields=["language"])
            changes = {"language": (before, language)}
            record("registration.language_changed", row, **Actor(by).recorded, changes=changes)
    return row


def send_link_again(registration: Registration, *, by: User | None, label: str = HOLDER) -> None:
    """Mail ticket (or state) and link once more; two clicks within a minute are one mail. Raises NotLive."""
    occasion = occasion_of(registration.forum)
    with short_transaction():
        _send_again(live_row(registration), occasion, Actor(by, label))


def send_links_again(registrations: Sequence[Registration], *, by: User) -> None:
    """Do so for several of one forum, for all or for none of them. Raises NotLive and Busy."""
    occasion = occasion_of(registrations[0].forum)
    with short_transaction():
        # With their places: whoever frees one locks the next in line beside who leaves, in no order of keys.
        _places, rows = several_with_places(registrations, occasion)
        for row in rows:
            _see_that_it_lives(row)
            _send_again(row, occasion, Actor(by))


def _send_again(row: Registration, occasion: Occasion, actor: Actor) -> None:
    post_state(row, occasion, occurrence=f"again:{timezone.now():%Y%m%d%H%M}")
    record("registration.link_sent", row, **actor.recorded)


def replace_link(registration: Registration, *, by: User | None, label: str = HOLDER) -> Registration:
    """Make every link and QR sent so far invalid and mail new ones: one of them fell into wrong hands.

    Raises NotLive.
    """
    occasion = occasion_of(registration.forum)
    with short_transaction():
        row = live_row(registration)
        row.link_version += 1
        row.save(update_fields=["link_version"])
        post_state(row, occasion, occurrence=row.link_version)
        record(
            "registration.link_replaced",
            row,
            **Actor(by, label).recorded,
            changes={"link_version": (row.link_version - 1, row.link_version)},
        )
    return row
