"""Leaving a warning as it is, with a reason that the next organizer reads; and thinking better of it."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.errors import Conflict, DomainError
from core.locking import short_transaction
from events.clashes import clashes_of
from events.models import AcceptedClash, Forum
from events.services.forum_lock import lock_forum


def accept_clash(*, forum: Forum, key: str, reason: str, by: User) -> AcceptedClash:
    """Accept the warning named ``key`` (``Clash.key``) in the forum's draft, and return the decision.

    Accepting it again changes nothing and returns the first decision. Raises DomainError without a
    reason or for what cannot be accepted, and Conflict when the draft has no such warning any more.
    """
    reason = reason.strip()
    with short_transaction():
        # The race: somebody moves the session at this moment. With the lock, what is accepted is in
        # the draft as it is now; without it, a warning nobody has seen could count as accepted.
        forum = lock_forum(forum.pk)
        # The trail is read years later by somebody else, so it is not in today's reader's language.
        with translation.override("en"):
            clash = next((clash for clash in clashes_of(forum, seen_by=by) if clash.key == key), None)
        if clash is None:
            raise Conflict(
                _("This warning is no longer there: the sessions were changed meanwhile. Please look again.")
            )
        if clash.accepted:
            return clash.accepted
        if clash.severity == "blocking":
            raise DomainError(_("This cannot be left as it is: a room holds one session at a time."))
        if not reason:
            raise DomainError(_("Please say why this may stay as it is."), field="reason")
        decision = AcceptedClash.objects.create(forum=forum, key=key, reason=reason, accepted_by=by)
        audit.record(
            "warning.accepted", decision, actor=by, changes={"warning": ("", clash.sentence)}, reason=reason
        )
    return decision


def withdraw_acceptance(*, forum: Forum, key: str, by: User) -> None:
    """Let an accepted warning be open again. One that is open already stays so."""
    with short_transaction():
        lock_forum(forum.pk)  # the race: somebody accepts it at this moment
        for decision in AcceptedClash.objects.filter(forum=forum, key=key):
            audit.record("warning.withdrawn", decision, actor=by, changes={"reason": (decision.reason, "")})
            decision.delete()
