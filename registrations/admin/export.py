"""Registrations as files that spreadsheets open and that do nothing but hold text: CSV and XLSX."""

from __future__ import annotations

import csv
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.countries import country_name
from core.i18n import FALLBACKS, current_language
from core.spreadsheets import BYTE_ORDER_MARK, harmless
from core.streamed_workbook import stream_workbook
from registrations.models import Answer, Question, Registration

CHUNK = 2_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its heading, what of a registration it reads, how that is written, and its width."""

    heading: str | Promise
    lookup: Any
    write: Callable[[Any, _Reader], str]
    width: int = 16


@dataclass(frozen=True, slots=True)
class _Reader:
    """In which language and on which clock the file is read."""

    language: str
    zone: ZoneInfo

    def moment(self, instant: Any) -> str:
        """The date and time as spreadsheets understand them."""
        return instant.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S") if instant else ""


def _named(prefix: str, language: str) -> Coalesce:
    # As on the pages: where a language lacks the name, the next one has it.
    names = [NullIf(f"{prefix}_{code}", Value(""), output_field=CharField()) for code in FALLBACKS[language]]
    return Coalesce(*names, output_field=CharField())


def _text(value: Any, _reader: _Reader) -> str:
    return "" if value is None else str(value)


def _columns(language: str) -> list[_Column]:
    def moment(value: Any, reader: _Reader) -> str:
        return reader.moment(value)

    return [
        _Column(gettext_lazy("ticket code"), "code", _text),
        _Column(
            gettext_lazy("status"), "status", lambda value, _r: str(Registration.Status(value).label), 14
        ),
        _Column(gettext_lazy("type of attendance"), _named("type__name", language), _text, 24),
        _Column(gettext_lazy("name"), "name", _text, 28),
        _Column(gettext_lazy("organization"), "organization_name", _text, 36),
        _Column(gettext_lazy("e-mail"), "email", _text, 30),
        _Column(gettext_lazy("country"), "country", lambda value, r: country_name(value, r.language)),
        _Column(gettext_lazy("language of mails"), "language", _text, 10),
        _Column(gettext_lazy("name in Latin letters"), "latin_name", _text, 28),
        _Column(gettext_lazy("position"), "job_title", _text, 24),
        _Column(gettext_lazy("delegation"), "delegation__name", _text, 28),
        _Column(gettext_lazy("order of precedence"), "precedence", _text, 10),
        _Column(gettext_lazy("registered"), "created_at", moment, 20),
        _Column(gettext_lazy("waiting since"), "waiting_since", moment, 20),
        _Column(gettext_lazy("arrived"), "arrived_at", moment, 20),
        _Column(gettext_lazy("cancelled"), "cancelled_at", moment, 20),
        _Column(gettext_lazy("reason"), "cancel_reason", _text, 24),
    ]


class _Echo:
    """Hands each line back to the caller instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def export(registrations: QuerySet[Registration], *, as_workbook: bool = False) -> StreamingHttpResponse:
    """Return the file, written while it is read: its size does not matter. In the active language.

    Answers to the forum's questions stand in columns of their own behind the others.
    """
    language = current_language()
    columns, questions = _columns(language), _questions(registrations, language)
    rows = _rows(registrations, columns, questions, language)
    headings = [*(str(column.heading) for column in columns), *questions.values()]
    widths = [*(column.width for column in columns), *(24 for _question in questions)]
    name = f"registrations-{timezone.localtime():%Y-%m-%d-%H%M}"
    if as_workbook:
        pieces = stream_workbook(_("registrations"), widths, itertools.chain([headings], rows))
        response = StreamingHttpResponse(pieces, content_type=XLSX)
    else:
        response = StreamingHttpResponse(_lines(headings, rows), content_type="text/csv; charset=utf-8")
    ending = "xlsx" if as_workbook else "csv"
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(headings)
    for row in rows:
        # CSV has no way to say that a cell is text.
        yield writer.writerow([harmless(text) for text in row])


def _questions(registrations: QuerySet[Registration], language: str) -> dict[int, str]:
    """Return the questions of the forums in the list, by key, each with its words. One query."""
    forums = registrations.order_by().values("forum").distinct()
    asked = Question.objects.filter(forum__in=forums).order_by("forum", "position", "pk")
    return dict(asked.values_list("pk", _named("name", language)))


def _rows(
    registrations: QuerySet[Registration],
    columns: Sequence[_Column],
    questions: Mapping[int, str],
    language: str,
) -> Iterator[list[str]]:
    reader = _Reader(language, ZoneInfo(timezone.get_current_timezone_name()))
    lookups = [column.lookup for column in columns]
    found = registrations.order_by("created_at", "pk").values_list("pk", *lookups)
    people = found.iterator(chunk_size=CHUNK)
    while chunk := list(itertools.islice(people, CHUNK)):
        answers = _answers([row[0] for row in chunk], language) if questions else {}
        for pk, *values in chunk:
            given = answers.get(pk, {})
            yield [
                *(column.write(value, reader) for column, value in zip(columns, values, strict=True)),
                *(given.get(question, "") for question in questions),
            ]


def _answers(keys: Sequence[UUID], language: str) -> dict[UUID, dict[int, str]]:
    """Return what the people answered, by question: the options, then the words or the file's name."""
    found: dict[UUID, dict[int, str]] = defaultdict(dict)
    rows = Answer.objects.filter(registration__in=keys).order_by("pk")
    chosen: dict[int, list[str]] = defaultdict(list)
    through: type[Model] = Answer.options.through
    picked = through._default_manager.filter(answer__registration__in=keys)
    for answer, option in picked.order_by("questionoption__position").values_list(
        "answer", _named("questionoption__name", language)
    ):
        chosen[answer].append(option)
    for pk, registration, question, text, file_name in rows.values_list(
        "pk", "registration", "question", "text", "file_name"
    ):
        parts = [*chosen[pk], text, file_name]
        found[registration][question] = "; ".join(part for part in parts if part)
    return found
