"""A variable that cannot be understood stops the process with a sentence that names it."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.house.sources import ROOT

GOOD = {
    "DEBUG": "false",
    "SECRET_KEY": "k" * 50,
    "DATABASE_URL": "postgres://forum:secret@db.example:5432/forum",
    "REDIS_URL": "redis://cache.example:6379/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example:587",
    "SITE_URL": "https://forum.example",
    "STORAGE_URL": "file:///srv/media",
}
READ = """
import json, sys
from django.core.exceptions import ImproperlyConfigured
try:
    from forum_site import settings
except ImproperlyConfigured as error:
    sys.exit(str(error))
# Lazy translations need the settings that are only being read; their type is enough here.
names = [name for name in dir(settings) if name.isupper()]
values = {name: getattr(settings, name) for name in names}
print(json.dumps(values, default=lambda value: type(value).__name__, skipkeys=True))
"""


def load(**variables: str | None) -> tuple[dict[str, Any], str]:
    """Read the settings in a process of its own; return them, and what it refused them with."""
    environment = {name: value for name, value in {**GOOD, **variables}.items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return (json.loads(done.stdout), "") if done.returncode == 0 else ({}, done.stderr)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("DEBUG", "2"),
        ("SECRET_KEY", None),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", None),
        ("DATABASE_URL", "sqlite:///forum.db"),
        ("DATABASE_URL", "db.example"),
        ("REDIS_URL", None),
        ("REDIS_URL", "memcached://cache"),
        ("EMAIL_URL", "mail.example:25"),
        ("EMAIL_URL", "consolemail://"),
        ("EMAIL_URL", "smtp://mail.example:587/?tls=true"),
        ("EMAIL_URL", "smtp://mail.example:70000"),
        ("DATABASE_URL", "postgres://forum@db:port/forum"),
        ("EMAIL_URL", "smtp://"),
        ("REDIS_URL", "redis://"),
        ("DEFAULT_FROM_EMAIL", "the forum"),
        ("DEFAULT_FROM_EMAIL", "Forum <noreply>"),
        ("STORAGE_URL", "ftp://files.example"),
        ("STORAGE_URL", "file://media"),
        ("STORAGE_URL", "s3:///media"),
        ("STORAGE_URL", "s3://media?endpoint=https://objects.example"),
        ("STORAGE_URL", "s3://media?public=http://files.example"),
        ("PRIVATE_STORAGE_URL", "ftp://files.example"),
        ("PRIVATE_STORAGE_URL", "file://private"),
        ("PRIVATE_STORAGE_URL", "file:///srv/media/private"),
        ("PRIVATE_STORAGE_URL", "s3:///private"),
        ("SITE_URL", "forum.example"),
        ("SITE_URL", "https://forum.example/site"),
        ("SITE_URL", "https://"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("TRUSTED_PROXY_COUNT", "6"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("LOCK_TIMEOUT_MS", "15s"),
        ("LOCK_TIMEOUT_MS", "99"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(name: str, value: str | None) -> None:
    settings, said = load(**{name: value})
    assert settings == {}
    assert said.startswith(name), said
    assert "Traceback" not in said


def test_secrets_are_not_repeated_in_refusals() -> None:
    _, said = load(DATABASE_URL="mysql://forum:very-secret@db/forum")
    assert "very-secret" not in said
    _, said = load(SECRET_KEY="very-secret")
    assert "very-secret" not in said


def test_production() -> None:
    settings, said = load()
    assert said == ""
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["forum.example"]
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["CSRF_COOKIE_SECURE"] is True
    assert settings["LANGUAGE_COOKIE_SECURE"] is True
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert settings["EMAIL_HOST"] == "mail.example"
    assert settings["EMAIL_USE_TLS"] is True
    assert settings["CELERY_BROKER_URL"] == "redis://cache.example:6379/0"
    assert settings["STORAGES"]["staticfiles"]["BACKEND"] == "core.static_storage.StaticStorage"


def test_hosts_may_be_listed_with_spaces_between_them() -> None:
    settings, said = load(ALLOWED_HOSTS="forum.example, www.forum.example")
    assert said == ""
    assert settings["ALLOWED_HOSTS"] == ["forum.example", "www.forum.example"]


def test_a_unix_socket_is_spelled_for_each_library() -> None:
    settings, said = load(REDIS_URL="unix:///run/valkey/valkey.sock?db=3")
    assert said == ""
    assert settings["CACHES"]["default"]["LOCATION"] == "unix:///run/valkey/valkey.sock?db=3"
    assert settings["CELERY_BROKER_URL"] == "redis+socket:///run/valkey/valkey.sock?virtual_host=3"


def test_object_storage() -> None:
    settings, said = load(
        STORAGE_URL="s3://media?public=https://files.example&endpoint=https://objects.example&region=ap-1",
        PRIVATE_STORAGE_URL="s3://private?endpoint=https://objects.example&region=ap-1",
    )
    assert said == ""
    assert settings["STORAGES"]["private"]["OPTIONS"] == {
        "bucket_name": "private",
        "endpoint_url": "https://objects.example",
        "region_name": "ap-1",
        "file_overwrite": False,
    }
    assert settings["STORAGES"]["default"]["OPTIONS"] == {
        "bucket_name": "media",
        "endpoint_url": "https://objects.example",
        "region_name": "ap-1",
        "file_overwrite": False,
        "custom_domain": "files.example",
        "querystring_auth": False,
    }
    assert settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"] == ["'self'", "https://files.example"]


def test_private_files_lie_beside_public_ones_and_never_in_a_bucket_that_browsers_read() -> None:
    settings, said = load()
    assert said == ""
    assert settings["STORAGES"]["private"]["OPTIONS"] == {"location": "/srv/media-private"}

    public = "s3://media?public=https://files.example"
    assert "PRIVATE_STORAGE_URL is not set" in load(STORAGE_URL=public)[1]
    assert "bucket of its own" in load(STORAGE_URL=public, PRIVATE_STORAGE_URL="s3://media")[1]


def test_plain_http_is_for_development() -> None:
    settings, _ = load(SITE_URL="http://127.0.0.1:8000", DEBUG="yes")
    assert settings["SESSION_COOKIE_SECURE"] is False
    assert settings["SECURE_HSTS_SECONDS"] == 0
    assert "localhost" in settings["ALLOWED_HOSTS"]
    strict, _ = load(SITE_URL="http://127.0.0.1:8000")
    assert "localhost" not in strict["ALLOWED_HOSTS"]


def test_every_variable_is_explained() -> None:
    source = (ROOT / "forum_site" / "settings.py").read_text()
    explained = (ROOT / ".env.example").read_text()
    read = set(re.findall(r'(?:boolean|integer|url|environ\.get)\(\s*"([A-Z_]+)"', source))
    assert {"DEBUG", "DATABASE_URL", "STORAGE_URL", "LOG_LEVEL"} <= read, "the search itself works"
    assert {name for name in read if f"{name}=" not in explained} == set()


def test_check_deploy_has_nothing_to_say() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            **GOOD,
            "SECRET_KEY": "T4k9-wq2_Zx7pLm3Vb8nRt5yUe1iOa6sDf0gHjKcQlWzXv-Nm5Bh8",
            # The database's own checks are done on the real one; see the other tests.
            "DATABASE_URL": os.environ["DATABASE_URL"],
            "REDIS_URL": os.environ["REDIS_URL"],
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout, done.stdout
