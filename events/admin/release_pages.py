"""The pages around releases: review and publish, compare any two, restore one to the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.admin_base import acting_user
from accounts.permissions import demand, forums_where
from core.errors import Conflict
from events.admin.named_forum import named_forum
from events.agenda_changes import AgendaChanges, changes_between, told
from events.agenda_changes.labels import name_of
from events.agenda_document import Document, build_document, digest
from events.forms.publishing import DRAFT, CompareForm, PublishForm, RestoreForm
from events.models import AgendaRelease, Forum
from events.review import review_of
from events.services import DraftChanged, NothingToPublish, publish_agenda, restore_release
from events.services.digests import prepared_digest
from events.services.restoration import Restoration, plan_restoration

if TYPE_CHECKING:
    from accounts.admin_base import AuditedModelAdmin as _Admin
else:
    _Admin = object

PUBLISH = "events.publish_agenda"
VIEW = "events.view_agendarelease"
CHANGE = "events.change_session"
_LIST = "admin:events_agendarelease_changelist"


class ReleasePages(_Admin):
    """Pages that stand beside the list of releases."""

    def get_urls(self) -> list[URLPattern]:
        """They come before the pages of single releases."""
        view = self.admin_site.admin_view
        return [
            path("publish/", view(self.publish_view), name="events_agendarelease_publish"),
            path("compare/", view(self.compare_view), name="events_agendarelease_compare"),
            path("<int:pk>/restore/", view(self.restore_view), name="events_agendarelease_restore"),
            *super().get_urls(),
        ]

    # --- publishing ----------------------------------------------------------------------------------

    @method_decorator(require_http_methods(["GET", "POST"]))
    def publish_view(self, request: HttpRequest) -> HttpResponse:
        """Show what would be published; on POST publish exactly that."""
        forum, user = named_forum(request), acting_user(request)
        demand(user, PUBLISH, forum)
        if request.method == "POST":
            form = PublishForm(request.POST)
            if form.is_valid():
                return self._publish(request, forum, form)
            review = review_of(forum, seen_by=user)
        else:
            review = review_of(forum, seen_by=user)
            form = PublishForm(initial={"reviewed": review.digest})
        return self._page(
            request,
            "publish",
            title=_("Publish the agenda"),
            forum=forum,
            forums=forums_where(user, PUBLISH),
            form=form,
            review=review,
        )

    def _publish(self, request: HttpRequest, forum: Forum, form: PublishForm) -> HttpResponse:
        here = f"{request.path}?forum={forum.slug}"
        try:
            release = publish_agenda(forum=forum, by=acting_user(request), **form.cleaned_data)
        except NothingToPublish as error:
            self.message_user(request, str(error), messages.INFO)
            return HttpResponseRedirect(reverse(_LIST))
        except DraftChanged as error:
            self.message_user(request, str(error), messages.WARNING)
            return HttpResponseRedirect(here)
        said = _("Release %(number)s is published. Everybody sees it from now on.")
        self.message_user(request, said % {"number": release.number}, messages.SUCCESS)
        mails = prepared_digest(forum.pk)
        if mails is None:
            return HttpResponseRedirect(reverse(_LIST))
        count = mails.notices.count()
        told_to = ngettext(
            "It touches %(n)s person. The mail is prepared here and waits for you.",
            "It touches %(n)s people. The mails are prepared here and wait for you.",
            count,
        )
        self.message_user(request, told_to % {"n": count}, messages.INFO)
        return HttpResponseRedirect(reverse("admin:events_agendadigest_change", args=[mails.pk]))

    # --- comparing -----------------------------------------------------------------------------------

    @method_decorator(require_safe)
    def compare_view(self, request: HttpRequest) -> HttpResponse:
        """Show the difference of any two versions that the address names."""
        forum = named_forum(request)
        demand(acting_user(request), VIEW, forum)
        form = CompareForm(request.GET or None, forum=forum)
        found: dict[str, Any] = {"changes": None}
        if form.is_valid():
            names = [form.cleaned_data[name] for name in ("old", "new")]
            old, new = (self._version(forum, name) for name in names)
            found = {
                "changes": told(changes_between(old, new), old, new),
                "old_label": _label_of(names[0]),
                "new_label": _label_of(names[1]),
            }
        forums = forums_where(request.user, VIEW)
        return self._page(
            request, "compare", title=_("Compare"), forum=forum, forums=forums, form=form, **found
        )

    @staticmethod
    def _version(forum: Forum, name: str) -> Document:
        if name == DRAFT:
            return build_document(forum)
        document: Document = forum.releases.values_list("document", flat=True).get(number=name)
        return document

    # --- restoring -----------------------------------------------------------------------------------

    @method_decorator(require_http_methods(["GET", "POST"]))
    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what restoring a release would do to the draft; on POST do exactly that."""
        release = get_object_or_404(AgendaRelease.objects.select_related("forum"), pk=pk)
        user = acting_user(request)
        demand(user, CHANGE, release)
        form = RestoreForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._restore(request, release, form.cleaned_data["reviewed"])
        draft = build_document(release.forum)
        plan, refusal = None, ""
        try:
            plan = plan_restoration(release, draft=draft, by=user)
        except Conflict as error:
            refusal = str(error)
        return self._page(
            request,
            "restore",
            title=_("Restore release %(number)s to the draft") % {"number": release.number},
            forum=release.forum,
            object=release,
            plan=plan,
            refusal=refusal,
            reviewed=digest(draft),
            changes=_of_plan(plan, plan.changes) if plan else None,
            kept=_of_plan(plan, plan.kept) if plan else None,
            missing=[name_of(entry) for entries in plan.missing.values() for entry in entries]
            if plan
            else [],
        )

    def _restore(self, request: HttpRequest, release: AgendaRelease, reviewed: str) -> HttpResponse:
        try:
            done = restore_release(release, by=acting_user(request), reviewed=reviewed)
        except Conflict as error:
            self.message_user(request, str(error), messages.WARNING)
            return HttpResponseRedirect(request.path)
        count = len(done.touched)
        said = ngettext(
            "%(n)s session of the draft is as in release %(number)s again.",
            "%(n)s sessions of the draft are as in release %(number)s again.",
            count,
        )
        facts = {"n": count, "number": release.number}
        self.message_user(request, said % facts, messages.SUCCESS)
        return HttpResponseRedirect(
            f"{reverse('admin:events_agendarelease_publish')}?forum={release.forum.slug}"
        )

    def _page(self, request: HttpRequest, name: str, **values: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "subtitle": str(values["forum"]),
            "opts": self.opts,
            **values,
            # The base template calls "forum" the one that the site shows.
            "about": values["forum"],
        }
        return TemplateResponse(request, f"admin/events/agendarelease/{name}.html", context)


def _label_of(version: str) -> Any:
    return _("The draft") if version == DRAFT else _("Release %(number)s") % {"number": version}


def _of_plan(plan: Restoration, changes: AgendaChanges) -> Any:
    return told(changes, plan.draft, plan.document)
