"""The people on stage. Their pages read the release, so they live beside the agenda."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.i18n import current_language
from events import structured_data
from events.agenda import Agenda
from events.reading import agenda_of, current_release
from events.share_pictures import speaker_share
from events.speaker_list import (
    SpeakerFilter,
    appearances,
    countries,
    in_order,
    listed,
    opening_speakers,
    read_speaker_filter,
)
from events.views.page_cache import page_for_everybody


@require_safe
def speakers(request: HttpRequest) -> HttpResponseBase:
    """Everybody who has a part in the announced agenda."""
    release = current_release()
    if release is None:
        return render(request, "speakers/speakers_empty.html")
    whole = agenda_of(release)
    choice = read_speaker_filter(request.GET, whole)
    spelling = choice.query_string()
    if request.META.get("QUERY_STRING", "") != spelling:
        return HttpResponseRedirect(f"{request.path}?{spelling}" if spelling else request.path)
    return page_for_everybody(
        request,
        release,
        "speakers/speakers.html",
        lambda: _speakers_context(whole, choice),
        keep=not choice.words,
    )


@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One person: who she is and where she has a part."""
    release = current_release()
    if release is None:
        raise Http404
    whole = agenda_of(release)
    found = whole.speakers_by_slug.get(slug)
    if found is None:
        raise Http404
    if request.META.get("QUERY_STRING"):
        return HttpResponseRedirect(request.path)
    return page_for_everybody(
        request,
        release,
        "speakers/speaker.html",
        lambda: {
            "agenda": whole,
            "speaker": found,
            "appearances": appearances(found, whole),
            "person": structured_data.speaker_person(found, whole),
            "share": speaker_share(found, whole, current_language()),
        },
    )


def _speakers_context(whole: Agenda, choice: SpeakerFilter) -> dict[str, Any]:
    language = current_language()
    chosen = choice.chosen(whole, language)
    # A filtered list is one list; the whole page begins with those who open the forum.
    first = [] if choice.is_active else opening_speakers(whole, language)
    named = {entry.speaker.slug for entry in first}
    others = [speaker for speaker in chosen if speaker.slug not in named]
    return {
        "agenda": whole,
        "choice": choice,
        "countries": countries(whole, language),
        "opening": first,
        "speakers": listed(in_order(others, language), whole),
        "found": len(chosen),
    }
