"""Sessions in the admin. Every way of changing one goes through the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import display

from accounts.admin_base import AuditedTabularInline, AuditedTranslationAdmin, acting_user
from accounts.permissions import can
from core import dates
from core.i18n import current_language
from core.translation_marks import translation_marks
from events import services
from events.admin import draft_pages
from events.admin.answer_filter import AnswerFilter
from events.admin.calendar import CalendarEditor
from events.admin.session_clashes import clashes_context, tell_of_clashes
from events.forms.session import PartForm, SessionForm
from events.models import Forum, Session, SessionGuest, SessionSpeaker
from events.services.guests import Guest, set_guests
from events.session_history import shown_period

_TEXTS = ("title", "abstract", "note")


class PeopleInline(AuditedTabularInline):
    """Who takes part in a session, and as what."""

    model = SessionSpeaker
    form = PartForm
    fields = ("position", "speaker", "role", "answered")
    readonly_fields = ("answered",)
    autocomplete_fields = ("speaker",)
    extra = 0
    verbose_name = _("person")
    verbose_name_plural = _("people")

    @display(description=_("answer"))
    def answered(self, part: SessionSpeaker) -> SafeString | str:
        """What the person said on her own page, with her words."""
        if not part.pk:
            return "–"
        words = format_html("<br>“{}”", part.answer_note) if part.answer_note else ""
        return format_html("{}{}", part.get_answer_display(), words)


class GuestInline(AuditedTabularInline):
    """Who is invited to a session that is not for everybody; shown only to those who may invite."""

    model = SessionGuest
    fields = ("email", "name")
    extra = 1


class SessionAnswerFilter(AnswerFilter):
    """Sessions in which somebody has given this answer, or none yet."""

    def parts(self, request: HttpRequest) -> models.QuerySet[SessionSpeaker]:
        """Return the parts in a session."""
        return SessionSpeaker.objects.filter(session=OuterRef("pk"))


class DayFilter(admin.SimpleListFilter):
    """Sessions of one day of the forum that the site shows, or those without a time."""

    title = _("day")
    parameter_name = "day"
    UNSCHEDULED = "none"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        """The days on which a session begins."""
        forum = Forum.objects.current().first()
        if forum is None:
            return []
        begins = TruncDate("period__startswith", tzinfo=forum.zone)
        days = Session.objects.filter(forum=forum, period__isnull=False).annotate(day=begins)
        found = days.values_list("day", flat=True).distinct().order_by("day")
        words = [(day.isoformat(), dates.day(day, current_language())) for day in found]
        return [*words, (self.UNSCHEDULED, _("unscheduled"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """Filter by the day on the forum's clock."""
        chosen, forum = self.value(), Forum.objects.current().first()
        if chosen == self.UNSCHEDULED:
            return queryset.filter(period__isnull=True)
        if not chosen or forum is None or chosen not in {value for value, _word in self.lookup_choices}:
            return queryset
        begins = TruncDate("period__startswith", tzinfo=forum.zone)
        return queryset.annotate(_day=begins).filter(_day=chosen)


@admin.register(Session)
class SessionAdmin(AuditedTranslationAdmin):
    """The draft of the agenda."""

    form = SessionForm
    audited_by_service = True
    list_display = ("when", "shown_title", "room", "kind", "shown_track", "marks", "translations")
    list_display_links = ("when", "shown_title")
    list_filter = (DayFilter, SessionAnswerFilter, "room", "track", "kind", "visibility", "state", "forum")
    list_select_related = ("forum", "room", "track")
    list_per_page = 100
    ordering = ("period__startswith", "room__position", "id")
    search_fields = (
        "title_vi",
        "title_ko",
        "title_en",
        "slug",
        "session_speakers__speaker__name",
        "session_speakers__speaker__latin_name",
        "session_speakers__speaker__hangul_name",
    )
    search_help_text = _("Title in any language, or a person")
    actions = ("cancel_chosen", "reinstate_chosen")
    inlines = (PeopleInline, GuestInline)
    autocomplete_fields = ("topics",)
    prepopulated_fields = {"slug": ("title_en",)}
    change_form_before_template = "admin/events/session/clashes.html"
    readonly_fields = ("state", "translations", "seats_taken")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "forum",
                    "title",
                    ("starts", "ends", "room"),
                    ("kind", "track", "visibility"),
                    ("state", "translations"),
                    "seen_version",
                )
            },
        ),
        (_("What the public reads"), {"fields": ("abstract", "note", "topics")}),
        (
            _("Languages and places"),
            {
                "fields": (
                    ("spoken_languages", "interpretation"),
                    ("seat_limit", "seats_taken"),
                    "recording_url",
                )
            },
        ),
        (
            _("Continuing medical education"),
            {
                "fields": (("cme_credits", "cme_minimum_percent"),),
                "description": _("Presence is counted at the doors of the session’s room."),
            },
        ),
        (_("Address"), {"fields": ("slug", "is_demo"), "classes": ("collapse",)}),
    )

    def get_urls(self) -> list[URLPattern]:
        """The pages about the whole draft stand before those of single sessions."""
        return [*CalendarEditor(self).urls(), *draft_pages.urls(self), *super().get_urls()]

    # --- what is seen --------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Confidential sessions only for those who may see them; to others they do not exist."""
        found = super().get_queryset(request)
        return found & Session.objects.visible_to(acting_user(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Session | None = None) -> Any:
        """A session stays in its forum."""
        return (*self.readonly_fields, "forum") if obj else self.readonly_fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Session | None = None) -> Any:
        """An address that was published is not changed by a new title."""
        return {} if obj else self.prepopulated_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new session is of the forum that the site shows."""
        forum = Forum.objects.current().first()
        return {"forum": forum, **super().get_changeform_initial_data(request)}

    @display(description=_("time"), ordering="period__startswith", header=True)
    def when(self, session: Session) -> tuple[str, str]:
        """The day above the hours, on the forum's clock."""
        day, _comma, hours = shown_period(session).rpartition(", ")
        return (day, hours) if day else (str(_("unscheduled")), "")

    @display(description=_("title"), ordering="title_vi")
    def shown_title(self, session: Session) -> SafeString | str:
        """The title in the organizer's language, or in the one there is."""
        title = session.display_title
        return format_html('<span lang="{}">{}</span>', title.language, title.text)

    @display(description=_("track"), ordering="track__position")
    def shown_track(self, session: Session) -> str:
        """The track's name."""
        return str(session.track or "")

    @display(description=_("shown to"))
    def marks(self, session: Session) -> SafeString:
        """Who may see it, and whether it takes place."""
        if session.state == Session.State.CANCELLED:
            return format_html("<strong>{}</strong>", session.get_state_display())
        return format_html("{}", session.get_visibility_display())

    @display(description=_("languages"))
    def translations(self, session: Session) -> SafeString:
        """Which languages are complete."""
        return translation_marks(session, _TEXTS)

    def unseen_fields(self, request: HttpRequest, obj: Session) -> Sequence[str]:
        """Guests, as on the form, are shown only to those who may invite."""
        return () if can(request.user, "events.view_sessionguest", obj) else ("guests",)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show above the form what in the draft clashes with the session."""
        session: Session | None = context.get("original")
        if session:
            context |= clashes_context(session, acting_user(request))
        return super().render_change_form(request, context, *args, **kwargs)

    # --- what is written -----------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Session, form: forms.ModelForm, change: bool) -> None:
        """Wait for the people: :meth:`save_related` writes the session and them in one service call."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write the session with its topics and people. Refusals are shown in the form."""
        session: Session = form.instance
        written: dict[str, Any] = {
            "by": acting_user(request),
            "fields": form.changes(),
            "topics": form.cleaned_data.get("topics", ()),
            "people": _people(formsets),
        }
        if change:
            # Without the field (a hand-made POST) the newest version is meant.
            seen = form.cleaned_data.get("seen_version") or session.version
            stored = services.change_session(session, expected_version=seen, **written)
        else:
            stored = services.add_session(forum=session.forum, **written)
            session.pk, session.uid = stored.pk, stored.uid
        guests = _guests(formsets)
        if guests is not None:
            stored = set_guests(
                stored, by=acting_user(request), expected_version=stored.version, guests=guests
            )
        session.version = stored.version
        tell_of_clashes(self, request, stored)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, Any]]:
        """Nothing for Django's own log: the service has written the trail."""
        return []

    def delete_model(self, request: HttpRequest, obj: Session) -> None:
        """Remove it through the service, which records what it held."""
        services.remove_session(obj, by=acting_user(request))

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Remove them one by one, in one order, so that two people cannot wait for each other."""
        for session in queryset.order_by("pk"):
            services.remove_session(session, by=acting_user(request))

    @admin.action(description=_("Cancel: it does not take place"), permissions=["change"])
    def cancel_chosen(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Cancel the chosen sessions. The next release says so."""
        chosen = self._changeable(request, queryset)
        for session in chosen:
            services.cancel_session(session, by=acting_user(request))
        said = ngettext("%(n)s session is cancelled.", "%(n)s sessions are cancelled.", len(chosen))
        self.message_user(request, said % {"n": len(chosen)}, messages.SUCCESS)

    @admin.action(description=_("Take a cancellation back"), permissions=["change"])
    def reinstate_chosen(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Reinstate the chosen sessions, or none of them when a room was given away."""
        chosen = self._changeable(request, queryset)
        for session in chosen:
            services.reinstate_session(session, by=acting_user(request))
        said = ngettext("%(n)s session takes place again.", "%(n)s sessions take place again.", len(chosen))
        self.message_user(request, said % {"n": len(chosen)}, messages.SUCCESS)

    def _changeable(self, request: HttpRequest, queryset: models.QuerySet) -> list[Session]:
        """Leave out sessions of forums where the organizer may only look."""
        return [
            session
            for session in queryset.select_related("forum").order_by("pk")
            if can(request.user, "events.change_session", session)
        ]


def _people(formsets: Any) -> list[services.Part]:
    """Return the parts that the inline's rows describe, in the order of their numbers."""
    rows = [
        row.cleaned_data
        for formset in formsets
        if formset.model is SessionSpeaker
        for row in formset.forms
        if row.cleaned_data.get("speaker") and not row.cleaned_data.get("DELETE")
    ]
    rows.sort(key=lambda row: row["position"])
    return [services.Part(row["speaker"], row["role"]) for row in rows]


def _guests(formsets: Any) -> list[Guest] | None:
    """Return the guests that the inline's rows name; None when the organizer does not see them."""
    shown = [formset for formset in formsets if formset.model is SessionGuest]
    if not shown:
        return None
    rows = [row.cleaned_data for formset in shown for row in formset.forms]
    return [Guest(row["email"], row["name"]) for row in rows if row.get("email") and not row.get("DELETE")]
