"""Speakers in the admin, with what this app adds to them: the link to their own page, and their answers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from unfold.decorators import display

from accounts.models import User
from accounts.permissions import acting_user, can, demand
from core.errors import DomainError
from events.admin.answer_filter import AnswerFilter
from events.models import Forum, Session, SessionSpeaker
from events.services.speaker_links import renew_link, send_link, without_answer
from speakers.admin import SpeakerAdmin
from speakers.models import Speaker

CHANGE = "speakers.change_speaker"
MOST_AT_ONCE = 300
_ASK = {
    "send": (
        _("Send the link to the speaker’s own page?"),
        _("The mail tells of the sessions as they are now and asks for an answer. Earlier links stay valid."),
        _("Send"),
    ),
    "renew": (
        _("Replace the link to the speaker’s own page?"),
        _(
            "Links sent so far stop working and a new one is mailed. "
            "For links that fell into the wrong hands."
        ),
        _("Replace"),
    ),
}


class SpeakerAnswerFilter(AnswerFilter):
    """What speakers have answered about their parts in the forum that the site shows."""

    def parts(self, request: HttpRequest) -> models.QuerySet[SessionSpeaker]:
        """Return a speaker's parts."""
        return _parts(request).filter(speaker=OuterRef("pk"))


def _parts(request: HttpRequest) -> models.QuerySet[SessionSpeaker]:
    """Parts that are asked about, in sessions that the organizer may see.

    That is: with a time, taking place, in the forum that the site shows.
    """
    seen = Session.objects.visible_to(acting_user(request)).filter(
        forum__is_current=True, period__isnull=False
    )
    return SessionSpeaker.objects.filter(session__in=seen.exclude(state=Session.State.CANCELLED))


# The models of sessions stand above the app of speakers, so its admin cannot know them.
admin.site.unregister(Speaker)


@admin.register(Speaker)
class SpeakerWithLinkAdmin(SpeakerAdmin):
    """A speaker's profile, and what concerns her own page."""

    list_display: tuple[str, ...] = (*SpeakerAdmin.list_display, "answers")
    list_filter = (SpeakerAnswerFilter, *SpeakerAdmin.list_filter)
    actions = ("send_chosen",)
    list_before_template = "admin/speakers/unanswered.html"
    change_form_outer_before_template = "admin/speakers/link.html"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of answers beside each person."""
        asked = Q(session_speakers__in=_parts(request))
        given = ~Q(session_speakers__answer=SessionSpeaker.Answer.OPEN)
        return (
            super()
            .get_queryset(request)
            .annotate(
                _asked=Count("session_speakers", distinct=True, filter=asked),
                _given=Count("session_speakers", distinct=True, filter=asked & given),
            )
        )

    @display(description=_("answers"))
    def answers(self, speaker: Speaker) -> str:
        """How many of her parts she has answered."""
        given, asked = getattr(speaker, "_given", 0), getattr(speaker, "_asked", 0)
        return f"{given}/{asked}" if asked else "–"

    # --- pages ---------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Pages that ask before mails are sent."""
        view = self.admin_site.admin_view
        return [
            path("links/", view(self.links_view), name="speakers_speaker_links"),
            path("<int:pk>/link/<slug:name>/", view(self.link_view), name="speakers_speaker_link"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say above the list how many have not answered."""
        forum = Forum.objects.current().first()
        may = forum is not None and can(request.user, CHANGE, forum)
        waiting = without_answer(forum).count() if forum and may else 0
        return super().changelist_view(request, {"unanswered": waiting, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer what concerns her own page to those who may send mails of the site's forum."""
        forum = Forum.objects.current().first()
        may = forum is not None and can(request.user, CHANGE, forum)
        return super().change_view(request, object_id, form_url, {"may_send": may, **(extra_context or {})})

    @method_decorator(require_http_methods(["GET", "POST"]))
    def link_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Ask once, then send the link or replace it."""
        forum = self._forum(request)
        speaker = get_object_or_404(Speaker, pk=pk)
        if name not in _ASK:
            raise Http404
        back = reverse("admin:speakers_speaker_change", args=[pk])
        if request.method == "GET":
            return self._ask(request, *_ASK[name], people=[speaker], back=back)
        try:
            is_mailed = self._deed(name, speaker, forum, by=acting_user(request))
        except DomainError as error:
            self.message_user(request, str(error), messages.WARNING)
            return HttpResponseRedirect(back)
        if is_mailed:
            self.message_user(request, _("The link is on its way."), messages.SUCCESS)
        else:
            said = _(
                "Links sent so far have stopped working. No new one was mailed: no e-mail address is known."
            )
            self.message_user(request, said, messages.WARNING)
        return HttpResponseRedirect(back)

    @staticmethod
    def _deed(name: str, speaker: Speaker, forum: Forum, *, by: User) -> bool:
        """Send the link or replace it; return whether it was mailed."""
        if name == "renew":
            return renew_link(speaker, forum=forum, by=by)
        send_link(speaker, forum=forum, by=by)
        return True

    @method_decorator(require_http_methods(["GET", "POST"]))
    def links_view(self, request: HttpRequest) -> HttpResponse:
        """Ask once, then send the link to everybody who has not answered."""
        forum = self._forum(request)
        people = list(without_answer(forum)[:MOST_AT_ONCE])
        back = reverse("admin:speakers_speaker_changelist")
        if request.method == "GET":
            title = _("Send the link to everybody without an answer?")
            return self._ask(request, title, *_ASK["send"][1:], people=people, back=back)
        self._send(request, forum, people)
        return HttpResponseRedirect(back)

    @admin.action(description=_("Send the link to their own page"), permissions=["change"])
    def send_chosen(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Send it to the chosen people who have an address."""
        people = Speaker.objects.filter(pk__in=queryset.values("pk")).exclude(email="").order_by("pk")
        self._send(request, self._forum(request), list(people[:MOST_AT_ONCE]))

    def _send(self, request: HttpRequest, forum: Forum, people: list[Speaker]) -> None:
        for speaker in people:
            send_link(speaker, forum=forum, by=acting_user(request))
        said = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", len(people))
        self.message_user(request, said % {"n": len(people)}, messages.SUCCESS)

    def _forum(self, request: HttpRequest) -> Forum:
        """The forum whose page speakers see; the right is asked for there."""
        forum = Forum.objects.current().first()
        if forum is None:
            raise Http404
        demand(acting_user(request), CHANGE, forum)
        return forum

    def _ask(
        self,
        request: HttpRequest,
        title: Any,
        consequence: Any,
        button: Any,
        *,
        people: list[Speaker],
        back: str,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "consequence": consequence,
            "button": button,
            "people": people,
            "back": back,
        }
        return TemplateResponse(request, "admin/speakers/ask.html", context)
