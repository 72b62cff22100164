"""``.env.example`` names every setting, and its defaults are the real ones."""

import os
import re
import subprocess
import sys

from embedded.places import CHECKOUT

READ = re.compile(r'(?:environ\.get|boolean|integer|url)\(\s*"([A-Z_]+)"')


def example():
    lines = (CHECKOUT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_every_variable_that_the_settings_read_is_explained():
    read = set(READ.findall((CHECKOUT / "forum_site" / "settings.py").read_text()))
    assert set(example()) == read


def test_settings_take_the_example_as_it_is_but_for_the_key():
    values = example()
    assert values.pop("SECRET_KEY") == ""
    code = "import django; django.setup(); from django.conf import settings as s; print(s.HTTPS, s.DEBUG)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "forum_site.settings",
            "SECRET_KEY": "x" * 40,
            **values,
        },
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "True False\n"), done.stderr
