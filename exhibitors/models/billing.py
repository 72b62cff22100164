"""Invoices and payments: who sells, documents that nobody changes any more, and money that came in.

No amount is negative: what goes the other way is a document or a payment of another kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Floor
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Forum
from exhibitors.models.booking import BoothBooking

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

# VND and KRW have no smaller unit in use (ISO 4217).
_NO_CENTS = Q(currency="USD")


class Seller(models.Model):
    """Who sells the booths of a forum and what its invoices say. ``name``, ``address`` and ``note`` have
    three languages.
    """

    forum = models.OneToOneField(
        Forum, models.CASCADE, related_name="seller", verbose_name=_("forum"), primary_key=True
    )
    name = models.CharField(_("name"), max_length=250)
    address = models.CharField(_("address"), max_length=300)
    tax_code = models.CharField(_("tax code"), max_length=30)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"))
    payment_days = models.PositiveSmallIntegerField(
        _("days for payment"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
        help_text=_("From the day of the invoice."),
    )
    number_prefix = models.CharField(
        _("numbers begin with"),
        max_length=10,
        validators=[
            RegexValidator(r"\A[A-Z0-9]{2,10}\Z", _("Two to ten capital letters and digits, such as VKAI."))
        ],
        help_text=_("VKAI makes VKAI-2026-00017."),
    )
    note = models.TextField(
        _("note on invoices"), blank=True, help_text=_("Who bears bank charges, for instance.")
    )

    class Meta:
        verbose_name = _("seller")
        verbose_name_plural = _("sellers")
        constraints = [
            models.CheckConstraint(
                name="seller_payment_days", condition=Q(payment_days__gte=1, payment_days__lte=180)
            ),
            models.CheckConstraint(
                name="seller_number_prefix", condition=Q(number_prefix__regex=r"^[A-Z0-9]{2,10}$")
            ),
        ]

    def __str__(self) -> str:
        return str(self.forum)


class BankAccount(models.Model):
    """Where invoices in one currency are paid."""

    seller = models.ForeignKey(Seller, models.CASCADE, related_name="accounts", verbose_name=_("seller"))
    currency = models.CharField(_("currency"), max_length=3, choices=BoothBooking.Currency.choices)
    bank = models.CharField(_("bank"), max_length=150)
    bin = models.CharField(
        _("bank’s number for VietQR"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"\A[0-9]{6}\Z", _("Six digits, as NAPAS gave them to the bank."))],
        help_text=_("Six digits, for dong alone."),
    )
    number = models.CharField(
        _("account number"),
        max_length=19,
        validators=[RegexValidator(r"\A[0-9A-Za-z]{4,19}\Z", _("Four to nineteen letters and digits."))],
    )
    holder = models.CharField(_("account holder"), max_length=150)
    swift = models.CharField(
        _("SWIFT code"),
        max_length=11,
        blank=True,
        # ISO 9362
        validators=[
            RegexValidator(r"\A[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?\Z", _("Eight or eleven capital letters."))
        ],
    )

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "currency"],
                name="bank_account_of_currency",
                violation_error_message=_("There is an account for this currency already."),
            ),
            models.CheckConstraint(
                name="bank_account_bin_for_dong",
                condition=Q(currency="VND", bin__regex=r"^[0-9]{6}$") | (~Q(currency="VND") & Q(bin="")),
                violation_error_message=_("An account in dong has the bank’s six digits, and no other has."),
            ),
            models.CheckConstraint(
                name="bank_account_swift_abroad",
                condition=Q(currency="VND") | ~Q(swift=""),
                violation_error_message=_("An account in foreign currency has a SWIFT code."),
            ),
            models.CheckConstraint(
                name="bank_account_number", condition=Q(number__regex=r"^[0-9A-Za-z]{4,19}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} · {self.bank}"

    @property
    def forum_id(self) -> int:
        """The forum whose invoices are paid there."""
        return self.seller_id


class InvoiceSeries(models.Model):
    """The last number given in a year. Whoever takes the next one has this row locked until it is written."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("invoices")
        CREDIT = "credit", _("credit notes")
        RECEIPT = "receipt", _("receipts")
        REFUND = "refund", _("refunds")

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="invoice_series")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["forum", "year", "kind"], name="invoice_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """Invoices with what became of them."""

    def invoices(self) -> InvoiceQuerySet:
        """Those that ask for money, without credit notes."""
        return self.filter(kind=Invoice.Kind.INVOICE)

    def with_balance(self) -> InvoiceQuerySet:
        """Add ``credited``, ``received``, ``refunded`` and ``open_amount``; what is withdrawn does not count.

        ``open_amount`` is below nought when more came in than was owed.
        """
        credits_ = Invoice.objects.filter(of=OuterRef("pk"))
        money = Payment.objects.filter(invoice=OuterRef("pk"), withdrawn_at=None)
        # The checker of types knows such names of columns only where it sees them added.
        rows: Any = self
        found: InvoiceQuerySet = rows.annotate(
            credited=_sum(credits_, "of", "total"),
            received=_sum(money.filter(kind=Payment.Kind.RECEIVED), "invoice", "amount"),
            refunded=_sum(money.filter(kind=Payment.Kind.REFUNDED), "invoice", "amount"),
        ).annotate(open_amount=F("total") - F("credited") - F("received") + F("refunded"))
        return found

    def unpaid(self) -> InvoiceQuerySet:
        """Invoices of which something is still due."""
        rows: Any = self.invoices().with_balance()
        found: InvoiceQuerySet = rows.filter(open_amount__gt=0)
        return found

    def overdue(self, today: date) -> InvoiceQuerySet:
        """Unpaid ones whose day is over."""
        return self.unpaid().filter(due_on__lt=today)

    def standing(self) -> InvoiceQuerySet:
        """Invoices that are not credited altogether: of these a booking has one at most."""
        rows: Any = self.invoices().with_balance()
        found: InvoiceQuerySet = rows.filter(credited__lt=F("total"))
        return found


def _sum(rows: models.QuerySet, by: str, field: str) -> Coalesce:
    # An own query for each, since joins of two kinds of rows would multiply them.
    total = rows.order_by().values(by).annotate(whole=Sum(field)).values("whole")
    money = models.DecimalField(max_digits=16, decimal_places=2)
    return Coalesce(Subquery(total, output_field=money), 0, output_field=money)


class Invoice(models.Model):
    """An invoice for a booking, or a credit note ``of`` one. The database refuses to change or delete it.

    ``seller``, ``buyer``, ``lines`` and ``occasion`` say what they said on that day, texts by language.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("invoice")
        CREDIT = "credit", _("credit note")

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="invoices", verbose_name=_("forum"))
    booking = models.ForeignKey(
        BoothBooking, models.PROTECT, related_name="invoices", verbose_name=_("booth booking")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.INVOICE)
    of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="credits",
        verbose_name=_("of the invoice"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=30)
    issued_at = models.DateTimeField(_("issued"))
    # Days on the forum's clock.
    issued_on = models.DateField(_("date"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=BoothBooking.Currency.choices)
    net = models.DecimalField(_("without VAT"), max_digits=16, decimal_places=2)
    vat_percent = models.DecimalField(_("VAT in per cent"), max_digits=4, decimal_places=2)
    vat = models.DecimalField(_("VAT"), max_digits=16, decimal_places=2)
    total = models.DecimalField(_("total"), max_digits=16, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # What the form of a credit note carried: sending it twice writes one.
    form_token = models.UUIDField(unique=True, null=True, editable=False)
    seller = models.JSONField(_("seller"))
    buyer = models.JSONField(_("buyer"))
    lines = models.JSONField(_("lines"))
    occasion = models.JSONField(_("forum"))

    objects = InvoiceQuerySet.as_manager()

    # Added by InvoiceQuerySet.with_balance.
    credited: Decimal
    received: Decimal
    refunded: Decimal
    open_amount: Decimal

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-issued_at", "-pk"]
        indexes = [
            models.Index(fields=["forum", "-issued_at"], name="invoice_newest"),
            models.Index(fields=["forum", "due_on"], name="invoice_due", condition=Q(kind="invoice")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "kind", "year", "sequence"], name="invoice_sequence_once"
            ),
            models.UniqueConstraint(fields=["forum", "number"], name="invoice_number_once"),
            models.CheckConstraint(
                name="invoice_adds_up",
                condition=Q(net__gte=0, vat__gte=0, total__gt=0, total=F("net") + F("vat")),
            ),
            models.CheckConstraint(
                name="invoice_whole_units",
                condition=_NO_CENTS | Q(net=Floor("net"), vat=Floor("vat"), total=Floor("total")),
            ),
            models.CheckConstraint(
                name="invoice_or_credit_note",
                condition=Q(kind="invoice", of=None, due_on__isnull=False, reason="")
                | (Q(kind="credit", of__isnull=False, due_on=None) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_credit(self) -> bool:
        """True for a credit note."""
        return self.kind == self.Kind.CREDIT

    @property
    def transfer_reference(self) -> str:
        """What a transfer should say: banks keep letters and digits, and drop signs."""
        return self.number.replace("-", "")


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Which money counts."""

    def counting(self) -> PaymentQuerySet:
        """Without those that were entered by mistake."""
        return self.filter(withdrawn_at=None)


class Payment(models.Model):
    """Money that came in for an invoice, or was paid back. A mistake is withdrawn, with a reason.

    ``form_token`` is what a form carried: sending it twice records one payment.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("a payment", "received")
        REFUNDED = "refunded", _("paid back")

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="payments", verbose_name=_("forum"))
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments", verbose_name=_("invoice"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.RECEIVED)
    year = models.PositiveSmallIntegerField(_("year"))
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=30)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, choices=BoothBooking.Currency.choices)
    received_on = models.DateField(_("day"))
    reference = models.CharField(_("bank’s reference"), max_length=140, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    form_token = models.UUIDField(unique=True, null=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded"))
    # What was open when it had been recorded, for the receipt; nought when more came in than was owed.
    rest = models.DecimalField(_("still due"), max_digits=16, decimal_places=2)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdraw_reason = models.CharField(_("reason of the withdrawal"), max_length=300, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "kind", "year", "sequence"], name="payment_sequence_once"
            ),
            models.UniqueConstraint(fields=["forum", "number"], name="payment_number_once"),
            models.CheckConstraint(
                name="payment_some_money",
                condition=Q(amount__gt=0, rest__gte=0),
                violation_error_message=_("A payment is more than nothing."),
            ),
            models.CheckConstraint(
                name="payment_whole_units",
                condition=_NO_CENTS | Q(amount=Floor("amount"), rest=Floor("rest")),
            ),
            models.CheckConstraint(
                name="payment_refund_has_reason", condition=Q(kind="received") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="payment_withdrawn_with_reason",
                condition=Q(withdrawn_at=None, withdraw_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


def owed_an_invoice() -> models.QuerySet[BoothBooking]:
    """Return accepted and confirmed bookings with a price for which no invoice stands."""
    standing = Invoice.objects.standing().filter(booking=OuterRef("pk"))
    priced = BoothBooking.objects.filter(status__in=["accepted", "confirmed"], amount__gt=0)
    return priced.filter(~Exists(standing))
