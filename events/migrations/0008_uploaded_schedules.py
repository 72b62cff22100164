import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0007_personal_data"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ScheduleUpload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name of the file")),
                ("content", models.BinaryField(verbose_name="content")),
                (
                    "language",
                    models.CharField(
                        choices=[("vi", "Vietnamese"), ("ko", "Korean"), ("en", "English")],
                        max_length=2,
                        verbose_name="language of the texts",
                    ),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="uploaded"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="organizer",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.forum",
                        verbose_name="forum",
                    ),
                ),
            ],
            options={
                "verbose_name": "uploaded schedule",
                "verbose_name_plural": "uploaded schedules",
                "constraints": [
                    models.UniqueConstraint(fields=("forum", "by"), name="schedule_upload_one_each")
                ],
            },
        ),
    ]
