"""What an exhibitor has been given, and what it has handed in itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from core.i18n import FALLBACKS
from exhibitors.models import DocumentFile, Exhibitor, ExhibitorDocument, TaskEntry


@dataclass(frozen=True, slots=True)
class Given:
    """A document and its files, the reader's language first."""

    document: ExhibitorDocument
    files: Sequence[DocumentFile]

    @property
    def is_personal(self) -> bool:
        """True when it is for this exhibitor alone."""
        return self.document.exhibitor_id is not None


def documents_of(exhibitor: Exhibitor, language: str) -> list[Given]:
    """Return what an exhibitor may read, with who gave it when. Two queries.

    What has no file yet is left out.
    """
    rank = {code: place for place, code in enumerate(FALLBACKS[language])}
    rows = ExhibitorDocument.objects.for_exhibitor(exhibitor).prefetch_related("files__given_by")
    found = [Given(row, sorted(row.files.all(), key=lambda file: rank[file.language])) for row in rows]
    return [given for given in found if given.files]


def file_for(exhibitor: Exhibitor, uid: uuid.UUID) -> DocumentFile | None:
    """Return a file that an exhibitor may read, or None."""
    mine = ExhibitorDocument.objects.for_exhibitor(exhibitor)
    return DocumentFile.objects.filter(document__in=mine, uid=uid).first()


def handed_in_by(exhibitor: Exhibitor) -> list[TaskEntry]:
    """Return the files that an exhibitor handed in for tasks, the newest first."""
    rows = TaskEntry.objects.filter(exhibitor=exhibitor).exclude(file="")
    return list(rows.select_related("task", "submitted_by").order_by("-submitted_at", "-pk"))
