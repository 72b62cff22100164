"""Certificates in the admin: issued to those who earned them, printed, replaced, revoked; never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from unfold.decorators import display

from accounts.admin_base import AuditedModelAdmin
from accounts.models import User
from accounts.permissions import acting_user, can, demand
from core import dates
from core.errors import DomainError
from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, choose, current_language
from registrations.admin.document_forms import CertificateReasonForm, IssueForm
from registrations.admin.documents import order_page
from registrations.admin.paging import BoundedPaginator
from registrations.certificates import (
    CODE_LENGTH,
    Proof,
    grouped,
    issue_again,
    plain_code,
    proof_of,
    reissue,
    revoke,
)
from registrations.documents.certificates import certificate_url, render_certificates
from registrations.models import Certificate

VIEW, ADD, CHANGE = (f"registrations.{verb}_certificate" for verb in ("view", "add", "change"))
_WORDS: dict[Proof, str | Promise] = {
    Proof.GENUINE: _("valid"),
    Proof.REPLACED: _("replaced"),
    Proof.REVOKED: pgettext_lazy("a certificate", "revoked"),
}
_COLOURS = {Proof.GENUINE: "success", Proof.REPLACED: "info", Proof.REVOKED: "danger"}


@dataclass(frozen=True, slots=True)
class _Deed:
    """What is done to one certificate, after a question."""

    name: str
    title: str | Promise
    lead: str | Promise
    button: str | Promise
    done: str | Promise
    do: Callable[..., Certificate | None]
    # To a certificate that proves this.
    of: Proof = Proof.GENUINE


_DEEDS = {
    deed.name: deed
    for deed in (
        _Deed(
            "reissue",
            _("Issue again"),
            _(
                "A new certificate says what holds today: the name as it is written now, and the visits as "
                "they are recorded now. It goes to its holder by mail. The present one is no longer valid, "
                "and its page says that it was replaced."
            ),
            _("Issue again"),
            _("A new certificate is issued; the former one is no longer valid."),
            reissue,
        ),
        _Deed(
            "revoke",
            _("Revoke the certificate"),
            _(
                "Whoever scans it learns that it is no longer valid, and its holder can no longer download "
                "it and gets the reason by mail. This cannot be undone; another one can be issued."
            ),
            pgettext_lazy("a certificate", "Yes, revoke"),
            _("The certificate is revoked."),
            revoke,
        ),
        _Deed(
            "issue-after-all",
            _("Issue another one"),
            _(
                "A new certificate says what holds today, and goes to its holder by mail. The revoked one "
                "stays revoked."
            ),
            _("Issue"),
            _("A new certificate is issued; the revoked one stays revoked."),
            issue_again,
            of=Proof.REVOKED,
        ),
    )
}


class ValidFilter(admin.SimpleListFilter):
    """Certificates that are valid, and those that no longer are."""

    title = _("validity")
    parameter_name = "valid"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The two."""
        return [("yes", _("valid")), ("no", _("no longer valid"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> QuerySet[Certificate]:
        """Filter by whether it was revoked."""
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(revoked_at__isnull=self.value() == "yes")


@admin.register(Certificate)
class CertificateAdmin(AuditedModelAdmin):
    """What was certified to whom."""

    audited_by_service = True
    list_display = ("person", "kind", "number", "state", "issued")
    list_filter = ("kind", ValidFilter)
    list_select_related = ("forum", "registration", "replaced_by")
    list_per_page = 100
    search_fields = ("code", "registration__name", "registration__code")
    search_help_text = _("Part of a name, of a ticket code or of a number")
    ordering = ("-issued_at",)
    sortable_by = ("issued",)
    paginator = BoundedPaginator
    show_full_result_count = False
    fields = (
        ("shown_name", "ticket"),
        ("kind", "number"),
        ("days", "credits"),
        "sessions",
        ("issued", "issued_by"),
        ("validity", "revoked"),
        "revoke_reason",
        "replaces",
    )
    readonly_fields = (
        "shown_name",
        "ticket",
        "kind",
        "number",
        "days",
        "credits",
        "sessions",
        "issued",
        "issued_by",
        "validity",
        "revoked",
        "revoke_reason",
        "replaces",
    )
    change_form_outer_before_template = "admin/registrations/certificate/deeds.html"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: a mistake is replaced or revoked."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what was issued stays known."""
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Certificate], search_term: str
    ) -> tuple[QuerySet[Certificate], bool]:
        """Find a number however it is written, else by words."""
        plain = plain_code(search_term)
        if len(plain) == CODE_LENGTH and "-" in search_term:
            return queryset.filter(code=plain), False
        return super().get_search_results(request, queryset, search_term)

    # --- columns and fields ------------------------------------------------------------------------------

    @display(description=_("name"), header=True)
    def person(self, certificate: Certificate) -> tuple[str, str]:
        """The name on the paper above the organization."""
        return certificate.facts["name"][:60] or "–", certificate.facts["organization"][:60]

    @display(description=_("name"))
    def shown_name(self, certificate: Certificate) -> str:
        """The name on the paper, in both forms."""
        names = (certificate.facts["name"], certificate.facts["latin_name"])
        return " · ".join(name for name in names if name) or "–"

    @display(description=_("ticket code"))
    def ticket(self, certificate: Certificate) -> SafeString:
        """The registration, as a link."""
        address = reverse("admin:registrations_registration_change", args=[certificate.registration_id])
        return format_html('<a class="underline" href="{}">{}</a>', address, certificate.registration.code)

    @display(description=_("number"), ordering="code")
    def number(self, certificate: Certificate) -> SafeString:
        """The number in groups, leading to the page that everybody sees."""
        address = certificate_url(certificate, current_language())
        return format_html('<a class="underline" href="{}">{}</a>', address, grouped(certificate.code))

    @display(description=_("status"), label=_COLOURS)
    def state(self, certificate: Certificate) -> tuple[str, str]:
        """Whether it is valid, as a coloured word."""
        return proof_of(certificate), self.validity(certificate)

    @display(description=_("status"))
    def validity(self, certificate: Certificate) -> str:
        """Whether it is valid."""
        return str(_WORDS[proof_of(certificate)])

    @display(description=_("issued"), ordering="issued_at")
    def issued(self, certificate: Certificate) -> str:
        """When, on the forum's clock."""
        return dates.moment(certificate.issued_at, certificate.forum.zone, current_language())

    @display(description=pgettext_lazy("a certificate", "revoked"))
    def revoked(self, certificate: Certificate) -> str:
        """When, on the forum's clock."""
        when = certificate.revoked_at
        return dates.moment(when, certificate.forum.zone, current_language()) if when else "–"

    @display(description=_("days"))
    def days(self, certificate: Certificate) -> str:
        """The days of presence."""
        language = current_language()
        return ", ".join(
            dates.full_day(date.fromisoformat(one), language) for one in certificate.facts["days"]
        )

    @display(description=_("CME credits"))
    def credits(self, certificate: Certificate) -> str:
        """The sum."""
        return certificate.facts.get("credits", "–")

    @display(description=_("sessions"))
    def sessions(self, certificate: Certificate) -> str:
        """Each session with its credits."""
        rows = certificate.facts.get("sessions", ())
        return "; ".join(f"{choose(row['title'])} ({row['credits']})" for row in rows) or "–"

    # --- pages ---------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The paper, replacing and revoking, beside Django's own pages."""
        view = self.admin_site.admin_view
        paper, deed = view(self.paper_view), view(self.deed_view)
        return [
            path("<uuid:pk>/paper/<str:language>/", paper, name="registrations_certificate_paper"),
            path("<uuid:pk>/do/<slug:name>/", deed, name="registrations_certificate_deed"),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask to whom, then issue and print in the background."""
        return order_page(
            self,
            request,
            IssueForm,
            right=ADD,
            title=_("Issue certificates"),
            button=_("Issue"),
            lead=_(
                "Issued to those who came, or who earned CME credits by being in the sessions, and who "
                "have none yet, and sent by mail with a link to the PDF. Whose certificate was revoked gets "
                "no new one here. All valid ones come as one PDF for you."
            ),
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what it says, with what may be done."""
        certificate = self.get_object(request, object_id)
        deeds: list[tuple[str | Promise, str, bool]] = [
            (f"PDF · {NATIVE_NAMES[code]}", self._address("paper", certificate, code), True)
            for code in LANGUAGE_CODES
        ]
        if can(request.user, CHANGE, certificate):
            proof = proof_of(certificate)
            deeds += [
                (deed.title, self._address("deed", certificate, deed.name), False)
                for deed in _DEEDS.values()
                if deed.of == proof
            ]
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "deeds": deeds})

    @method_decorator(require_safe)
    def paper_view(self, request: HttpRequest, pk: UUID, language: str) -> HttpResponse:
        """Give the paper in a language, whatever became of it since."""
        certificate = self._one(request, pk, VIEW)
        if language not in LANGUAGE_CODES:
            raise Http404
        response = HttpResponse(
            render_certificates([(certificate, language)]), content_type="application/pdf"
        )
        response["Content-Disposition"] = f'attachment; filename="{grouped(certificate.code)}.pdf"'
        return response

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def deed_view(self, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
        """Ask why; on POST replace or revoke."""
        certificate, deed = self._one(request, pk, CHANGE), _DEEDS.get(name)
        if deed is None:
            raise Http404
        form = CertificateReasonForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                made = self._do(deed, certificate, acting_user(request), form.cleaned_data["reason"])
            except DomainError as error:
                error.add_to(form)
            else:
                self.message_user(request, deed.done, messages.SUCCESS)
                return HttpResponseRedirect(self._address("change", made))
        context = {
            **self.admin_site.each_context(request),
            "title": deed.title,
            "lead": deed.lead,
            "button": deed.button,
            "opts": self.opts,
            "certificate": certificate,
            "number": grouped(certificate.code),
            "form": form,
            "back": self._address("change", certificate),
        }
        return TemplateResponse(request, "admin/registrations/certificate/ask.html", context)

    def _do(self, deed: _Deed, certificate: Certificate, by: User, reason: str) -> Certificate:
        return deed.do(certificate, by=by, reason=reason) or certificate

    def _one(self, request: HttpRequest, pk: UUID, right: str) -> Certificate:
        found = Certificate.objects.select_related("forum", "registration", "replaced_by")
        certificate: Certificate = get_object_or_404(found, pk=pk)
        demand(acting_user(request), right, certificate)
        return certificate

    def _address(self, page: str, certificate: Certificate, *more: str) -> str:
        return reverse(f"admin:registrations_certificate_{page}", args=[certificate.pk, *more])
