"""Uploads that a killed process left: found by name and age, deleted by beat, and nobody else's with them."""

import os
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from core.private_files import private_files
from events.attachments import CheckedFile
from events.models import Forum
from registrations import tasks
from registrations.answer_files import kept
from registrations.models import Answer
from registrations.orphan_files import orphans
from tests.factories import RegistrationFactory
from tests.registrations.factories import QuestionFactory

pytestmark = pytest.mark.django_db


def laid_down(*, hours_ago: int) -> str:
    """Lay a file down as the form does, and let it be as old as that."""
    storage = private_files()
    name = storage.save(f"answers/{uuid4()}.pdf", ContentFile(b"%PDF-1.7 passport"))
    then = (timezone.now() - timedelta(hours=hours_ago)).timestamp()
    os.utime(storage.path(name), (then, then))
    return name


def test_an_old_file_that_no_answer_names_is_deleted_and_no_other(forum: Forum) -> None:
    lost, young, named = (laid_down(hours_ago=hours) for hours in (25, 23, 25))
    question = QuestionFactory(forum=forum, kind="file")
    person = RegistrationFactory(forum=forum)
    Answer.objects.create(registration=person, question=question, file=named, file_name="passport.pdf")

    rehearsal = StringIO()
    call_command("delete_orphan_files", dry_run=True, stdout=rehearsal)
    assert rehearsal.getvalue() == f"{lost}\nTo delete: 1\n"
    assert private_files().exists(lost)

    tasks.delete_orphan_files()

    assert [private_files().exists(name) for name in (lost, young, named)] == [False, True, True]
    earnest = StringIO()
    call_command("delete_orphan_files", stdout=earnest)
    assert earnest.getvalue() == "Deleted: 0\n"
    private_files().delete(young)
    private_files().delete(named)


def test_a_process_killed_between_the_file_and_the_commit_leaves_such_a_file(forum: Forum) -> None:
    question = QuestionFactory(forum=forum, kind="file")
    card = CheckedFile(ContentFile(b"%PDF-1.7 card"), "card.pdf", ".pdf", "application/pdf")
    laying = kept({}, {question: card})
    answers = laying.__enter__()  # and never anything more: the process is gone
    given = answers[question].file
    assert given is not None
    then = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(private_files().path(given.name), (then, then))

    assert list(orphans()) == [given.name]
    laying.__exit__(None, None, None)
    assert list(orphans()) == []
