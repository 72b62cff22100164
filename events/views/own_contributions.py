"""What speakers send in by their own page: texts and a portrait to be looked at, slides and handouts."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.uploads import was_too_large
from events.forms.own_page import AboutMeForm, MaterialForm, TextsForm
from events.models import Forum, Material, Session
from events.services import materials, proposals
from events.speaker_links import own_path
from events.views.materials import file_answer
from events.views.own_gate import speakers_own
from events.views.own_page import back_to, own_session_or_404
from speakers.models import Speaker


@speakers_own("GET", "POST")
def about_me(request: HttpRequest, speaker: Speaker, forum: Forum) -> HttpResponse:
    """Propose another biography, position or affiliation, and a portrait."""
    waiting = proposals.pending(speaker)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AboutMeForm(speaker, waiting, *posted, too_large=was_too_large(request))
    if form.is_bound and form.is_valid():
        return _send_in(request, speaker, None, form, portrait=form.cleaned_data["portrait"])
    context = {
        **_frame(speaker, forum),
        "form": form,
        "waiting": waiting,
        "portrait_path": own_path(speaker, "portrait"),
    }
    return render(request, "events/own/about_me.html", context)


@speakers_own("GET", "POST")
def abstract(request: HttpRequest, speaker: Speaker, forum: Forum, uid: uuid.UUID) -> HttpResponse:
    """Propose another text about a session of hers."""
    own = own_session_or_404(speaker, forum, uid)
    form = TextsForm(own.session, own.proposal, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _send_in(request, speaker, own.session, form)
    context = {**_frame(speaker, forum), "form": form, "waiting": own.proposal, "session": own.session}
    return render(request, "events/own/abstract.html", context)


def _send_in(
    request: HttpRequest, speaker: Speaker, session: Session | None, form: TextsForm, **more: Any
) -> HttpResponse:
    anchor = f"session-{session.pk}" if session else "about-me"
    try:
        waiting = proposals.propose(speaker, session=session, fields=form.texts(), **more)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = _("Sent in. The organizers look at it; until then the site shows the text from before.")
        if waiting is None:
            said = _("Nothing differs from what the site has, so nothing waits for the organizers.")
        messages.success(request, said)
        for doubt in form.doubts():
            messages.warning(request, doubt)
    return back_to(speaker, anchor)


@speakers_own("POST")
def withdraw(request: HttpRequest, speaker: Speaker, forum: Forum, proposal: int) -> HttpResponse:
    """Take back what waits for the organizers."""
    try:
        proposals.withdraw_proposal(speaker, proposal_id=proposal)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back."))
    return back_to(speaker, "about-me")


@speakers_own("GET")
def portrait(request: HttpRequest, speaker: Speaker, forum: Forum) -> HttpResponseBase:
    """Show the portrait that waits for the organizers."""
    waiting = proposals.pending(speaker)
    if waiting is None or not waiting.portrait:
        raise Http404
    return FileResponse(waiting.portrait.open(), content_type="image/webp")


@speakers_own("GET", "POST")
def upload(request: HttpRequest, speaker: Speaker, forum: Forum, uid: uuid.UUID) -> HttpResponse:
    """Take slides or a handout for a session of hers."""
    own = own_session_or_404(speaker, forum, uid)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MaterialForm(*posted, is_too_large=was_too_large(request))
    status = 200
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            materials.add_material(
                own.session, speaker=speaker, kind=data["kind"], title=data["title"], upload=data["file"]
            )
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            messages.success(request, _("Your file is here. Visitors see it once the organizers release it."))
            return back_to(speaker, f"session-{own.session.pk}")
    is_open = materials.is_open(forum, timezone.now())
    context = {
        **_frame(speaker, forum),
        "form": form,
        "session": own.session,
        "too_late": None if is_open else str(materials.TooLate(forum)),
    }
    return render(request, "events/own/upload.html", context, status=status)


@speakers_own("GET")
def material(request: HttpRequest, speaker: Speaker, forum: Forum, uid: uuid.UUID) -> HttpResponseBase:
    """Give the speaker back a file of her own."""
    return file_answer(get_object_or_404(Material, uid=uid, speaker=speaker))


@speakers_own("POST")
def remove_material(request: HttpRequest, speaker: Speaker, forum: Forum, uid: uuid.UUID) -> HttpResponse:
    """Delete a file of her own that is not public yet."""
    found = Material.objects.filter(uid=uid, speaker=speaker).first()
    if found is not None:
        try:
            materials.remove_material(speaker, material_id=found.pk)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The file is deleted."))
    return back_to(speaker, f"session-{found.session_id}" if found else "sessions")


def _frame(speaker: Speaker, forum: Forum) -> dict[str, Any]:
    return {"speaker": speaker, "forum": forum, "page_path": own_path(speaker)}
