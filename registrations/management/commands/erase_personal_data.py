"""``manage.py erase_personal_data``: keep the promise of the privacy notice. Beat does so every night."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.models import Forum
from registrations.erasure import erase_personal_data, forums_due, found
from registrations.erasure_rows import Erased


class Command(BaseCommand):
    """Touches only forums whose time is over."""

    help = "Erase names, addresses and mails of forums that ended longer ago than they may be kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which forum, and whether in earnest."""
        parser.add_argument("--forum", metavar="SLUG", help="this forum alone, if its time is over")
        parser.add_argument("--dry-run", action="store_true", help="count, and erase nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each forum that is due."""
        slug = options["forum"]
        if slug and not Forum.objects.filter(slug=slug).exists():
            raise CommandError(f"There is no forum {slug}.")
        due = [forum for forum in forums_due(timezone.now()) if slug in (None, forum.slug)]
        for forum in due:
            counted = found(forum) if options["dry_run"] else erase_personal_data(forum)
            self.stdout.write(f"{forum.slug}: {_in_words(counted)}")
        if not due:
            self.stdout.write("Nothing is due.")


def _in_words(counted: Erased) -> str:
    return ", ".join(f"{getattr(counted, name)} {name.replace('_', ' ')}" for name in Erased.__slots__)
