"""The exhibition in the admin."""

from exhibitors.admin.booking import BoothBookingAdmin
from exhibitors.admin.document import ExhibitorDocumentAdmin
from exhibitors.admin.exhibition import ExhibitionAdmin
from exhibitors.admin.exhibitor import ExhibitorAdmin
from exhibitors.admin.hall import BoothAdmin, HallAdmin
from exhibitors.admin.invoice import InvoiceAdmin
from exhibitors.admin.message import ExhibitorMessageAdmin
from exhibitors.admin.prices import BoothTypeAdmin, ExtraAdmin
from exhibitors.admin.seller import SellerAdmin
from exhibitors.admin.task import ExhibitorTaskAdmin

__all__ = [
    "BoothAdmin",
    "BoothBookingAdmin",
    "BoothTypeAdmin",
    "ExhibitionAdmin",
    "ExhibitorAdmin",
    "ExhibitorDocumentAdmin",
    "ExhibitorMessageAdmin",
    "ExhibitorTaskAdmin",
    "ExtraAdmin",
    "HallAdmin",
    "InvoiceAdmin",
    "SellerAdmin",
]
