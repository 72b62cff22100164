"""Who sells the booths: what stands on every invoice, checked before the first one is issued."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin_base import AuditedTabularInline, AuditedTranslationAdmin
from core.translation_marks import translation_marks
from exhibitors.models import BankAccount, Seller

_TEXTS = ("name", "address", "note")


class BankAccountInline(AuditedTabularInline):
    """One account for each currency in which there are prices."""

    model = BankAccount
    fields = ("currency", "bank", "bin", "number", "holder", "swift")
    extra = 0


@admin.register(Seller)
class SellerAdmin(AuditedTranslationAdmin):
    """One seller a forum. Invoices keep a copy: a change here concerns those to come."""

    inlines = (BankAccountInline,)
    list_display = ("called", "tax_code", "number_prefix", "currencies", "translations")
    list_select_related = ("forum",)
    readonly_fields = ("translations",)
    constraint_fields = {"bank_account_of_currency": "currency"}
    fieldsets = (
        (None, {"fields": ("forum", "name", "address", "translations")}),
        (_("On invoices"), {"fields": (("tax_code", "phone", "email"), "note")}),
        (
            _("Numbers and payment"),
            {
                "fields": (("number_prefix", "payment_days"),),
                "description": _(
                    "Numbers begin with 1 each year and have no gaps. Another beginning counts on where the "
                    "last number was."
                ),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A seller stays with its forum."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "forum") if obj else fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: credit notes and receipts need it as long as there are invoices."""
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the accounts of each."""
        return super().get_queryset(request).prefetch_related("accounts")

    @display(description=_("forum"))
    def called(self, seller: Seller) -> str:
        """The forum's name."""
        return str(seller.forum)

    @display(description=_("accounts"))
    def currencies(self, seller: Seller) -> str:
        """In which currencies it can be paid."""
        return ", ".join(account.currency for account in seller.accounts.all()) or "–"

    @display(description=_("languages"))
    def translations(self, seller: Seller) -> SafeString:
        """Which languages are complete."""
        return translation_marks(seller, _TEXTS)
