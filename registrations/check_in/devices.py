"""The telephones of the staff: enrolled by a code, recognized by a secret, revoked at once."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import record
from core.errors import DomainError
from core.locking import short_transaction
from registrations.models import CheckInDevice, Door
from registrations.models.codes import random_letters

if TYPE_CHECKING:
    from accounts.models import User

ENROLMENT = timedelta(minutes=15)
# Sixteen of 23 signs are 72 bits: nobody guesses one in a quarter of an hour.
CODE_LENGTH = 16
# A device counts as away when it has not been heard of for so long; it asks every 15 seconds.
AWAY = timedelta(minutes=2)
# What the columns hold.
LONGEST_SKEW = 2**31 - 1


class WrongCode(DomainError):
    """Nobody made this code, it was used, or its time is over."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("This code is not valid, or no longer. Ask the organizers for a new one."), field="code"
        )


def hashed(text: str) -> str:
    """Return what is stored of a secret: it is long and random, so that one round of SHA-256 is enough."""
    return hashlib.sha256(text.encode()).hexdigest()


def enrolment_code(device: CheckInDevice, *, by: User) -> str:
    """Return a fresh code with which one telephone becomes ``device``; earlier codes are void.

    A telephone that was this device is it no longer once the code is used.
    """
    code = random_letters(CODE_LENGTH)
    with short_transaction():
        row = CheckInDevice.objects.select_for_update().get(pk=device.pk)
        if row.revoked_at is not None:
            raise DomainError(_("This device was revoked. Add another one."))
        row.enrolment_hash, row.enrolment_until = hashed(code), timezone.now() + ENROLMENT
        row.save(update_fields=["enrolment_hash", "enrolment_until"])
        record("checkindevice.code_made", row, actor=by)
    return code


def enrol(text: str) -> tuple[CheckInDevice, str]:
    """Make the telephone that shows the code the device; return it and its secret. Raises WrongCode."""
    code = re.sub(r"[^0-9A-Z]", "", text.upper())
    with short_transaction():
        # The race: two telephones read one QR. The second finds the code used.
        found = CheckInDevice.objects.select_for_update(of=("self",)).select_related("door")
        device = found.filter(
            enrolment_hash=hashed(code), enrolment_until__gt=timezone.now(), revoked_at=None
        ).first()
        if device is None or not code:
            raise WrongCode
        secret = secrets.token_urlsafe(32)
        device.secret_hash, device.enrolment_hash, device.enrolment_until = hashed(secret), "", None
        device.enrolled_at = device.last_seen_at = timezone.now()
        device.save(
            update_fields=[
                "secret_hash",
                "enrolment_hash",
                "enrolment_until",
                "enrolled_at",
                "last_seen_at",
            ]
        )
        record("checkindevice.enrolled", device, actor=None, actor_label=device.name)
    return device, secret


def revoke(device: CheckInDevice, *, by: User | None) -> CheckInDevice:
    """Let the device in no more, from this moment. A second call changes nothing.

    ``by`` is None when the telephone itself was signed off.
    """
    with short_transaction():
        row = CheckInDevice.objects.select_for_update().get(pk=device.pk)
        if row.revoked_at is None:
            row.revoked_at = timezone.now()
            row.secret_hash = row.enrolment_hash = ""
            row.enrolment_until = None
            row.save(update_fields=["revoked_at", "secret_hash", "enrolment_hash", "enrolment_until"])
            record("checkindevice.revoked", row, actor=by, actor_label="" if by else row.name)
    return row


def device_with(secret: str) -> CheckInDevice | None:
    """Return the device that knows ``secret``; None for a wrong or revoked one."""
    if not secret:
        return None
    known = CheckInDevice.objects.select_related("forum__venue", "door")
    return known.filter(secret_hash=hashed(secret), revoked_at=None).first()


def seen(device: CheckInDevice, *, clock_ahead_ms: int, scans_waiting: int) -> None:
    """Note that the device was heard of, and what it says about itself."""
    ahead = max(-LONGEST_SKEW, min(LONGEST_SKEW, clock_ahead_ms))
    CheckInDevice.objects.filter(pk=device.pk).update(
        last_seen_at=timezone.now(),
        clock_ahead_ms=ahead,
        scans_waiting=min(LONGEST_SKEW, max(0, scans_waiting)),
    )


def doors_of(forum_id: int) -> list[Door]:
    """Return the doors in use."""
    return list(Door.objects.filter(forum=forum_id, is_active=True).select_related("room"))


def in_use() -> Q:
    """Return the condition for devices that may scan."""
    return Q(revoked_at=None) & ~Q(secret_hash="")
