"""Kinds of attendance and registrations in the admin."""

from registrations.admin import registration, registration_type

__all__ = ["registration", "registration_type"]
