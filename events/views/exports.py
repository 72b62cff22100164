"""The programme as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from core.i18n import current_language
from events.exports.formats import Format
from events.reading import agenda_of, current_release
from events.views.page_cache import file_for_everybody


@require_safe
def export(request: HttpRequest, export_format: Format) -> HttpResponseBase:
    """The current release in one format, in the language of the address."""
    release = current_release()
    if release is None:
        raise Http404
    if request.META.get("QUERY_STRING"):
        return HttpResponseRedirect(request.path)
    whole, language = agenda_of(release), current_language()
    response = file_for_everybody(
        request,
        release,
        export_format.content_type,
        lambda: export_format.write(whole, language),
        is_packed=export_format.is_packed,
    )
    stem, _dot, suffix = export_format.filename.rpartition(".")
    name = f"{whole.forum.slug}-{stem}-{language}.{suffix}"
    response["Content-Disposition"] = f'{export_format.disposition}; filename="{name}"'
    return response
