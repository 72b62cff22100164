"""The telephones of the staff at the doors."""

from __future__ import annotations

from registrations import enrolled_devices
from registrations.models import CheckInDevice, Door


def enrol(text: str) -> tuple[CheckInDevice, str]:
    """Make the telephone that shows the code the device; return it and its secret. Raises WrongCode."""
    return enrolled_devices.enrol(CheckInDevice.objects.select_related("door"), text)


def device_with(secret: str) -> CheckInDevice | None:
    """Return the device that knows ``secret``; None for a wrong or revoked one."""
    return enrolled_devices.with_secret(CheckInDevice.objects.select_related("forum__venue", "door"), secret)


def doors_of(forum_id: int) -> list[Door]:
    """Return the doors in use."""
    return list(Door.objects.filter(forum=forum_id, is_active=True).select_related("room"))
