"""Registering: from a form, for a delegation, by an organizer, or in somebody else's place."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.audit import record
from core.constraints import violated_constraint
from core.locking import Busy, short_transaction
from events.models import Forum
from registrations import mails, mails_places, ticket
from registrations.consents import ConsentGiven
from registrations.errors import (
    AlreadyRegistered,
    DelegationFull,
    InvitationUnusable,
    TypeClosed,
    TypeFull,
)
from registrations.models import Consent, Delegation, Invitation, Question, Registration, RegistrationType
from registrations.occasion import occasion_of
from registrations.questions import AnswerGiven, save_answers
from registrations.seat_lines import seat_rank
from registrations.seat_wishes import (
    Wishes,
    book_wished,
    bookable,
    lock_before_change,
    move_seats,
    release_all,
    seats_of,
)
from registrations.services.capacity import Places, has_held_place, lock_places, promote, settle
from registrations.services.details import PersonDetails
from registrations.services.ending import REPLACED, end
from registrations.services.handing_on import take_over
from registrations.services.repeating import Form, made_by_form, says_the_same, turn_of

if TYPE_CHECKING:
    from accounts.models import User

Status = Registration.Status
# A code is one of 148 million; five misses in a row mean that the prefix is used up.
CODE_TRIES = 5


class _AddressTaken(Exception):
    """The address holds a live registration; what was ended for this form stays as it was."""


def register(
    *,
    forum: Forum,
    type: RegistrationType,  # noqa: A002 # the word of the form, the admin and the model
    form_token: uuid.UUID | None,
    details: PersonDetails,
    consents: Sequence[ConsentGiven],
    invitation: Invitation | None = None,
    answers: Mapping[Question, AnswerGiven] | None = None,
    seats: Sequence[uuid.UUID | str] = (),
    delegation: Delegation | None = None,
    precedence: int | None = None,
    by: User | None = None,
) -> Registration:
    """Register a person and write the mail about it to the outbox.

    What becomes of it says ``status``: *confirmed*, *pending* where organizers approve each one, or
    *waiting* where every place is taken and the type keeps a waiting list.

    * The same form again (``form_token``) with the same answers returns the same registration.
    * The same form with other answers replaces the registration that this form made: a mistake was
      corrected, in the address or elsewhere. The first one's place is free again and its link is dead.
    * An address that is registered already gets a mail that says so, at most one an hour, and nothing is
      changed: the registration that exists is returned. An organizer (``by``) is told instead.
    * Of ``seats`` (uids of sessions) those that are left are booked, and for the others she stands in
      line; her mail says which. An applicant's seats are booked once she has a ticket.
    * An ``invitation`` that holds a place gives it; one that hands a ticket on ends the ticket it
      replaces, and the place goes over without being free for a moment.

    ``becomes`` of what is returned is the status of a registration that this form made or would have made
    of an address that is not known: all that the person in front of the form is told.

    ``by`` and members of a delegation may also choose types that are not open to visitors, ``by`` passes
    the approval by. Raises TypeFull, TypeClosed, InvitationUnusable, DelegationFull, CheckedIn,
    AlreadyRegistered (with ``by`` alone), DomainError for texts that no ticket can hold, and Busy.
    """
    wanted = Registration(
        forum=forum,
        type=type,
        form_token=form_token,
        invitation=invitation,
        delegation=delegation or (invitation.delegation if invitation else None),
        precedence=precedence if precedence is not None else (invitation.precedence if invitation else None),
        wished_seats=sorted({uuid.UUID(str(uid)) for uid in seats}),
        **asdict(details.cleaned()),
    )
    # Read before the transaction: whoever waits for the place need not wait for the agenda.
    form = Form(wanted, consents, answers or {}, bookable(forum, seats), occasion_of(forum), by)
    with short_transaction(turn=turn_of(form_token)):
        earlier = made_by_form(form_token)
        if earlier and says_the_same(earlier, form):
            earlier.becomes = earlier.status
            return earlier
        places = _admit(form, earlier)
        return _take_turn_or_tell(form, earlier, places)


def _admit(form: Form, earlier: Registration | None) -> Places:
    """Lock everything that owns a place here, in the order of locks, and see that the form may have one.

    Returns the places, with what was due in them done.
    """
    wanted = form.wanted
    concerned = _types_concerned(wanted, earlier)
    alone = concerned == {wanted.type_id} and wanted.type.quota_id is None
    places = lock_places(concerned, may_share=not alone)
    wanted.type = _own_kind(wanted, places)
    _use_invitation(wanted, earlier)
    _join_delegation(wanted, earlier)
    _see_that_it_is_open(form)
    settle(places, form.occasion)
    return places


def _take_turn_or_tell(form: Form, earlier: Registration | None, places: Places) -> Registration:
    """Register the person, or tell who holds the address already; return which of the two it was."""
    while True:
        try:
            return _take_turn(form, earlier, places)
        except _AddressTaken:
            holder = _holder_of(form.wanted)
            if holder:
                return _tell_holder(holder, form)
            # She cancelled between the two statements, in another type's turn: the address is free.
            if earlier or form.wanted.took_over_from_id:
                # What was counted here for whom the form ends was undone with her end.
                raise Busy from None


def _types_concerned(wanted: Registration, earlier: Registration | None) -> set[int]:
    """Return the types whose places may change hands: also that of a ticket which is handed on."""
    types = {wanted.type_id}
    if earlier:
        types.add(earlier.type_id)
    if wanted.invitation and wanted.invitation.replaces_id:
        given = Registration.objects.filter(pk=wanted.invitation.replaces_id)
        types.update(given.values_list("type", flat=True))
    return types


def _own_kind(wanted: Registration, places: Places) -> RegistrationType:
    kind = places.types.get(wanted.type_id)
    if kind is None or kind.forum_id != wanted.forum_id:
        raise TypeClosed(wanted.type)
    return kind


def _use_invitation(wanted: Registration, earlier: Registration | None) -> None:
    """Lock the invitation and see that it may be used once more.

    The race: two people with one code that is good for one. Each waits here for the code's row.
    """
    if wanted.invitation_id is None:
        return
    row = Invitation.objects.select_for_update(no_key=True).filter(pk=wanted.invitation_id).first()
    if row is None or row.forum_id != wanted.forum_id:
        raise InvitationUnusable
    if row.replaces_id is None and row.type_id != wanted.type_id:
        raise InvitationUnusable
    if not _is_corrected_use(row, earlier) and not row.is_usable_at(timezone.now()):
        raise InvitationUnusable
    wanted.invitation = row


def _is_corrected_use(invitation: Invitation, earlier: Registration | None) -> bool:
    """Say whether the form that is corrected used this invitation already."""
    if earlier is None:
        return False
    if invitation.replaces_id:
        return _took_over(invitation, earlier)
    return earlier.invitation_id == invitation.pk


def _took_over(invitation: Invitation | None, earlier: Registration) -> bool:
    """Say whether the form that made ``earlier``, however often it was corrected, took this ticket over."""
    if invitation is None or invitation.replaces_id is None:
        return False
    made = Registration.objects.filter(form_token=earlier.form_token)
    return made.filter(took_over_from=invitation.replaces_id).exists()


def _join_delegation(wanted: Registration, earlier: Registration | None) -> None:
    """Lock the delegation and see that one more fits; a place that was kept in it counts already.

    The race: two members on the last place of a delegation.
    """
    if wanted.delegation_id is None:
        return
    row = Delegation.objects.select_for_update(no_key=True).get(pk=wanted.delegation_id)
    wanted.delegation = row
    if row.closed_at or row.erased_at or row.forum_id != wanted.forum_id:
        raise DelegationFull
    invitation = wanted.invitation
    is_kept = invitation is not None and (
        invitation.delegation_id == row.pk or invitation.replaces_id is not None
    )
    if is_kept or (earlier and earlier.delegation_id == row.pk):
        return
    members = Registration.objects.live().filter(delegation=row).count()
    kept = row.invitations.filter(is_active=True, uses=0, replaces=None)
    if members + kept.exclude(expires_at__lte=timezone.now()).count() >= row.max_members:
        raise DelegationFull


def _see_that_it_is_open(form: Form) -> None:
    """Refuse what visitors may not choose now. An invitation or a delegation opens what is not public."""
    wanted, now = form.wanted, timezone.now()
    if form.by:
        return
    is_invited = wanted.invitation_id is not None or wanted.delegation_id is not None
    if wanted.forum.is_over(now) or not (is_invited or wanted.type.is_offered_at(now)):
        raise TypeClosed(wanted.type)


def _take_turn(form: Form, earlier: Registration | None, places: Places) -> Registration:
    """Give the person the place, or a place in line, and end what she corrects or takes over."""
    wanted, invitation = form.wanted, form.wanted.invitation
    if earlier:
        # Cancelled by its link while this form waited for the locks: then there is nothing to replace.
        live = (
            Registration.objects.live()
            .select_related("invitation")
            .select_for_update(no_key=True, of=("self",))
        )
        earlier = live.filter(pk=earlier.pk).first()
    takes_over = invitation is not None and invitation.replaces_id is not None
    # Whose seats come along: also a corrected form loses nothing of the ticket that it took over.
    giver = earlier if earlier and _took_over(invitation, earlier) else None
    with transaction.atomic() if earlier or takes_over else nullcontext():
        if invitation and takes_over and not giver:
            giver = take_over(invitation, wanted, places, form.occasion)
        else:
            _decide_status(form, earlier, places)
        if earlier:
            end(earlier, Status.CANCELLED, places, actor=form.actor, reason=REPLACED, dead_link=True)
        if not _insert(wanted, prefix=wanted.forum.ticket_prefix):
            raise _AddressTaken
    if wanted.is_confirmed:
        places.follow(wanted, 1)
    Consent.objects.bulk_create(_consents(form))
    save_answers(wanted, form.answers)
    # Registrations are locked before sessions, so whoever is next gets what the earlier form gave back.
    promote(places, form.occasion)
    if earlier or giver:
        lock_before_change([one for one in (earlier, giver) if one], form.seats)
    if giver:
        move_seats(giver, wanted)
    if earlier and earlier != giver:
        if wanted.is_confirmed:
            move_seats(earlier, wanted, but=earlier.wished_seats)
        release_all(earlier)
    brings_some = earlier is not None or giver is not None
    wishes = book_wished(wanted, form.seats, brings_some=brings_some)
    _post(form, seats_of(wanted) if brings_some else wishes)
    record("registration.created", wanted, **form.actor.recorded, changes={"status": ("", wanted.status)})
    wanted.becomes = wanted.status
    return wanted


def _decide_status(form: Form, earlier: Registration | None, places: Places) -> None:
    """Set what becomes of the person: a place, the organizers' decision, or the end of the line.

    Raises TypeFull where there is none of them, also for somebody who would give up a place for a wait.
    """
    wanted, kind = form.wanted, form.wanted.type
    own = earlier if earlier and earlier.takes_place else None
    keeps = own is not None and own.type_id == kind.pk
    if earlier and _took_over(wanted.invitation, earlier):
        # The corrected form of somebody who took a ticket over.
        wanted.took_over_from = earlier
        wanted.invitation, wanted.delegation = earlier.invitation, earlier.delegation
        wanted.type = places[earlier.type_id]
        wanted.status = earlier.status
        return
    if kind.needs_approval and form.by is None:
        approved = keeps and own is not None and own.is_confirmed
        wanted.status = Status.CONFIRMED if approved else Status.PENDING
        return
    left = places.left(kind.pk, given_back=own.type if own else None)
    if keeps or has_held_place(wanted.invitation, kind.pk) or (left != 0 and kind.pk not in places.waiting):
        wanted.status = Status.CONFIRMED
    elif kind.has_waiting_list and own is None:
        wanted.status = Status.WAITING
        _stand_in_line(wanted, earlier)
    else:
        raise TypeFull(kind)


def _stand_in_line(wanted: Registration, earlier: Registration | None) -> None:
    """Give the person her rank and the time from which she waits; a corrected form keeps both."""
    if earlier and earlier.status == Status.WAITING and earlier.type_id == wanted.type_id:
        wanted.waiting_rank, wanted.waiting_since = earlier.waiting_rank, earlier.waiting_since
        return
    wanted.waiting_rank = seat_rank(wanted)
    wanted.waiting_since = timezone.now()


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
                case "registration_type_not_oversold" | "quota_not_oversold":
                    # Only for a writer that went past the lock; the counter in the database stood firm.
                    raise TypeFull(wanted.type) from error
                case "invitation_not_overused":
                    raise InvitationUnusable from error
            raise
        return True
    raise RuntimeError(f"No free ticket code with the prefix {prefix!r} in {CODE_TRIES} tries.")


def _holder_of(wanted: Registration) -> Registration | None:
    """Return the live registration that holds the address already."""
    live = Registration.objects.live().with_email(wanted.forum, wanted.email)
    return live.select_related("type").first()


def _tell_holder(holder: Registration, form: Form) -> Registration:
    """Tell the holder of the address, and her alone, that she is registered."""
    if form.by is not None:
        raise AlreadyRegistered
    # Who wanted to register her, if it was not she herself.
    delegation = form.wanted.delegation
    more = {"listed_by": delegation.name} if delegation and form.wanted.invitation is None else {}
    mails.post(mails.ALREADY, holder, form.occasion, occurrence=f"{timezone.now():%Y%m%d%H}", more=more)
    holder.becomes = form.wanted.status
    return holder


def _consents(form: Form) -> list[Consent]:
    return [
        Consent(
            registration=form.wanted,
            kind=given.kind,
            version=given.version,
            wording=given.wording,
            language=given.language,
        )
        for given in form.consents
    ]


def _post(form: Form, wishes: Wishes) -> None:
    match form.wanted.status:
        case Status.PENDING:
            mails_places.post_pending(form.wanted, form.occasion)
        case Status.WAITING:
            mails_places.post_waiting(form.wanted, form.occasion)
        case _:
            occurrence = form.wanted.link_version
            more = wishes.snapshot()
            mails.post(mails.CONFIRMED, form.wanted, form.occasion, occurrence=occurrence, more=more)
