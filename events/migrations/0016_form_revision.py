"""Each state of what registration forms are made of has a number of its own (triggers count it up)."""

from django.db import migrations, models

COUNT = """
CREATE SEQUENCE events_forum_form_revisions;

CREATE FUNCTION events_keep_form_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever saves a forum writes all its columns, with the number as it was when she opened the form;
    -- a trigger on what the form is made of asks for a new one with -1. From a sequence, because two
    -- transactions must never give one number to two states, also when one of them is rolled back.
    NEW.form_revision := CASE WHEN NEW.form_revision = -1
                              THEN nextval('events_forum_form_revisions') ELSE OLD.form_revision END;
    RETURN NEW;
END $$;
CREATE TRIGGER forum_form_revision BEFORE UPDATE OF form_revision ON events_forum
    FOR EACH ROW EXECUTE FUNCTION events_keep_form_revision();
"""
UNCOUNT = """
DROP TRIGGER forum_form_revision ON events_forum;
DROP FUNCTION events_keep_form_revision();
DROP SEQUENCE events_forum_form_revisions;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0015_cme_accreditation")]
    operations = [
        migrations.AddField("forum", "form_revision", models.BigIntegerField(default=0, editable=False)),
        migrations.RunSQL(COUNT, UNCOUNT),
    ]
