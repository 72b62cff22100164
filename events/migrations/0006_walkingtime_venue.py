import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_draft_revision")]
    operations = [
        # No release has written a walk yet, so that the column needs no value for older rows.
        migrations.AddField(
            model_name="walkingtime",
            name="venue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="walks",
                to="events.venue",
                verbose_name="venue",
            ),
            preserve_default=False,
        ),
    ]
