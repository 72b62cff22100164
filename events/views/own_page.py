"""A speaker's own page: her sessions, whether she comes, when she cannot, and how she is written to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.i18n import current_language
from events.forms.own_page import AnswerForm, AvailabilityForm, LanguageForm
from events.models import Forum, SessionSpeaker
from events.own_calendar import current_number, occasion_of, own_calendar
from events.own_sessions import OwnSession, facts_of, own_sessions
from events.services import answers, materials
from events.services.proposals import pending
from events.speaker_links import own_path
from events.views.own_gate import speakers_own
from speakers.models import Speaker


@speakers_own("GET")
def page(request: HttpRequest, speaker: Speaker, forum: Forum) -> HttpResponse:
    """Show everything the speaker may see and do."""
    return _page(request, speaker, forum)


@speakers_own("POST")
def answer(request: HttpRequest, speaker: Speaker, forum: Forum, part: int) -> HttpResponse:
    """Confirm or decline one part."""
    found = get_object_or_404(_parts(speaker, forum), pk=part)
    form, status = AnswerForm(request.POST, auto_id=f"id_{part}_%s"), 200
    if form.is_valid():
        try:
            done = answers.answer_part(found, speaker=speaker, **form.cleaned_data)
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            said = _("Thank you. The organizers know that you come.")
            if done.answer == SessionSpeaker.Answer.DECLINED:
                said = _("Thank you for telling us. The organizers know that you do not come.")
            return _back(request, speaker, said, f"session-{found.session_id}")
    return _page(request, speaker, forum, answering={part: form}, status=status)


@speakers_own("POST")
def add_absence(request: HttpRequest, speaker: Speaker, forum: Forum) -> HttpResponse:
    """Note a time at which she cannot be on stage."""
    form, status = AvailabilityForm(forum, request.POST), 200
    if form.is_valid():
        period, note = form.cleaned_data["period"], form.cleaned_data["note"]
        try:
            answers.add_unavailability(speaker, forum=forum, period=period, note=note)
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            return _back(request, speaker, _("Noted. The organizers see it when they plan."), "availability")
    return _page(request, speaker, forum, availability_form=form, status=status)


@speakers_own("POST")
def remove_absence(request: HttpRequest, speaker: Speaker, forum: Forum, entry: int) -> HttpResponse:
    """Take such a time back."""
    answers.remove_unavailability(speaker, entry_id=entry)
    return _back(request, speaker, _("Taken back."), "availability")


@speakers_own("POST")
def language(request: HttpRequest, speaker: Speaker, forum: Forum) -> HttpResponse:
    """Change the language of her mails."""
    form = LanguageForm(speaker, request.POST)
    if form.is_valid():
        answers.set_language(speaker, language=form.cleaned_data["language"])
        return _back(request, speaker, _("From now on we write to you in this language."), "language")
    return _page(request, speaker, forum, language_form=form)


@speakers_own("GET")
def calendar(request: HttpRequest, speaker: Speaker, forum: Forum) -> HttpResponse:
    """Give her sessions as a calendar file; a cancelled one takes its entry out."""
    facts = [facts_of(own) for own in own_sessions(speaker, forum)]
    occasion = occasion_of(forum, release=current_number(forum))
    file = own_calendar(facts, occasion, current_language())
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sessions.ics"'
    return response


def back_to(speaker: Speaker, anchor: str) -> HttpResponseRedirect:
    """Lead back to a place on the page."""
    return HttpResponseRedirect(f"{own_path(speaker)}#{anchor}")


def _back(request: HttpRequest, speaker: Speaker, said: str, anchor: str) -> HttpResponse:
    messages.success(request, said)
    return back_to(speaker, anchor)


def _parts(speaker: Speaker, forum: Forum) -> Any:
    return SessionSpeaker.objects.filter(
        speaker=speaker, session__forum=forum, session__period__isnull=False
    ).select_related("session")


def _page(
    request: HttpRequest,
    speaker: Speaker,
    forum: Forum,
    *,
    answering: dict[int, AnswerForm] | None = None,
    availability_form: AvailabilityForm | None = None,
    language_form: LanguageForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page, with the one form that was not in order where there is one."""
    waiting = pending(speaker)
    wrong = [*(answering or {}).values(), availability_form, language_form]
    context = {
        "speaker": speaker,
        "forum": forum,
        "sessions": [_shown(own, speaker, answering or {}) for own in own_sessions(speaker, forum)],
        "absences": [
            (entry, own_path(speaker, "absence_remove", entry=entry.pk))
            for entry in speaker.unavailabilities.all()
        ],
        "availability_form": availability_form or AvailabilityForm(forum),
        "language_form": language_form or LanguageForm(speaker),
        "faulty": next((form for form in wrong if form is not None), None),
        "proposal": waiting,
        "withdraw_path": own_path(speaker, "withdraw", proposal=waiting.pk) if waiting else "",
        "may_upload": materials.is_open(forum, timezone.now()),
        "is_over": forum.is_over(timezone.now()),
        "paths": {
            name: own_path(speaker, name) for name in ("about_me", "calendar", "availability", "language")
        },
    }
    return render(request, "events/own/page.html", context, status=status)


def _shown(own: OwnSession, speaker: Speaker, answering: dict[int, AnswerForm]) -> dict[str, Any]:
    """Return a session with the addresses and forms that belong to it."""
    return {
        "own": own,
        "abstract_path": own_path(speaker, "abstract", uid=own.session.uid),
        "upload_path": own_path(speaker, "upload", uid=own.session.uid),
        "withdraw_path": own_path(speaker, "withdraw", proposal=own.proposal.pk) if own.proposal else "",
        "materials": [
            {
                "material": material,
                "path": own_path(speaker, "material", uid=material.uid),
                "remove_path": own_path(speaker, "material_remove", uid=material.uid),
            }
            for material in own.materials
        ],
        "parts": [
            {
                "part": part,
                "form": answering.get(part.pk)
                or AnswerForm(initial={"note": part.answer_note}, auto_id=f"id_{part.pk}_%s"),
                "path": own_path(speaker, "answer", part=part.pk),
            }
            for part in own.parts
        ],
    }


def own_session_or_404(speaker: Speaker, forum: Forum, uid: Any) -> OwnSession:
    """Return her session of this name; Http404 for one in which she has no part."""
    for own in own_sessions(speaker, forum):
        if own.session.uid == uid:
            return own
    raise Http404
