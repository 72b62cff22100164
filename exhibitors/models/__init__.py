"""Halls and booths, exhibitors and what they show, and claims on booths."""

from exhibitors.models.billing import BankAccount, Invoice, InvoiceSeries, Payment, Seller
from exhibitors.models.booking import BookedBooth, BoothBooking
from exhibitors.models.document import DocumentFile, ExhibitorDocument
from exhibitors.models.exhibition import BookingPeriod, Exhibition
from exhibitors.models.exhibitor import Exhibitor, Product
from exhibitors.models.hall import Booth, BoothType, Hall, HallFeature
from exhibitors.models.manager import ExhibitorManager
from exhibitors.models.message import Circular, ExhibitorMessage
from exhibitors.models.prices import BookedExtra, BoothPrice, Extra, ExtraPrice
from exhibitors.models.task import ExhibitorTask, TaskEntry, TaskReminder
from exhibitors.models.waiting import BoothWait

__all__ = [
    "BankAccount",
    "BookedBooth",
    "BookedExtra",
    "BookingPeriod",
    "Booth",
    "BoothBooking",
    "BoothPrice",
    "BoothType",
    "BoothWait",
    "Circular",
    "DocumentFile",
    "Exhibition",
    "Exhibitor",
    "ExhibitorDocument",
    "ExhibitorManager",
    "ExhibitorMessage",
    "ExhibitorTask",
    "Extra",
    "ExtraPrice",
    "Hall",
    "HallFeature",
    "Invoice",
    "InvoiceSeries",
    "Payment",
    "Product",
    "Seller",
    "TaskEntry",
    "TaskReminder",
]
