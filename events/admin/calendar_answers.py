"""How the calendar editor answers its two askers: a browser without script, and the editor's own script.

A browser gets pages and redirects. The script says ``Accept: application/json`` and gets ``said`` (a sentence
for the organizer), ``html`` (a fragment for the panel) or ``state`` (the draft), whichever there is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from accounts.permissions import acting_user, demand
from core.errors import DomainError
from events.admin.named_forum import named_forum
from events.calendar_addresses import editor_url
from events.calendar_state import state_of_draft
from events.models import Forum, Session

RIGHT = "events.change_session"
VIEW = "events.view_session"
FOLDER = "admin/events/calendar"


class Unfit(DomainError):
    """What was sent is no place in this forum."""

    status = 422

    def __init__(self, form: BaseForm) -> None:
        super().__init__(next(str(sentence) for errors in form.errors.values() for sentence in errors))


def is_script(request: HttpRequest) -> bool:
    """Tell whether the editor's script asks."""
    return request.accepts("application/json") and not request.accepts("text/html")


def in_its_words(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Tell the script about a refusal in JSON; a browser gets it from the admin's gate."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            if not is_script(request):
                raise
            return JsonResponse({"said": str(error)}, status=error.status)

    return answered


def forum_of(request: HttpRequest) -> Forum:
    """Return the forum named in the address, else the one the site shows, to whoever may edit it."""
    forum = named_forum(request)
    demand(acting_user(request), RIGHT, forum)
    return forum


def session_of(request: HttpRequest, pk: int) -> Session:
    """Return a session to whoever may edit it; one that she may not see does not exist."""
    visible = Session.objects.visible_to(acting_user(request)).select_related("forum", "room", "track")
    session = get_object_or_404(visible, pk=pk)
    demand(acting_user(request), RIGHT, session)
    return session


def draft(request: HttpRequest, forum: Forum, said: str = "") -> HttpResponse:
    """Answer the script with the draft as it is now."""
    return JsonResponse({"said": said, "state": state_of_draft(forum, acting_user(request))})


def done(request: HttpRequest, forum: Forum, said: str, session: Session | None = None) -> HttpResponse:
    """Answer a change that was made; a browser goes back to the day where the session is now."""
    if is_script(request):
        return draft(request, forum, said)
    if said:
        messages.success(request, said)
    starts = session.starts_at if session else None
    day = starts.astimezone(forum.zone).date().isoformat() if starts else request.POST.get("day", "")
    return HttpResponseRedirect(editor_url(forum, day=day))


def part(
    request: HttpRequest,
    name: str,
    context: Mapping[str, Any],
    *,
    frame: Mapping[str, Any],
    status: int = 200,
    said: str = "",
) -> HttpResponse:
    """Answer with the fragment ``_<name>.html``: alone to the script, within a page of the admin otherwise.

    ``frame`` is what the page around it needs.
    """
    template = f"{FOLDER}/_{name}.html"
    if is_script(request):
        html = render_to_string(template, dict(context), request=request)
        return JsonResponse({"said": said, "html": html}, status=status)
    whole = {**frame, **context, "fragment": template}
    return TemplateResponse(request, f"{FOLDER}/aside.html", whole, status=status)
