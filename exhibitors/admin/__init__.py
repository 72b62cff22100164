"""The exhibition in the admin."""

from exhibitors.admin.booking import BoothBookingAdmin
from exhibitors.admin.exhibition import ExhibitionAdmin
from exhibitors.admin.exhibitor import ExhibitorAdmin
from exhibitors.admin.hall import BoothAdmin, HallAdmin
from exhibitors.admin.prices import BoothTypeAdmin, ExtraAdmin

__all__ = [
    "BoothAdmin",
    "BoothBookingAdmin",
    "BoothTypeAdmin",
    "ExhibitionAdmin",
    "ExhibitorAdmin",
    "ExtraAdmin",
    "HallAdmin",
]
