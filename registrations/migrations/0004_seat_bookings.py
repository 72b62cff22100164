"""Seats in sessions. The database counts those that are held, in the transaction that takes or frees one.

The update of the session's row also serializes everybody who wants a seat in it, and its check constraint
``session_not_overbooked`` refuses the one too many, whoever writes it.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION registrations_count_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    freed bigint := CASE WHEN TG_OP <> 'INSERT' AND OLD.released_at IS NULL THEN OLD.session_id END;
    taken_of bigint := CASE WHEN TG_OP <> 'DELETE' AND NEW.released_at IS NULL THEN NEW.session_id END;
BEGIN
    IF freed IS NOT DISTINCT FROM taken_of THEN
        RETURN NULL;
    END IF;
    IF freed IS NOT NULL THEN
        UPDATE events_session SET seats_taken = seats_taken - 1 WHERE id = freed;
    END IF;
    IF taken_of IS NOT NULL THEN
        UPDATE events_session SET seats_taken = seats_taken + 1 WHERE id = taken_of;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER session_seats AFTER INSERT OR UPDATE OF released_at, session_id OR DELETE
    ON registrations_seatbooking
    FOR EACH ROW EXECUTE FUNCTION registrations_count_seats();
"""
BACKWARD = """
DROP TRIGGER session_seats ON registrations_seatbooking;
DROP FUNCTION registrations_count_seats();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0012_seats_taken"),
        ("registrations", "0003_registration_erased"),
    ]
    operations = [
        migrations.CreateModel(
            name="SeatBooking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("booked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="booked")),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="given back")),
                ("turns", models.PositiveIntegerField(default=1)),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="registrations.registration",
                        verbose_name="registration",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seat_bookings",
                        to="events.session",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat",
                "verbose_name_plural": "seats",
                "constraints": [
                    models.UniqueConstraint(fields=("registration", "session"), name="seat_booking_once")
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
