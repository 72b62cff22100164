"""The purposes about which the demonstration asks besides."""

from events.models import Forum
from pages.demo.purposes import PURPOSES
from registrations.models import ConsentPurpose


def load_purposes(forum: Forum) -> int:
    """Create the purposes of a forum that has none, and return how many were created."""
    if forum.consent_purposes.exists():
        return 0
    for position, (kind, wording) in enumerate(PURPOSES.items(), start=1):
        columns = wording.columns("wording")
        ConsentPurpose.objects.create(forum=forum, kind=kind, position=position, **columns)
    return len(PURPOSES)
