"""Who stands at the door: an enrolled device, or somebody with the right who proved a second factor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from accounts import second_factor
from accounts.models import User
from accounts.permissions import can
from events.models import Forum
from registrations.check_in.admitting import By
from registrations.check_in.devices import device_with
from registrations.models import CheckInDevice, Door

COOKIE = "check_in_device"
COOKIE_DAYS = 60
SCAN = "registrations.scan_ticket"
WITHDRAW = "registrations.withdraw_scan"


@dataclass(frozen=True, slots=True)
class Scanner:
    """Who scans, for which forum. ``user`` is set when somebody is signed in, beside a device or without."""

    forum: Forum
    device: CheckInDevice | None
    user: User | None

    @property
    def by(self) -> By:
        """Who is written beside a scan: the device, or else the account."""
        return By(device=self.device) if self.device else By(user=self.user)

    @property
    def name(self) -> str:
        """The device's name, or the account's."""
        return self.device.name if self.device else str(self.user)

    @property
    def may_withdraw(self) -> bool:
        """True when a mistaken scan can be taken back here: an organizer is signed in."""
        return self.user is not None and can(self.user, WITHDRAW, self.forum)

    @property
    def first_door(self) -> Door | None:
        """The device's own door, or the forum's first one."""
        if self.device is not None and self.device.door.is_active:
            return self.device.door
        return Door.objects.filter(forum=self.forum, is_active=True).first()

    def door(self, slug: str) -> Door:
        """Return a door in use of this forum, with what deciding needs; raises Http404."""
        door = self.doors({slug}).get(slug)
        if door is None or not door.is_active:
            raise Http404
        return door

    def doors(self, slugs: Collection[str]) -> dict[str, Door]:
        """Return doors of this forum by their short names, also such as were closed since a scan was made."""
        doors = Door.objects.select_related("room", "forum__venue").prefetch_related("types")
        return {door.slug: door for door in doors.filter(forum=self.forum, slug__in=slugs)}


def scanner_of(request: HttpRequest) -> Scanner | None:
    """Return who scans; None when nobody does who may."""
    device = device_with(request.COOKIES.get(COOKIE, ""))
    forum = device.forum if device else Forum.objects.current().select_related("venue").first()
    if forum is None:
        return None
    user = request.user if isinstance(request.user, User) else None
    allowed = user is not None and can(user, SCAN, forum) and second_factor.was_used(request)
    if device is None and not allowed:
        return None
    return Scanner(forum, device, user if allowed else None)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Say whether somebody is signed in who might scan, had she proved her second factor."""
    forum = Forum.objects.current().first()
    user = request.user
    return forum is not None and can(user, SCAN, forum) and not second_factor.was_used(request)


def remember(response: HttpResponse, secret: str) -> None:
    """Give the telephone its secret, where no script can read it."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=COOKIE_DAYS * 24 * 60 * 60,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Take the secret off the telephone."""
    response.delete_cookie(COOKIE, samesite="Lax")
