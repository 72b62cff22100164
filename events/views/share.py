"""Pictures for links to us: a session, a person, the forum, each in the language of its page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from core.drawing.share import Share, share_png
from core.i18n import current_language
from core.throttle import over_limit
from events.agenda import Agenda
from events.reading import CurrentRelease, agenda_of, current_release
from events.share_pictures import forum_share, session_share, speaker_share
from events.views.page_cache import CannotMakeNow, file_for_everybody

# Drawing takes a fifth of a second. However many pictures are asked for at once, this part of a
# processor is all they get: the others are shown the picture as it was drawn last, and where there is
# none the cloth, which is the same for every page.
DRAWN_A_MINUTE = 60


class _Busy(CannotMakeNow):
    """Too many pictures were drawn in this minute."""


@require_safe
def session_picture(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The picture of one session."""
    release, whole = _release_or_404()
    found = whole.sessions_by_slug.get(slug)
    if found is None:
        raise Http404
    return _picture(request, release, session_share(found, whole, current_language()))


@require_safe
def speaker_picture(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The picture of one person."""
    release, whole = _release_or_404()
    found = whole.speakers_by_slug.get(slug)
    if found is None:
        raise Http404
    return _picture(request, release, speaker_share(found, whole, current_language()))


@require_safe
def forum_picture(request: HttpRequest) -> HttpResponseBase:
    """The picture of the forum, for its home page and its programme."""
    release, whole = _release_or_404()
    return _picture(request, release, forum_share(whole, current_language()))


def _release_or_404() -> tuple[CurrentRelease, Agenda]:
    release = current_release()
    if release is None:
        raise Http404
    return release, agenda_of(release)


def _picture(request: HttpRequest, release: CurrentRelease, share: Share) -> HttpResponseBase:
    """Answer with the picture, drawn once a release and kept."""
    if request.META.get("QUERY_STRING"):
        return HttpResponseRedirect(request.path)

    def drawn() -> bytes:
        if over_limit("share-pictures", "site", limit=DRAWN_A_MINUTE, seconds=60) is not None:
            raise _Busy
        return share_png(share)

    try:
        return file_for_everybody(request, release, "image/png", drawn, is_packed=True, keep_last=True)
    except _Busy:
        response = HttpResponseRedirect(static("img/cloth.png"))
        patch_cache_control(response, no_store=True)
        return response
