"""One prepared digest in a forum, by the database."""

import django.db.models.deletion
from django.db import migrations, models

# Of several that wait, the newest stays: it tells what the others would have told.
KEEP_THE_NEWEST = """
DELETE FROM events_agendanotice WHERE digest_id IN ({older});
DELETE FROM events_agendadigest WHERE id IN ({older});
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
""".format(
    older="""
    SELECT older.id FROM events_agendadigest older JOIN events_agendadigest newer
      ON newer.forum_id = older.forum_id AND newer.status = 'prepared' AND newer.release_id > older.release_id
    WHERE older.status = 'prepared'"""
)
FILL = """
UPDATE events_agendadigest digest SET forum_id = release.forum_id
FROM events_agendarelease release WHERE release.id = digest.release_id;
"""


class Migration(migrations.Migration):
    """The forum of the release beside it, and no second one that waits."""

    dependencies = [("events", "0013_cme")]

    operations = [
        migrations.AddField(
            model_name="agendadigest",
            name="forum",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.RunSQL(FILL + KEEP_THE_NEWEST, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="agendadigest",
            name="forum",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendadigest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "prepared")),
                fields=("forum",),
                name="digest_one_prepared",
                violation_error_message="Mails of this forum are prepared already.",
            ),
        ),
    ]
