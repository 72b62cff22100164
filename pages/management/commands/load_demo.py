"""`manage.py load_demo`: a forum that is about to happen, in three languages, to try everything with."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pages.demo_loading.loading import load_demonstration


class Command(BaseCommand):
    help = (
        "Loads the demonstration forum. Safe to run again: what is there stays as it is. "
        "Its opening is 30 days after the first run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--accounts",
            action="store_true",
            help="create the organizers' accounts although DEBUG is off; their password is public",
        )
        parser.add_argument(
            "--rebase",
            action="store_true",
            help="move an existing demonstration forum to 30 days from today and publish its agenda",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = load_demonstration(
            with_accounts=settings.DEBUG or options["accounts"],
            # In development every mail ends in the catcher's inbox; elsewhere invented people get none.
            with_guests=settings.DEBUG,
            rebase=options["rebase"],
        )
        for sentence in done or ["The demonstration forum is loaded already; nothing was changed."]:
            self.stdout.write(sentence)
