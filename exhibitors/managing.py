"""Who may look after an exhibitor: invite, accept, leave. What she sees is a queryset."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.errors import DomainError
from core.locking import short_transaction
from events.models import Forum
from exhibitors import mails_managers, publishing
from exhibitors.models import Exhibitor, ExhibitorManager

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_MANAGERS = 20


class LastManager(DomainError):
    """Somebody must be left who can act for the exhibitor."""

    def __init__(self) -> None:
        super().__init__(_("One person must be left. Invite somebody else first."))


class InvitedAlready(DomainError):
    """The address has an invitation, or belongs to a manager."""

    def __init__(self) -> None:
        super().__init__(_("This person is invited or a manager already."), field="email")


class TooManyManagers(DomainError):
    """A limit against writing to half the world."""

    def __init__(self) -> None:
        super().__init__(
            _("At most %(number)s people look after an exhibitor.") % {"number": MOST_MANAGERS}, field="email"
        )


class InvitationOver(DomainError):
    """The link was used, taken back or is too old."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("This invitation is no longer open. Please ask for a new one."))


def managed_exhibitors(user: User | AnonymousUser, forum: Forum) -> QuerySet[Exhibitor]:
    """Return the exhibitors of ``forum`` that ``user`` looks after, with their organizations."""
    if not isinstance(user, User) or not user.is_active:
        return Exhibitor.objects.none()
    mine = ExhibitorManager.objects.live().filter(user=user)
    found = Exhibitor.objects.filter(forum=forum, pk__in=mine.values("exhibitor"))
    return found.select_related("organization", "forum__venue", "host__organization")


def exhibitor_of(user: User | AnonymousUser, slug: str) -> Exhibitor | None:
    """Return the exhibitor of the current forum with this short name if ``user`` looks after it."""
    forum = Forum.objects.current().first()
    return managed_exhibitors(user, forum).filter(slug=slug).first() if forum else None


def invite_manager(
    exhibitor: Exhibitor, *, email: str, name: str, language: str, by: User | None
) -> ExhibitorManager:
    """Invite a person by mail. The link in it binds the account that follows it.

    Raises InvitedAlready and TooManyManagers.
    """
    with short_transaction():
        live = list(_locked(exhibitor).managers.live())
        _refuse(live, email)
        manager = ExhibitorManager.objects.create(
            exhibitor=exhibitor, email=email.strip(), name=name.strip(), language=language, invited_by=by
        )
        changes = {"email": ("", manager.email), "name": ("", manager.name)}
        record("exhibitormanager.invited", manager, actor=by, changes=changes)
        mails_managers.post_invitation(manager)
    return manager


def _refuse(live: list[ExhibitorManager], email: str) -> None:
    if len(live) >= MOST_MANAGERS:
        raise TooManyManagers
    address = email.strip().lower()
    if any(address in {row.email.lower(), row.user.email if row.user else ""} for row in live):
        raise InvitedAlready


def resend_invitation(manager: ExhibitorManager, *, by: User | None) -> ExhibitorManager:
    """Send a new link, which ends the earlier one. Raises InvitationOver for who has accepted or left."""
    with short_transaction():
        row = _open_row(manager)
        row.link_version += 1
        row.invited_at = timezone.now()
        row.save(update_fields=["link_version", "invited_at"])
        record("exhibitormanager.resent", row, actor=by)
        mails_managers.post_invitation(row)
    return row


def accept_invitation(manager: ExhibitorManager, *, by: User) -> ExhibitorManager:
    """Bind the account of ``by`` to the invitation. Doing it twice is fine.

    Raises InvitationOver.
    """
    try:
        with short_transaction():
            row = _locked_row(manager)
            if row.user_id == by.pk and row.ended_at is None:
                return row
            mine = ExhibitorManager.objects.live().filter(exhibitor=row.exhibitor_id, user=by).first()
            if mine is not None:
                _end(row, at=timezone.now())
                return mine
            if not row.is_open:
                raise InvitationOver
            bind(row, user=by)
            record("exhibitormanager.accepted", row, actor=by)
            publishing.show_guest(row.exhibitor)
    except IntegrityError as error:
        # The race: she follows two invitations at once.
        raise InvitationOver from error
    return row


def bind(row: ExhibitorManager, *, user: User) -> None:
    """Make an invited person a manager who has agreed to the use of her details."""
    row.user = user
    row.accepted_at = row.agreed_at = timezone.now()
    row.save(update_fields=["user", "accepted_at", "agreed_at"])
    if row.name and not user.name:
        user.name = row.name
        user.save(update_fields=["name"])


def remove_manager(manager: ExhibitorManager, *, by: User | None, keep_one: bool = True) -> None:
    """End a manager's right or an invitation. A second call changes nothing.

    Organizers may take away the last one (``keep_one`` False). Raises LastManager.
    """
    with short_transaction():
        exhibitor = _locked(manager.exhibitor)
        row = exhibitor.managers.select_for_update(of=("self",)).get(pk=manager.pk)
        if row.ended_at is not None:
            return
        if keep_one and row.user_id and exhibitor.managers.accepted().count() == 1:
            raise LastManager
        _end(row, at=timezone.now())
        record("exhibitormanager.removed", row, actor=by, changes={"email": (row.email, "")})


def _end(row: ExhibitorManager, *, at: datetime) -> None:
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])


def _locked(exhibitor: Exhibitor) -> Exhibitor:
    """Lock the exhibitor. The race: two managers remove each other, and nobody is left."""
    return Exhibitor.objects.select_for_update(of=("self",)).get(pk=exhibitor.pk)


def _locked_row(manager: ExhibitorManager) -> ExhibitorManager:
    _locked(manager.exhibitor)
    rows = ExhibitorManager.objects.select_related(
        "exhibitor__forum", "exhibitor__organization", "exhibitor__host"
    )
    return rows.select_for_update(of=("self",)).get(pk=manager.pk)


def _open_row(manager: ExhibitorManager) -> ExhibitorManager:
    row = _locked_row(manager)
    if row.user_id is not None or row.ended_at is not None:
        raise InvitationOver
    return row
