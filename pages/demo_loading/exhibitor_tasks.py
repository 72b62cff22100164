"""The tasks, documents and messages of the demonstration's exhibitors."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from core.typeset import faces
from events.models import Forum
from exhibitors.duties.reading import matrix_of
from exhibitors.models import (
    BoothType,
    Circular,
    Exhibition,
    Exhibitor,
    ExhibitorDocument,
    ExhibitorMessage,
    ExhibitorTask,
    TaskEntry,
)
from pages.demo import exhibitor_tasks as demo
from pages.demo.records import LANGUAGES, Language, T

Status = TaskEntry.Status
PDF = "application/pdf"
# What lies in the thread of an exhibitor is this old, message by message.
STEP = timedelta(hours=5)


def load_tasks(forum: Forum) -> None:
    """Define the tasks of an exhibition, and let its exhibitors have done some of them."""
    exhibition = Exhibition.objects.get(forum=forum)
    types = {kind.slug: kind for kind in BoothType.objects.filter(forum=forum)}
    for place, record in enumerate(demo.TASKS):
        task = ExhibitorTask.objects.create(
            forum=forum,
            kind=record.kind,
            due_at=exhibition.starts_at - timedelta(days=record.days) + timedelta(hours=10),
            is_required=record.is_required,
            is_checked=record.is_checked,
            position=place,
            **record.name.columns("name"),
            **record.explanation.columns("explanation"),
        )
        task.types.set(types[slug] for slug in record.types)
    _hand_in(forum, exhibition)
    _give_documents(forum)
    _write(forum)


def _hand_in(forum: Forum, exhibition: Exhibition) -> None:
    """Let every third exhibitor be done, the next one wait, and the third be sent back or have nothing."""
    now = timezone.now()
    paper = _pdf(T(vi="Bảo hiểm", ko="보험", en="Insurance"), demo.MANUAL_TEXT, "en")
    for number, (exhibitor, lines) in enumerate(matrix_of(forum, now=now).rows):
        for line in lines.values():
            entry = TaskEntry(
                task=line.task, exhibitor=exhibitor, submitted_at=now - timedelta(days=number % 5)
            )
            if line.task.kind == ExhibitorTask.Kind.INSURANCE and number not in {2, 8}:
                _attach(entry, "insurance.pdf", paper)
                entry.status = (Status.ACCEPTED, Status.SUBMITTED, Status.SENT_BACK)[number % 3]
                if entry.status == Status.SENT_BACK:
                    entry.reason = demo.SENT_BACK.in_language(exhibitor.language)  # type: ignore[arg-type]
            elif line.task.kind == ExhibitorTask.Kind.DELIVERY and number % 3 == 0:
                entry.details = {
                    "day": (exhibition.starts_at - timedelta(days=1))
                    .astimezone(forum.zone)
                    .date()
                    .isoformat(),
                    "slot": "13:00–16:00",
                    "vehicle": "1.5 t",
                    "pieces": 4 + number,
                    "contact": "+84 24 0000 0000",
                }
                entry.status = Status.SUBMITTED
            elif line.task.kind == ExhibitorTask.Kind.TICK and number % 2:
                entry.status = Status.SUBMITTED
            else:
                continue
            entry.save()


def _attach(entry: TaskEntry, name: str, content: bytes) -> None:
    entry.file.save(".pdf", ContentFile(content), save=False)
    entry.file_name, entry.content_type = name, PDF


def _give_documents(forum: Forum) -> None:
    for place, (title, text) in enumerate(((demo.MANUAL, demo.MANUAL_TEXT), (demo.RULES, demo.RULES_TEXT))):
        document = ExhibitorDocument.objects.create(forum=forum, position=place, **title.columns("name"))
        for code in LANGUAGES:
            content = _pdf(title, text, code)
            row = document.files.model(
                document=document,
                language=code,
                file_name=f"{title.in_language(code)}.pdf",
                suffix=".pdf",
                content_type=PDF,
                size=len(content),
            )
            row.file.save(".pdf", ContentFile(content), save=False)
            row.save()


def _pdf(title: T, text: T, code: Language) -> bytes:
    """Return a page with a heading and paragraphs."""
    faces.register()
    heading = ParagraphStyle("heading", fontName=faces.REGULAR[0], fontSize=20, leading=28, spaceAfter=14)
    body = ParagraphStyle("body", fontName=faces.REGULAR[0], fontSize=11, leading=17, spaceAfter=8)
    paragraphs = text.in_language(code).split("\n\n")
    parts = [
        Paragraph(faces.marked_up(title.in_language(code)), heading),
        *(Paragraph(faces.marked_up(paragraph), body) for paragraph in paragraphs),
    ]
    written = io.BytesIO()
    SimpleDocTemplate(written, pagesize=A4, title=title.in_language(code), lang=code).build(parts)
    return written.getvalue()


def _write(forum: Forum) -> None:
    """Write the threads, and one message to all who have a booth."""
    now = timezone.now()
    exhibitors = {one.slug: one for one in Exhibitor.objects.filter(forum=forum)}
    circular = Circular.objects.create(
        forum=forum,
        form_token=uuid.uuid4(),
        sent_at=now - timedelta(days=6),
        **demo.CIRCULAR_SUBJECT.columns("subject"),
        **demo.CIRCULAR_BODY.columns("body"),
    )
    standing = [exhibitor for exhibitor, _lines in matrix_of(forum, now=now).rows]
    ExhibitorMessage.objects.bulk_create(
        ExhibitorMessage(
            exhibitor=exhibitor, is_from_organizers=True, circular=circular, written_at=circular.sent_at
        )
        for exhibitor in standing
    )
    circular.total = len(standing)
    circular.save(update_fields=["total"])
    for slug, said in demo.THREADS.items():
        _thread(exhibitors[slug], said, now - timedelta(days=2))


def _thread(exhibitor: Exhibitor, said: Sequence[tuple[bool, str]], moment: datetime) -> None:
    for is_from_organizers, text in said:
        moment += STEP
        ExhibitorMessage.objects.create(
            exhibitor=exhibitor,
            is_from_organizers=is_from_organizers,
            author_name="" if is_from_organizers else str(exhibitor.organization),
            text=text,
            written_at=moment,
        )
