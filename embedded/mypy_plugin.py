"""Lets mypy be run by itself: sets what forum_site.settings asks for, then hands over to django-stubs.

The plugin of django-stubs loads the settings to learn about the models. It connects to nothing, so
the addresses below need no server behind them.
"""

import os

from mypy_django_plugin.main import plugin

__all__ = ["plugin"]

for name, value in {
    "DEBUG": "false",
    "SECRET_KEY": "only-for-the-type-checker-" + "x" * 40,
    "DATABASE_URL": "postgres://forum@localhost:5432/forum",
    "REDIS_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "smtp://localhost:25",
    "SITE_URL": "http://localhost:8000",
}.items():
    os.environ.setdefault(name, value)
