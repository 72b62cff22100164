"""Kinds of attendance and registrations in the admin."""

from registrations.admin import (
    devices,
    doors,
    registration,
    registration_type,
    scans,
)

__all__ = ["devices", "doors", "registration", "registration_type", "scans"]
