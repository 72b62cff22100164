"""Who may come as what, what is asked, registrations, and what happens at the doors, in the admin."""

from registrations.admin import (
    broadcast,
    certificates,
    consent_purpose,
    decision_reason,
    delegation,
    devices,
    documents,
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
    "certificates",
    "consent_purpose",
    "decision_reason",
    "delegation",
    "devices",
    "documents",
    "doors",
    "invitation",
    "question",
    "quota",
    "registration",
    "registration_type",
    "scans",
]
