"""What a log line keeps to itself."""

import logging
import sys

import pytest
from django.core.cache import cache
from django.test import Client

from core.log_lines import DiscreetFormatter, WithoutTracebackOfRefusals, without_secrets
from embedded.valkey import Valkey
from events.models import Forum

TOKEN = "q8Zr-Secret_Token"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (
            f"Not Found: /vi/registration/VK-7H2K-94/{TOKEN}/",
            "Not Found: /vi/registration/VK-7H2K-94/[secret]/",
        ),
        (
            f"GET /ko/registration/VK-7H2K-94/{TOKEN}/edit/ 403",
            "GET /ko/registration/VK-7H2K-94/[secret]/edit/ 403",
        ),
        ("GET /vi/register/ 200", "GET /vi/register/ 200"),
    ],
)
def test_the_secret_part_of_an_address_is_left_out(written: str, kept: str) -> None:
    assert without_secrets(written) == kept


def test_arguments_and_tracebacks_are_covered() -> None:
    address = f"/vi/registration/VK-7H2K-94/{TOKEN}/"
    try:
        int(address)
    except ValueError:
        failure = sys.exc_info()
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Failed: %s", (address,), failure)
    line = DiscreetFormatter("%(message)s").format(record)
    assert "ValueError" in line
    assert "Failed: /vi/registration/VK-7H2K-94/[secret]/" in line
    assert TOKEN not in line


def test_a_cache_that_is_away_costs_one_line_a_call(valkey: Valkey, caplog: pytest.LogCaptureFixture) -> None:
    valkey.stop()
    try:
        assert cache.get("anything") is None
    finally:
        valkey.start()

    [record] = [record for record in caplog.records if record.name == "django_redis.cache"]
    line = DiscreetFormatter("%(message)s").format(record)
    assert line.startswith("Exception ignored: ")
    assert "\n" not in line
    assert "onnect" in line


@pytest.mark.django_db
def test_a_refusal_is_one_line_and_a_fault_keeps_its_traceback(
    viewer_client: Client, caplog: pytest.LogCaptureFixture, published_forum: Forum
) -> None:
    assert viewer_client.get("/admin/events/session/import/").status_code == 403
    refusals = [record for record in caplog.records if record.name == "django.request"]
    fault = logging.makeLogRecord({"status_code": 500, "exc_info": (ValueError, ValueError("x"), None)})
    WithoutTracebackOfRefusals().filter(fault)

    assert [record.getMessage() for record in refusals] == [
        "Forbidden (Permission denied): /admin/events/session/import/"
    ]
    assert refusals[0].exc_info is None
    assert fault.exc_info
