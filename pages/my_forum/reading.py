"""Who asks, and what she has of the forum: read from her account, or from her browser's cookie."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.addresses import proven_addresses
from accounts.models import User
from events.agenda import Agenda
from events.invitations import invitations_of
from events.models import Star
from events.stars import stars_of
from pages.my_forum.choices import Choices, Mark, Marks


def choices_of(user: User, forum_id: int, agenda: Agenda) -> Choices:
    """Return what an account has of the forum. A constant number of queries."""
    addresses = proven_addresses(user)
    return Choices(
        stars=_stars(user, forum_id),
        invitations=invitations_of(addresses, forum_id, agenda),
    )


def visitors_choices(request: HttpRequest, forum_id: int, agenda: Agenda) -> Choices:
    """Return what whoever asks has of the forum; somebody without an account has stars alone."""
    user: User | AnonymousUser = request.user
    if isinstance(user, User):
        return choices_of(user, forum_id, agenda)
    starred = stars_of(request, forum_id)
    return Choices(stars={str(uid): Mark(True, 1, agenda.published_at) for uid in starred})


def _stars(user: User, forum_id: int) -> Marks:
    rows = Star.objects.filter(user=user, session__forum=forum_id)
    columns = ("session__uid", "starred_at", "removed_at", "turns")
    return {
        str(uid): Mark(removed_at is None, turns, removed_at or starred_at)
        for uid, starred_at, removed_at, turns in rows.values_list(*columns)
    }
