"""The audit trail stays append-only but for the details of people, which the law wants erased one day.

An erasure announces itself for its transaction (``accounts.audit_erasure``) and may touch three columns.
"""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION accounts_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('forum.erasing', true) = 'on'
       AND to_jsonb(NEW) - '{target_label,reason,changes}'::text[]
         = to_jsonb(OLD) - '{target_label,reason,changes}'::text[]
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The audit trail is append-only.' USING ERRCODE = 'restrict_violation';
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION accounts_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is append-only.' USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_audit_forum")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
