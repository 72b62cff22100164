"""The form with which a visitor registers, and the page after it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.throttle import client_address, over_limit
from events.models import Forum
from registrations import services
from registrations.errors import TypeFull
from registrations.forms.registration import RegistrationForm
from registrations.models import RegistrationType
from registrations.sent_note import SentNote, read_note


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Show the form, or take it. ``?correct=1`` brings back the form that was just sent."""
    forum = get_object_or_404(Forum.objects.current())
    types = list(RegistrationType.objects.offered(forum))
    if request.method == "POST":
        return _take(request, forum, RegistrationForm(forum=forum, types=types, data=request.POST))
    note = read_note(request)
    if note and request.GET.get("correct"):
        response = _page(
            request, forum, RegistrationForm(forum=forum, types=types, initial=note.as_initial())
        )
    else:
        response = _page(request, forum, RegistrationForm(forum=forum, types=types), just_sent=note)
    # A browser may keep the empty form, so that its Back button shows the one that was sent, token
    # included; of a page with somebody's details nothing may keep a copy.
    patch_cache_control(response, private=True, **({"no_store": True} if note else {"no_cache": True}))
    return response


def _take(request: HttpRequest, forum: Forum, form: RegistrationForm) -> HttpResponse:
    """Register whom the form names; whatever is wrong, the page comes back with all that was typed."""
    wait = over_limit(
        "register", client_address(request), limit=settings.REGISTRATIONS_PER_MINUTE, seconds=60
    )
    if wait is not None:
        return _ask_to_wait(request, forum, form, wait)
    if not form.is_valid():
        return _page(request, forum, form)
    try:
        services.register(forum=forum, **form.answers())
    except DomainError as error:
        if isinstance(error, TypeFull):
            form.types[error.kind.slug] = error.kind
        error.add_to(form)
        return _page(request, forum, form, status=error.status)
    response = redirect("registrations:sent")
    _note_of(form).write(response)
    return response


def _ask_to_wait(request: HttpRequest, forum: Forum, form: RegistrationForm, seconds: int) -> HttpResponse:
    """Answer 429 with the form as it was typed: many people may share one address, and none is at fault."""
    sentence = ngettext(
        "Very many registrations came from your network just now. Please wait %(seconds)d second and send "
        "the form again.",
        "Very many registrations came from your network just now. Please wait %(seconds)d seconds and send "
        "the form again.",
        seconds,
    )
    form.is_valid()
    form.add_error(None, sentence % {"seconds": seconds})
    response = _page(request, forum, form, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _page(
    request: HttpRequest,
    forum: Forum,
    form: RegistrationForm,
    *,
    status: int = 200,
    just_sent: SentNote | None = None,
) -> HttpResponse:
    types = form.types.values()
    context: dict[str, Any] = {
        "forum": forum,
        "form": form,
        "just_sent": just_sent,
        # What somebody typed is never taken from her, also when the last place went meanwhile.
        "shows_form": form.is_bound or any(not kind.is_full for kind in types),
        "all_full": bool(types) and all(kind.is_full for kind in types),
        "next_to_open": None if types else RegistrationType.objects.to_open(forum).first(),
    }
    return render(request, "registrations/register.html", context, status=status)


def _note_of(form: RegistrationForm) -> SentNote:
    names = ("type", "name", "email", "organization_name", "country", "language")
    typed = {name: form.cleaned_data[name] for name in names}
    return SentNote(**typed, form_token=form["form_token"].value())


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, and to whom; without a form just sent, go to the form."""
    note = read_note(request)
    if note is None:
        return redirect("registrations:register")
    forum = get_object_or_404(Forum.objects.current())
    response = render(request, "registrations/sent.html", {"forum": forum, "note": note})
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response
