"""Opening a delegation, its lead's link, and closing it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.errors import DomainError
from core.locking import lock_by_name, short_transaction
from events.models import Forum
from registrations import mails_delegation, personal_data
from registrations.models import Delegation
from registrations.occasion import occasion_of

if TYPE_CHECKING:
    from accounts.models import User

# Who acted, in the words of the audit trail, when it was nobody with an account.
LEAD = "lead of the delegation"
_TEXTS = {"name": "organization_name", "lead_name": "name"}
CHANGEABLE = ("name", "country", "lead_name", "email", "language")


class DelegationClosed(DomainError):
    """Nothing is added to a closed delegation."""

    def __init__(self) -> None:
        super().__init__(_("This delegation is closed. The organizers can open it again."))


def open_delegation(
    *,
    forum: Forum,
    form_token: uuid.UUID | None,
    name: str,
    country: str,
    lead_name: str,
    email: str,
    language: str,
    by: User | None = None,
    **more: object,
) -> Delegation:
    """Open a delegation and mail its lead the link. The same form again returns the same delegation.

    ``more`` are the fields that organizers (``by``) may set besides: ``max_members``, ``precedence``,
    ``replacements_until``, ``note``. Raises DomainError for texts that no list can hold.
    """
    facts = {"name": name, "country": country, "lead_name": lead_name, "email": email, "language": language}
    cleaned = _cleaned(facts)
    occasion = occasion_of(forum)
    with short_transaction():
        if form_token:
            # The race: two clicks on one form.
            lock_by_name(f"registrations.delegation:{form_token}")
            earlier = Delegation.objects.filter(form_token=form_token).first()
            if earlier:
                return earlier
        delegation = Delegation.objects.create(forum=forum, form_token=form_token, **cleaned, **more)
        mails_delegation.post_link(delegation, occasion, occurrence="1")
        record("delegation.opened", delegation, actor=by, actor_label="" if by else LEAD)
    return delegation


def _cleaned(facts: dict[str, str]) -> dict[str, str]:
    """Return the texts as they are stored; raises DomainError beside the field."""
    found = dict(facts)
    for field, text in facts.items():
        try:
            if field in _TEXTS:
                found[field] = personal_data.required_answer(_TEXTS[field], text)
            elif field == "email":
                found[field] = personal_data.mailbox(text)
        except ValidationError as error:
            raise DomainError(" ".join(error.messages), field=field) from error
    return found


def locked_delegation(delegation: Delegation) -> Delegation:
    """Return the delegation as it stands now, locked: it owns the number of its members."""
    return Delegation.objects.select_for_update(no_key=True, of=("self",)).get(pk=delegation.pk)


def open_row(delegation: Delegation) -> Delegation:
    """Return the locked delegation; raises DelegationClosed for one that is closed or erased."""
    row = locked_delegation(delegation)
    if row.closed_at or row.erased_at:
        raise DelegationClosed
    return row


def change_delegation(delegation: Delegation, *, by: User | None = None, **facts: str) -> Delegation:
    """Correct what is known of the delegation and its lead. A new address gets the link by mail.

    ``facts`` are some of CHANGEABLE. Raises DelegationClosed and DomainError.
    """
    cleaned = _cleaned(facts)
    occasion = occasion_of(delegation.forum)
    with short_transaction():
        row = open_row(delegation)
        changes = {
            name: (getattr(row, name), value)
            for name, value in cleaned.items()
            if getattr(row, name) != value
        }
        if not changes:
            return row
        for name, value in cleaned.items():
            setattr(row, name, value)
        if "email" in changes:
            # Whoever had the old address is not the lead any more.
            row.link_version += 1
        row.save(update_fields=[*changes, "link_version"])
        if "email" in changes:
            mails_delegation.post_link(row, occasion, occurrence=str(row.link_version))
        record("delegation.changed", row, actor=by, actor_label="" if by else LEAD, changes=changes)
    return row


def send_link(delegation: Delegation, *, by: User | None, label: str = LEAD) -> None:
    """Mail the lead the link once more, also when the delegation is closed: the page still shows everybody.

    Two clicks within a minute are one mail. Raises DelegationClosed for one that was erased.
    """
    occasion = occasion_of(delegation.forum)
    with short_transaction():
        row = locked_delegation(delegation)
        if row.erased_at:
            raise DelegationClosed
        mails_delegation.post_link(row, occasion, occurrence=f"again:{timezone.now():%Y%m%d%H%M}")
        record("delegation.link_sent", row, actor=by, actor_label="" if by else label)


def replace_link(delegation: Delegation, *, by: User | None) -> Delegation:
    """Make every link sent so far worthless and mail a new one. Raises DelegationClosed."""
    occasion = occasion_of(delegation.forum)
    with short_transaction():
        row = open_row(delegation)
        row.link_version += 1
        row.save(update_fields=["link_version"])
        mails_delegation.post_link(row, occasion, occurrence=str(row.link_version))
        record(
            "delegation.link_replaced",
            row,
            actor=by,
            actor_label="" if by else LEAD,
            changes={"link_version": (row.link_version - 1, row.link_version)},
        )
    return row


def set_closed(delegation: Delegation, *, closed: bool, by: User) -> Delegation:
    """Close the delegation to changes by its lead, or open it again. Its members and places stay."""
    with short_transaction():
        row = locked_delegation(delegation)
        if bool(row.closed_at) == closed:
            return row
        row.closed_at = timezone.now() if closed else None
        row.save(update_fields=["closed_at"])
        record("delegation.closed" if closed else "delegation.reopened", row, actor=by)
    return row
