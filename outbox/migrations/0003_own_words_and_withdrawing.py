"""A forum says mails in its own words; mails are withdrawn, found without accents and by registration."""

import django.contrib.postgres.indexes
import django.db.models.fields.json
import django.db.models.functions.text
from django.db import migrations, models

from core.folding import fold


def fill_search_text(apps, schema_editor):
    messages = apps.get_model("outbox", "Message").objects
    batch = []
    for message in messages.only("recipient", "recipient_name").iterator(1000):
        message.search_text = fold(f"{message.recipient_name} {message.recipient}")
        batch.append(message)
        if len(batch) == 1000:
            messages.bulk_update(batch, ["search_text"])
            batch = []
    messages.bulk_update(batch, ["search_text"])


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0002_message_forum"),
    ]

    operations = [
        migrations.CreateModel(
            name="WordingOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("forum_id", models.BigIntegerField(editable=False, verbose_name="forum")),
                ("kind", models.CharField(editable=False, max_length=80, verbose_name="kind")),
                (
                    "language",
                    models.CharField(
                        choices=[("vi", "Vietnamese"), ("ko", "Korean"), ("en", "English")],
                        editable=False,
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=150, verbose_name="subject")),
                ("opening", models.TextField(blank=True, verbose_name="opening")),
                ("closing", models.TextField(blank=True, verbose_name="closing")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "wording of a mail",
                "verbose_name_plural": "wording of mails",
                "ordering": ["kind", "language"],
                "default_permissions": ("view", "change"),
            },
        ),
        migrations.RemoveIndex(
            model_name="message",
            name="outbox_search",
        ),
        migrations.AddField(
            model_name="message",
            name="search_text",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.RunPython(fill_search_text, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="message",
            name="status",
            field=models.CharField(
                choices=[
                    ("queued", "waiting"),
                    ("sending", "being sent"),
                    ("sent", "sent"),
                    ("failed", "failed"),
                    ("withdrawn", "withdrawn"),
                ],
                default="queued",
                editable=False,
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("search_text", name="gin_trgm_ops"),
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("subject"), name="gin_trgm_ops"
                ),
                name="outbox_search_folded",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("registration", "context"),
                models.F("created_at"),
                name="outbox_about_registration",
            ),
        ),
        migrations.AddConstraint(
            model_name="wordingoverride",
            constraint=models.UniqueConstraint(
                fields=("forum_id", "kind", "language"), name="wording_override_once"
            ),
        ),
    ]
