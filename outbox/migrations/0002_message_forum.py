"""Mails know the forum they speak of. Those of registrations have had its number in their snapshot."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [
        migrations.AddField(
            "message",
            "forum_id",
            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="forum"),
        ),
        migrations.RunSQL(
            "UPDATE outbox_message SET forum_id = (context->>'forum')::bigint"
            " WHERE jsonb_typeof(context->'forum') = 'number'",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            "message", models.Index(fields=["forum_id", "-created_at"], name="outbox_in_forum")
        ),
        migrations.AddIndex(
            "message",
            models.Index(
                fields=["forum_id", "status", "created_at"],
                condition=~models.Q(status="sent"),
                name="outbox_unsent",
            ),
        ),
        migrations.AlterModelOptions(
            "message",
            options={
                "default_permissions": ("view",),
                "ordering": ["-created_at"],
                "permissions": [
                    ("resend_message", "Can send a message again"),
                    ("view_message_of_no_forum", "Can see messages that belong to no forum"),
                ],
                "verbose_name": "message",
                "verbose_name_plural": "messages",
            },
        ),
    ]
