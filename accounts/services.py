"""Giving and taking roles, and the account of a person who has none yet."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import mails, permissions
from accounts.models import ForumRole, User
from core.audit import record
from core.errors import DomainError, NotAllowed
from core.locking import short_transaction


class LastOwner(DomainError):
    """A forum must keep one person who may give roles."""


def grant_role(*, user: User, forum: Any, role: str, by: User | None) -> ForumRole:
    """Give ``user`` a role in ``forum`` and the way into the admin; a repeated call changes nothing.

    ``by`` is the person who gives it, or None when a command of the site does. Raises NotAllowed when
    she may not give roles in this forum, or the role holds a right that she lacks herself.
    """
    _guard(by, forum, role, "accounts.add_forumrole")
    with short_transaction():
        _lock_access(user)
        given, created = ForumRole.objects.get_or_create(user=user, forum=forum, role=role)
        if created:
            record("forumrole.added", given, actor=by, changes={"role": ("", role), "user": ("", user)})
            mails.send_role_given(given)
        if not user.is_staff:
            user.is_staff = True
            user.save(update_fields=["is_staff"])
            record("user.changed", user, actor=by, changes={"is_staff": (False, True)})
    permissions.forget(user)
    return given


def account_for(email: str, *, language: str) -> User:
    """Return the account with this address, or make one without a password.

    Its owner signs in with a mailed code, which confirms the address. ``language`` is a first guess.
    An account that somebody made for herself and whose address nobody has confirmed loses its password:
    whoever signed up with another person's address would otherwise share her account once she confirms it.
    """
    found = User.objects.filter(email__iexact=email.strip()).first()
    if found:
        confirmed = EmailAddress.objects.filter(user=found, verified=True).exists()
        if not (confirmed or found.is_superuser):
            found.set_unusable_password()
            found.save(update_fields=["password"])
        return found
    with transaction.atomic():
        made = User.objects.create_user(email, language=language)
        remember_address(made)
    return made


def remember_address(user: User) -> None:
    """Let allauth know a new address as one to be confirmed, which the first mailed code does."""
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)


def revoke_role(given: ForumRole, *, by: User | None) -> None:
    """Take a role away, and with the last one the way into the admin. A second call changes nothing.

    Raises NotAllowed as :func:`grant_role` does, and LastOwner when nobody would be left to give roles.
    """
    _guard(by, given.forum, given.role, "accounts.delete_forumrole")
    with short_transaction():
        if given.role == ForumRole.Role.OWNER:
            # The race: two owners take each other's role at once, and both still see the other one. The
            # lock on all owners of the forum lets the second look only when the first is done.
            owners = ForumRole.objects.filter(
                forum_id=given.forum_id, role=ForumRole.Role.OWNER, user__is_active=True
            ).order_by("pk")
            others = [owner for owner in owners.select_for_update(of=("self",)) if owner.pk != given.pk]
            if not others:
                raise LastOwner(_("A forum keeps at least one owner. Make somebody else an owner first."))
        # Two clicks at once: whoever comes second waits here and finds the role gone.
        if not ForumRole.objects.select_for_update(of=("self",)).filter(pk=given.pk).exists():
            return
        record(
            "forumrole.deleted",
            given,
            actor=by,
            changes={"role": (given.role, ""), "user": (given.user, "")},
        )
        user = given.user
        _lock_access(user)
        given.delete()
        if user.is_staff and not user.is_superuser and not user.forum_roles.exists():
            user.is_staff = False
            user.save(update_fields=["is_staff"])
            record("user.changed", user, actor=by, changes={"is_staff": (True, False)})
    permissions.forget(user)


def _lock_access(user: User) -> None:
    """Lock the row of ``user`` and read ``is_staff`` as it is now.

    The race: one owner gives a role while another takes the last one. Without the lock neither sees what
    the other writes, and the person keeps a role behind a closed door.
    """
    locked = User.objects.select_for_update(no_key=True).filter(pk=user.pk)
    user.is_staff = locked.values_list("is_staff", flat=True).get()


def _guard(by: User | None, forum: Any, role: str, right: str) -> None:
    """Nobody gives or takes what she does not hold herself."""
    if by is None or by.is_superuser:
        return
    held = permissions.rights_by_forum(by).get(forum.pk, frozenset())
    if right not in held:
        raise NotAllowed(_("You may not give or take roles in this forum."), field="forum")
    if not permissions.RIGHTS[role] <= held:
        raise NotAllowed(_("This role holds more rights than you do."), field="role")
