"""Whatever the registration form is made of tells the forum when it changes; and one index less."""

from django.db import migrations

COUNT = """
CREATE FUNCTION registrations_count_form_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    forum bigint := changed ->> 'forum_id';
BEGIN
    IF forum IS NULL THEN
        -- Part of a question. Gone with its question when that is being deleted, which tells it itself.
        SELECT forum_id INTO forum FROM registrations_question WHERE id = (changed ->> 'question_id')::bigint;
    END IF;
    UPDATE events_forum SET form_revision = -1 WHERE id = forum;
    RETURN NULL;
END $$;
"""
UNCOUNT = "DROP FUNCTION registrations_count_form_change();"
TABLES = (
    "registrations_question",
    "registrations_questionoption",
    "registrations_question_types",
    "registrations_question_depends_on",
    "registrations_consentpurpose",
)
# Not when the counts of places change, which they do with each registration.
TYPE = """
CREATE TRIGGER form_revision AFTER INSERT OR DELETE ON registrations_registrationtype
    FOR EACH ROW EXECUTE FUNCTION registrations_count_form_change();
CREATE TRIGGER form_revision_changed AFTER UPDATE ON registrations_registrationtype
    FOR EACH ROW
    WHEN ((to_jsonb(OLD) - 'taken' - 'held') IS DISTINCT FROM (to_jsonb(NEW) - 'taken' - 'held'))
    EXECUTE FUNCTION registrations_count_form_change();
"""
UNTYPE = """
DROP TRIGGER form_revision ON registrations_registrationtype;
DROP TRIGGER form_revision_changed ON registrations_registrationtype;
"""


def trigger(table: str) -> migrations.RunSQL:
    """Return the trigger that tells of changes of ``table``."""
    return migrations.RunSQL(
        f"CREATE TRIGGER form_revision AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION registrations_count_form_change();",
        f"DROP TRIGGER form_revision ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("registrations", "0010_reasons_for_declining"),
        ("events", "0016_form_revision"),
    ]
    operations = [
        migrations.RunSQL(COUNT, UNCOUNT),
        *(trigger(table) for table in TABLES),
        migrations.RunSQL(TYPE, UNTYPE),
        # Lists are searched by ``search_text`` since it exists; each registration still paid for this one.
        migrations.RemoveIndex("registration", "registration_search"),
    ]
