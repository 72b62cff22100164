from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrations", "0002_places_taken")]
    operations = [
        migrations.AddField(
            "registration",
            "erased_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="personal data erased"),
        ),
    ]
