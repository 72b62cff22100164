"""Giving a document to exhibitors, in one language or several; and handing it out."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.audit import record
from core.locking import short_transaction
from core.private_files import private_files
from events.attachments import CheckedFile
from exhibitors.models import DocumentFile, ExhibitorDocument

if TYPE_CHECKING:
    from accounts.models import User

FOLDER = "exhibitor-documents"


@contextmanager
def _kept(files: Mapping[str, CheckedFile]) -> Iterator[dict[str, str]]:
    """Lay files into the private storage for the block, which names them; when it fails, they go again."""
    storage = private_files()
    names: dict[str, str] = {}
    try:
        for code, file in files.items():
            names[code] = storage.save(f"{FOLDER}/{uuid.uuid4()}{file.suffix}", file.content)
        yield names
    except BaseException:
        for name in names.values():
            storage.delete(name)
        raise


def give_files(document: ExhibitorDocument, files: Mapping[str, CheckedFile], *, by: User) -> None:
    """Give a document's ``files`` by language; each takes the place of the one in that language."""
    with _kept(files) as names, short_transaction():
        # The race: two organizers replace the file of one language.
        row = ExhibitorDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
        before = {file.language: file for file in row.files.all()}
        for code, file in files.items():
            if code in before:
                before[code].delete()
            row.files.create(
                language=code,
                file=names[code],
                file_name=file.file_name,
                suffix=file.suffix,
                content_type=file.content_type,
                size=file.content.size,
                given_by=by,
            )
            old = before[code].file_name if code in before else ""
            changes = {f"file_{code}": (old, file.file_name)}
            record("exhibitordocument.given", row, actor=by, changes=changes)


def file_deleted(instance: DocumentFile, **kwargs: Any) -> None:
    """Delete the file of a row that is gone, once it really is."""
    name = instance.file.name
    if name:
        transaction.on_commit(lambda: private_files().delete(name))
