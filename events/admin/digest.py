"""The mails about a release in the admin: whom they reach, what they say, and whether they go."""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from unfold.decorators import display

from accounts.admin_base import AuditedTranslationAdmin, acting_user
from accounts.permissions import demand
from core import dates
from core.errors import DomainError
from core.i18n import NATIVE_NAMES, choose, current_language
from events.digests.mail import KIND
from events.digests.naming import SHOWN_AT_ONCE, SHOWN_ON_ASKING, Named, named
from events.models import AgendaDigest, AgendaNotice
from events.services import discard_digest, leave_out, send_digest
from events.services.digests import snapshot
from outbox import preview
from outbox.models import Message

CHANGE = "events.change_agendadigest"
A_PAGE = 100
_COLOURS = {
    AgendaDigest.Status.PREPARED: "warning",
    AgendaDigest.Status.SENT: "success",
    AgendaDigest.Status.DISCARDED: "info",
}


@admin.register(AgendaDigest)
class AgendaDigestAdmin(AuditedTranslationAdmin):
    """Mails that publishing prepared. They are edited until they are sent or discarded."""

    forum_lookup = "release__forum"
    list_display = ("about", "state", "people", "decided", "decided_by")
    list_display_links = ("about",)
    list_select_related = ("release__forum", "decided_by")
    list_per_page = 50
    fields = ("introduction",)
    change_form_outer_before_template = "admin/events/agendadigest/summary.html"
    change_form_outer_after_template = "admin/events/agendadigest/people.html"

    class Media:
        css: ClassVar = {"all": ["css/admin/changes.css"]}

    # --- rights --------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Publishing prepares them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As long as nothing is decided."""
        found = self.get_object(request, obj) if isinstance(obj, str) else obj
        is_open = found is None or found.status == AgendaDigest.Status.PREPARED
        return is_open and super().has_change_permission(request, found)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: discarding is what is meant."""
        return False

    # --- what is seen --------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of people, without the large documents of both releases."""
        reached = Count("notices", filter=Q(notices__is_left_out=False))
        found = super().get_queryset(request).select_related("release__forum", "base")
        return found.annotate(_people=reached).defer("release__document", "base__document")

    @display(description=_("release"), ordering="release__number")
    def about(self, digest: AgendaDigest) -> str:
        """The release that the mails are about."""
        return _("Release %(number)s") % {"number": digest.release.number}

    @display(description=_("status"), ordering="status", label=_COLOURS)
    def state(self, digest: AgendaDigest) -> tuple[str, str]:
        """The status as a coloured word."""
        return digest.status, digest.get_status_display()

    @display(description=_("people"), ordering="_people")
    def people(self, digest: AgendaDigest) -> int:
        """How many are written to."""
        return int(getattr(digest, "_people", 0))

    @display(description=_("decided"), ordering="decided_at")
    def decided(self, digest: AgendaDigest) -> str:
        """When they were sent or discarded."""
        zone = digest.release.forum.zone
        return dates.moment(digest.decided_at, zone, current_language()) if digest.decided_at else "–"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the introduction to be edited, and the people below it."""
        digest = self.get_object(request, object_id)
        extra: dict[str, Any] = {
            "digest": digest,
            "may_decide": self.has_change_permission(request, digest),
            "zone": digest.release.forum.zone,
            **_summary(digest),
            **_list(request, digest),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, extra)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Leave out whoever is not ticked among those who were shown: the boxes belong to the same form."""
        super().save_related(request, form, formsets, change)
        shown, ticked = (
            {int(key) for key in request.POST.getlist(name) if key.isdecimal() and len(key) < 19}
            for name in ("shown", "write")
        )
        leave_out(form.instance, by=acting_user(request), shown=shown, left_out=shown - ticked)

    def response_change(self, request: HttpRequest, obj: AgendaDigest) -> HttpResponse:
        """Go on to sending, or stay at the page of the list from which she saved."""
        if "_send" in request.POST:
            return HttpResponseRedirect(reverse("admin:events_agendadigest_send", args=[obj.pk]))
        if "_people" in request.POST:
            self.message_user(request, _("Saved: who is written to and who is left out."), messages.SUCCESS)
            return HttpResponseRedirect(f"{self._address(obj)}?{request.META['QUERY_STRING']}#people")
        return super().response_change(request, obj)

    # --- pages ---------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """What is done with the mails, and each person's mail."""
        view, name = self.admin_site.admin_view, "events_agendadigest_"
        return [
            path("<int:pk>/send/", view(self.send_view), name=f"{name}send"),
            path("<int:pk>/discard/", view(self.discard_view), name=f"{name}discard"),
            path("<int:pk>/people/<int:notice>/", view(self.mail_view), name=f"{name}mail"),
            path("<int:pk>/people/<int:notice>/html/", view(self.html_view), name=f"{name}html"),
            path(
                "<int:pk>/people/<int:notice>/files/<int:number>/", view(self.file_view), name=f"{name}file"
            ),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "POST"]))
    def send_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask once, then write the mails to the outbox."""
        digest = self._one(request, pk)
        count = digest.notices.filter(is_left_out=False).count()
        if request.method == "GET":
            question = ngettext("Send %(n)s mail?", "Send %(n)s mails?", count) % {"n": count}
            return self._ask(request, digest, question, button=_("Send now"))
        try:
            written = send_digest(digest, by=acting_user(request))
        except DomainError as error:
            return self._refused(request, digest, error)
        said = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", written)
        self.message_user(request, said % {"n": written}, messages.SUCCESS)
        return HttpResponseRedirect(self._address(digest))

    @method_decorator(require_http_methods(["GET", "POST"]))
    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask once, then tell nobody."""
        digest = self._one(request, pk)
        if request.method == "GET":
            return self._ask(request, digest, _("Tell nobody of these changes?"), button=_("Discard"))
        try:
            discard_digest(digest, by=acting_user(request))
        except DomainError as error:
            return self._refused(request, digest, error)
        self.message_user(request, _("The mails are discarded. Nobody is told."), messages.SUCCESS)
        return HttpResponseRedirect(self._address(digest))

    @method_decorator(csp_update({"frame-src": [SELF]}))
    @method_decorator(require_safe)
    def mail_view(self, request: HttpRequest, pk: int, notice: int) -> HttpResponse:
        """One person's mail as it would be sent now."""
        found = self._notice(request, pk, notice)
        context = {
            **self.admin_site.each_context(request),
            "title": str(found),
            "opts": self.opts,
            "object": found.digest,
            "notice": found,
            "native": NATIVE_NAMES[found.language],
            "mail": preview.preview(_message(found)),
        }
        return TemplateResponse(request, "admin/events/agendadigest/mail.html", context)

    @method_decorator(require_safe)
    def html_view(self, request: HttpRequest, pk: int, notice: int) -> HttpResponse:
        """The mail's HTML, for the frame on its page."""
        return preview.html_answer(_message(self._notice(request, pk, notice)))

    @method_decorator(require_safe)
    def file_view(self, request: HttpRequest, pk: int, notice: int, number: int) -> HttpResponse:
        """A file that goes with the mail."""
        return preview.file_answer(_message(self._notice(request, pk, notice)), number)

    # --- parts ---------------------------------------------------------------------------------------

    def _one(self, request: HttpRequest, pk: int) -> AgendaDigest:
        rows = AgendaDigest.objects.select_related("release__forum", "base")
        found: AgendaDigest = get_object_or_404(rows, pk=pk)
        demand(acting_user(request), CHANGE, found)
        return found

    def _notice(self, request: HttpRequest, pk: int, notice: int) -> AgendaNotice:
        digest = self._one(request, pk)
        found = get_object_or_404(AgendaNotice.objects.filter(digest=digest), pk=notice)
        found.digest = digest
        return found

    def _ask(self, request: HttpRequest, digest: AgendaDigest, question: Any, *, button: Any) -> HttpResponse:
        summary = _summary(digest)
        context = {
            **self.admin_site.each_context(request),
            "title": question,
            "opts": self.opts,
            "object": digest,
            "digest": digest,
            "button": button,
            "sends": request.path.endswith("/send/"),
            "named": _named(digest, summary["written"]),
            **summary,
        }
        return TemplateResponse(request, "admin/events/agendadigest/ask.html", context)

    def _refused(self, request: HttpRequest, digest: AgendaDigest, error: DomainError) -> HttpResponse:
        self.message_user(request, str(error), messages.WARNING)
        return HttpResponseRedirect(self._address(digest))

    @staticmethod
    def _address(digest: AgendaDigest) -> str:
        return reverse("admin:events_agendadigest_change", args=[digest.pk])


def _message(notice: AgendaNotice) -> Message:
    """Return the message as sending would write it; it is not stored."""
    return Message(
        kind=KIND,
        recipient=notice.email,
        recipient_name=notice.name,
        language=notice.language,
        context=snapshot(notice),
    )


def _summary(digest: AgendaDigest) -> dict[str, Any]:
    """Count the people who are written to, by reason and by language. One query."""
    rows = list(digest.notices.values_list("reasons", "language", "is_left_out"))
    written = [(reasons, language) for reasons, language, is_left_out in rows if not is_left_out]
    reasons = Counter(reason for those, _language in written for reason in those)
    languages = Counter(language for _reasons, language in written)
    return {
        "written": len(written),
        "left_out": len(rows) - len(written),
        "by_reason": [(str(one.label), reasons[one.value]) for one in AgendaNotice.Reason if reasons[one]],
        "by_language": [
            (code, name, languages[code]) for code, name in NATIVE_NAMES.items() if languages[code]
        ],
    }


def _named(digest: AgendaDigest, count: int) -> Named:
    """Return the names of those who are written to. One query."""
    people = digest.notices.filter(is_left_out=False)[: SHOWN_AT_ONCE + SHOWN_ON_ASKING]
    return named(map(str, people), count)


def _list(request: HttpRequest, digest: AgendaDigest) -> dict[str, Any]:
    """Return the people on the page that the address names, found by name or address."""
    words = request.GET.get("q", "").strip()
    found = digest.notices.all()
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
    titles = {
        session["uid"]: session["title"]
        for release in (digest.base, digest.release)
        if release
        for session in release.document["sessions"]
    }
    return {"words": words, "people_page": page, "rows": [_row(notice, titles) for notice in page]}


def _row(notice: AgendaNotice, titles: dict[str, dict[str, str]]) -> dict[str, Any]:
    reasons = dict(AgendaNotice.Reason.choices)
    return {
        "notice": notice,
        "native": NATIVE_NAMES[notice.language],
        "reasons": ", ".join(str(reasons[reason]) for reason in notice.reasons),
        "titles": [choose(titles[str(uid)]) for uid in notice.session_uids if str(uid) in titles],
    }
