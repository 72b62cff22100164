import uuid

from django.db import migrations, models

import core.private_files
import events.models.contribution


def name_materials(apps, schema_editor):
    """Give each material that is there a name of its own."""
    for material in apps.get_model("events", "Material").objects.all():
        material.uid = uuid.uuid4()
        material.save(update_fields=["uid"])


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_hall_screens"),
    ]

    operations = [
        migrations.AddField(
            model_name="sessionspeaker",
            name="answer_note",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="words with the answer"
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunPython(name_materials, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="material",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name="material",
            name="file",
            field=models.FileField(
                storage=core.private_files.private_files,
                upload_to=events.models.contribution.material_path,
                verbose_name="file",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="portrait",
            field=models.ImageField(
                blank=True,
                storage=core.private_files.private_files,
                upload_to="proposals/",
                verbose_name="proposed portrait",
            ),
        ),
    ]
