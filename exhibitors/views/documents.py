"""What organizers gave an exhibitor to read, and what it handed in itself."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.i18n import current_language
from exhibitors.documents.reading import documents_of, file_for, handed_in_by
from exhibitors.models import Exhibitor
from exhibitors.views.handed_out import file_answer
from exhibitors.views.portal_page import portal


@require_safe
@portal
def documents(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """List the documents, with who gave them when."""
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "documents": documents_of(exhibitor, current_language()),
        "handed_in": handed_in_by(exhibitor),
    }
    return render(request, "exhibitors/portal/documents.html", context)


@require_safe
@portal
def file(request: HttpRequest, exhibitor: Exhibitor, uid: uuid.UUID) -> HttpResponse:
    """Give a file that this exhibitor may read; any other does not exist."""
    found = file_for(exhibitor, uid)
    if found is None:
        raise Http404
    return file_answer(found.file, name=found.file_name, content_type=found.content_type)  # type: ignore[return-value]
