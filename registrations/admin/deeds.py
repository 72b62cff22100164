"""What the desk does to registrations beside correcting them: each is asked for once, then done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from registrations import services
from registrations.erasure_on_request import erase_on_request


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done. ``do`` is given the registration or group, the organizer and her reason."""

    name: str
    title: str | Promise
    consequence: str | Promise
    button: str | Promise
    done: str | Promise
    asks_reason: bool
    do: Callable[[Any, User, str], object]


CANCEL = Deed(
    name="cancel",
    title=_("Cancel registrations"),
    consequence=_(
        "The places go to others, the tickets are no longer valid, and each person is told by mail. "
        "This cannot be undone."
    ),
    button=_("Yes, cancel"),
    done=_("Registrations cancelled: %(n)s"),
    asks_reason=True,
    do=lambda registration, by, reason: services.cancel_registration(registration, by=by, reason=reason),
)
SEND_LINK = Deed(
    name="send-link",
    title=_("Send the ticket again"),
    consequence=_("Each person gets her ticket and her link once more. Earlier links stay valid."),
    button=_("Send"),
    done=_("Mails on their way: %(n)s"),
    asks_reason=False,
    do=lambda registration, by, reason: services.send_link_again(registration, by=by),
)
REPLACE_LINK = Deed(
    name="replace-link",
    title=_("Replace the secret link"),
    consequence=_(
        "Links and QR codes sent so far stop working, and each person gets new ones by mail. "
        "For links that fell into the wrong hands."
    ),
    button=_("Replace"),
    done=_("Links replaced: %(n)s"),
    asks_reason=False,
    do=lambda registration, by, reason: services.replace_link(registration, by=by),
)
ERASE = Deed(
    name="erase",
    title=_("Erase personal data"),
    consequence=_(
        "For a person who asked for it: the registration ends, the place goes to others, and name, address, "
        "answers, ticket and mails are erased. The figures stay. This cannot be undone."
    ),
    button=_("Yes, erase"),
    done=_("Registrations erased: %(n)s"),
    asks_reason=False,
    do=lambda registration, by, reason: erase_on_request(registration, by=by),
)
DEEDS = {deed.name: deed for deed in (CANCEL, SEND_LINK, REPLACE_LINK, ERASE)}
