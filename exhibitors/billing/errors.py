"""What issuing, crediting and recording money may be refused for, said to the person who acted."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.i18n import current_language
from exhibitors.billing.money import in_currency


class BuyerMissing(DomainError):
    """Nobody knows to whom the invoice is made out."""

    def __init__(self, field: str) -> None:
        sentences = {
            "billing_name": _("Please say to whom the invoice is made out."),
            "billing_address": _("Please give the address for the invoice."),
        }
        super().__init__(sentences[field], field=field)


class SellerMissing(DomainError):
    """The forum has not said who sells its booths."""

    def __init__(self) -> None:
        super().__init__(_("Please fill in the seller of this forum first: invoices are issued in its name."))


class NothingToInvoice(DomainError):
    """The booking has no price, or is not accepted."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to invoice: the offer is not accepted, or costs nothing."))


class AccountMissing(DomainError):
    """The seller has no bank account in the currency."""

    def __init__(self, currency: str) -> None:
        sentence = _("Please give the seller a bank account in %(currency)s first.")
        super().__init__(sentence % {"currency": currency})


class NotAnInvoice(DomainError):
    """Credit notes are neither paid nor credited."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("This is a credit note: payments and credits belong to its invoice."))


class TooMuchCredit(DomainError):
    """A credit note takes away no more than the invoice asks for."""

    def __init__(self, rest: Decimal, currency: str, *, field: str | None = None) -> None:
        sentence = _("No more than %(amount)s without VAT is left to credit.")
        amount = in_currency(rest, currency, current_language())
        super().__init__(sentence % {"amount": amount}, field=field)


class NothingToCredit(DomainError):
    """Everything is credited already, or no amount was chosen."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to credit."))


class WrongAmount(DomainError):
    """More than nothing, and no parts of a unit that has none."""

    status = 400

    def __init__(self, currency: str) -> None:
        if currency == "USD":
            sentence = _("Please give an amount above zero, with two decimal places at most.")
        else:
            sentence = _("Please give a whole amount above zero: %(currency)s has no smaller unit.") % {
                "currency": currency
            }
        super().__init__(sentence, field="amount")


class OtherCurrency(DomainError):
    """The money is not in the invoice's currency."""

    status = 400

    def __init__(self, currency: str) -> None:
        sentence = _("This invoice is in %(currency)s. Please record what arrived in that currency.")
        super().__init__(sentence % {"currency": currency}, field="currency")


class NotYetReceived(DomainError):
    """Money does not arrive tomorrow."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("This day has not come yet."), field="received_on")


class TooMuchBack(DomainError):
    """No more is paid back than came in."""

    def __init__(self, received: Decimal, currency: str) -> None:
        sentence = _("No more than %(amount)s has come in for this invoice.")
        amount = in_currency(received, currency, current_language())
        super().__init__(sentence % {"amount": amount}, field="amount")


class RefundedAlready(DomainError):
    """A payment of which something was paid back cannot be taken out."""

    def __init__(self) -> None:
        super().__init__(
            _("Money was paid back for this invoice. Please withdraw the refund first, if it was a mistake.")
        )
