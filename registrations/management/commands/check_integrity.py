"""``manage.py check_integrity``: compute every counter and invariant again, print what differs."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from registrations.integrity import differences


class Command(BaseCommand):
    """Ends with 1 when anything differs, so that a script or a fault test can rely on it."""

    help = "Compute counters and invariants again from the facts and print every difference."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each difference on a line of its own."""
        found = differences()
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            self.stderr.write(self.style.ERROR(f"Differences: {len(found)}"))
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("No differences."))
