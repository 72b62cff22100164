"""Every exhibitor by every task; one of them with what was handed in; and reminding those who are late."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import acting_user, can, demand
from core import dates, form_token
from core.countries import country_name
from core.errors import DomainError
from core.i18n import current_language
from events.admin.named_forum import named_forum
from events.models import Forum
from exhibitors.admin.table_file import ENDINGS, table_file
from exhibitors.admin.task_deeds import DEEDS, Deed
from exhibitors.duties.details import in_one_line, rows_of
from exhibitors.duties.reading import Line, Matrix, State, line_of, matrix_of
from exhibitors.duties.reminding import remind_now
from exhibitors.models import Exhibitor, ExhibitorTask, TaskEntry
from exhibitors.views.handed_out import file_answer

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

VIEW, CHANGE = "exhibitors.view_taskentry", "exhibitors.change_taskentry"
FOLDER = "admin/exhibitors/tasks"
# What the table may be narrowed to.
LATE, TO_LOOK_AT = "late", "look"
_View = Callable[..., HttpResponse]


def urls(admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the addresses of the pages, in front of those of single tasks."""

    def page(view: _View, allowed: Callable[[_View], _View] = require_safe) -> _View:
        return admin.admin_site.admin_view(never_cache(allowed(partial(view, admin))))

    asked = require_http_methods(["GET", "HEAD", "POST"])
    name = "exhibitors_exhibitortask_"
    return [
        path("matrix/", page(matrix_view), name=f"{name}matrix"),
        path("matrix/remind/", page(remind_view, require_POST), name=f"{name}remind"),
        path("matrix/<str:ending>/", page(export_view), name=f"{name}export"),
        path("<int:pk>/of/<int:exhibitor>/", page(one_view, asked), name=f"{name}one"),
        path("<int:pk>/of/<int:exhibitor>/file/", page(file_view), name=f"{name}file"),
    ]


def matrix_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Show every exhibitor by every task, all of them or those where something is late or to look at."""
    forum = _forum(request)
    matrix = matrix_of(forum, now=timezone.now())
    only = request.GET.get("only", "")
    rows = [row for row in matrix.rows if _is_meant(row[1].values(), only)]
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Who has done what"),
        "opts": admin.opts,
        "forum": forum,
        "tasks": matrix.tasks,
        "rows": [
            (
                exhibitor,
                [lines.get(task.pk) for task in matrix.tasks],
                sum(line.is_settled for line in lines.values()),
            )
            for exhibitor, lines in rows
        ],
        "only": only,
        "all": len(matrix.rows),
        "late": sum(_is_meant(lines.values(), LATE) for _exhibitor, lines in matrix.rows),
        "to_look_at": sum(_is_meant(lines.values(), TO_LOOK_AT) for _exhibitor, lines in matrix.rows),
        "may_change": can(request.user, CHANGE, forum),
        "form_token": form_token.draw(),
    }
    return TemplateResponse(request, f"{FOLDER}/matrix.html", context)


def _is_meant(lines: Any, only: str) -> bool:
    if only == LATE:
        return any(line.is_late for line in lines)
    if only == TO_LOOK_AT:
        return any(line.state == State.HANDED_IN for line in lines)
    return True


def remind_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Remind the chosen exhibitors of what is late or due within a week."""
    forum = _forum(request, CHANGE)
    token = form_token.read(request.POST.get("form_token", ""))
    keys = [int(raw) for raw in request.POST.getlist("exhibitor") if raw.isascii() and raw.isdigit()]
    chosen = list(Exhibitor.objects.filter(forum=forum, pk__in=keys[:1000]))
    if not chosen or token is None:
        messages.warning(request, _("Choose the exhibitors that are to be reminded."))
    else:
        told = remind_now(chosen, forum=forum, by=acting_user(request), token=str(token))
        said = ngettext("%(n)d exhibitor is reminded.", "%(n)d exhibitors are reminded.", told) % {"n": told}
        left = len(chosen) - told
        if left:
            said += " " + _("Without anything late or due within a week, or without an address: %(n)d.") % {
                "n": left
            }
        (messages.success if told else messages.warning)(request, said)
    only = request.POST.get("only", "")
    query = f"?forum={forum.slug}" + (f"&only={only}" if only in {LATE, TO_LOOK_AT} else "")
    return HttpResponseRedirect(reverse("admin:exhibitors_exhibitortask_matrix") + query)


def export_view(admin: ModelAdmin[Any], request: HttpRequest, ending: str) -> HttpResponse:
    """Give the table as a file, one line for each exhibitor and task."""
    if ending not in ENDINGS:
        raise Http404
    forum = _forum(request)
    matrix = matrix_of(forum, now=timezone.now())
    columns = [
        (_("exhibitor"), 36),
        (_("country"), 16),
        (_("task"), 36),
        (_("kind"), 24),
        (_("state"), 18),
        (_("late"), 8),
        (_("deadline"), 18),
        (_("handed in"), 18),
        (_("handed in by"), 24),
        (_("what"), 60),
        (_("reason"), 40),
    ]
    return table_file(  # type: ignore[return-value] # a streaming one
        f"tasks-{forum.slug}", _("tasks of exhibitors"), columns, _rows(matrix, forum), ending=ending
    )


def _rows(matrix: Matrix, forum: Forum) -> Iterator[Sequence[str]]:
    language = current_language()
    for line in matrix.lines:
        entry = line.entry
        handed_in = entry.submitted_at if entry else None
        yield [
            str(line.exhibitor),
            country_name(line.exhibitor.organization.country, language),
            str(line.task),
            line.task.get_kind_display(),
            str(line.state.label),
            _("yes") if line.is_late else "",
            f"{line.due_at.astimezone(forum.zone):%Y-%m-%d %H:%M}",
            f"{handed_in.astimezone(forum.zone):%Y-%m-%d %H:%M}" if handed_in else "",
            str(entry.submitted_by or "") if entry else "",
            in_one_line(entry) if entry else "",
            (entry.reason or entry.waive_reason or entry.due_reason) if entry else "",
        ]


def one_view(admin: ModelAdmin[Any], request: HttpRequest, pk: int, exhibitor: int) -> HttpResponse:
    """Show how far one exhibitor is with one task; on POST decide about it."""
    line = _line(request, pk, exhibitor, CHANGE if request.method == "POST" else VIEW)
    forum = line.exhibitor.forum
    possible = [deed for deed in DEEDS if deed.is_possible(line)] if can(request.user, CHANGE, forum) else []
    wanted = request.POST.get("do", "")
    deed = next((one for one in possible if one.name == wanted), None)
    refused = None
    if request.method == "POST" and deed is not None:
        form = deed.form(request.POST, forum=forum, prefix=deed.name) if deed.form else None
        if form is None or form.is_valid():
            return _do(request, line, deed, form.cleaned_data if form else {})
        refused = (deed.name, form)
    elif request.method == "POST":
        messages.error(request, _("This cannot be done now. Please look at it again."))
    context = {
        **admin.admin_site.each_context(request),
        "title": str(line.task),
        "subtitle": str(line.exhibitor),
        "opts": admin.opts,
        "forum": forum,
        "line": line,
        "rows": rows_of(line.entry) if line.entry else [],
        "deeds": [(one, _form_of(one, forum, line, refused)) for one in possible],
        "refused": refused[0] if refused else "",
        "until": dates.moment(line.due_at, forum.zone, current_language()),
    }
    return TemplateResponse(request, f"{FOLDER}/one.html", context, status=422 if refused else 200)


def _form_of(deed: Deed, forum: Forum, line: Line, refused: tuple[str, Any] | None) -> Any:
    if deed.form is None:
        return None
    if refused and refused[0] == deed.name:
        return refused[1]
    due_at = line.due_at.astimezone(forum.zone).replace(tzinfo=None)
    return deed.form(forum=forum, prefix=deed.name, initial={"due_at": due_at})


def _do(request: HttpRequest, line: Line, deed: Deed, said: dict[str, Any]) -> HttpResponse:
    raw = request.POST.get("revision", "")
    revision = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else -1
    try:
        deed.do(line, acting_user(request), said, revision)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(deed.done))
    return HttpResponseRedirect(_address("one", line))


def file_view(admin: ModelAdmin[Any], request: HttpRequest, pk: int, exhibitor: int) -> HttpResponse:
    """Give what an exhibitor handed in."""
    line = _line(request, pk, exhibitor, VIEW)
    if line.entry is None or not line.entry.file:
        raise Http404
    entry: TaskEntry = line.entry
    return file_answer(entry.file, name=entry.file_name, content_type=entry.content_type)  # type: ignore[return-value]


def _address(name: str, line: Line) -> str:
    return reverse(f"admin:exhibitors_exhibitortask_{name}", args=[line.task.pk, line.exhibitor.pk])


def _forum(request: HttpRequest, right: str = VIEW) -> Forum:
    forum = named_forum(request)
    demand(acting_user(request), right, forum)
    return forum


def _line(request: HttpRequest, pk: int, exhibitor: int, right: str) -> Line:
    task = get_object_or_404(ExhibitorTask, pk=pk)
    demand(acting_user(request), right, task)
    rows: QuerySet[Exhibitor] = Exhibitor.objects.filter(forum=task.forum_id)
    found = get_object_or_404(rows.select_related("organization", "forum__venue"), pk=exhibitor)
    line = line_of(found, task.pk, now=timezone.now())
    if line is None:
        raise Http404
    return line
