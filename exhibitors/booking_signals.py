"""Lets apps above hear what becomes of bookings, in the transaction that does it."""

from django.dispatch import Signal

# Sent after each write, with ``booking`` and ``fields``, the new values by the names of their columns.
booking_changed = Signal()
