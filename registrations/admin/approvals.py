"""The approval desk: applications one after the other, several at once, and the files they came with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import acting_user, demand
from core.audit import record
from events.admin.named_forum import named_forum
from events.models import Forum
from registrations import applications
from registrations.admin.deciding import APPROVE, DECLINE, WAIT, Outcome, decide, decide_several, kept_reason
from registrations.admin.decision_forms import DeclineForm, QueueFilter, RequiredReasonForm
from registrations.availability import availability_of
from registrations.models import Answer, DecisionReason, Registration

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

DECIDE = "registrations.decide_registration"
FOLDER = "admin/registrations/approvals"
# As many as stand on one page of the queue, and some to spare.
MOST_AT_ONCE = 100
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_Page = Callable[..., HttpResponseBase]


def urls(admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the addresses of the desk, in front of those of single registrations."""

    def page(view: _Page) -> _Page:
        return admin.admin_site.admin_view(partial(view, admin))

    return [
        path("approvals/", page(queue_view), name="registrations_registration_approvals"),
        path("approvals/several/", page(several_view), name="registrations_registration_several"),
        path("<uuid:pk>/answers/<int:answer>/", page(file_view), name="registrations_registration_file"),
    ]


def _bound(*decorators: Callable[[_Page], _Page]) -> Callable[[_Page], _Page]:
    """Apply decorators of views to one that takes the admin first."""

    def decorate(view: _Page) -> _Page:
        def opened(admin: ModelAdmin[Any], request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            page: _Page = partial(view, admin)
            for decorator in decorators:
                page = decorator(page)
            return page(request, **kwargs)

        return opened

    return decorate


@dataclass(frozen=True, slots=True)
class _Desk:
    """One look at the desk: who looks, at which forum, through which filters."""

    admin: ModelAdmin[Any]
    request: HttpRequest
    forum: Forum
    filters: QueueFilter

    @classmethod
    def opened(cls, admin: ModelAdmin[Any], request: HttpRequest) -> _Desk:
        """Return the desk of the forum that the address names, for whoever decides there."""
        forum = named_forum(request)
        demand(acting_user(request), DECIDE, forum)
        return cls(admin, request, forum, QueueFilter(request.GET, forum=forum))

    @property
    def queue(self) -> QuerySet[Registration]:
        """The applications that fit the filters, the oldest first."""
        return applications.pending(self.forum, **self.filters.chosen())

    def address(self, **more: str) -> str:
        """Return the address of the desk with its filters."""
        query = {"forum": self.forum.slug, **self.filters.query()}
        query |= {name: value for name, value in more.items() if value}
        return f"{reverse('admin:registrations_registration_approvals')}?{urlencode(query)}#application"

    def tell(self, sentence: str, level: int) -> None:
        """Say what happened on the next page."""
        self.admin.message_user(self.request, sentence, level)

    def page(self, name: str, **context: Any) -> HttpResponse:
        """Return a page of the desk."""
        frame = self.admin.admin_site.each_context(self.request)
        shown = {**frame, "opts": self.admin.opts, "forum": self.forum, **context}
        return TemplateResponse(self.request, f"{FOLDER}/{name}.html", shown)


# --- One after the other ----------------------------------------------------------------------------


@_bound(never_cache, require_http_methods(["GET", "HEAD", "POST"]))
def queue_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Show the queue and one application of it; on POST decide about that one and open the next."""
    desk = _Desk.opened(admin, request)
    if request.method == "POST":
        return _decide(desk)
    asked = request.GET.get("open", "")
    one = desk.queue.filter(pk=asked).first() if _KEY.fullmatch(asked) else None
    if asked and one is None:
        desk.tell(_("That application does not wait any more."), messages.INFO)
    return _show_queue(desk, one or applications.first_of_page(desk.queue, _page_asked(request)))


def _decide(desk: _Desk) -> HttpResponse:
    data = desk.request.POST
    one, decision = _one(desk), data.get("do", "")
    asked = _forms(desk.forum, data, only=decision)
    if decision not in asked:
        raise Http404
    form = asked[decision]
    if not form.is_valid():
        return _show_queue(desk, one, refused={decision: form})
    # Before the decision: afterwards the one is in the queue no more.
    following = applications.after(desk.queue, one).first() or desk.queue.exclude(pk=one.pk).first()
    outcome = decide(one, decision, by=acting_user(desk.request), reason=_reason_of(form)(one))
    desk.tell(outcome.sentence, messages.SUCCESS if outcome.is_done else messages.WARNING)
    then = following if outcome.is_settled else one
    return HttpResponseRedirect(desk.address(open=str(then.pk) if then else ""))


def _one(desk: _Desk) -> Registration:
    key = desk.request.POST.get("registration", "")
    if not _KEY.fullmatch(key):
        raise Http404
    rows = Registration.objects.select_related("type", "forum__venue")
    found: Registration = get_object_or_404(rows, pk=key, forum=desk.forum)
    return found


def _forms(forum: Forum, data: Any = None, only: str = "") -> dict[str, forms.Form]:
    """Return the form of each decision; the one that was sent is bound to ``data``."""

    def sent(decision: str) -> Any:
        return data if decision == only else None

    full = {"reason": _("All places are taken.")}
    return {
        APPROVE: forms.Form(sent(APPROVE)),
        DECLINE: DeclineForm(sent(DECLINE), forum_id=forum.pk),
        WAIT: RequiredReasonForm(sent(WAIT), initial=full),
    }


def _reason_of(form: forms.Form) -> Callable[[Registration], str]:
    """Return what tells each person's reason from a valid form."""
    if isinstance(form, DeclineForm):
        return form.reason_for
    reason = form.cleaned_data.get("reason", "")
    return lambda _registration: reason


def _show_queue(
    desk: _Desk, one: Registration | None, refused: Mapping[str, forms.Form] | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "title": _("Approvals"),
        "filters": desk.filters,
        "is_filtered": bool(desk.filters.query()),
        "query": urlencode({"forum": desk.forum.slug, **desk.filters.query()}),
        "one": None,
    }
    if one is not None:
        context |= _about(desk, one) | {"forms": {**_forms(desk.forum), **(refused or {})}}
        context["refused"] = list(refused or ())
    return desk.page("queue", **context)


def _about(desk: _Desk, one: Registration) -> dict[str, Any]:
    one = Registration.objects.select_related("type", "delegation", "invitation").get(pk=one.pk)
    one.forum = desk.forum
    kept = DecisionReason.objects.filter(forum=desk.forum)
    return {
        "one": one,
        "turn": applications.turn_of(desk.queue, one),
        "availability": availability_of([one.type])[one.type_id],
        "answers": applications.answers_of(one),
        "earlier": applications.earlier_of(one),
        "kept": [(reason.pk, str(reason), kept_reason(reason, one)) for reason in kept],
        "mails_in": one.get_language_display(),
    }


def _page_asked(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


# --- Several at once --------------------------------------------------------------------------------


@_bound(never_cache, require_POST)
def several_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Ask once about those who were ticked; confirmed, decide about each and say who could not and why."""
    desk = _Desk.opened(admin, request)
    decision = request.POST.get("do", "")
    chosen = _chosen(desk.forum, request.POST.getlist("chosen"))
    asked = _forms(desk.forum, request.POST if "confirmed" in request.POST else None, only=decision)
    if decision not in asked or not 1 <= len(chosen) <= MOST_AT_ONCE:
        desk.tell(_("Choose 1 to %(most)s applications.") % {"most": MOST_AT_ONCE}, messages.WARNING)
        return HttpResponseRedirect(desk.address())
    form = asked[decision]
    if form.is_bound and form.is_valid():
        by = acting_user(request)
        outcomes = decide_several(chosen, decision, by=by, reason_for=_reason_of(form))
        return _show_outcomes(desk, decision, outcomes)
    return _ask_once(desk, decision, chosen, form)


def _chosen(forum: Forum, keys: Iterable[str]) -> list[Registration]:
    """Return the registrations of ``forum`` with these keys, also such as were decided meanwhile."""
    known = [key for key in keys if _KEY.fullmatch(key)]
    rows = Registration.objects.filter(forum=forum, pk__in=known[: MOST_AT_ONCE + 1])
    return list(rows.select_related("type", "forum__venue").order_by("created_at", "pk"))


def _ask_once(desk: _Desk, decision: str, chosen: list[Registration], form: forms.Form) -> HttpResponse:
    kinds = {one.type_id: one.type for one in chosen}
    found = availability_of(kinds.values())
    return desk.page(
        "several",
        title=_titles()[decision],
        decision=decision,
        chosen=chosen,
        form=form,
        availability=[(kinds[pk], one.reasons) for pk, one in found.items()],
        back=desk.address(),
    )


def _show_outcomes(desk: _Desk, decision: str, outcomes: list[Outcome]) -> HttpResponse:
    return desk.page(
        "several_done",
        title=_titles()[decision],
        done=[one for one in outcomes if one.is_done],
        left=[one for one in outcomes if not one.is_done],
        back=desk.address(),
    )


def _titles() -> dict[str, str]:
    return {
        APPROVE: _("Approve several applications"),
        DECLINE: _("Decline several applications"),
        WAIT: _("Put several people on the waiting list"),
    }


# --- Documents ----------------------------------------------------------------------------------------


@_bound(never_cache, require_safe)
def file_view(admin: ModelAdmin[Any], request: HttpRequest, pk: UUID, answer: int) -> HttpResponseBase:
    """Give the file of an answer to whoever decides in its forum; the audit trail remembers who read it.

    A picture was written anew when it came, so it may be shown; a PDF is saved and never shown in the site.
    """
    rows = Answer.objects.select_related("registration__forum").exclude(file="")
    found: Answer = get_object_or_404(rows, pk=answer, registration=pk)
    demand(acting_user(request), DECIDE, found.registration)
    try:
        file = found.file.storage.open(str(found.file.name))
    except FileNotFoundError as error:
        raise Http404 from error
    if request.method == "GET":
        changes = {"file": ("", found.file_name)}
        record("registration.file_read", found.registration, actor=acting_user(request), changes=changes)
    stem = slugify(found.file_name.rpartition(".")[0], allow_unicode=True)[:80] or "file"
    response = FileResponse(
        file,
        as_attachment=not found.content_type.startswith("image/"),
        filename=f"{stem}{found.suffix}",
        content_type=found.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
