"""A session knows how many of its seats are taken, and the database refuses the one too many.

The bookings themselves stand in an app above, whose trigger counts. Nobody else writes the count: whoever
saves a session writes all its columns, with the count as it was when the form was opened, and the trigger
here puts the true one back. A booking is no change of the draft: else each would wait for the forum's row.
"""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION events_keep_seats_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Depth 1 is a statement of a person or a program; the counting trigger arrives at depth 2.
    IF pg_trigger_depth() = 1 THEN
        NEW.seats_taken := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.seats_taken END;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER session_seats_taken BEFORE INSERT OR UPDATE OF seats_taken ON events_session
    FOR EACH ROW EXECUTE FUNCTION events_keep_seats_taken();

DROP TRIGGER draft_revision ON events_session;
CREATE TRIGGER draft_revision AFTER INSERT OR DELETE ON events_session
    FOR EACH ROW EXECUTE FUNCTION events_count_draft_change();
CREATE TRIGGER draft_revision_of_change AFTER UPDATE ON events_session
    FOR EACH ROW WHEN (OLD.seats_taken = NEW.seats_taken) EXECUTE FUNCTION events_count_draft_change();
"""
BACKWARD = """
DROP TRIGGER draft_revision_of_change ON events_session;
DROP TRIGGER draft_revision ON events_session;
CREATE TRIGGER draft_revision AFTER INSERT OR UPDATE OR DELETE ON events_session
    FOR EACH ROW EXECUTE FUNCTION events_count_draft_change();
DROP TRIGGER session_seats_taken ON events_session;
DROP FUNCTION events_keep_seats_taken();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0011_count_many_changes_once")]
    operations = [
        migrations.AddField(
            model_name="session",
            name="seats_taken",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="seats taken"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("seat_limit__isnull", True),
                    ("seats_taken__lte", models.F("seat_limit")),
                    _connector="OR",
                ),
                name="session_not_overbooked",
                violation_error_message="More seats are booked than this limit allows.",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
