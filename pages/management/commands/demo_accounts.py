"""`manage.py demo_accounts`: how to sign in as an organizer or exhibitor of the demonstration."""

import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management.base import BaseCommand

from accounts.models import User
from pages.demo.accounts import ACCOUNTS, EXHIBITOR_ACCOUNTS, PASSWORD, TOTP_SECRET


class Command(BaseCommand):
    help = (
        "Prints the demonstration accounts, their password, and the second factor's secret and code. "
        "Codes change every 30 seconds: run it again for the next one."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        emails = [record.email for record in ACCOUNTS]
        emails += [record.email for record in EXHIBITOR_ACCOUNTS]
        loaded = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
        if not loaded:
            self.stdout.write("No demonstration accounts are loaded. `manage.py load_demo` creates them.")
            return
        code, seconds = code_now()
        lines = ["Organizers of the demonstration"]
        lines += [
            f"  {record.email:<20} {record.role.replace('_', ' ')}"
            for record in ACCOUNTS
            if record.email in loaded
        ]
        lines += [
            f"  {'Password':<20} {PASSWORD}",
            f"  {'Second factor':<20} {code}, for another {seconds} s",
            f"  {'Its secret (TOTP)':<20} {TOTP_SECRET}",
            "Exhibitors of the demonstration, with the same password and no second factor: /exhibitor/",
        ]
        lines += [
            f"  {record.email:<24} {record.organization}"
            for record in EXHIBITOR_ACCOUNTS
            if record.email in loaded
        ]
        self.stdout.write("\n".join(lines))


def code_now() -> tuple[str, int]:
    """The second factor's code as an authenticator app shows it, and for how many seconds it still will."""
    period = app_settings.TOTP_PERIOD
    counter, elapsed = divmod(int(time.time()), period)
    return format_hotp_value(hotp_value(TOTP_SECRET, counter)), period - elapsed
