"""Where the pages of bookings are."""

from __future__ import annotations

from django.urls import reverse

from exhibitors.models import BoothBooking, Exhibitor


def booking_path(booking: BoothBooking, deed: str = "booking") -> str:
    """Return the address of a booking's page, or of something that is done there."""
    return reverse(f"exhibitors:{deed}", args=[booking.exhibitor.slug, booking.pk])


def bookings_path(exhibitor: Exhibitor) -> str:
    """Return the address of the list of an exhibitor's bookings."""
    return reverse("exhibitors:bookings", args=[exhibitor.slug])
