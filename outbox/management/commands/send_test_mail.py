"""Sends a mail to oneself, to see that settings, broker, worker and mail server work together."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from core.i18n import LANGUAGE_CODES
from outbox.delivery_check import send_test_mail


class Command(BaseCommand):
    help = "Put a test mail into the outbox. The worker sends it like any other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """An address, and the language to write in."""
        parser.add_argument("recipient", help="e-mail address")
        parser.add_argument("--language", choices=LANGUAGE_CODES, default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the message and say where to look."""
        try:
            message = send_test_mail(options["recipient"], options["language"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Message {message.pk} is in the outbox; the admin shows what becomes of it.")
