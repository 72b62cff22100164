"""Telephones that scan: enrolled by a code, recognized by a secret, revoked at once.

Those at the doors and those at the booths of exhibitors are rows of different models and one kind of thing.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import record
from core.errors import DomainError
from core.locking import short_transaction
from registrations.models import EnrolledDevice
from registrations.models.codes import random_letters

if TYPE_CHECKING:
    from accounts.models import User

Device = TypeVar("Device", bound=EnrolledDevice)
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
            _("This code is not valid, or no longer. Ask for a new one where you got it."), field="code"
        )


def hashed(text: str) -> str:
    """Return what is stored of a secret: it is long and random, so that one round of SHA-256 is enough."""
    return hashlib.sha256(text.encode()).hexdigest()


def enrolment_code(device: EnrolledDevice, *, by: User) -> str:
    """Return a fresh code with which one telephone becomes ``device``; earlier codes are void.

    A telephone that was this device is it no longer once the code is used.
    """
    code = random_letters(CODE_LENGTH)
    with short_transaction():
        row = _locked(device)
        if row.revoked_at is not None:
            raise DomainError(_("This device was revoked. Add another one."))
        row.enrolment_hash, row.enrolment_until = hashed(code), timezone.now() + ENROLMENT
        row.save(update_fields=["enrolment_hash", "enrolment_until"])
        record(_action(row, "code_made"), row, actor=by)
    return code


def enrol(waiting: models.QuerySet[Device], text: str) -> tuple[Device, str]:
    """Make the telephone that shows the code one of ``waiting``; return it and its secret.

    Raises WrongCode.
    """
    code = re.sub(r"[^0-9A-Z]", "", text.upper())
    with short_transaction():
        # The race: two telephones read one QR. The second finds the code used.
        device = (
            waiting.select_for_update(of=("self",))
            .filter(enrolment_hash=hashed(code), enrolment_until__gt=timezone.now(), revoked_at=None)
            .first()
        )
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
        record(_action(device, "enrolled"), device, actor=None, actor_label=device.name)
    return device, secret


def revoke(device: Device, *, by: User | None) -> Device:
    """Let the device in no more, from this moment. A second call changes nothing.

    ``by`` is None when the telephone itself was signed off.
    """
    with short_transaction():
        row = _locked(device)
        if row.revoked_at is None:
            row.revoked_at = timezone.now()
            row.secret_hash = row.enrolment_hash = ""
            row.enrolment_until = None
            row.save(update_fields=["revoked_at", "secret_hash", "enrolment_hash", "enrolment_until"])
            record(_action(row, "revoked"), row, actor=by, actor_label="" if by else row.name)
    return row


def with_secret(devices: models.QuerySet[Device], secret: str) -> Device | None:
    """Return the one of ``devices`` that knows ``secret``; None for a wrong or revoked one."""
    if not secret:
        return None
    return devices.filter(secret_hash=hashed(secret), revoked_at=None).first()


def seen(device: EnrolledDevice, *, clock_ahead_ms: int, scans_waiting: int) -> None:
    """Note that the device was heard of, and what it says about itself."""
    ahead = max(-LONGEST_SKEW, min(LONGEST_SKEW, clock_ahead_ms))
    type(device)._default_manager.filter(pk=device.pk).update(
        last_seen_at=timezone.now(),
        clock_ahead_ms=ahead,
        scans_waiting=min(LONGEST_SKEW, max(0, scans_waiting)),
    )


def in_use() -> Q:
    """Return the condition for devices that may scan."""
    return Q(revoked_at=None) & ~Q(secret_hash="")


def _locked(device: Device) -> Device:
    return type(device)._default_manager.select_for_update(of=("self",)).get(pk=device.pk)


def _action(device: EnrolledDevice, verb: str) -> str:
    return f"{device._meta.model_name}.{verb}"
