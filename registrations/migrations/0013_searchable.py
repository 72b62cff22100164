"""Texts to search by get a space before their first word, and the letters of Hangul for its syllables."""

from django.db import migrations

# The same as core.folding.searchable makes of them.
SPREAD = """
UPDATE registrations_registration SET search_text = ' ' || normalize(search_text, NFD) WHERE search_text <> '';
"""
CLOSED = """
UPDATE registrations_registration SET search_text = normalize(ltrim(search_text), NFC) WHERE search_text <> '';
"""


class Migration(migrations.Migration):
    dependencies = [("registrations", "0012_newest_first")]
    operations = [migrations.RunSQL(SPREAD, CLOSED)]
