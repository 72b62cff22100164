"""The database counts: places taken and held, uses of invitations, people behind doors, versions of wordings.

Each count is kept in the transaction that changes the fact, and a check constraint refuses the one too
many, whoever writes it. Nobody else writes a count: whoever saves a row writes all its columns, with the
count as it was when the form was opened, and a second trigger puts the true one back.

Order, so that no constraint sees a moment that never is: a place is freed, then invitations are counted,
then a place is taken.
"""

from django.db import migrations

from core.folding import fold

FORWARD = """
DROP TRIGGER registration_places ON registrations_registration;
CREATE OR REPLACE FUNCTION registrations_count_places() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was_there boolean := TG_OP <> 'INSERT';
    is_there boolean := TG_OP <> 'DELETE';
    freed bigint := CASE WHEN was_there AND OLD.status IN ('confirmed', 'offered') THEN OLD.type_id END;
    taken_of bigint := CASE WHEN is_there AND NEW.status IN ('confirmed', 'offered') THEN NEW.type_id END;
    lived boolean := was_there AND OLD.status IN ('pending', 'waiting', 'offered', 'confirmed');
    lives boolean := is_there AND NEW.status IN ('pending', 'waiting', 'offered', 'confirmed');
    used_before bigint := CASE WHEN lived THEN OLD.invitation_id END;
    used_after bigint := CASE WHEN lives THEN NEW.invitation_id END;
    place_before int := (freed IS NOT NULL)::int;
    place_after int := (taken_of IS NOT NULL)::int;
BEGIN
    IF freed IS NOT NULL AND freed IS DISTINCT FROM taken_of THEN
        UPDATE registrations_registrationtype SET taken = taken - 1 WHERE id = freed;
    END IF;
    IF used_before = used_after THEN
        IF place_before <> place_after THEN
            UPDATE registrations_invitation SET places = places + place_after - place_before
            WHERE id = used_after;
        END IF;
    ELSE
        IF used_before IS NOT NULL THEN
            UPDATE registrations_invitation SET uses = uses - 1, places = places - place_before
            WHERE id = used_before;
        END IF;
        IF used_after IS NOT NULL THEN
            UPDATE registrations_invitation SET uses = uses + 1, places = places + place_after
            WHERE id = used_after;
        END IF;
    END IF;
    IF taken_of IS NOT NULL AND taken_of IS DISTINCT FROM freed THEN
        UPDATE registrations_registrationtype SET taken = taken + 1 WHERE id = taken_of;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER registration_places AFTER INSERT OR UPDATE OF status, type_id, invitation_id OR DELETE
    ON registrations_registration
    FOR EACH ROW EXECUTE FUNCTION registrations_count_places();

DROP TRIGGER registration_type_count ON registrations_registrationtype;
CREATE OR REPLACE FUNCTION registrations_keep_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Depth 1 is a statement of a person or a program; the counting triggers arrive deeper.
    IF pg_trigger_depth() = 1 THEN
        NEW.taken := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.taken END;
        NEW.held := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.held END;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER registration_type_count BEFORE INSERT OR UPDATE OF taken, held
    ON registrations_registrationtype
    FOR EACH ROW EXECUTE FUNCTION registrations_keep_count();
CREATE TRIGGER quota_count BEFORE INSERT OR UPDATE OF taken, held
    ON registrations_quota
    FOR EACH ROW EXECUTE FUNCTION registrations_keep_count();

CREATE FUNCTION registrations_count_quota() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before_id bigint := CASE WHEN TG_OP <> 'INSERT' THEN OLD.quota_id END;
    after_id bigint := CASE WHEN TG_OP <> 'DELETE' THEN NEW.quota_id END;
BEGIN
    IF before_id = after_id THEN
        IF (OLD.taken, OLD.held) IS DISTINCT FROM (NEW.taken, NEW.held) THEN
            UPDATE registrations_quota
            SET taken = taken + NEW.taken - OLD.taken, held = held + NEW.held - OLD.held
            WHERE id = after_id;
        END IF;
    ELSE
        IF before_id IS NOT NULL THEN
            UPDATE registrations_quota SET taken = taken - OLD.taken, held = held - OLD.held
            WHERE id = before_id;
        END IF;
        IF after_id IS NOT NULL THEN
            UPDATE registrations_quota SET taken = taken + NEW.taken, held = held + NEW.held
            WHERE id = after_id;
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER quota_places AFTER INSERT OR UPDATE OF taken, held, quota_id OR DELETE
    ON registrations_registrationtype
    FOR EACH ROW EXECUTE FUNCTION registrations_count_quota();

CREATE FUNCTION registrations_keep_uses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        NEW.uses := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.uses END;
        NEW.places := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.places END;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invitation_count BEFORE INSERT OR UPDATE OF uses, places
    ON registrations_invitation
    FOR EACH ROW EXECUTE FUNCTION registrations_keep_uses();

CREATE FUNCTION registrations_count_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before bigint := CASE WHEN TG_OP <> 'INSERT' AND OLD.reserves_places AND OLD.is_active
        THEN OLD.max_uses - OLD.places ELSE 0 END;
    after bigint := CASE WHEN TG_OP <> 'DELETE' AND NEW.reserves_places AND NEW.is_active
        THEN NEW.max_uses - NEW.places ELSE 0 END;
    type_before bigint := CASE WHEN TG_OP <> 'INSERT' THEN OLD.type_id END;
    type_after bigint := CASE WHEN TG_OP <> 'DELETE' THEN NEW.type_id END;
BEGIN
    IF type_before = type_after THEN
        IF before <> after THEN
            UPDATE registrations_registrationtype SET held = held + after - before WHERE id = type_after;
        END IF;
    ELSE
        IF before <> 0 THEN
            UPDATE registrations_registrationtype SET held = held - before WHERE id = type_before;
        END IF;
        IF after <> 0 THEN
            UPDATE registrations_registrationtype SET held = held + after WHERE id = type_after;
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invitation_places AFTER INSERT
    OR UPDATE OF places, max_uses, reserves_places, is_active, type_id OR DELETE
    ON registrations_invitation
    FOR EACH ROW EXECUTE FUNCTION registrations_count_held();

CREATE FUNCTION registrations_keep_inside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        NEW.inside := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.inside END;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER door_count BEFORE INSERT OR UPDATE OF inside
    ON registrations_door
    FOR EACH ROW EXECUTE FUNCTION registrations_keep_inside();

CREATE FUNCTION registrations_count_inside() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    left_door bigint := CASE WHEN TG_OP <> 'INSERT' AND OLD.left_at IS NULL THEN OLD.door_id END;
    entered_door bigint := CASE WHEN TG_OP <> 'DELETE' AND NEW.left_at IS NULL THEN NEW.door_id END;
BEGIN
    IF left_door IS NOT DISTINCT FROM entered_door THEN
        RETURN NULL;
    END IF;
    IF left_door IS NOT NULL THEN
        UPDATE registrations_door SET inside = inside - 1 WHERE id = left_door;
    END IF;
    IF entered_door IS NOT NULL THEN
        UPDATE registrations_door SET inside = inside + 1 WHERE id = entered_door;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER door_visits AFTER INSERT OR UPDATE OF left_at, door_id OR DELETE
    ON registrations_visit
    FOR EACH ROW EXECUTE FUNCTION registrations_count_inside();

CREATE FUNCTION registrations_count_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version;
    IF (NEW.wording_vi, NEW.wording_ko, NEW.wording_en)
       IS DISTINCT FROM (OLD.wording_vi, OLD.wording_ko, OLD.wording_en)
    THEN
        NEW.version := OLD.version + 1;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consent_purpose_version BEFORE UPDATE ON registrations_consentpurpose
    FOR EACH ROW EXECUTE FUNCTION registrations_count_wording();
"""
BACKWARD = """
DROP TRIGGER consent_purpose_version ON registrations_consentpurpose;
DROP FUNCTION registrations_count_wording();
DROP TRIGGER door_visits ON registrations_visit;
DROP FUNCTION registrations_count_inside();
DROP TRIGGER door_count ON registrations_door;
DROP FUNCTION registrations_keep_inside();
DROP TRIGGER invitation_places ON registrations_invitation;
DROP FUNCTION registrations_count_held();
DROP TRIGGER invitation_count ON registrations_invitation;
DROP FUNCTION registrations_keep_uses();
DROP TRIGGER quota_places ON registrations_registrationtype;
DROP FUNCTION registrations_count_quota();
DROP TRIGGER quota_count ON registrations_quota;
DROP TRIGGER registration_type_count ON registrations_registrationtype;
CREATE OR REPLACE FUNCTION registrations_keep_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        NEW.taken := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.taken END;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER registration_type_count BEFORE INSERT OR UPDATE OF taken
    ON registrations_registrationtype
    FOR EACH ROW EXECUTE FUNCTION registrations_keep_count();
DROP TRIGGER registration_places ON registrations_registration;
CREATE OR REPLACE FUNCTION registrations_count_places() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


def write_search_texts(apps, schema_editor):
    """Let organizers find who registered before there was a text to search."""
    Registration = apps.get_model("registrations", "Registration")
    for row in Registration.objects.filter(erased_at=None).iterator():
        row.search_text = fold(f"{row.code} {row.email} {row.name} {row.organization_name}")
        row.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [("registrations", "0005_whole_life")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(write_search_texts, migrations.RunPython.noop),
    ]
