"""Stars: set by a button on pages that are the same for everybody, told by a second, tiny request."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from core.same_origin import from_this_site
from events.reading import agenda_of, current_release
from events.stars import set_star, stars_of


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

    A script is answered in JSON; a form leads to My forum, which says what happened.
    """
    wanted = "star" if "star" in request.POST else "unstar"
    release = current_release()
    agenda = agenda_of(release) if release else None
    session = agenda.sessions_by_slug.get(request.POST.get(wanted, "")) if agenda else None
    if agenda is None or session is None:
        raise Http404
    is_script = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    page = f"{reverse('pages:my_forum')}?{urlencode({f'{wanted}red': session.slug})}"
    response = JsonResponse({"starred": wanted == "star"}) if is_script else HttpResponseRedirect(page)
    try:
        set_star(request, response, agenda, uuid.UUID(session.uid), starred=wanted == "star")
    except DomainError as error:
        if not is_script:
            raise
        response = JsonResponse({"error": str(error)}, status=error.status)
    patch_cache_control(response, private=True, no_store=True)
    return response
