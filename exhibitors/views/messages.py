"""The thread between those who look after an exhibitor and the organizers."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import acting_user
from core.errors import DomainError
from exhibitors.conversations.reading import has_older, messages_of
from exhibitors.conversations.writing import mark_read, write_to_organizers
from exhibitors.forms.message import MessageForm
from exhibitors.models import Exhibitor
from exhibitors.views.portal_page import portal


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def messages(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """Show the thread, the newest message last, and write into it."""
    if request.method != "POST":
        return _page(request, exhibitor, MessageForm())
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, exhibitor, form, status=422)
    try:
        write_to_organizers(
            exhibitor,
            text=form.cleaned_data["text"],
            by=acting_user(request),
            token=form.cleaned_data["form_token"],
        )
    except DomainError as error:
        error.add_to(form)
        return _page(request, exhibitor, form, status=error.status)
    notes.success(request, _("Your message is with the organizers. You get a mail when they answer."))
    return redirect("exhibitors:messages", slug=exhibitor.slug)


def _page(
    request: HttpRequest, exhibitor: Exhibitor, form: MessageForm, *, status: int = 200
) -> HttpResponse:
    raw = request.GET.get("before", "")
    before = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 12 else None
    thread = messages_of(exhibitor, before=before)
    if request.method == "GET":
        mark_read(exhibitor, by_organizers=False)
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "thread": thread,
        "older": thread[0].message.pk if has_older(exhibitor, thread) else None,
        "form": form,
    }
    return render(request, "exhibitors/portal/messages.html", context, status=status)
