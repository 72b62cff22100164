"""Threads with exhibitors in the admin: the inbox, one thread, and one message to many."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.admin_base import AuditedModelAdmin
from accounts.permissions import acting_user, can, demand
from core.errors import DomainError
from events.admin.named_forum import named_forum
from events.models import Forum
from exhibitors.conversations.choosing import chosen_in
from exhibitors.conversations.circulars import cleaned_texts, send_circular
from exhibitors.conversations.reading import has_older, inbox_of, messages_of
from exhibitors.conversations.writing import mark_read, settle, write_to_exhibitor
from exhibitors.forms.circular import CircularForm
from exhibitors.forms.message import MessageForm
from exhibitors.models import Circular, Exhibitor, ExhibitorMessage
from exhibitors.readers import readers_of

VIEW, ADD = "exhibitors.view_exhibitormessage", "exhibitors.add_exhibitormessage"
FOLDER = "admin/exhibitors/messages"
# Sent so far, as many as a page shows.
MOST_CIRCULARS = 20
_View = Callable[..., HttpResponse]


@admin.register(ExhibitorMessage)
class ExhibitorMessageAdmin(AuditedModelAdmin):
    """What exhibitors and organizers write to each other. Written by services alone."""

    forum_lookup = "exhibitor__forum"
    audited_by_service = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was written stays as it is."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It goes with the exhibitor alone."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The inbox in place of Django's list, and the pages of threads."""

        def page(view: _View, *methods: str) -> _View:
            allowed = require_http_methods(["GET", "HEAD", *methods])
            return self.admin_site.admin_view(never_cache(allowed(partial(view, self))))

        name = "exhibitors_exhibitormessage_"
        return [
            path("thread/<int:pk>/", page(thread_view, "POST"), name=f"{name}thread"),
            path("many/", page(many_view, "POST"), name=f"{name}many"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the inbox: what waits for an answer first."""
        forum = _forum(request, VIEW)
        words = " ".join(request.GET.get("q", "")[:100].replace("\x00", "").split())
        only = "unanswered" if request.GET.get("only") == "unanswered" else ""
        threads = inbox_of(forum, words=words, only=only)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Messages of exhibitors"),
            "opts": self.opts,
            "forum": forum,
            "threads": threads,
            "waiting": sum(thread.awaits_answer for thread in threads),
            "words": words,
            "only": only,
            "silent": Exhibitor.objects.filter(forum=forum, messages=None).select_related("organization"),
            "may_write": can(request.user, ADD, forum),
        }
        return TemplateResponse(request, f"{FOLDER}/inbox.html", context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A new message is one to many."""
        _forum(request, ADD)
        return HttpResponseRedirect(reverse("admin:exhibitors_exhibitormessage_many"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a message where it stands in its thread."""
        found: ExhibitorMessage = self.get_object(request, object_id)
        demand(acting_user(request), VIEW, found)
        thread = reverse("admin:exhibitors_exhibitormessage_thread", args=[found.exhibitor_id])
        return HttpResponseRedirect(f"{thread}#m{found.pk}")


def thread_view(admin: ExhibitorMessageAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the thread of one exhibitor; on POST answer, or say that no answer is wanted."""
    rows: QuerySet[Exhibitor] = Exhibitor.objects.select_related("organization", "forum__venue")
    exhibitor: Exhibitor = get_object_or_404(rows, pk=pk)
    demand(acting_user(request), ADD if request.method == "POST" else VIEW, exhibitor)
    if request.method == "POST" and "settle" in request.POST:
        settle(exhibitor, by=acting_user(request))
        return HttpResponseRedirect(reverse("admin:exhibitors_exhibitormessage_changelist"))
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            write_to_exhibitor(
                exhibitor,
                text=form.cleaned_data["text"],
                by=acting_user(request),
                token=form.cleaned_data["form_token"],
            )
        except DomainError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Sent; those who look after the exhibitor are told by mail."))
            return HttpResponseRedirect(request.path)
    return _thread(admin, request, exhibitor, form)


def _thread(
    admin: ExhibitorMessageAdmin, request: HttpRequest, exhibitor: Exhibitor, form: MessageForm
) -> HttpResponse:
    raw = request.GET.get("before", "")
    before = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 12 else None
    thread = messages_of(exhibitor, before=before)
    may_write = can(request.user, ADD, exhibitor)
    if may_write and request.method == "GET":
        mark_read(exhibitor, by_organizers=True)
    last = thread[-1].message if thread else None
    context = {
        **admin.admin_site.each_context(request),
        "title": str(exhibitor),
        "opts": admin.opts,
        "forum": exhibitor.forum,
        "exhibitor": exhibitor,
        "thread": thread,
        "older": thread[0].message.pk if has_older(exhibitor, thread) else None,
        "awaits_answer": bool(last and not last.is_from_organizers and not last.is_settled),
        "readers": readers_of([exhibitor])[exhibitor.pk],
        "form": form,
        "may_write": may_write,
    }
    return TemplateResponse(request, f"{FOLDER}/thread.html", context, status=422 if form.is_bound else 200)


def many_view(admin: ExhibitorMessageAdmin, request: HttpRequest) -> HttpResponse:
    """Write one message to many; show whom it means before it is sent."""
    forum = _forum(request, ADD)
    form = CircularForm(request.POST if request.method == "POST" else None, forum=forum)
    chosen: list[Exhibitor] | None = None
    if request.method == "POST" and form.is_valid():
        chosen = chosen_in(forum, form.choice(), now=timezone.now())
        if _can_be_sent(form) and "send" in request.POST:
            return _send(request, forum, form) or _many(admin, request, forum, form, chosen)
    return _many(admin, request, forum, form, chosen)


def _can_be_sent(form: CircularForm) -> bool:
    try:
        cleaned_texts(form.texts("subject"), form.texts("body"))
    except DomainError as error:
        error.add_to(form)
    return form.is_valid()


def _send(request: HttpRequest, forum: Forum, form: CircularForm) -> HttpResponse | None:
    try:
        circular = send_circular(
            forum,
            subject=form.texts("subject"),
            body=form.texts("body"),
            choice=form.choice(),
            by=acting_user(request),
            token=form.cleaned_data["form_token"],
        )
    except DomainError as error:
        error.add_to(form)
        return None
    said = ngettext("Sent to %(n)d exhibitor.", "Sent to %(n)d exhibitors.", circular.total)
    messages.success(request, said % {"n": circular.total})
    return HttpResponseRedirect(reverse("admin:exhibitors_exhibitormessage_changelist"))


def _many(
    admin: ExhibitorMessageAdmin,
    request: HttpRequest,
    forum: Forum,
    form: CircularForm,
    chosen: list[Exhibitor] | None,
) -> HttpResponse:
    readers = readers_of(chosen or [])
    context = {
        **admin.admin_site.each_context(request),
        "title": _("One message to many exhibitors"),
        "opts": admin.opts,
        "forum": forum,
        "form": form,
        "chosen": chosen,
        "is_checked": chosen is not None and not form.errors,
        "mails": sum(len(found) for found in readers.values()),
        "unreachable": [exhibitor for exhibitor in chosen or [] if not readers[exhibitor.pk]],
        "sent": Circular.objects.filter(forum=forum).select_related("sent_by")[:MOST_CIRCULARS],
    }
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, f"{FOLDER}/many.html", context, status=status)


def _forum(request: HttpRequest, right: str) -> Forum:
    forum = named_forum(request)
    demand(acting_user(request), right, forum)
    return forum
