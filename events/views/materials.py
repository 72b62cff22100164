"""Files of sessions, handed out one by one to whoever may read them."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from events.models import Material, Session

# Of sessions that are not for everybody nothing is shown, whatever was released by mistake.
_OPEN = (Session.Visibility.PUBLIC, Session.Visibility.REGISTERED)


@require_safe
def material(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Give a file that organizers have released to the public; any other is a 404."""
    found = Material.objects.filter(uid=uid, is_public=True, session__visibility__in=_OPEN).first()
    if found is None:
        raise Http404
    # A file never changes under its name. Asked for anew each time, it is gone as soon as it is taken back.
    etag = f'"{found.uid}"'
    response = get_conditional_response(request, etag=etag) or file_answer(found)
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response


def file_answer(material: Material) -> FileResponse:
    """Return a file to be saved, never to be shown inside the site, under its title and true ending."""
    name = (slugify(material.title, allow_unicode=True)[:80] or "material") + material.suffix
    try:
        file = material.file.storage.open(str(material.file.name))
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, as_attachment=True, filename=name, content_type=material.content_type)
    response["Content-Length"] = str(material.size)
    response["X-Content-Type-Options"] = "nosniff"
    return response
