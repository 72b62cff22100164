"""What an exhibitor has to do: the list, and one task with what is handed in for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import acting_user
from core.errors import DomainError
from core.uploads import was_too_large
from exhibitors.duties.handing_in import hand_in, take_back
from exhibitors.duties.places import place_of
from exhibitors.duties.reading import Line, line_of, tasks_of
from exhibitors.forms.task import DeliveryForm, FileForm, form_for
from exhibitors.models import Exhibition, Exhibitor
from exhibitors.views.handed_out import file_answer
from exhibitors.views.portal_page import portal


@require_safe
@portal
def tasks(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """Show what is to be done, what is late first, and how far it all is."""
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "tasks": tasks_of(exhibitor, now=timezone.now()),
    }
    return render(request, "exhibitors/portal/tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def task(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Show one task; take in what is handed in for it, or give it back."""
    line = _line_or_404(exhibitor, pk)
    if request.method != "POST":
        return _page(request, line, _form(request, line))
    if "take_back" in request.POST:
        return _done(request, line, _("You have taken it back."), take_back)
    form = _form(request, line)
    if was_too_large(request) and isinstance(form, FileForm):
        form.say_too_large()
    if not form.is_valid():
        return _page(request, line, form, status=422)
    try:
        hand_in(
            line.task,
            exhibitor=exhibitor,
            by=acting_user(request),
            file=form.cleaned_data.get("file"),
            details=form.details() if isinstance(form, DeliveryForm) else {},
            note=form.cleaned_data["note"],
        )
    except DomainError as error:
        error.add_to(form)
        return _page(request, line, form, status=error.status)
    return _told(request, line)


def _told(request: HttpRequest, line: Line) -> HttpResponse:
    said = _("Handed in: the organizers look at it.") if line.task.is_checked else _("Done. Thank you!")
    messages.success(request, said)
    return redirect("exhibitors:tasks", slug=line.exhibitor.slug)


def _done(request: HttpRequest, line: Line, said: str, deed: Any) -> HttpResponse:
    try:
        deed(line.task, exhibitor=line.exhibitor, by=acting_user(request))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("exhibitors:tasks_one", slug=line.exhibitor.slug, pk=line.task.pk)


def _form(request: HttpRequest, line: Line) -> forms.Form:
    exhibition = (
        Exhibition.objects.filter(forum=line.exhibitor.forum_id).select_related("forum__venue").first()
    )
    initial = {}
    if line.entry:
        initial = line.entry.details | {"note": line.entry.note}
    posted = request.method == "POST"
    return form_for(
        line.task,
        exhibition=exhibition,
        data=request.POST if posted else None,
        files=request.FILES if posted else None,
        initial=initial,
    )


def _page(request: HttpRequest, line: Line, form: forms.Form, *, status: int = 200) -> HttpResponse:
    context = {
        "exhibitor": line.exhibitor,
        "forum": line.exhibitor.forum,
        "line": line,
        "form": form,
        "place": place_of(line),
    }
    return render(request, "exhibitors/portal/task.html", context, status=status)


@require_safe
@portal
def file(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Give the file that was handed in for a task back to those who look after the exhibitor."""
    entry = exhibitor.task_entries.filter(task=pk).first()
    if entry is None or not entry.file:
        raise Http404
    return file_answer(entry.file, name=entry.file_name, content_type=entry.content_type)  # type: ignore[return-value]


def _line_or_404(exhibitor: Exhibitor, pk: int) -> Line:
    line = line_of(exhibitor, pk, now=timezone.now())
    if line is None:
        raise Http404
    return line
