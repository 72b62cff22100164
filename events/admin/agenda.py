"""Releases of the agenda in the admin: read-only, and the page on which the next one is published."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import F, Func
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from accounts.admin_base import AuditedModelAdmin, acting_user
from accounts.permissions import can, demand, forums_where
from core import dates
from core.i18n import current_language
from events.agenda import AgendaSession, read_document
from events.agenda_changes import changes_between, missing_translations_in
from events.agenda_document import build_document, digest
from events.forms.publishing import PublishForm
from events.models import AgendaRelease, Forum
from events.services import DraftChanged, NothingToPublish, publish_agenda

PUBLISH = "events.publish_agenda"


@admin.register(AgendaRelease)
class AgendaReleaseAdmin(AuditedModelAdmin):
    """What was published. A release is never changed; the next one is made on the publishing page."""

    list_display = ("release", "is_current", "when", "published_by", "session_count", "note", "forum")
    list_display_links = ("release",)
    list_filter = ("forum",)
    list_select_related = ("forum", "published_by")
    list_per_page = 50
    actions_list = ("publish_button",)
    fields = ("release", "is_current", "when", "published_by", "note", "digest", "contents")
    readonly_fields = fields

    # --- rights --------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Releases come from publishing alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never; the database refuses it too."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: calendars out there refer to it."""
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """The right to publish, in any forum."""
        return can(request.user, PUBLISH)

    # --- what is seen --------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Without the documents, which are large; a single release loads its own when it is shown."""
        count = Func(
            F("document__sessions"), function="jsonb_array_length", output_field=models.IntegerField()
        )
        return super().get_queryset(request).annotate(_sessions=count).defer("document")

    @display(description=_("release"), ordering="number")
    def release(self, release: AgendaRelease) -> str:
        """The number, as a link to what it announces."""
        return _("Release %(number)s") % {"number": release.number}

    @display(description=_("published"), ordering="published_at")
    def when(self, release: AgendaRelease) -> str:
        """The moment on the forum's clock."""
        return dates.moment(release.published_at, release.forum.zone, current_language())

    @display(description=_("sessions"))
    def session_count(self, release: AgendaRelease) -> int:
        """How many sessions it announces."""
        return int(getattr(release, "_sessions", 0))

    @display(description=_("content"))
    def contents(self, release: AgendaRelease) -> SafeString:
        """Each session of the release: time, room, title."""
        agenda = read_document(
            release.document, number=release.number, published_at=release.published_at, digest=release.digest
        )
        zone, language = agenda.forum.zone, current_language()

        def row(session: AgendaSession) -> tuple[str, str, str]:
            day = dates.day(session.start.astimezone(zone).date(), language)
            when = f"{day}, {dates.clock(session.start, zone)}–{dates.clock(session.end, zone)}"
            room = str(session.room.localized("name")) if session.room else ""
            return when, room, str(session.localized("title"))

        return format_html(
            '<table class="differences changes"><tbody>{}</tbody></table>',
            format_html_join(
                "",
                '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>',
                (row(session) for session in agenda.sessions),
            ),
        )

    # --- publishing ----------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The publishing page stands before the pages of single releases."""
        page = self.admin_site.admin_view(self.publish_view)
        return [path("publish/", page, name="events_agendarelease_publish"), *super().get_urls()]

    @action(description=_("Publish the agenda"), permissions=["publish"], url_path="to-publishing")
    def publish_button(self, request: HttpRequest) -> HttpResponse:
        """Lead from the list to the publishing page."""
        return HttpResponseRedirect(reverse("admin:events_agendarelease_publish"))

    def publish_view(self, request: HttpRequest) -> HttpResponse:
        """Show what would be published; on POST publish exactly that."""
        forum = _forum_of(request)
        demand(acting_user(request), PUBLISH, forum)
        draft = build_document(forum)
        form = PublishForm(request.POST or None, initial={"reviewed": digest(draft)})
        if request.method == "POST" and form.is_valid():
            return self._publish(request, forum, form)
        current = AgendaRelease.objects.current(forum).first()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish the agenda"),
            "subtitle": str(forum),
            "opts": self.opts,
            "forum": forum,
            "forums": forums_where(request.user, PUBLISH),
            "form": form,
            "current": current,
            "changes": changes_between(current.document if current else None, draft),
            "has_news": current is None or current.digest != digest(draft),
            "missing": missing_translations_in(draft),
            "draft": draft,
        }
        return TemplateResponse(request, "admin/events/agendarelease/publish.html", context)

    def _publish(self, request: HttpRequest, forum: Forum, form: PublishForm) -> HttpResponse:
        here = f"{request.path}?forum={forum.slug}"
        try:
            release = publish_agenda(forum=forum, by=acting_user(request), **form.cleaned_data)
        except NothingToPublish as error:
            self.message_user(request, str(error), messages.INFO)
            return HttpResponseRedirect(reverse("admin:events_agendarelease_changelist"))
        except DraftChanged as error:
            self.message_user(request, str(error), messages.WARNING)
            return HttpResponseRedirect(here)
        said = _("Release %(number)s is published. Everybody sees it from now on.")
        self.message_user(request, said % {"number": release.number}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_agendarelease_changelist"))


def _forum_of(request: HttpRequest) -> Forum:
    """Return the forum named in the address, else the one the site shows. Raises Http404 without any."""
    slug = request.GET.get("forum")
    found = Forum.objects.filter(slug=slug) if slug else Forum.objects.current()
    forum = found.first()
    if forum is None:
        raise Http404
    return forum
