"""The form with which a visitor registers, and the page after it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core import form_token
from core.errors import DomainError
from core.throttle import client_address, over_limit
from events.current_forum import current_forum_or_404
from events.models import Forum
from registrations import answer_files, services
from registrations.errors import InvitationUnusable
from registrations.forms.registration import RegistrationForm
from registrations.invitation_codes import brought_by_form, why_unusable
from registrations.invitations import PARAMETER, TooManyGuesses, find_invitation
from registrations.models import Invitation, RegistrationType
from registrations.offer import Offer
from registrations.sent_note import SentNote, read_note
from registrations.views.blank_form import blank_form, is_blank

TEMPLATE = "registrations/register.html"


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Show the form, or take it. ``?correct=1`` brings back the form that was just sent, ``?code=`` an
    invitation; the button beside the code's field looks it up without sending the form.
    """
    forum = current_forum_or_404()
    if request.method == "POST":
        return _look_up(request, forum) if "look_up" in request.POST else _take(request, forum)
    return blank_form(request, forum, TEMPLATE, _blank) if is_blank(request) else _own(request, forum)


def _blank(forum: Forum, token: str) -> dict[str, Any]:
    return _context(RegistrationForm(Offer(forum), initial={"form_token": token}))


def _own(request: HttpRequest, forum: Forum) -> HttpResponse:
    """Show the form to somebody with an invitation, a form just sent or an account."""
    note = read_note(request)
    typed = note.as_initial() if note and request.GET.get("correct") else {}
    code = typed.get("invitation") or request.GET.get(PARAMETER, "")
    invitation, refusal = _invitation(request, forum, code, typed.get("form_token", ""))
    form = RegistrationForm(
        Offer(forum, invitation), initial={"invitation": code, **typed} if code else typed
    )
    response = _page(request, form, refusal=refusal, just_sent=None if typed else note)
    # Of a page with somebody's details nothing may keep a copy.
    is_personal = note is not None or bool(code)
    patch_cache_control(response, private=True, **({"no_store": True} if is_personal else {"no_cache": True}))
    return response


def _invitation(
    request: HttpRequest, forum: Forum, code: str, token: str
) -> tuple[Invitation | None, DomainError | None]:
    """Return the invitation with this code, or why it cannot be used; the form's own may be used up by it."""
    if not code.strip():
        return None, None
    try:
        return find_invitation(forum, code, request), None
    except TooManyGuesses as error:
        return None, error
    except InvitationUnusable:
        own = brought_by_form(forum, code, form_token.read(token))
        return (own, None) if own else (None, DomainError(why_unusable(forum, code), field="invitation"))


def _look_up(request: HttpRequest, forum: Forum) -> HttpResponse:
    """Show the form of an invitation with all that was typed so far, without a word about what is missing."""
    invitation, refusal = _invitation(request, forum, request.POST.get("invitation", ""), "")
    offer = Offer(forum, invitation)
    typed = RegistrationForm(offer, request.POST)
    return _page(request, RegistrationForm(offer, initial=typed.so_far()), refusal=refusal)


def _take(request: HttpRequest, forum: Forum) -> HttpResponse:
    """Register whom the form names; whatever is wrong, the page comes back with all that was typed."""
    wait = over_limit(
        "register", client_address(request), limit=settings.REGISTRATIONS_PER_MINUTE, seconds=60
    )
    code, token = (request.POST.get(name, "") for name in ("invitation", "form_token"))
    invitation, refusal = _invitation(request, forum, code, token)
    form = RegistrationForm(Offer(forum, invitation), request.POST, request.FILES)
    if wait is not None:
        return _ask_to_wait(request, form, wait)
    is_valid = form.is_valid()
    form.questions.say_too_large(request)
    if refusal:
        refusal.add_to(form)
    if refusal or not is_valid or form.errors:
        return _page(request, form, status=refusal.status if isinstance(refusal, TooManyGuesses) else 200)
    try:
        with answer_files.kept(form.questions.answers, form.questions.files) as answers:
            made = services.register(forum=forum, answers=answers, **form.said())
    except DomainError as error:
        form.offer = Offer(forum, invitation)
        form.show_places()
        error.add_to(form)
        return _page(request, form, status=error.status)
    response = redirect("registrations:sent")
    _note_of(form, becomes=made.becomes).write(response)
    return response


def _ask_to_wait(request: HttpRequest, form: RegistrationForm, seconds: int) -> HttpResponse:
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
    response = _page(request, form, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _page(
    request: HttpRequest,
    form: RegistrationForm,
    *,
    status: int = 200,
    refusal: DomainError | None = None,
    just_sent: SentNote | None = None,
) -> HttpResponse:
    form.questions.ask_for_files_again()
    if refusal and not form.is_bound:
        form.show_refusal(refusal)
    return render(request, TEMPLATE, _context(form, just_sent=just_sent), status=status)


def _context(form: RegistrationForm, *, just_sent: SentNote | None = None) -> dict[str, Any]:
    offer: Offer = form.offer
    return {
        "forum": offer.forum,
        "form": form,
        "offer": offer,
        "groups": form.question_groups(),
        "just_sent": just_sent,
        # What somebody typed is never taken from her, also when the last place went meanwhile.
        "shows_form": form.is_bound or bool(offer.choosable),
        "all_full": bool(offer.types) and not offer.choosable,
        "next_to_open": None if offer.types else RegistrationType.objects.to_open(offer.forum).first(),
    }


def _note_of(form: RegistrationForm, *, becomes: str) -> SentNote:
    names = ("type", "name", "email", "organization_name", "country", "language")
    typed = {name: form.cleaned_data[name] for name in names}
    more = {name: form.cleaned_data[name] for name in ("latin_name", "job_title", "seats")}
    answers = form.questions.typed()
    return SentNote(
        **typed,
        form_token=form["form_token"].value(),
        invitation=form.offer.invitation.code if form.offer.invitation else "",
        becomes=becomes,
        more={name: value for name, value in (more | answers).items() if value},
    )


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, and to whom; without a form just sent, go to the form."""
    note = read_note(request)
    if note is None:
        return redirect("registrations:register")
    forum = current_forum_or_404()
    response = render(request, "registrations/sent.html", {"forum": forum, "note": note})
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response
