"""What a release tells calendars to take out belongs to it, and stays as it was like the rest."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION events_refuse_release_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ({new}) IS DISTINCT FROM ({old}) THEN
        RAISE EXCEPTION 'A published agenda release cannot be changed.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = ("forum_id", "number", "document", "digest", "note", "published_at", "published_by_id")


def function(columns: tuple[str, ...]) -> str:
    """Return the trigger's function that keeps ``columns``."""
    return FUNCTION.format(
        new=", ".join(f"NEW.{name}" for name in columns), old=", ".join(f"OLD.{name}" for name in columns)
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0003_editing_telling_and_contributions")]
    operations = [migrations.RunSQL(function((*BEFORE, "withdrawn")), function(BEFORE))]
