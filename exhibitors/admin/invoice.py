"""Invoices in the admin: which are open, what came in, what is missing; nobody edits one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from unfold.decorators import action, display

from accounts.admin_base import AuditedModelAdmin
from accounts.permissions import acting_user, can, demand
from core import dates
from core.audit import record
from core.errors import DomainError
from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, current_language
from events.admin.named_forum import named_forum
from exhibitors import billing
from exhibitors.admin.invoice_deeds import DEEDS
from exhibitors.billing.balance import State, balance_of, state_of
from exhibitors.billing.export import comma_separated, workbook
from exhibitors.billing.money import in_currency
from exhibitors.billing.paper import invoice_pdf, receipt_pdf
from exhibitors.billing.reading import account, today_of
from exhibitors.billing.snapshot import invoice_snapshot, payment_snapshot
from exhibitors.forms.billing import ReasonForm
from exhibitors.models import BoothBooking, Invoice, Payment
from exhibitors.models.billing import owed_an_invoice

VIEW, KEEP = "exhibitors.view_invoice", "exhibitors.keep_accounts"
FOLDER = "admin/exhibitors/invoice"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLOURS = {
    State.OPEN: "info",
    State.PARTLY: "info",
    State.OVERDUE: "danger",
    State.PAID: "success",
    State.OVERPAID: "warning",
    State.CREDITED: "warning",
    "": "warning",
}


class StateFilter(admin.SimpleListFilter):
    """What became of invoices; credit notes are a choice of their own."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the choices."""
        return [
            ("due", _("to be paid")),
            ("overdue", _("overdue")),
            ("paid", _("paid")),
            ("overpaid", _("overpaid")),
            ("credited", _("credited")),
        ]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """Leave those of the choice."""
        rows = queryset.filter(kind=Invoice.Kind.INVOICE)
        match self.value():
            case "due":
                return rows.filter(open_amount__gt=0)
            case "overdue":
                return rows.filter(open_amount__gt=0, due_on__lt=timezone.localdate())
            case "paid":
                return rows.filter(open_amount=0, credited__lt=F("total"))
            case "overpaid":
                return rows.filter(open_amount__lt=0)
            case "credited":
                return rows.filter(credited=F("total"))
        return queryset


@admin.register(Invoice)
class InvoiceAdmin(AuditedModelAdmin):
    """The books of the exhibition."""

    list_display = ("called", "buyer_name", "issued", "due", "shown_total", "shown_open", "state")
    list_filter = (StateFilter, "kind", "currency", "year")
    list_select_related = ("forum", "booking__exhibitor__organization")
    list_per_page = 100
    search_fields = ("number", "buyer__name", "buyer__tax_code")
    search_help_text = _("Number, name or tax code")
    actions = ("export_csv", "export_xlsx")
    actions_list = ("missing_button",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("number", "kind", "of"),
                    ("issued", "due", "shown_state"),
                    ("buyer_name", "shown_total", "shown_open"),
                    "reason",
                )
            },
        ),
    )
    readonly_fields = (
        *("number", "kind", "of", "issued", "due", "shown_state"),
        *("buyer_name", "shown_total", "shown_open", "reason"),
    )
    change_form_outer_before_template = f"{FOLDER}/deeds.html"
    change_form_outer_after_template = f"{FOLDER}/account.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An invoice comes with the acceptance of an offer."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: it is credited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: its number would be missing."""
        return False

    def has_keep_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The right to keep the accounts."""
        return can(request.user, KEEP, obj)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With what became of each."""
        found: Any = super().get_queryset(request)
        return found.with_balance()

    # --- columns and fields ------------------------------------------------------------------------------

    @display(description=_("number"), ordering="number")
    def called(self, invoice: Invoice) -> SafeString:
        """The number, in one line."""
        return format_html('<span class="whitespace-nowrap">{}</span>', invoice.number)

    @display(description=_("made out to"))
    def buyer_name(self, invoice: Invoice) -> str:
        """Who pays."""
        return str(invoice.buyer["name"])

    @display(description=_("date"), ordering="issued_on")
    def issued(self, invoice: Invoice) -> str:
        """The day on it."""
        return dates.full_day(invoice.issued_on, current_language())

    @display(description=_("due"), ordering="due_on")
    def due(self, invoice: Invoice) -> str:
        """By when it is to be paid."""
        return dates.full_day(invoice.due_on, current_language()) if invoice.due_on else "–"

    @display(description=_("total"), ordering="total")
    def shown_total(self, invoice: Invoice) -> str:
        """With VAT."""
        return in_currency(invoice.total, invoice.currency, current_language())

    @display(description=_("still due"), ordering="open_amount")
    def shown_open(self, invoice: Invoice) -> str:
        """What is still due."""
        if invoice.is_credit:
            return "–"
        return in_currency(balance_of(invoice).open, invoice.currency, current_language())

    @display(description=_("state"), label=_COLOURS)
    def state(self, invoice: Invoice) -> tuple[str, str]:
        """What became of it, as a coloured word."""
        if invoice.is_credit:
            return "", str(invoice.get_kind_display())
        found = state_of(invoice, today_of(invoice.forum))
        return found, str(found.label)

    @display(description=_("state"))
    def shown_state(self, invoice: Invoice) -> str:
        """The same as a word."""
        return self.state(invoice)[1]

    # --- files -------------------------------------------------------------------------------------------

    @admin.action(description=_("Export as CSV"), permissions=["keep"])
    def export_csv(self, request: HttpRequest, queryset: Any) -> HttpResponseBase:
        """Give the chosen documents as CSV."""
        lines = comma_separated(self._to_export(request, queryset))
        return self._file(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), "csv")

    @admin.action(description=_("Export as a spreadsheet (XLSX)"), permissions=["keep"])
    def export_xlsx(self, request: HttpRequest, queryset: Any) -> HttpResponseBase:
        """Give the chosen documents as a spreadsheet."""
        pieces = workbook(self._to_export(request, queryset))
        return self._file(StreamingHttpResponse(pieces, content_type=XLSX), "xlsx")

    def _to_export(self, request: HttpRequest, queryset: Any) -> Any:
        """Leave those of forums where she keeps the accounts, and write down that they were taken."""
        chosen = Invoice.objects.filter(pk__in=queryset.values("pk"))
        for row in chosen.order_by().distinct("forum").select_related("forum"):
            demand(acting_user(request), KEEP, row.forum)
            record("invoice.exported", row.forum, actor=acting_user(request))
        return chosen

    def _file(self, response: StreamingHttpResponse, ending: str) -> StreamingHttpResponse:
        name = f"invoices-{timezone.localtime():%Y-%m-%d-%H%M}.{ending}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    # --- pages -------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The papers, the deeds and what is missing, beside Django's own pages."""
        view = self.admin_site.admin_view
        name = "exhibitors_invoice"
        return [
            path("missing/", view(self.missing_view), name=f"{name}_missing"),
            path("missing/<int:pk>/", view(self.issue_view), name=f"{name}_issue"),
            path("payments/<int:pk>/withdraw/", view(self.withdraw_view), name=f"{name}_withdraw"),
            path("payments/<int:pk>/<str:language>/", view(self.receipt_view), name=f"{name}_receipt"),
            path("<int:pk>/paper/<str:language>/", view(self.paper_view), name=f"{name}_paper"),
            path("<int:pk>/do/<slug:name>/", view(self.deed_view), name=f"{name}_deed"),
            *super().get_urls(),
        ]

    @action(description=_("Invoices to be issued"), permissions=["keep"], url_path="to-missing")
    def missing_button(self, request: HttpRequest) -> HttpResponse:
        """Lead to the page."""
        return HttpResponseRedirect(reverse("admin:exhibitors_invoice_missing"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what it says and what became of it, with what may be done."""
        invoice = self.get_object(request, object_id)
        papers = [
            (f"PDF · {NATIVE_NAMES[code]}", self._to("paper", invoice.pk, code)) for code in LANGUAGE_CODES
        ]
        shown = None if invoice.is_credit else account(invoice)
        keeps = can(request.user, KEEP, invoice)
        deeds = [
            (deed.title, self._to("deed", invoice.pk, deed.name))
            for deed in DEEDS.values()
            if shown and keeps and deed.fits(shown)
        ]
        context = {"papers": papers, "deeds": deeds, "account": shown, "invoice": invoice, "keeps": keeps}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    @method_decorator(require_safe)
    def paper_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Give the paper in a language."""
        invoice = self._one(request, pk, VIEW)
        return self._pdf(invoice_pdf(invoice_snapshot(invoice), self._known(language)), invoice.number)

    @method_decorator(require_safe)
    def receipt_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Give the receipt of a payment in a language."""
        payment = self._payment(request, pk, VIEW)
        return self._pdf(receipt_pdf(payment_snapshot(payment), self._known(language)), payment.number)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def deed_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Ask; on POST record a payment or a refund, or issue a credit note."""
        invoice, deed = self._one(request, pk, KEEP), DEEDS.get(name)
        if deed is None or invoice.is_credit:
            raise Http404
        shown = account(invoice)
        form: Any = deed.form(
            request.POST if request.method == "POST" else None, invoice=invoice, balance=shown.balance
        )
        if form.is_bound and form.is_valid():
            try:
                deed.do(invoice, acting_user(request), form)
            except DomainError as error:
                error.add_to(form)
            else:
                self.message_user(request, deed.done, messages.SUCCESS)
                return HttpResponseRedirect(self._to("change", invoice.pk))
        asked = {"title": deed.title, "lead": deed.lead, "button": deed.button, "account": shown}
        return self._ask(request, invoice, form, **asked)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why; on POST take a payment out of the sums."""
        payment = self._payment(request, pk, KEEP)
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                billing.withdraw_payment(payment, by=acting_user(request), reason=form.cleaned_data["reason"])
            except DomainError as error:
                error.add_to(form)
            else:
                self.message_user(request, _("The payment is withdrawn."), messages.SUCCESS)
                return HttpResponseRedirect(self._to("change", payment.invoice_id))
        return self._ask(
            request,
            payment.invoice,
            form,
            title=_("Withdraw a payment"),
            lead=_(
                "For a payment recorded by mistake: it stays in the list with the reason and counts no more. "
                "The exhibitor is told by mail. A confirmed booth stays confirmed."
            ),
            button=_("Withdraw the payment"),
            account=account(payment.invoice),
            payment=payment,
        )

    @method_decorator(require_safe)
    def missing_view(self, request: HttpRequest) -> HttpResponse:
        """Show bookings that have a price and no invoice."""
        forum = named_forum(request)
        demand(acting_user(request), KEEP, forum)
        rows = owed_an_invoice().filter(exhibitor__forum=forum).select_related("exhibitor__organization")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Invoices to be issued"),
            "opts": self.opts,
            "forum": forum,
            "bookings": rows.prefetch_related("booths__booth").order_by("pk"),
        }
        return TemplateResponse(request, f"{FOLDER}/missing.html", context)

    @method_decorator(require_POST)
    def issue_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Issue the invoice of a booking."""
        rows = BoothBooking.objects.select_related("exhibitor__forum")
        booking = rows.filter(pk=pk).first()
        if booking is None:
            raise Http404
        demand(acting_user(request), KEEP, booking)
        try:
            made = billing.issue_invoice(booking, by=acting_user(request))
        except DomainError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:exhibitors_invoice_missing"))
        self.message_user(request, _("Invoice %(number)s is issued.") % {"number": made}, messages.SUCCESS)
        return HttpResponseRedirect(self._to("change", made.pk))

    def _ask(self, request: HttpRequest, invoice: Invoice, form: Any, **more: Any) -> HttpResponse:
        frame = self.admin_site.each_context(request)
        context = {**frame, "opts": self.opts, "invoice": invoice, "form": form, **more}
        context["back"] = self._to("change", invoice.pk)
        return TemplateResponse(request, f"{FOLDER}/ask.html", context)

    def _one(self, request: HttpRequest, pk: int, right: str) -> Invoice:
        rows = Invoice.objects.select_related("forum", "of", "booking")
        found = rows.filter(pk=pk).first()
        if found is None:
            raise Http404
        demand(acting_user(request), right, found)
        return found

    def _payment(self, request: HttpRequest, pk: int, right: str) -> Payment:
        found = Payment.objects.select_related("invoice__forum", "invoice__of").filter(pk=pk).first()
        if found is None:
            raise Http404
        demand(acting_user(request), right, found)
        return found

    def _known(self, language: str) -> str:
        if language not in LANGUAGE_CODES:
            raise Http404
        return language

    def _pdf(self, content: bytes, number: str) -> HttpResponse:
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{number}.pdf"'
        return response

    def _to(self, page: str, *args: Any) -> str:
        return reverse(f"admin:exhibitors_invoice_{page}", args=args)
