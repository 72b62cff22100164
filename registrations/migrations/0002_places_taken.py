"""The database counts the places taken, in the transaction that takes or frees one.

The update of the type's row also serializes everybody who wants a place of that type, and the check
constraint ``registration_type_not_oversold`` refuses the one too many: also for writers that go past
the service.

Nobody else writes the count. Whoever saves a type writes all its columns, with the count as it was when
the form was opened; a second trigger puts the true one back.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION registrations_count_places() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    freed bigint := CASE WHEN TG_OP <> 'INSERT' AND OLD.status = 'confirmed' THEN OLD.type_id END;
    taken_of bigint := CASE WHEN TG_OP <> 'DELETE' AND NEW.status = 'confirmed' THEN NEW.type_id END;
BEGIN
    IF freed IS NOT DISTINCT FROM taken_of THEN
        RETURN NULL;
    END IF;
    IF freed IS NOT NULL THEN
        UPDATE registrations_registrationtype SET taken = taken - 1 WHERE id = freed;
    END IF;
    IF taken_of IS NOT NULL THEN
        UPDATE registrations_registrationtype SET taken = taken + 1 WHERE id = taken_of;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER registration_places AFTER INSERT OR UPDATE OF status, type_id OR DELETE
    ON registrations_registration
    FOR EACH ROW EXECUTE FUNCTION registrations_count_places();

CREATE FUNCTION registrations_keep_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Depth 1 is a statement of a person or a program; the counting trigger above arrives at depth 2.
    IF pg_trigger_depth() = 1 THEN
        NEW.taken := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.taken END;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER registration_type_count BEFORE INSERT OR UPDATE OF taken
    ON registrations_registrationtype
    FOR EACH ROW EXECUTE FUNCTION registrations_keep_count();
"""
BACKWARD = """
DROP TRIGGER registration_places ON registrations_registration;
DROP FUNCTION registrations_count_places();
DROP TRIGGER registration_type_count ON registrations_registrationtype;
DROP FUNCTION registrations_keep_count();
"""


class Migration(migrations.Migration):
    dependencies = [("registrations", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
