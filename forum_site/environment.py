"""Reading the environment: a value that cannot be understood stops the process with a sentence."""

import os
import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def boolean(name: str, *, default: bool) -> bool:
    """Read a true/false variable; anything but the usual words is refused."""
    raw = os.environ.get(name, "")
    if not raw:
        return default
    known = {"true": True, "1": True, "yes": True, "on": True}
    known |= {"false": False, "0": False, "no": False, "off": False}
    if raw.lower() not in known:
        raise ImproperlyConfigured(f"{name} must be true or false, not {raw!r}.")
    return known[raw.lower()]


def integer(name: str, *, default: int, low: int, high: int) -> int:
    """Read a whole number between ``low`` and ``high``, both included."""
    raw = os.environ.get(name, "")
    if not raw:
        return default
    if not re.fullmatch(r"\d{1,9}", raw) or not low <= int(raw) <= high:
        raise ImproperlyConfigured(f"{name} must be a number from {low} to {high}, not {raw!r}.")
    return int(raw)


def url(name: str, *, schemes: tuple[str, ...], default: str | None = None) -> str:
    """Read an address whose scheme is one of ``schemes``; required when there is no default."""
    raw = os.environ.get(name, "") or default
    if not raw:
        raise ImproperlyConfigured(f"{name} is not set. `bin/dev` sets it for development.")
    if urlsplit(raw).scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must begin with one of {', '.join(schemes)}.")
    if not (urlsplit(raw).netloc or urlsplit(raw).path):
        raise ImproperlyConfigured(f"{name} ends after its scheme.")
    try:
        _port = urlsplit(raw).port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} has a port that is no number from 0 to 65535.") from error
    return raw
