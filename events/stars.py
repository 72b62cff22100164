"""The stars of whoever asks: of an account in the database, of anybody else in a cookie."""

from __future__ import annotations

import uuid
from itertools import chain
from typing import Any

from allauth.account.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from events import star_cookie
from events.agenda import Agenda
from events.models import Star
from events.services.stars import star_sessions, unstar_session


class TooManyStars(DomainError):
    """A cookie holds no more."""

    def __init__(self) -> None:
        sentence = _(
            "Without an account this browser keeps at most %(most)d stars. Sign in, and there is no limit."
        )
        super().__init__(sentence % {"most": star_cookie.MOST})


def stars_of(request: HttpRequest, forum_id: int) -> set[uuid.UUID]:
    """Return the uids of the sessions that the visitor starred. One query for an account, else none.

    Those of a cookie may belong to any forum, or to none any more.
    """
    if isinstance(request.user, User):
        live = Star.objects.live().filter(user=request.user, session__forum=forum_id)
        return set(live.values_list("session__uid", flat=True))
    return set(star_cookie.starred_uids(request))


def set_star(
    request: HttpRequest, response: HttpResponse, agenda: Agenda, uid: uuid.UUID, *, starred: bool
) -> None:
    """Star a session of ``agenda`` for the visitor, or take its star away. Raises TooManyStars."""
    if isinstance(request.user, User):
        if starred:
            star_sessions(request.user, [uid])
        else:
            unstar_session(request.user, uid)
        return
    # Sessions that were withdrawn may come back; those of past forums only fill the cookie.
    uids = (session.uid for session in agenda.sessions), (gone.uid for gone in agenda.withdrawn)
    known = {uuid.UUID(known_uid) for known_uid in chain(*uids)}
    kept = [other for other in star_cookie.starred_uids(request) if other != uid and other in known]
    if starred:
        if len(kept) >= star_cookie.MOST:
            raise TooManyStars
        kept.append(uid)
    star_cookie.write_stars(response, kept)


def take_along(request: HttpRequest, response: HttpResponse, user: User, **kwargs: Any) -> None:
    """Move the cookie's stars into the account of whoever signs in."""
    uids = star_cookie.starred_uids(request)
    if uids:
        star_sessions(user, uids)
    if star_cookie.COOKIE in request.COOKIES:
        star_cookie.forget_stars(response)


def connect() -> None:
    """Called once, when the app is ready."""
    user_logged_in.connect(take_along, dispatch_uid="events.stars.take_along")
