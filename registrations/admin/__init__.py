"""Kinds of attendance and registrations in the admin."""

from registrations.admin import (
    broadcast,
    delegation,
    devices,
    doors,
    registration,
    registration_type,
    scans,
)

__all__ = ["broadcast", "delegation", "devices", "doors", "registration", "registration_type", "scans"]
