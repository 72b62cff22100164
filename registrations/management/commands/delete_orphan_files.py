"""``manage.py delete_orphan_files``: delete uploads that a killed process left. Beat does so every night."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from registrations.orphan_files import delete_orphans, orphans


class Command(BaseCommand):
    """Touches only files older than a day that no answer names."""

    help = "Delete files of answers that no answer names any more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whether in earnest."""
        parser.add_argument("--dry-run", action="store_true", help="name them, and delete nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is found, or how many files were deleted."""
        if not options["dry_run"]:
            self.stdout.write(f"Deleted: {delete_orphans()}")
            return
        found = list(orphans())
        for name in found:
            self.stdout.write(name)
        self.stdout.write(f"To delete: {len(found)}")
