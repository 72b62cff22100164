"""Brings the database up to date and loads the demonstration, in one process: Django starts once.

``python -m embedded.prepare ACCOUNTS [--demo]`` writes the demonstration accounts to the file ACCOUNTS.
Knows the site's commands by name alone.
"""

import argparse
import os
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command


def main() -> None:
    """Migrate, then load the demonstration if asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("accounts", type=Path)
    parser.add_argument("--demo", action="store_true")
    options = parser.parse_args()

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum_site.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    options.accounts.unlink(missing_ok=True)
    if options.demo:
        call_command("load_demo")
        accounts = StringIO()
        call_command("demo_accounts", stdout=accounts)
        options.accounts.touch(mode=0o600)
        options.accounts.write_text(accounts.getvalue())


if __name__ == "__main__":
    main()
