"""Who may come as what, what is asked, registrations, and what happens at the doors, in the admin."""

from registrations.admin import (
    broadcast,
    consent_purpose,
    delegation,
    devices,
    doors,
    invitation,
    question,
    quota,
    registration,
    registration_type,
    scans,
)

__all__ = [
    "broadcast",
    "consent_purpose",
    "delegation",
    "devices",
    "doors",
    "invitation",
    "question",
    "quota",
    "registration",
    "registration_type",
    "scans",
]
