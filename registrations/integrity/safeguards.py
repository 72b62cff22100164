"""The database's own rules: whether they stand and are awake."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from core.integrity import sleeping_triggers

TRIGGERS = (
    ("registrations_registration", "registration_places"),
    ("registrations_registrationtype", "registration_type_count"),
    ("registrations_registrationtype", "quota_places"),
    ("registrations_quota", "quota_count"),
    ("registrations_invitation", "invitation_count"),
    ("registrations_invitation", "invitation_places"),
    ("registrations_visit", "door_visits"),
    ("registrations_door", "door_count"),
    ("registrations_consentpurpose", "consent_purpose_version"),
    ("registrations_seatbooking", "session_seats"),
    ("registrations_registration", "registration_revision"),
    ("registrations_seatbooking", "seat_booking_revision"),
    ("registrations_visit", "visit_revision"),
    ("registrations_certificate", "certificate_immutable"),
    ("events_session", "session_seats_taken"),
    ("events_agendarelease", "release_immutable"),
    ("accounts_auditentry", "audit_append_only"),
    ("events_forum", "forum_consent_version"),
)


def safeguards() -> Iterator[str]:
    """The constraints of the models and the triggers are where the migrations put them, and awake."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE convalidated "
            "UNION SELECT relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid WHERE indisvalid"
        )
        standing = {name for (name,) in cursor.fetchall()}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name not in standing:
                yield f"{model._meta.label}: the constraint {constraint.name} is missing."
    yield from sleeping_triggers(TRIGGERS)
