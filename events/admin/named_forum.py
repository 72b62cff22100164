"""Which forum a page of the admin is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from events.models import Forum


def named_forum(request: HttpRequest) -> Forum:
    """Return the forum named in the address, with its venue, else the one the site shows.

    Raises Http404 without any. What the person may do in it is still to be asked.
    """
    slug = request.GET.get("forum")
    found = Forum.objects.filter(slug=slug) if slug else Forum.objects.current()
    forum = found.select_related("venue").first()
    if forum is None:
        raise Http404
    return forum
