"""A person of whom every table of the site keeps something, and all that is kept, as one text."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from accounts.models import AuditEntry, User
from core.audit import record
from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.models import (
    Answer,
    Broadcast,
    Certificate,
    CheckInDevice,
    Consent,
    Delegation,
    DocumentBatch,
    Door,
    Invitation,
    Question,
    Registration,
    Scan,
    SeatBooking,
    SeatWait,
    Visit,
)
from tests.factories import SessionFactory, in_three_languages
from tests.registrations.conftest import answers_of

# Whatever of this is found afterwards points to her, or to the lead of her delegation.
TRACES = (
    "Quỳnh",
    "QUYNH",
    "quynh",
    "Giám đốc",
    "Bệnh viện Riêng",
    "dị ứng lạc",
    "the-nao-cung-duoc.pdf",
    "Trưởng đoàn",
    "lead@",
    "heir@",
    "Người thay",
    "ghi chú riêng",
)


@dataclass
class Kept:
    """Quỳnh, and files that are hers."""

    registration: Registration
    files: list[Path]


def everything() -> str:
    """Return all that is stored of registrations, mails and deeds, in one text: every table, every column."""
    tables: list[type[models.Model]] = [
        *apps.get_app_config("registrations").get_models(include_auto_created=True),
        Message,
        AuditEntry,
    ]
    return "\n".join(str(row) for table in tables for row in table._default_manager.values())


def a_person_everywhere(forum: Forum, by: User, **changes: Any) -> Kept:
    """Register Quỳnh, and let every table know something of her."""
    delegation = Delegation.objects.create(
        forum=forum,
        name="Bệnh viện Riêng",
        country="VN",
        lead_name="Trưởng đoàn",
        email="lead@example.org",
        language="vi",
        note="ghi chú riêng",
        form_token=uuid.uuid4(),
    )
    quynh = services.register(
        **answers_of(
            forum,
            name="Phạm Quỳnh",
            email="quynh@example.org",
            organization_name="Bệnh viện Riêng",
            **changes,
        )
    )
    quynh.latin_name, quynh.job_title, quynh.delegation = "PHAM QUYNH", "Giám đốc", delegation
    quynh.user = by
    quynh.save()
    services.correct_details(quynh, name="Phạm Thị Quỳnh", organization_name="Bệnh viện Riêng")
    Consent.objects.create(
        registration=quynh, kind="photographs", version=1, wording="You may photograph me.", language="en"
    )
    question = Question.objects.create(forum=forum, kind="dietary", **in_three_languages("name", "Diet"))
    Answer.objects.create(registration=quynh, question=question, text="dị ứng lạc")
    asked = Question.objects.create(forum=forum, kind="file", **in_three_languages("name", "Card"))
    card = Answer(registration=quynh, question=asked, file_name="the-nao-cung-duoc.pdf", suffix=".pdf")
    card.file.save("x.pdf", ContentFile(b"%PDF-1.7"))
    batch = DocumentBatch(forum=forum, kind="badges", chosen=[str(quynh.pk)], total=1, status="ready")
    batch.file.save("x.pdf", ContentFile(b"%PDF-1.7 badge"))
    Invitation.objects.create(
        forum=forum,
        type=quynh.type,
        replaces=quynh,
        name="Người thay",
        email="heir@example.org",
        note="instead of quynh@example.org",
    )
    session = SessionFactory(forum=forum, seat_limit=5)
    SeatBooking.objects.create(registration=quynh, session=session)
    SeatWait.objects.create(registration=quynh, session=SessionFactory(forum=forum, seat_limit=1))
    door = Door.objects.create(forum=forum, slug="main", **in_three_languages("name", "Main entrance"))
    device = CheckInDevice.objects.create(forum=forum, name="Phone 1", door=door)
    scan = Scan.objects.create(
        forum=forum,
        door=door,
        device=device,
        registration=quynh,
        code=quynh.code,
        direction="in",
        method="camera",
        result="admitted",
        at=timezone.now(),
    )
    Visit.objects.create(registration=quynh, door=door, entered_at=scan.at, entry=scan)
    Certificate.objects.create(
        forum=forum,
        registration=quynh,
        kind="cme",
        facts={
            "name": "Phạm Thị Quỳnh",
            "latin_name": "PHAM THI QUYNH",
            "organization": "Bệnh viện Riêng",
            "days": ["2031-05-14"],
            "credits": "4.50",
            "sessions": [],
        },
    )
    Broadcast.objects.create(forum=forum, title="Parking", total=1)
    record("registration.changed", quynh, actor=by, changes={"anything_new": ("quynh@", "Quỳnh")})
    record("delegation.changed", delegation, actor=by, changes={"name": ("", "Bệnh viện Riêng")})
    quynh = Registration.objects.select_related("type", "forum__venue").get(pk=quynh.pk)
    return Kept(quynh, [Path(card.file.path), Path(batch.file.path)])
