"""Agreeing to a purpose, and taking it back: both are one tap, and each purpose stands apart.

Every change is a row that stays: what was agreed to, in which words, from when until when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import record
from core.errors import Conflict, DomainError
from core.locking import short_transaction
from registrations.attached import attached_parts
from registrations.consents import ConsentGiven, wording_of
from registrations.errors import NotLive
from registrations.models import Consent, ConsentPurpose, Registration
from registrations.models.consents import Purpose
from registrations.services.statuses import Actor

if TYPE_CHECKING:
    from accounts.models import User


class NotAsked(DomainError):
    """The forum does not ask about this purpose, or no longer."""

    def __init__(self) -> None:
        super().__init__(_("The forum does not ask about this any more."))


class WordingChanged(Conflict):
    """The words are not those she has read."""

    def __init__(self) -> None:
        super().__init__(_("This sentence has changed. Please read it again and agree."))


class NeededToAttend(DomainError):
    """Without this consent there is no registration: taking it back means to be erased."""

    def __init__(self) -> None:
        super().__init__(_("Without this consent there is no registration. You can have your data erased."))


@dataclass(frozen=True, slots=True)
class ConsentState:
    """One purpose for one person: what is asked now, and what she agreed to so far, the latest last."""

    purpose: Purpose
    asked: ConsentGiven | None
    history: Sequence[Consent]

    @property
    def live(self) -> Consent | None:
        """What she agrees to now."""
        return next((consent for consent in self.history if consent.withdrawn_at is None), None)

    @property
    def is_optional(self) -> bool:
        """True for what one may do without, and can take back here."""
        return self.purpose != Purpose.PRIVACY


def consent_states(registration: Registration) -> list[ConsentState]:
    """Return every purpose that concerns a person, the indispensable one first. Two queries."""
    history: dict[str, list[Consent]] = {}
    for consent in registration.consents.all():
        history.setdefault(consent.kind, []).append(consent)
    offered = ConsentPurpose.objects.filter(forum=registration.forum_id, is_offered=True)
    asked = {purpose.kind: wording_of(purpose) for purpose in offered}
    order = [Purpose.PRIVACY.value, *asked, *(kind for kind in history if kind not in asked)]
    return [
        ConsentState(Purpose(kind), asked.get(kind), history.get(kind, ()))
        for kind in dict.fromkeys(order)
        if kind in history or (kind in asked and asked[kind].wording)
    ]


def give_consent(
    registration: Registration, purpose: str, *, version: int, language: str, by: User | None = None
) -> Consent:
    """Keep that a person agreed to ``purpose`` in the words of ``version``, as read in ``language``.

    Agreed to in these words already, nothing is changed; in older ones, those end now. ``by`` is the
    organizer whom she told, None for the holder of the link. Raises NotLive, NotAsked and WordingChanged.
    """
    with short_transaction():
        # The race: two clicks, or agreeing in one tab and taking back in another. One after the other.
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        if not row.is_live or row.erased_at:
            raise NotLive
        given = _asked(row, purpose, language)
        if given.version != version:
            raise WordingChanged
        earlier = row.consents.filter(kind=purpose, withdrawn_at=None).first()
        if earlier and (earlier.version, earlier.wording) == (given.version, given.wording):
            return earlier
        now = timezone.now()
        if earlier:
            _end(earlier)
        consent = Consent.objects.create(
            registration=row,
            kind=given.kind,
            version=given.version,
            wording=given.wording,
            language=given.language,
            agreed_at=now,
        )
        _record("consent.given", consent, by)
    return consent


def withdraw_consent(registration: Registration, purpose: str, *, by: User | None = None) -> None:
    """Keep that a person takes a consent back, from now on; one that is not live changes nothing.

    Possible as long as the row is hers, also when the registration has ended. Raises NeededToAttend.
    """
    if purpose == Purpose.PRIVACY:
        raise NeededToAttend
    with short_transaction():
        # As above; and an erasure must not find a consent that changes under its hands.
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        live = row.consents.filter(kind=purpose, withdrawn_at=None).first()
        if live is None or row.erased_at:
            return
        _end(live)
        for part in attached_parts():
            part.consent_withdrawn(row, purpose)
        _record("consent.withdrawn", live, by)


def _asked(row: Registration, purpose: str, language: str) -> ConsentGiven:
    # What is no purpose may hold what the database cannot even be asked for, such as NUL.
    offered = ConsentPurpose.objects.filter(forum=row.forum_id, is_offered=True)
    found = offered.filter(kind=purpose).first() if purpose in Purpose.values else None
    if found is None:
        raise NotAsked
    return wording_of(found, language)


def _end(consent: Consent) -> None:
    # Never before it was given, also when the clocks of two servers differ a little.
    consent.withdrawn_at = max(timezone.now(), consent.agreed_at)
    consent.save(update_fields=["withdrawn_at"])


def _record(action: str, consent: Consent, by: User | None) -> None:
    changes = {"kind": ("", consent.kind), "version": ("", consent.version)}
    record(action, consent, **Actor(by).recorded, changes=changes)
