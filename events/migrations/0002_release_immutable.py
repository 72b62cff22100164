"""What was published stays as it was: only ``is_current`` of a release may change."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION events_refuse_release_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.forum_id, NEW.number, NEW.document, NEW.digest, NEW.note, NEW.published_at, NEW.published_by_id)
        IS DISTINCT FROM
       (OLD.forum_id, OLD.number, OLD.document, OLD.digest, OLD.note, OLD.published_at, OLD.published_by_id)
    THEN
        RAISE EXCEPTION 'A published agenda release cannot be changed.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER release_immutable BEFORE UPDATE ON events_agendarelease
    FOR EACH ROW EXECUTE FUNCTION events_refuse_release_change();
"""
BACKWARD = """
DROP TRIGGER release_immutable ON events_agendarelease;
DROP FUNCTION events_refuse_release_change();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
