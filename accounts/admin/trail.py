"""The audit trail: read and searched, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin.by_forum import ForumNumberFilter, forum_called
from accounts.admin_base import (
    AuditedModelAdmin,
    acting_user,
)
from accounts.audit_reading import actor_of, lines_of, moment_of
from accounts.audit_words import VERBS, action_in_words, kind_in_words
from accounts.models import AuditEntry, User
from accounts.permissions import forums_where


class ForumFilter(ForumNumberFilter):
    """Entries of one forum, or of none."""

    right = "accounts.view_auditentry"


class VerbFilter(admin.SimpleListFilter):
    """By what was done. The choices are known, so that no query looks for them in a long table."""

    title = _("action")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        """Every verb."""
        return [(verb, str(words)) for verb, words in VERBS.items()]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """Actions that end in the verb."""
        return queryset.filter(action__endswith=f".{self.value()}") if self.value() else queryset


class ActorFilter(admin.SimpleListFilter):
    """By organizer."""

    title = _("who")
    parameter_name = "actor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        """Who has a role in the forums whose trail the person may read."""
        forums = forums_where(request.user, "accounts.view_auditentry")
        people = User.objects.filter(forum_roles__forum__in=forums).distinct().order_by("name", "email")
        return [(str(person.pk), str(person)) for person in people]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """What she did."""
        chosen = self.value()
        return queryset.filter(actor_id=int(chosen)) if chosen else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(AuditedModelAdmin):
    """Who changed what, when. Nobody adds, changes or deletes here, and the database refuses it too."""

    list_display = ("moment", "who", "verb", "target", "summary")
    list_display_links = ("moment",)
    list_filter = (VerbFilter, ActorFilter, ForumFilter, ("at", admin.DateFieldListFilter))
    search_fields = ("actor_label", "action", "target_label", "target_id")
    search_help_text = _("Person, action or thing")
    ordering = ("-at", "-id")
    fields = (("moment", "who"), ("verb", "target"), "forum", "differences", "reason")
    readonly_fields = ("moment", "who", "verb", "target", "forum", "differences", "reason")
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """What the person may read of the trail."""
        return AuditEntry.objects.visible_to(acting_user(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The trail writes itself."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Entries have no history."""
        raise Http404

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show one entry under what it says."""
        entry = self.get_object(request, object_id)
        heading = f"{kind_in_words(entry.target_type)}: {action_in_words(entry.action)}"
        extra = {"heading": heading, "show_history": False, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra)

    @display(description=_("when"), ordering="at")
    def moment(self, entry: AuditEntry) -> str:
        """Day and time as the reader writes them."""
        return moment_of(entry)

    @display(description=_("who"), ordering="actor_label")
    def who(self, entry: AuditEntry) -> str:
        """The actor as she was called at that time."""
        return actor_of(entry)

    @display(description=_("action"), ordering="action")
    def verb(self, entry: AuditEntry) -> str:
        """What was done, in words."""
        return action_in_words(entry.action)

    @display(description=_("thing"), ordering="target_label")
    def target(self, entry: AuditEntry) -> str:
        """The thing and its kind."""
        kind = kind_in_words(entry.target_type)
        return format_html('{} <span class="quiet">{}</span>', entry.target_label, kind)

    @display(description=_("fields"))
    def summary(self, entry: AuditEntry) -> str:
        """The names of the changed fields, the first few."""
        names = [line.label for line in lines_of(entry)]
        return ", ".join(names[:4]) + (" …" if len(names) > 4 else "")

    @display(description=_("forum"))
    def forum(self, entry: AuditEntry) -> str:
        """The forum's name, while it exists."""
        return forum_called(entry.forum_id) or "–"

    @display(description=_("before and after"))
    def differences(self, entry: AuditEntry) -> str:
        """Each field with its text before and after."""
        rows = format_html_join(
            "",
            '<tr><th scope="row">{}</th><td><del>{}</del></td><td><ins>{}</ins></td></tr>',
            ((line.label, line.before, line.after) for line in lines_of(entry)),
        )
        if not rows:
            return "–"
        return format_html(
            '<table class="differences"><thead><tr><th scope="col">{}</th><th scope="col">{}</th>'
            '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>',
            _("field"),
            _("before"),
            _("after"),
            rows,
        )
