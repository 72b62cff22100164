"""The organizers' outbox: who was written to, what became of it, and sending it once more."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from unfold.decorators import display

from accounts.admin.by_forum import ForumNumberFilter, forum_called
from accounts.admin_base import AuditedModelAdmin, acting_user
from accounts.mail_scope import RESEND, VIEW, VIEW_OF_NONE, messages_for
from accounts.permissions import can
from core import dates
from core.folding import fold
from core.i18n import current_language
from outbox import kinds, preview, rendering, services
from outbox.about import things_in
from outbox.models import Message

Status = Message.Status
STATE_COLOURS = {
    Status.QUEUED: "info",
    Status.SENDING: "info",
    Status.SENT: "success",
    Status.FAILED: "danger",
    Status.WITHDRAWN: "warning",
}
# More at once is an announcement, not a repair.
MOST_AT_ONCE = 100
MOST_WORDS = 8


def _moment(value: datetime | None) -> str:
    """Day and time on the clock of the site, as the organizer's language writes them."""
    return dates.moment(value, ZoneInfo(settings.TIME_ZONE), current_language()) if value else "–"


class KindFilter(admin.SimpleListFilter):
    """By kind of mail; the choices are the registered kinds, so that no query looks for them."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Each kind's name with its title."""
        return [(kind.name, str(kind.title)) for kind in kinds.all_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Messages of the chosen kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class AboutFilter(admin.SimpleListFilter):
    """What a link on another page asks for: the mails of one decision, or about one registration."""

    title = _("about")
    parameter_name = "about"
    # The beginning of a dedupe key, such as "broadcast:12", or "registration:" and its id.
    ASKED = re.compile(r"(?P<what>[a-z_.]{1,40}):(?P<which>[0-9a-f-]{1,36})")

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Only what is asked for: nobody chooses it here."""
        asked = request.GET.get(self.parameter_name)
        return [(asked, str(_("as asked for")))] if asked else []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Those mails; what cannot be read finds none."""
        if not self.value():
            return queryset
        found = self.ASKED.fullmatch(self.value() or "")
        if found is None:
            return queryset.none()
        if found["what"] == "registration":
            return queryset.alias(person=KT("context__registration")).filter(person=found["which"])
        return queryset.filter(dedupe_key__startswith=f"{found[0]}:")


class ForumFilter(ForumNumberFilter):
    """Mails of one forum, or those about accounts."""

    right = VIEW

    def sees_none(self, request: HttpRequest) -> bool:
        """Owners do."""
        return can(request.user, VIEW_OF_NONE)


@admin.register(Message)
class MessageAdmin(AuditedModelAdmin):
    """Search, read, send again, each in the forums she works in. Nothing in the outbox is edited by hand."""

    # The service records a mail that is sent again; nothing else is written here.
    audited_by_service = True

    list_display = ("written", "reader", "about", "shown_language", "state")
    list_display_links = ("written", "reader")
    list_filter = (AboutFilter, "status", "problem", KindFilter, "language", ForumFilter, "created_at")
    search_fields = ("search_text", "subject")
    search_help_text = _("Part of an address, a name or a subject")
    ordering = ("-created_at",)
    list_per_page = 50
    show_full_result_count = False
    actions = ("send_again",)
    change_form_outer_after_template = "outbox/admin/mail.html"
    fieldsets = (
        (None, {"fields": ("subject_line", ("kind_title", "forum"), ("reader_address", "language"))}),
        (
            _("Delivery"),
            {
                "fields": (
                    "status",
                    "problem",
                    "last_error",
                    "attempts",
                    "next_attempt",
                    "written",
                    "taken",
                    "message_id",
                    "dedupe_key",
                    "resent_from",
                    "sent_again",
                )
            },
        ),
    )

    # --- who may do what --------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Mails are written by decisions."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """What was decided to be said stands."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """Nobody makes a mail unsaid."""
        return False

    def has_resend_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """The right to send again, and to read: a mail holds its reader's secret link."""
        return can(request.user, RESEND, obj)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Message], search_term: str
    ) -> tuple[QuerySet[Message], bool]:
        """Find each word in name and address, accents or not, or all of them in the subject."""
        words = search_term.split()[:MOST_WORDS]
        person = Q()
        for word in words:
            person &= Q(search_text__contains=fold(word))
        if words:
            queryset = queryset.filter(person | Q(subject__icontains=search_term.strip()))
        return queryset, False

    # --- columns and fields -----------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """What the person may see; a list leaves the snapshots in the database."""
        found = messages_for(acting_user(request)).select_related("resent_from")
        shows_one = request.resolver_match is not None and "object_id" in request.resolver_match.kwargs
        return found if shows_one else found.defer("context", "last_error")

    @display(description=_("written"), ordering="created_at")
    def written(self, message: Message) -> str:
        """When it was decided."""
        return _moment(message.created_at)

    @display(description=_("sent"), ordering="sent_at")
    def taken(self, message: Message) -> str:
        """When the mail server took it."""
        return _moment(message.sent_at)

    @display(description=_("reader"), ordering="recipient", header=True)
    def reader(self, message: Message) -> tuple[str, str]:
        """Name above address."""
        return message.recipient_name or message.recipient, message.recipient

    @display(description=_("reader"))
    def reader_address(self, message: Message) -> str:
        """Name and address in one line."""
        name = message.recipient_name
        return f"{name} <{message.recipient}>" if name else message.recipient

    @display(description=_("subject"), ordering="subject")
    def subject_line(self, message: Message) -> str:
        """The subject, or a dash before the first attempt."""
        return message.subject or "–"

    @display(description=_("subject"), ordering="subject", header=True)
    def about(self, message: Message) -> tuple[str, str]:
        """The subject above the kind; the kind alone before the first attempt."""
        return (message.subject, message.kind_title) if message.subject else (message.kind_title, "")

    @display(description=_("language"), ordering="language")
    def shown_language(self, message: Message) -> str:
        """The reader's language, in short."""
        return str(message.get_language_display())

    @display(description=_("kind"), ordering="kind")
    def kind_title(self, message: Message) -> str:
        """What organizers call this kind of mail."""
        return message.kind_title

    @display(
        description=_("status"),
        ordering="status",
        label=STATE_COLOURS,
    )
    def state(self, message: Message) -> tuple[str, str]:
        """The status as a coloured word."""
        return message.status, message.get_status_display()

    @display(description=_("forum"))
    def forum(self, message: Message) -> str:
        """The forum it speaks of, by name."""
        return forum_called(message.forum_id) or "–"

    @display(description=_("next attempt"))
    def next_attempt(self, message: Message) -> str:
        """When it is tried next, while it waits."""
        return _moment(message.next_attempt_at if message.status == Status.QUEUED else None)

    @display(description="Message-ID")
    def message_id(self, message: Message) -> str:
        """For a look into a mail server's log."""
        return rendering.message_id(message)

    @display(description=_("sent again as"))
    def sent_again(self, message: Message) -> Any:
        """Links to the messages that repeat this one."""
        again = [(self._address(other), other.pk) for other in message.resends.all()]
        return format_html_join(", ", '<a class="underline" href="{}">{}</a>', again) or "–"

    # --- pages ------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The addresses of one mail's parts, besides Django's own."""
        view = self.admin_site.admin_view
        return [
            path("<uuid:pk>/html/", view(self.html_view), name="outbox_message_html"),
            path("<uuid:pk>/files/<int:number>/", view(self.file_view), name="outbox_message_file"),
            path("<uuid:pk>/send-again/", view(self.send_again_view), name="outbox_message_send_again"),
            *super().get_urls(),
        ]

    @method_decorator(csp_update({"frame-src": [SELF]}))
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one message and, to whoever may read it, the mail."""
        message = self.get_object(request, object_id)
        heading = message.subject or message.kind_title
        extra: dict[str, Any] = {"heading": heading, "show_history": False, **(extra_context or {})}
        if self.has_resend_permission(request, message):
            extra["mail"] = preview.preview(message)
            extra["things"] = things_in(message.context)
        return super().change_view(request, object_id, form_url, extra)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A message has no history but what its page shows."""
        raise Http404

    @method_decorator(require_safe)
    def html_view(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """The mail's HTML, for the frame on the message's page."""
        return preview.html_answer(self._readable(request, pk))

    @method_decorator(require_safe)
    def file_view(self, request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponse:
        """A file that goes with the mail."""
        return preview.file_answer(self._readable(request, pk), number)

    @method_decorator(require_POST)
    def send_again_view(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """The button on a message's page."""
        again = services.resend(self._readable(request, pk), by=acting_user(request))
        self.message_user(request, _("The mail is on its way once more."), messages.SUCCESS)
        return HttpResponseRedirect(self._address(again))

    @admin.action(description=_("Send again"), permissions=["resend"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse | None:
        """Ask once, then send again what may be; the others stay out."""
        able = queryset.filter(status__in=[Status.SENT, Status.FAILED], kind__in=kinds.readable_names())
        chosen = list(able.defer(None)[: MOST_AT_ONCE + 1])
        if not chosen or len(chosen) > MOST_AT_ONCE:
            refusal = _("Choose 1 to %(most)s mails that were sent or failed.") % {"most": MOST_AT_ONCE}
            self.message_user(request, refusal, messages.WARNING)
            return None
        if "confirmed" not in request.POST:
            return self._ask(request, chosen, left_out=queryset.count() - len(chosen))
        for message in chosen:
            services.resend(message, by=acting_user(request))
        done = ngettext("%(n)s mail is on its way again.", "%(n)s mails are on their way again.", len(chosen))
        self.message_user(request, done % {"n": len(chosen)}, messages.SUCCESS)
        return None

    def _ask(self, request: HttpRequest, chosen: list[Message], left_out: int) -> HttpResponse:
        question = ngettext("Send %(n)s mail again?", "Send %(n)s mails again?", len(chosen))
        context = {
            **self.admin_site.each_context(request),
            "title": question % {"n": len(chosen)},
            "chosen": chosen,
            "left_out": left_out,
            "checkbox": ACTION_CHECKBOX_NAME,
            "opts": self.opts,
        }
        return TemplateResponse(request, "outbox/admin/send_again.html", context)

    def _readable(self, request: HttpRequest, pk: uuid.UUID) -> Message:
        """The message ``pk`` for somebody who may read it; mails of other forums do not exist to her."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        message: Message = self.get_object(request, str(pk))
        if not self.has_resend_permission(request, message):
            raise PermissionDenied
        return message

    @staticmethod
    def _address(message: Message) -> str:
        return reverse("admin:outbox_message_change", args=[message.pk])
