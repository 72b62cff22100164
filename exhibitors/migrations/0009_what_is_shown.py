from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exhibitors", "0008_managers")]
    operations = [
        migrations.AddField(
            model_name="boothbooking",
            name="shows",
            field=models.TextField(blank=True, verbose_name="what will be shown"),
        ),
    ]
