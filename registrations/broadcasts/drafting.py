"""Writing a mail to a group, until it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.errors import Conflict, DomainError
from core.i18n import LANGUAGE_CODES, texts_of
from core.locking import short_transaction
from events.models import Forum
from outbox.cleaning import clean_text, one_line
from outbox.placeholders import refuse_unknown
from outbox.prose import refuse_links
from registrations.broadcasts.mail import ADDRESSES, PLACEHOLDERS
from registrations.groups import Group, read_group
from registrations.models import Broadcast

Status = Broadcast.Status
TEXT_FIELDS = tuple(f"{field}_{code}" for field in ("subject", "body") for code in LANGUAGE_CODES)
LONGEST_BODY = 20_000


class NoDraft(DomainError):
    """What was sent or is on its way stays as it is."""

    def __init__(self) -> None:
        super().__init__(
            _("This mail is no draft any more, so it stays as it is. Copy it to write another one.")
        )


class ChangedMeanwhile(Conflict):
    """Two organizers, or two tabs, at one draft."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else changed this mail meanwhile. What you wrote is below; "
                "open the mail in another tab to see the other text."
            )
        )


@dataclass(frozen=True, slots=True)
class BroadcastText:
    """What an organizer writes. ``subject`` and ``body`` are ``{"vi": …, "ko": …, "en": …}``."""

    title: str
    purpose: str
    subject: Mapping[str, str]
    body: Mapping[str, str]

    def columns(self) -> dict[str, str]:
        """Return the columns of the model, cleaned; raises DomainError for what no mail may hold."""
        found = {"title": one_line(self.title, at_most=120), "purpose": self.purpose}
        for code in LANGUAGE_CODES:
            found[f"subject_{code}"] = one_line(self.subject.get(code, ""), at_most=150)
            found[f"body_{code}"] = clean_text(self.body.get(code, "")).strip()
        if not found["title"]:
            raise DomainError(_("Please give the mail a title, for organizers."), field="title")
        for field in TEXT_FIELDS:
            try:
                check_text(found[field])
            except ValidationError as error:
                raise DomainError(" ".join(error.messages), field=field) from error
        return found


def check_text(text: str) -> None:
    """Raise ValidationError for a placeholder that does not exist, a wrong link and a text without end."""
    refuse_unknown(text, PLACEHOLDERS)
    refuse_links(text, ADDRESSES)
    if len(text) > LONGEST_BODY:
        raise ValidationError(_("A mail has at most %(most)s characters.") % {"most": LONGEST_BODY})


def save_broadcast(
    broadcast: Broadcast | None, *, forum: Forum, text: BroadcastText, group: Group, version: int, by: User
) -> Broadcast:
    """Write a draft, a new one when ``broadcast`` is None. Without a difference nothing is written.

    ``version`` is the one that the organizer was shown. Raises ChangedMeanwhile, NoDraft, and DomainError
    beside the field for what no mail may hold.
    """
    columns: dict[str, Any] = {**text.columns(), "chosen": group.as_json()}
    with short_transaction():
        if broadcast is None:
            made = Broadcast.objects.create(forum=forum, created_by=by, **columns)
            audit.record("broadcast.created", made, actor=by, changes=_differences({}, columns))
            return made
        row = locked(broadcast)
        if row.status != Status.DRAFT:
            raise NoDraft
        if row.version != version:
            raise ChangedMeanwhile
        changes = _differences({name: getattr(row, name) for name in columns}, columns)
        if changes:
            for name, value in columns.items():
                setattr(row, name, value)
            row.version += 1
            row.save()
            audit.record("broadcast.changed", row, actor=by, changes=changes)
    return row


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """What differs. Of the group the trail says that it changed, and not which people were chosen by hand."""
    changes = {name: (before.get(name, ""), value) for name, value in after.items()}
    found = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if "chosen" in found:
        found["chosen"] = tuple(  # type: ignore[assignment] # two of them
            ", ".join(sorted(chosen)) if isinstance(chosen, dict) else "" for chosen in found["chosen"]
        )
    return found


def copy_broadcast(broadcast: Broadcast, *, by: User) -> Broadcast:
    """Return a new draft with the text and the group of ``broadcast``."""
    with short_transaction():
        columns = {name: getattr(broadcast, name) for name in ("title", "purpose", *TEXT_FIELDS)}
        group = read_group(broadcast.chosen)
        made = Broadcast.objects.create(
            forum=broadcast.forum, created_by=by, chosen=group.as_json(), **columns
        )
        audit.record("broadcast.created", made, actor=by, changes={"copied_from": ("", str(broadcast.pk))})
    return made


def discard_broadcast(broadcast: Broadcast, *, by: User) -> None:
    """Throw a draft away. Raises NoDraft for what was sent: that it was stays known."""
    with short_transaction():
        row = locked(broadcast)
        if row.status != Status.DRAFT:
            raise NoDraft
        texts = {f"subject_{code}": (text, "") for code, text in texts_of(row, "subject").items() if text}
        audit.record("broadcast.discarded", row, actor=by, changes=texts)
        row.delete()


def locked(broadcast: Broadcast) -> Broadcast:
    """Return the row as it is now, locked. Raises Conflict when it was thrown away meanwhile.

    The race: one organizer edits or stops what another one sends, or a worker fills the outbox from it.
    """
    rows = Broadcast.objects.select_for_update(of=("self",), no_key=True).select_related("forum__venue")
    found = rows.filter(pk=broadcast.pk).first()
    if found is None:
        raise Conflict(_("This mail was thrown away meanwhile."))
    return found
