"""How long a forum keeps the details of people, and a version of the consent that nobody can forget to raise.

A trigger rather than the form: a sentence changed by a script or an import is another sentence as well.
"""

import django.core.validators
from django.db import migrations, models

COUNT = """
CREATE FUNCTION events_count_consent_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever saves a forum writes all its columns, with the number as it was when she opened the form.
    NEW.consent_version := GREATEST(OLD.consent_version, NEW.consent_version);
    IF (NEW.consent_wording_vi, NEW.consent_wording_ko, NEW.consent_wording_en)
       IS DISTINCT FROM (OLD.consent_wording_vi, OLD.consent_wording_ko, OLD.consent_wording_en)
    THEN
        NEW.consent_version := GREATEST(OLD.consent_version + 1, NEW.consent_version);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER forum_consent_version BEFORE UPDATE ON events_forum
    FOR EACH ROW EXECUTE FUNCTION events_count_consent_version();
"""
FORGET = """
DROP TRIGGER forum_consent_version ON events_forum;
DROP FUNCTION events_count_consent_version();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0006_walkingtime_venue")]
    operations = [
        migrations.AddField(
            "forum",
            "personal_data_months",
            models.PositiveSmallIntegerField(
                default=12,
                help_text=(
                    "So long after the last day. Then the names, addresses and mails of those who registered "
                    "are erased; the figures stay. Say the same in the text above."
                ),
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(120),
                ],
                verbose_name="months for which personal data is kept",
            ),
        ),
        migrations.AddConstraint(
            "forum",
            models.CheckConstraint(
                condition=models.Q(personal_data_months__gte=1), name="forum_keeps_personal_data_a_while"
            ),
        ),
        migrations.RunSQL(COUNT, FORGET),
    ]
