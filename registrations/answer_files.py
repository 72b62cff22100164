"""Files that people attach to answers: kept in private, and deleted when no answer names them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from django.db import transaction

from core.private_files import private_files
from events.attachments import CheckedFile
from registrations.models import Answer, Question
from registrations.questions import AnswerGiven, StoredFile

FOLDER: Final = "answers"


@contextmanager
def kept(
    answers: Mapping[Question, AnswerGiven], files: Mapping[Question, CheckedFile]
) -> Iterator[dict[Question, AnswerGiven]]:
    """Lay files into the private storage for the block, which registers; give the answers that name them.

    Afterwards those that no answer names are deleted: nothing was registered, or the same form was sent
    twice and the first one's file stays.
    """
    storage = private_files()
    stored: dict[Question, StoredFile] = {}
    try:
        for question, file in files.items():
            name = storage.save(f"{FOLDER}/{uuid.uuid4()}{file.suffix}", file.content)
            stored[question] = StoredFile(name, file.file_name, file.suffix, file.content_type)
        yield {
            question: replace(answers.get(question, AnswerGiven()), file=stored.get(question))
            for question in {**answers, **files}
        }
    finally:
        names = {file.name for file in stored.values()}
        used = set(Answer.objects.filter(file__in=names).values_list("file", flat=True)) if names else set()
        for name in names - used:
            storage.delete(name)


def answer_deleted(instance: Answer, **kwargs: Any) -> None:
    """Delete the file of an answer that is gone, once it really is."""
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
