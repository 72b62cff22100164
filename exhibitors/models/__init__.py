"""Halls and booths, exhibitors and what they show, and claims on booths."""

from exhibitors.models.booking import BookedBooth, BoothBooking
from exhibitors.models.exhibition import BookingPeriod, Exhibition
from exhibitors.models.exhibitor import Exhibitor, Product
from exhibitors.models.hall import Booth, BoothType, Hall, HallFeature
from exhibitors.models.prices import BookedExtra, BoothPrice, Extra, ExtraPrice
from exhibitors.models.waiting import BoothWait

__all__ = [
    "BookedBooth",
    "BookedExtra",
    "BookingPeriod",
    "Booth",
    "BoothBooking",
    "BoothPrice",
    "BoothType",
    "BoothWait",
    "Exhibition",
    "Exhibitor",
    "Extra",
    "ExtraPrice",
    "Hall",
    "HallFeature",
    "Product",
]
