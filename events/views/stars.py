"""Stars: set by a button on pages that are the same for everybody, told by a second, tiny request."""

from __future__ import annotations

import uuid
from contextlib import suppress
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from core.same_origin import from_this_site
from events.reading import agenda_of, current_release
from events.stars import set_star, stars_of

# Pages on which each session has a place that says, without script, that it was starred.
_WITH_PLACES = {"events:agenda", "events:session"}


@require_safe
def stars(request: HttpRequest) -> HttpResponse:
    """What the visitor starred of the current release, by the names in addresses."""
    release = current_release()
    starred: list[str] = []
    if release:
        uids = stars_of(request, release.forum_id)
        starred = [s.slug for s in agenda_of(release).sessions if uuid.UUID(s.uid) in uids]
    response = JsonResponse({"starred": starred})
    patch_cache_control(response, private=True, no_store=True)
    return response


@from_this_site
@require_POST
def star(request: HttpRequest) -> HttpResponse:
    """Star a session (``star=slug``) or take the star away (``unstar=slug``).

    A script is answered in JSON. A form on a public page leads back to its session there, which says so;
    any other leads to My forum.
    """
    wanted = "star" if "star" in request.POST else "unstar"
    release = current_release()
    agenda = agenda_of(release) if release else None
    session = agenda.sessions_by_slug.get(request.POST.get(wanted, "")) if agenda else None
    if agenda is None or session is None:
        raise Http404
    is_script = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    response: HttpResponse
    if is_script:
        response = JsonResponse({"starred": wanted == "star"})
    else:
        response = HttpResponseRedirect(_where_to(request, wanted, session.slug))
    try:
        set_star(request, response, agenda, uuid.UUID(session.uid), starred=wanted == "star")
    except DomainError as error:
        if not is_script:
            raise
        response = JsonResponse({"error": str(error)}, status=error.status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _where_to(request: HttpRequest, wanted: str, slug: str) -> str:
    """Return the place on the page from which a form was sent, if there is one; else My forum."""
    sender = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        sender, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if wanted == "star" and is_ours:
        page = urlsplit(sender)._replace(scheme="", netloc="", fragment=f"starred-{slug}")
        with suppress(Resolver404):
            if resolve(page.path).view_name in _WITH_PLACES:
                return page.geturl()
    return f"{reverse('pages:my_forum')}?{urlencode({f'{wanted}red': slug})}"
