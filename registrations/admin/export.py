"""Registrations as a CSV file that spreadsheets open and that does nothing but hold text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.countries import country_name
from core.i18n import FALLBACKS, current_language
from core.spreadsheets import BYTE_ORDER_MARK, harmless
from registrations.models import Registration

CHUNK = 2_000


class _Echo:
    """Hands each line back to the caller instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def export(registrations: QuerySet[Registration]) -> StreamingHttpResponse:
    """Return the file, written while it is read: its size does not matter. In the active language."""
    lines = _lines(registrations, current_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"registrations-{timezone.localtime():%Y-%m-%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(registrations: QuerySet[Registration], language: str) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(_headings())
    # As on the pages: where a language lacks the name, the next one has it.
    named = [
        NullIf(f"type__name_{code}", Value(""), output_field=CharField()) for code in FALLBACKS[language]
    ]
    rows = registrations.order_by("created_at", "pk").values_list(
        "code",
        "status",
        Coalesce(*named, output_field=CharField()),
        "name",
        "organization_name",
        "email",
        "country",
        "language",
        "created_at",
        "cancelled_at",
        "cancel_reason",
    )
    for row in rows.iterator(chunk_size=CHUNK):
        yield writer.writerow(_cells(row, language))


def _headings() -> list[str]:
    return [
        _("ticket code"),
        _("status"),
        _("type of attendance"),
        _("name"),
        _("organization"),
        _("e-mail"),
        _("country"),
        _("language of mails"),
        _("registered"),
        _("cancelled"),
        _("reason"),
    ]


def _cells(row: Iterable[Any], language: str) -> list[str]:
    code, status, kind, name, organization, email, country, spoken, created, cancelled, reason = row
    return [
        harmless(text)
        for text in (
            code,
            str(Registration.Status(status).label),
            kind or "",
            name,
            organization,
            email,
            country_name(country, language),
            spoken,
            _moment(created),
            _moment(cancelled),
            reason,
        )
    ]


def _moment(instant: Any) -> str:
    """The date and time on the site's clock, as spreadsheets understand them."""
    return timezone.localtime(instant).strftime("%Y-%m-%d %H:%M:%S") if instant else ""
