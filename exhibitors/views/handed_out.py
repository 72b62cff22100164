"""Private files as they are handed out: to be saved, never to be shown inside the site."""

from __future__ import annotations

from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


def file_answer(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """Return a private file under its owner's name and its true ending; raises Http404 when it is gone."""
    stored = file.name or ""
    try:
        opened = file.storage.open(stored)
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    suffix = PurePath(stored).suffix
    shown = f"{PurePath(name).stem}{suffix}"
    response = FileResponse(opened, as_attachment=True, filename=shown, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
