"""The card of the messages on an exhibitor's first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exhibitors.conversations.reading import unread_by_exhibitor
from exhibitors.models import Exhibitor
from exhibitors.portal_cards import Card


def messages_card(exhibitor: Exhibitor) -> Card | None:
    """Return what the first page says of messages that nobody has read; None when there are none."""
    unread = unread_by_exhibitor(exhibitor)
    if not unread:
        return None
    text = ngettext(
        "The organizers wrote %(number)d message.", "The organizers wrote %(number)d messages.", unread
    )
    return Card(
        title=_("New messages"),
        text=text % {"number": unread},
        url=reverse("exhibitors:messages", args=[exhibitor.slug]),
        state="open",
        order=10,
    )
