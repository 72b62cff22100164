"""Registrations in the admin: found quickly among very many, changed through the services alone."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from accounts.admin_base import AuditedModelAdmin, acting_user
from accounts.permissions import can, forums_where
from accounts.refusals import placing
from core import dates
from core.audit import record
from core.countries import country_name
from core.errors import DomainError
from core.i18n import current_language
from registrations import services, ticket
from registrations.admin.broadcast_start import begin_draft
from registrations.admin.deeds import CANCEL, DEEDS, ERASE, REPLACE_LINK, SEND_LINK, Deed
from registrations.admin.export import export
from registrations.admin.filters import CountryFilter, TypeFilter
from registrations.admin.forms import CorrectionForm, NewRegistrationForm, ReasonForm
from registrations.admin.numbers_page import numbers_page
from registrations.admin.paging import BoundedPaginator
from registrations.admin.people_import import import_page
from registrations.groups import MOST_CHOSEN
from registrations.models import Registration
from registrations.searching import matching
from registrations.ticket import TicketClaim

Status = Registration.Status
CHANGE = "registrations.change_registration"
EXPORT = "registrations.export_registration"
WRITE = "registrations.add_broadcast"
PRINT = "registrations.add_documentbatch"
STATE_COLOURS = {Status.CONFIRMED: "success", Status.CANCELLED: "danger"}
# More at once is a decision about the forum, not about people, and wants a look at each.
MOST_AT_ONCE = 100
DETAILS = ("name", "email", "organization_name", "country", "language")


@admin.register(Registration)
class RegistrationAdmin(AuditedModelAdmin):
    """Who comes. Nothing is deleted here: a registration is cancelled, and its history stays."""

    audited_by_service = True
    form = CorrectionForm
    list_display = ("person", "contact", "kind", "state", "registered")
    list_filter = ("status", TypeFilter, CountryFilter, "language")
    list_select_related = ("type", "forum")
    list_per_page = 100
    search_fields = ("name", "email", "code")
    search_help_text = _("Part of a name, organization, address or code, accents optional; or scan a ticket")
    list_before_template = "admin/registrations/registration/list_note.html"
    change_form_outer_after_template = "admin/registrations/registration/mails_below.html"
    ordering = ("-created_at",)
    # Only what an index can sort; the others would sort a hundred thousand rows to show a hundred.
    sortable_by = ("registered",)
    paginator = BoundedPaginator
    show_full_result_count = False
    actions = (
        "cancel_chosen",
        "send_chosen",
        "write_to_chosen",
        "print_chosen",
        "export_chosen",
        "export_chosen_xlsx",
    )
    actions_list = ("numbers_button", "import_button")
    actions_detail = ("documents_button", "send_button", "replace_button", "cancel_button", "erase_button")
    readonly_fields = (
        "code",
        "status",
        "kind",
        "email",
        "country_name",
        "language",
        "registered_at",
        "cancelled",
        "cancel_reason",
        "agreed",
    )
    fieldsets = (
        (None, {"fields": (("name", "organization_name"), ("code", "status"), "kind")}),
        (_("Contact"), {"fields": ("email", ("country_name", "language"))}),
        (_("History"), {"fields": ("registered_at", ("cancelled", "cancel_reason"), "agreed")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": ("type", ("name", "email"), "organization_name", ("country", "language")),
                "description": _("The person gets the same mail as if she had filled in the form herself."),
            },
        ),
        (_("Consent"), {"fields": ("consent", "once")}),
    )

    # --- rights ------------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The right to change, as long as the registration is live."""
        live = not (isinstance(obj, Registration) and obj.is_cancelled)
        return live and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: who came and who cancelled is part of the forum's records."""
        return False

    def has_export_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The right to take everybody's details away as a file."""
        return can(request.user, EXPORT)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Registration], search_term: str
    ) -> tuple[QuerySet[Registration], bool]:
        """Find by words, or whose ticket a scanner typed; a forged or replaced one is nobody's."""
        scanned = search_term.strip()
        code = ticket.code_in(scanned)
        if code is None:
            return matching(queryset, search_term), False
        found = queryset.filter(code=code)
        genuine = [
            row.pk
            for row in found
            if ticket.read_payload(scanned, forum_id=row.forum_id) == TicketClaim(code, row.link_version)
        ]
        return found.filter(pk__in=genuine), False

    # --- columns and fields --------------------------------------------------------------------------

    @display(description=_("name"), ordering="name", header=True)
    def person(self, registration: Registration) -> tuple[str, str]:
        """Name above organization; the longest are cut, so that the other columns stay in sight."""
        short = Truncator(registration.name).chars(60), Truncator(registration.organization_name).chars(60)
        return str(short[0]), str(short[1])

    @display(description=_("contact"), header=True)
    def contact(self, registration: Registration) -> tuple[str, str]:
        """The address above the country and the language of mails."""
        country = country_name(registration.country, current_language())
        return registration.email, f"{country} · {registration.get_language_display()}"

    @display(description=_("type of attendance"), ordering="type__position")
    def kind(self, registration: Registration) -> str:
        """The kind of attendance in the reader's language."""
        return str(registration.type)

    @display(description=_("country"), ordering="country")
    def country_name(self, registration: Registration) -> str:
        """The country in the reader's language."""
        return country_name(registration.country, current_language())

    @display(description=_("status"), ordering="status", label=STATE_COLOURS)
    def state(self, registration: Registration) -> tuple[str, str]:
        """The status as a coloured word."""
        return registration.status, registration.get_status_display()

    @display(description=_("registered"), ordering="created_at", header=True)
    def registered(self, registration: Registration) -> tuple[str, str]:
        """When, on the forum's clock, above the ticket's code."""
        return self.registered_at(registration), registration.code

    @display(description=_("registered"))
    def registered_at(self, registration: Registration) -> str:
        """When, on the forum's clock."""
        return dates.moment(registration.created_at, registration.forum.zone, current_language())

    @display(description=_("cancelled"))
    def cancelled(self, registration: Registration) -> str:
        """When, on the forum's clock."""
        when = registration.cancelled_at
        return dates.moment(when, registration.forum.zone, current_language()) if when else "–"

    @display(description=_("agreed to"))
    def agreed(self, registration: Registration) -> SafeString | str:
        """Each consent: when, which version, in which words."""
        given = [
            (
                dates.moment(consent.agreed_at, registration.forum.zone, current_language()),
                consent.version,
                format_html('<span lang="{}">{}</span>', consent.language, consent.wording),
            )
            for consent in registration.consents.all()
        ]
        return format_html_join("", "<p>{} · {} · {}</p>", given) or "–"

    # --- adding and correcting -------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new registration asks for more than may be corrected later."""
        return super().get_fieldsets(request, obj) if obj else self.add_fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A new registration has nothing yet that only may be read."""
        return tuple(super().get_readonly_fields(request, obj)) if obj else ()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form to register somebody, or the one to correct her."""
        if obj is None:
            kwargs["form"] = placing(NewRegistrationForm)
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            # The kinds of attendance have a page of their own.
            widget: Any = form.base_fields["type"].widget
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Let the service do it; what it refuses is shown in the form."""
        by = acting_user(request)
        if change:
            texts = {name: form.cleaned_data[name] for name in CorrectionForm.Meta.fields}
            services.correct_details(obj, **texts, by=by)
        else:
            made = services.register(
                forum=obj.forum,
                type=form.cleaned_data["type"],
                form_token=form.cleaned_data["once"],
                details=services.PersonDetails(**{name: form.cleaned_data[name] for name in DETAILS}),
                consents=[form.consent_given()],
                by=by,
            )
            obj.pk = made.pk
        obj.refresh_from_db()

    # --- deeds -------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Each deed has a page that asks, in front of Django's own."""
        page = self.admin_site.admin_view(self.deed_view)
        people = self.admin_site.admin_view(partial(import_page, self))
        numbers = self.admin_site.admin_view(partial(numbers_page, self))
        return [
            path("<uuid:pk>/do/<slug:name>/", page, name="registrations_registration_deed"),
            path("import/", people, name="registrations_registration_import"),
            path("numbers/", numbers, name="registrations_registration_numbers"),
            *super().get_urls(),
        ]

    @action(description=_("Numbers"), permissions=["view"], url_path="to-numbers")
    def numbers_button(self, request: HttpRequest) -> HttpResponse:
        """Lead to the page."""
        return HttpResponseRedirect(reverse("admin:registrations_registration_numbers"))

    @action(description=_("Import people"), permissions=["add"], url_path="to-import")
    def import_button(self, request: HttpRequest) -> HttpResponse:
        """Lead to the page."""
        return HttpResponseRedirect(reverse("admin:registrations_registration_import"))

    def has_print_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The right to print badges, tickets and certificates."""
        return can(request.user, PRINT)

    @action(description=_("Badge and certificates"), permissions=["print"], url_path="to-documents")
    def documents_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to what can be printed for her."""
        person = self.get_object(request, object_id)
        return HttpResponseRedirect(reverse("admin:registrations_documentbatch_person", args=[person.pk]))

    @admin.action(description=_("Badges or tickets …"), permissions=["print"])
    def print_chosen(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
        """Lead to the page that asks on which paper."""
        codes = list(queryset.confirmed().values_list("code", flat=True)[: MOST_AT_ONCE + 1])  # type: ignore[attr-defined]
        if not 1 <= len(codes) <= MOST_AT_ONCE:
            refusal = _("Choose 1 to %(most)s registrations that are not cancelled.") % {"most": MOST_AT_ONCE}
            self.message_user(request, refusal, messages.WARNING)
            return None
        address = reverse("admin:registrations_documentbatch_add")
        return HttpResponseRedirect(f"{address}?{urlencode({'codes': ' '.join(codes)})}")

    @action(description=_("Send the ticket again"), permissions=["change"], url_path="to-send-link")
    def send_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the question."""
        return _to_deed(object_id, SEND_LINK)

    @action(description=_("Replace the secret link"), permissions=["change"], url_path="to-replace-link")
    def replace_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the question."""
        return _to_deed(object_id, REPLACE_LINK)

    @action(description=_("Cancel the registration"), permissions=["change"], url_path="to-cancel")
    def cancel_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the question."""
        return _to_deed(object_id, CANCEL)

    @action(description=_("Erase personal data"), permissions=["erase"], url_path="to-erase")
    def erase_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the question."""
        return _to_deed(object_id, ERASE)

    def has_erase_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Also of a registration that has ended and can no longer be changed."""
        return super().has_change_permission(request, object_id)

    def deed_view(self, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
        """Ask about one registration; on POST do it."""
        deed = DEEDS.get(name)
        if deed is None:
            raise Http404
        registration = self.get_object(request, str(pk))
        if not super().has_change_permission(request, registration):
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return self._do(request, deed, [registration], form.cleaned_data["reason"])
        return self._ask(request, deed, [registration], form)

    @admin.action(description=_("Cancel …"), permissions=["change"])
    def cancel_chosen(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
        """Ask once, then cancel."""
        return self._several(request, queryset, CANCEL)

    @admin.action(description=_("Send the ticket again …"), permissions=["change"])
    def send_chosen(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
        """Ask once, then send."""
        return self._several(request, queryset, SEND_LINK)

    def has_write_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The right to write to people."""
        return can(request.user, WRITE)

    @admin.action(description=_("Write to them …"), permissions=["write"])
    def write_to_chosen(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
        """Begin a draft to them alone. Those of forums where the organizer may not write stay out."""
        made = begin_draft(queryset, by=acting_user(request))
        if made is None:
            refusal = _("Choose 1 to %(most)s people of one forum.") % {"most": MOST_CHOSEN}
            self.message_user(request, refusal, messages.WARNING)
            return None
        return HttpResponseRedirect(reverse("admin:registrations_broadcast_change", args=[made.pk]))

    @admin.action(description=_("Export as CSV"), permissions=["export"])
    def export_chosen(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponseBase:
        """Give the chosen registrations, or all that the list found, as a file; the trail remembers it."""
        return export(self._to_export(request, queryset))

    @admin.action(description=_("Export as a spreadsheet (XLSX)"), permissions=["export"])
    def export_chosen_xlsx(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponseBase:
        """The same as a workbook."""
        return export(self._to_export(request, queryset), as_workbook=True)

    def _to_export(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """Return what may be taken away: nothing of forums where the organizer may only look."""
        forums = forums_where(request.user, EXPORT)
        allowed = queryset.filter(forum__in=forums)
        found = request.META.get("QUERY_STRING", "")[:500]
        for forum in forums.filter(Exists(allowed.filter(forum=OuterRef("pk")).order_by())):
            record("registrations.exported", forum, actor=acting_user(request), reason=found)
        return allowed

    def _several(
        self, request: HttpRequest, queryset: QuerySet[Registration], deed: Deed
    ) -> HttpResponse | None:
        # The list also shows people of forums where the organizer may only look. The order is that in which
        # the services lock them, so that two organizers never wait for each other.
        mine = queryset.filter(forum__in=forums_where(request.user, CHANGE))
        live = mine.filter(status=Status.CONFIRMED).order_by("type_id", "pk")
        chosen = list(live.select_related("type", "forum__venue")[: MOST_AT_ONCE + 1])
        if not chosen or len(chosen) > MOST_AT_ONCE:
            refusal = _("Choose 1 to %(most)s registrations that are not cancelled.") % {"most": MOST_AT_ONCE}
            self.message_user(request, refusal, messages.WARNING)
            return None
        form = ReasonForm(request.POST if "confirmed" in request.POST else None)
        if form.is_bound and form.is_valid():
            return self._do(request, deed, chosen, form.cleaned_data["reason"])
        return self._ask(request, deed, chosen, form, action=f"{deed.name.split('-')[0]}_chosen")

    def _do(self, request: HttpRequest, deed: Deed, chosen: list[Registration], reason: str) -> HttpResponse:
        by = acting_user(request)
        try:
            for registration in chosen:
                deed.do(registration, by, reason)
        except DomainError as error:
            if len(chosen) > 1:
                raise
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, deed.done % {"n": len(chosen)}, messages.SUCCESS)
        return HttpResponseRedirect(_list_address() if len(chosen) > 1 else _address(chosen[0]))

    def _ask(
        self,
        request: HttpRequest,
        deed: Deed,
        chosen: list[Registration],
        form: ReasonForm,
        action: str = "",
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": deed.title,
            "deed": deed,
            "chosen": chosen,
            "form": form,
            "action": action,
            "checkbox": ACTION_CHECKBOX_NAME,
            "opts": self.opts,
            "back": _list_address() if action else _address(chosen[0]),
        }
        return TemplateResponse(request, "admin/registrations/registration/ask.html", context)


def _to_deed(object_id: str, deed: Deed) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:registrations_registration_deed", args=[object_id, deed.name]))


def _address(registration: Registration) -> str:
    return reverse("admin:registrations_registration_change", args=[registration.pk])


def _list_address() -> str:
    return reverse("admin:registrations_registration_changelist")
