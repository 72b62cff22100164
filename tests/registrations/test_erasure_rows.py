"""What every table keeps of a person is gone when the time is over, and the figures are not."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from accounts.models import User
from events.models import Forum
from registrations.erasure import certificates_until, erase_personal_data, found
from registrations.erasure_rows import Erased
from registrations.models import Certificate, Consent, Delegation, DocumentBatch, Registration, Scan, Visit
from tests.conftest import Clock
from tests.registrations.kept import TRACES, Kept, a_person_everywhere, everything

AFTER = datetime(2032, 5, 14, 17, 0, tzinfo=UTC)  # 15 May in Hanoi, a year after the last day
FIVE_YEARS_AFTER = datetime(2036, 5, 15, 5, 0, tzinfo=UTC)


@pytest.fixture
def kept(forum: Forum, desk: User) -> Kept:
    """Give Quỳnh, of whom every table keeps something."""
    return a_person_everywhere(forum, desk)


def test_every_table_of_registrations_keeps_something_of_her(kept: Kept) -> None:
    # The check of the checks below: a table without a row would prove nothing.
    without: set[type[models.Model]] = {
        model
        for model in apps.get_app_config("registrations").get_models()
        if not model._default_manager.exists()
    }
    assert {model.__name__ for model in without} <= {
        "Quota",
        "PriorityClass",
        "QuestionOption",
        "ConsentPurpose",
        "DecisionReason",
        # Deleted once it is answered
        "LinkRequest",
    }
    before = everything()
    assert [trace for trace in (*TRACES, kept.registration.code) if trace not in before] == []


@pytest.mark.django_db(transaction=True)
def test_when_the_time_is_over_no_table_points_to_her(forum: Forum, kept: Kept, clock: Clock) -> None:
    clock.set(AFTER)
    assert all(file.exists() for file in kept.files)

    erased = erase_personal_data(forum)

    # But for the certificate, which the next test looks at.
    left = "\n".join(row for row in everything().splitlines() if "'credits': '4.50'" not in row)
    assert [trace for trace in (*TRACES, kept.registration.code) if trace in left] == []
    assert [file for file in kept.files if file.exists()] == []
    assert (erased.registrations, erased.answers, erased.delegations, erased.invitations) == (1, 2, 1, 1)
    assert (erased.scans, erased.batches, erased.certificates) == (1, 1, 0)


def test_certificates_say_for_five_years_whose_they_are(forum: Forum, kept: Kept, clock: Clock) -> None:
    clock.set(AFTER)
    erase_personal_data(forum)
    before = Certificate.objects.values().get()
    assert before["facts"]["name"] == "Phạm Thị Quỳnh"
    assert certificates_until(forum) == FIVE_YEARS_AFTER.date()
    clock.set(FIVE_YEARS_AFTER)

    erased = erase_personal_data(forum)

    assert erased == Erased(certificates=1)
    assert [trace for trace in TRACES if trace in everything()] == []
    after = Certificate.objects.values().get()
    nobody = {"name": "", "latin_name": "", "organization": ""}
    assert after == before | {"facts": before["facts"] | nobody}
    assert erase_personal_data(forum) == Erased()


def test_the_figures_stay(forum: Forum, kept: Kept, clock: Clock) -> None:
    def figures() -> list[Any]:
        return [
            list(Visit.objects.values("registration", "door", "entered_at")),
            list(Scan.objects.values("registration", "door", "result", "at")),
            list(Consent.objects.order_by("pk").values()),
            list(Delegation.objects.values("pk", "country", "max_members")),
            list(DocumentBatch.objects.values("kind", "total", "created_at")),
            list(Registration.objects.values("type", "status", "country", "language", "delegation")),
        ]

    before = figures()
    clock.set(AFTER)

    erase_personal_data(forum)

    assert figures() == before


def test_a_dry_run_counts_all_of_it_and_erases_nothing(forum: Forum, kept: Kept, clock: Clock) -> None:
    clock.set(AFTER)
    before = everything()
    out = StringIO()

    call_command("erase_personal_data", "--dry-run", stdout=out)

    assert out.getvalue().startswith(
        "hanoi-2031: 1 registrations, 2 answers, 1 delegations, 1 invitations, 1 scans, 0 certificates, "
        "1 batches, 2 messages, 0 guests, 0 notices, "
    )
    assert everything() == before
    assert all(file.exists() for file in kept.files)
    counted = found(forum)
    assert erase_personal_data(forum) == counted
    assert found(forum) == Erased()
