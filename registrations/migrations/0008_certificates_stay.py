"""A certificate stays as it was issued: it may be revoked once, and its holder's name erased."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION registrations_keep_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    nobody jsonb := '{"name": "", "latin_name": "", "organization": ""}';
    is_revoked_now boolean := TG_OP = 'UPDATE' AND OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A certificate cannot be deleted.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.forum_id, NEW.registration_id, NEW.kind, NEW.code, NEW.issued_at, NEW.replaces_id)
        IS DISTINCT FROM
       (OLD.id, OLD.forum_id, OLD.registration_id, OLD.kind, OLD.code, OLD.issued_at, OLD.replaces_id)
        OR (NEW.facts IS DISTINCT FROM OLD.facts AND NEW.facts IS DISTINCT FROM OLD.facts || nobody)
        -- Who issued it may leave, with her account.
        OR (NEW.issued_by_id IS DISTINCT FROM OLD.issued_by_id AND NEW.issued_by_id IS NOT NULL)
        OR (NEW.revoked_at IS DISTINCT FROM OLD.revoked_at AND NOT is_revoked_now)
        OR (NEW.revoke_reason IS DISTINCT FROM OLD.revoke_reason
            AND NEW.revoke_reason <> '' AND NOT is_revoked_now)
    THEN
        RAISE EXCEPTION 'A certificate cannot be changed.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificate_immutable BEFORE UPDATE OR DELETE ON registrations_certificate
    FOR EACH ROW EXECUTE FUNCTION registrations_keep_certificate();
"""
BACKWARD = """
DROP TRIGGER certificate_immutable ON registrations_certificate;
DROP FUNCTION registrations_keep_certificate();
"""


class Migration(migrations.Migration):
    dependencies = [("registrations", "0007_scans_withdrawn")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
