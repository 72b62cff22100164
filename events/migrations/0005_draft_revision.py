"""The database counts the changes of a draft, so that an open editor can ask for news with one number.

Triggers rather than the services: what an admin form, an import or a script changes is news as well.
"""

from django.db import migrations

COUNT = """
CREATE FUNCTION events_count_draft_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    forum bigint := changed ->> 'forum_id';
BEGIN
    IF forum IS NULL THEN
        -- Part of a session. Gone with its session when that is being deleted: then nobody needs telling.
        SELECT forum_id INTO forum FROM events_session WHERE id = (changed ->> 'session_id')::bigint;
    END IF;
    UPDATE events_forum SET draft_revision = draft_revision + 1 WHERE id = forum;
    RETURN NULL;
END $$;

CREATE FUNCTION events_keep_draft_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever saves a forum writes all its columns, with the number as it was when she opened the form.
    NEW.draft_revision := GREATEST(OLD.draft_revision, NEW.draft_revision);
    RETURN NEW;
END $$;
CREATE TRIGGER forum_draft_revision BEFORE UPDATE OF draft_revision ON events_forum
    FOR EACH ROW EXECUTE FUNCTION events_keep_draft_revision();
"""
UNCOUNT = """
DROP TRIGGER forum_draft_revision ON events_forum;
DROP FUNCTION events_keep_draft_revision();
DROP FUNCTION events_count_draft_change();
"""
TABLES = (
    "events_session",
    "events_session_topics",
    "events_sessionspeaker",
    "events_sessionguest",
    "events_track",
    "events_openinghours",
    "events_acceptedclash",
)


def trigger(table: str) -> migrations.RunSQL:
    """Return the trigger that counts changes of ``table``."""
    return migrations.RunSQL(
        f"CREATE TRIGGER draft_revision AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION events_count_draft_change();",
        f"DROP TRIGGER draft_revision ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0004_release_withdrawn_immutable")]
    operations = [migrations.RunSQL(COUNT, UNCOUNT), *(trigger(table) for table in TABLES)]
