"""What ``check_integrity`` says of passes and leads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from leads.integrity import CHECKS
from leads.models import Lead, LeadScanner, LeadVisit
from registrations.models import Registration
from tests.leads.conftest import scan

pytestmark = pytest.mark.django_db


def said() -> list[str]:
    """Return every difference that is found."""
    return [sentence for check in CHECKS for sentence in check()]


def test_what_is_right_and_what_is_not_is_said(mai: Registration, phone: LeadScanner) -> None:
    scan(mai, phone)
    assert said() == []
    Lead.objects.update(last_at=F("last_at") + timedelta(hours=1))
    [sentence] = said()
    assert "its visits say otherwise" in sentence
    LeadVisit.objects.all().delete()
    assert [sentence.endswith("has no visit.") for sentence in said()] == [True]


def test_a_rule_that_sleeps_is_said(mai: Registration) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE leads_staffpass DISABLE TRIGGER staff_pass_allowance")
    assert said() == ["leads_staffpass: the trigger staff_pass_allowance is missing or switched off."]
