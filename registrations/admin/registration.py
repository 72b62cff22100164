"""Registrations in the admin: found quickly among very many, changed through the services alone."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from accounts.admin_base import acting_user
from accounts.permissions import can, forums_where
from accounts.refusals import placing
from core import dates
from core.audit import record
from core.countries import country_name
from core.i18n import current_language
from registrations import applications, services, ticket
from registrations.admin.broadcast_start import begin_draft
from registrations.admin.deeds import DECIDE
from registrations.admin.export import export
from registrations.admin.filters import CountryFilter, TypeFilter
from registrations.admin.forms import CorrectionForm, NewRegistrationForm
from registrations.admin.numbers_page import numbers_page
from registrations.admin.paging import OrderedPaginator
from registrations.admin.people_import import import_page
from registrations.admin.registration_deeds import MOST_AT_ONCE, RegistrationDeeds
from registrations.groups import MOST_CHOSEN
from registrations.models import Registration
from registrations.searching import matching
from registrations.ticket import TicketClaim

Status = Registration.Status
EXPORT = "registrations.export_registration"
WRITE = "registrations.add_broadcast"
PRINT = "registrations.add_documentbatch"
STATE_COLOURS = {
    Status.PENDING: "warning",
    Status.WAITING: "info",
    Status.OFFERED: "primary",
    Status.CONFIRMED: "success",
    Status.CANCELLED: "danger",
    Status.DECLINED: "danger",
    Status.EXPIRED: "danger",
}
DETAILS = ("name", "latin_name", "job_title", "email", "organization_name", "country", "language")


@admin.register(Registration)
class RegistrationAdmin(RegistrationDeeds):
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
    paginator = OrderedPaginator
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
    actions_detail = ("documents_button",)
    readonly_fields = (
        "code",
        "status",
        "kind",
        "email",
        "language",
        "delegation_link",
        "invitation_link",
        "answered",
        "registered_at",
        "decided",
        "in_line",
        "ended",
        "cancel_reason",
        "agreed",
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "latin_name"),
                    ("job_title", "organization_name"),
                    ("country", "kind"),
                    ("code", "status"),
                    ("delegation_link", "invitation_link"),
                )
            },
        ),
        (_("Contact"), {"fields": (("email", "language"),)}),
        (
            _("History"),
            {"fields": (("registered_at", "decided"), "in_line", ("ended", "cancel_reason"), "agreed")},
        ),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "type",
                    ("name", "email"),
                    ("latin_name", "job_title"),
                    "organization_name",
                    ("country", "language"),
                ),
                "description": _(
                    "The person gets the same mail as if they had filled in the form themselves."
                ),
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

    @display(description=_("decided"))
    def decided(self, registration: Registration) -> str:
        """When organizers decided about the application."""
        return _moment(registration, registration.decided_at)

    @display(description=_("ended"))
    def ended(self, registration: Registration) -> str:
        """When it was cancelled or declined, or the offer expired."""
        return _moment(registration, registration.cancelled_at)

    @display(description=_("waiting list"))
    def in_line(self, registration: Registration) -> str:
        """The place in line, or until when a place is offered."""
        if registration.status == Status.OFFERED:
            moment = _moment(registration, registration.offer_until)
            return _("a place is offered until %(moment)s") % {"moment": moment}
        place = services.position_in_line(registration)
        if place is None:
            return "–"
        moment = _moment(registration, registration.waiting_since)
        return _("place %(place)s in line, since %(moment)s") % {"place": place, "moment": moment}

    @display(description=_("delegation"))
    def delegation_link(self, registration: Registration) -> SafeString | str:
        """The group she belongs to."""
        return _link("delegation", registration.delegation)

    @display(description=_("invitation"))
    def invitation_link(self, registration: Registration) -> SafeString | str:
        """The code with which she came."""
        return _link("invitation", registration.invitation)

    @display(description=_("answers"))
    def answered(self, registration: Registration) -> SafeString:
        """What she answered, and her documents."""
        context = {"answers": applications.answers_of(registration), "pk": registration.pk}
        return render_to_string("admin/registrations/approvals/_answers.html", context)

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
        """A new registration asks for more than may be corrected; answers are for whoever decides."""
        if obj is None:
            return self.add_fieldsets
        shown = super().get_fieldsets(request, obj)
        if not can(request.user, DECIDE, obj):
            return shown
        return [*shown[:2], (_("Answers"), {"fields": ("answered",)}), *shown[2:]]

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
        """The pages about many people, in front of Django's own."""
        people = self.admin_site.admin_view(partial(import_page, self))
        numbers = self.admin_site.admin_view(partial(numbers_page, self))
        return [
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


def _moment(registration: Registration, when: datetime | None) -> str:
    """Return a moment on the forum's clock."""
    return dates.moment(when, registration.forum.zone, current_language()) if when else "–"


def _link(model: str, thing: Any) -> SafeString | str:
    """Return a link to the page of a thing that a registration belongs to."""
    if thing is None:
        return "–"
    address = reverse(f"admin:registrations_{model}_change", args=[thing.pk])
    return format_html('<a href="{}"><bdi>{}</bdi></a>', address, thing)
