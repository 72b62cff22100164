"""Files of badges, tickets and certificates in the admin: ordered, watched, stopped, fetched."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.decorators import display

from accounts.admin_base import AuditedModelAdmin
from accounts.permissions import acting_user, demand, forums_where
from core import dates
from core.audit import record
from core.errors import DomainError
from core.i18n import current_language
from events.admin.named_forum import named_forum
from registrations.admin.document_forms import BatchForm, IssueForm
from registrations.batches import order_batch, stop_batch
from registrations.certificates import grouped
from registrations.documents import BadgeLayout, render_badges, render_tickets
from registrations.documents.badges import unsettable
from registrations.models import Certificate, DocumentBatch, Registration

VIEW, ADD = "registrations.view_documentbatch", "registrations.add_documentbatch"
Status = DocumentBatch.Status
_COLOURS = {Status.READY: "success", Status.FAILED: "danger", Status.STOPPED: "warning"}
_GOING_ON = (Status.WAITING, Status.WORKING)
# Seconds after which the page of a file that is being made loads itself again.
_REFRESH = 3


@admin.register(DocumentBatch)
class DocumentBatchAdmin(AuditedModelAdmin):
    """Files of documents. They are ordered and stopped, never changed, and delete themselves."""

    audited_by_service = True
    list_display = ("asked", "what", "shown_total", "state", "until")
    list_filter = ("kind", "status")
    list_select_related = ("forum", "created_by")
    ordering = ("-created_at",)
    sortable_by = ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what was ordered is made or stopped."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: the files delete themselves, and who ordered what stays known."""
        return False

    # --- columns ---------------------------------------------------------------------------------------

    @display(description=_("asked for"), header=True)
    def asked(self, batch: DocumentBatch) -> tuple[str, str]:
        """When, above by whom."""
        when = dates.moment(batch.created_at, batch.forum.zone, current_language())
        return when, str(batch.created_by or "")

    @display(description=_("kind"))
    def what(self, batch: DocumentBatch) -> str:
        """Kind and paper."""
        return what_in_words(batch)

    @display(description=_("people"))
    def shown_total(self, batch: DocumentBatch) -> int:
        """Of how many."""
        return batch.total

    @display(description=_("status"), label=_COLOURS)
    def state(self, batch: DocumentBatch) -> tuple[str, str]:
        """The status as a coloured word."""
        return batch.status, batch.get_status_display()

    @display(description=_("can be fetched until"))
    def until(self, batch: DocumentBatch) -> str:
        """When the file is deleted."""
        if not batch.file or not batch.expires_at:
            return "–"
        return dates.moment(batch.expires_at, batch.forum.zone, current_language())

    # --- pages -----------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The file itself, and stopping it, beside Django's own pages."""
        view = self.admin_site.admin_view
        return [
            path("<uuid:pk>/file/", view(self.file_view), name="registrations_documentbatch_file"),
            path("of/<uuid:pk>/", view(self.person_view), name="registrations_documentbatch_person"),
            path(
                "of/<uuid:pk>/<slug:name>/", view(self.paper_view), name="registrations_documentbatch_paper"
            ),
            path("<uuid:pk>/stop/", view(self.stop_view), name="registrations_documentbatch_stop"),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask of whom and on which paper, then order it."""
        return order_page(
            self,
            request,
            BatchForm,
            right=ADD,
            title=_("Print badges or tickets"),
            button=_("Make the file"),
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show how far it is, and give the file once it is there; the page loads itself again until then."""
        batch: DocumentBatch = self.get_object(request, object_id)
        if not self.has_view_permission(request, batch):
            raise PermissionDenied
        if request.method == "POST":
            raise PermissionDenied
        going_on = batch.status in _GOING_ON
        context = {
            **self.admin_site.each_context(request),
            "title": what_in_words(batch),
            "opts": self.opts,
            "batch": batch,
            "going_on": going_on,
            "may_stop": going_on and acting_user(request).has_perm(ADD, batch),
            "may_fetch": _is_there(batch),
            "error": gettext(batch.error) if batch.error else "",
            "refresh": _REFRESH,
        }
        response = TemplateResponse(request, "admin/registrations/documentbatch/state.html", context)
        if going_on:
            response["Refresh"] = str(_REFRESH)
        return response

    @method_decorator(require_safe)
    def file_view(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        """Give the file; the trail remembers who took it."""
        batch = self._one(request, pk, VIEW)
        if not _is_there(batch):
            raise Http404
        try:
            file = batch.file.storage.open(str(batch.file.name))
        except FileNotFoundError as error:
            raise Http404 from error
        record("documents.exported", batch, actor=acting_user(request))
        name = f"{batch.kind}-{batch.created_at:%Y%m%d-%H%M}.pdf"
        response = FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")
        response["Cache-Control"] = "private, no-store"
        return response

    @method_decorator(require_POST)
    def stop_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Stop what is waiting or being made."""
        batch = self._one(request, pk, ADD)
        try:
            stop_batch(batch, by=acting_user(request))
        except DomainError as error:
            self.message_user(request, str(error), messages.WARNING)
        else:
            self.message_user(request, _("It is stopped."), messages.SUCCESS)
        return HttpResponseRedirect(batch_address(batch))

    @method_decorator(require_safe)
    def person_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Lead to everything that can be printed for one person."""
        person = self._person(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Documents of %(name)s") % {"name": person.name},
            "opts": self.opts,
            "person": person,
            "badges": [(label, name) for name, label in BadgeLayout.choices],
            "is_unsettable": bool(unsettable([person])),
            "certificates": [(found, grouped(found.code)) for found in person.certificates.all()],
            "may_issue": acting_user(request).has_perm("registrations.add_certificate", person.forum),
        }
        return TemplateResponse(request, "admin/registrations/documentbatch/person.html", context)

    @method_decorator(require_safe)
    def paper_view(self, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
        """Give one badge on a paper, or the ticket."""
        person = self._person(request, pk)
        if name == "ticket":
            file = render_tickets([person])
        elif name in BadgeLayout.values:
            file = render_badges([person], name)
        else:
            raise Http404
        response = HttpResponse(file, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{person.code}-{name}.pdf"'
        response["Cache-Control"] = "private, no-store"
        return response

    def _person(self, request: HttpRequest, pk: UUID) -> Registration:
        rows = Registration.objects.confirmed().select_related("type", "forum__venue")
        person: Registration = get_object_or_404(rows, pk=pk)
        demand(acting_user(request), ADD, person)
        return person

    def _one(self, request: HttpRequest, pk: UUID, right: str) -> DocumentBatch:
        batch: DocumentBatch = get_object_or_404(DocumentBatch.objects.select_related("forum"), pk=pk)
        demand(acting_user(request), right, batch)
        return batch


def order_page(
    admin_of: AuditedModelAdmin,
    request: HttpRequest,
    form_class: type[BatchForm | IssueForm],
    *,
    right: str,
    title: str | Promise,
    button: str | Promise,
    lead: str | Promise = "",
) -> HttpResponse:
    """Ask of whom a file is made, with ``form_class``, then order it."""
    user, forum = acting_user(request), named_forum(request)
    if not admin_of.has_add_permission(request):
        raise PermissionDenied
    demand(user, right, forum)
    initial = {
        "codes": request.GET.get("codes", "")[:4000],
        "delegation": request.GET.get("delegation", ""),
    }
    form = form_class(request.POST if request.method == "POST" else None, forum=forum, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            batch = order_batch(form.people(), forum=forum, by=user, **form.order())
        except DomainError as error:
            error.add_to(form)
        else:
            return HttpResponseRedirect(batch_address(batch))
    context = {
        **admin_of.admin_site.each_context(request),
        "title": title,
        "lead": lead,
        "opts": admin_of.opts,
        "form": form,
        "forum": forum,
        "forums": forums_where(user, right),
        "button": button,
    }
    return TemplateResponse(request, "admin/registrations/documentbatch/order.html", context)


def what_in_words(batch: DocumentBatch) -> str:
    """Return ``Badges · A6, one badge on a page``."""
    layouts = {**dict(BadgeLayout.choices), **dict(Certificate.Kind.choices)}
    parts = [batch.get_kind_display(), layouts.get(batch.layout, "")]
    text = " · ".join(str(part) for part in parts if part)
    return text[:1].upper() + text[1:]


def batch_address(batch: DocumentBatch) -> str:
    """Return the page of a file of documents."""
    return reverse("admin:registrations_documentbatch_change", args=[batch.pk])


def _is_there(batch: DocumentBatch) -> bool:
    return bool(batch.file) and batch.expires_at is not None and timezone.now() < batch.expires_at
