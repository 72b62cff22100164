"""Scans in the admin: looked at, the contradictory ones first, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin_base import AuditedModelAdmin
from accounts.permissions import acting_user, can
from core import dates
from core.i18n import current_language
from registrations.admin.paging import BoundedPaginator
from registrations.check_in.admitting import withdraw_scan
from registrations.check_in.answers import ANSWERS, GO, LOOK
from registrations.check_in.numbers import is_conflict
from registrations.models import Scan

WITHDRAW = "registrations.withdraw_scan"
MOST_AT_ONCE = 100


class ConflictFilter(admin.SimpleListFilter):
    """Scans whose person was told something else than what holds now."""

    title = _("contradiction")
    parameter_name = "conflict"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        """Those, or all."""
        return [("yes", _("told something else"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Scan]) -> QuerySet[Scan]:
        """Let the index of contradictions find them."""
        return queryset.filter(is_conflict(), withdrawn_at=None) if self.value() == "yes" else queryset


@admin.register(Scan)
class ScanAdmin(AuditedModelAdmin):
    """What happened at the doors. Nothing is changed or deleted; a mistake is withdrawn and stays here."""

    audited_by_service = True
    list_display = ("when", "shown_door", "person", "way", "answer", "told_then", "device")
    list_filter = (ConflictFilter, "result", "direction", "method", "is_offline", "door__kind")
    list_select_related = ("door", "registration", "device", "forum")
    list_per_page = 100
    search_fields = ("registration__name", "code")
    search_help_text = _("Part of a name or of a ticket code")
    ordering = ("-at",)
    sortable_by = ("when",)
    paginator = BoundedPaginator
    show_full_result_count = False
    actions = ("withdraw_chosen",)
    fields = (
        ("when", "shown_door"),
        ("person", "code"),
        ("direction", "method"),
        ("answer_text", "told_then"),
        ("device", "user"),
        ("is_offline", "received"),
        ("withdrawn", "withdrawn_by"),
    )
    readonly_fields = (
        "when",
        "shown_door",
        "person",
        "code",
        "direction",
        "method",
        "answer_text",
        "told_then",
        "device",
        "user",
        "is_offline",
        "received",
        "withdrawn",
        "withdrawn_by",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Scans are made at the doors."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what was scanned stays as it was."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: see withdrawing."""
        return False

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """The right to take a mistaken scan back."""
        return can(request.user, WITHDRAW)

    @display(description=_("scanned"), ordering="at")
    def when(self, scan: Scan) -> str:
        """When, on the forum's clock."""
        return dates.moment(scan.at, scan.forum.zone, current_language())

    @display(description=_("door"))
    def shown_door(self, scan: Scan) -> str:
        """The door in the reader's language."""
        return str(scan.door)

    @display(description=_("person"))
    def person(self, scan: Scan) -> str:
        """Who, when the code was known."""
        return str(scan.registration or "–")

    @display(description=_("direction"))
    def way(self, scan: Scan) -> str:
        """In or out, and how the code was read."""
        return f"{scan.get_direction_display()} · {scan.get_method_display()}"

    @display(description=_("answer"), label={GO: "success", LOOK: "warning", "stop": "danger", "": "info"})
    def answer(self, scan: Scan) -> tuple[str, str]:
        """What holds now, as coloured words."""
        tone = "" if scan.withdrawn_at else ANSWERS[scan.result].tone
        return tone, self.answer_text(scan)

    @display(description=_("answer"))
    def answer_text(self, scan: Scan) -> str:
        """What holds now."""
        answer = str(scan.get_result_display())
        return f"{answer} ({_('withdrawn')})" if scan.withdrawn_at else answer

    @display(description=_("told at the door"))
    def told_then(self, scan: Scan) -> str:
        """What the person was told, where that was something else."""
        return str(scan.get_told_display()) if scan.is_conflict else "–"

    @display(description=_("received"))
    def received(self, scan: Scan) -> str:
        """When it reached the site, on the forum's clock."""
        return dates.moment(scan.received_at, scan.forum.zone, current_language())

    @display(description=_("withdrawn"))
    def withdrawn(self, scan: Scan) -> str:
        """When, on the forum's clock."""
        when = scan.withdrawn_at
        return dates.moment(when, scan.forum.zone, current_language()) if when else "–"

    @admin.action(description=_("Take back as mistaken"), permissions=["withdraw"])
    def withdraw_chosen(self, request: HttpRequest, queryset: QuerySet[Scan]) -> None:
        """Withdraw the chosen scans, of forums where the organizer may."""
        by = acting_user(request)
        # In the order of the locks: registrations, then doors.
        found = queryset.select_related("door", "forum__venue").order_by("registration", "door", "pk")
        chosen = [scan for scan in found[:MOST_AT_ONCE] if can(by, WITHDRAW, scan)]
        for scan in chosen:
            withdraw_scan(scan, by=by)
        self.message_user(request, _("Scans taken back: %(n)s") % {"n": len(chosen)}, messages.SUCCESS)
