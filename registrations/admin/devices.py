"""The telephones of the staff in the admin: added, enrolled by QR, seen live, revoked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from unfold.decorators import action, display

from accounts.admin_base import AuditedModelAdmin
from accounts.permissions import acting_user, demand
from core import dates
from core.errors import DomainError
from core.i18n import current_language
from registrations import ticket
from registrations.check_in.numbers import is_away
from registrations.enrolled_devices import ENROLMENT, enrolment_code, revoke
from registrations.models import CheckInDevice

CHANGE = "registrations.change_checkindevice"
NEW, LIVE, AWAY, REVOKED = "new", "live", "away", "revoked"
STATES = {
    NEW: _("not enrolled yet"),
    LIVE: _("there"),
    AWAY: _("not heard of"),
    REVOKED: _("revoked"),
}
STATE_COLOURS = {NEW: "info", LIVE: "success", AWAY: "warning", REVOKED: "danger"}
# What a clock may be off before anybody needs to know, in milliseconds.
TOLERATED_SKEW = 5000


@admin.register(CheckInDevice)
class CheckInDeviceAdmin(AuditedModelAdmin):
    """A telephone: its name and its door are chosen here, everything else it tells itself."""

    list_display = ("name", "door", "state", "heard", "waiting", "clock")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("door", "forum")
    search_fields = ("name",)
    actions = ("revoke_chosen",)
    actions_detail = ("enrol_button", "revoke_button")
    fields = (("name", "door"), ("shown_state", "heard"), ("waiting", "clock"), ("added", "created_by"))
    readonly_fields = ("shown_state", "heard", "waiting", "clock", "added", "created_by")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new device has nothing to tell yet."""
        return self.fields if obj else (("name", "door"),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: its scans name it. It is revoked instead."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The right to change, as long as the device is not revoked."""
        gone = isinstance(obj, CheckInDevice) and obj.revoked_at is not None
        return not gone and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A device belongs to the forum of its door, and to whoever added it."""
        obj.forum_id = obj.door.forum_id
        if not change:
            obj.created_by = acting_user(request)
        super().save_model(request, obj, form, change)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Let the right be asked in the forum of the chosen door."""
        form.instance.forum_id = form.cleaned_data["door"].forum_id
        return super().save_form(request, form, change)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        """After adding comes enrolling."""
        if "_addanother" in request.POST or "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(_address(obj.pk, "enrol"))

    # --- what is seen --------------------------------------------------------------------------------

    @display(description=_("state"), label=STATE_COLOURS)
    def state(self, device: CheckInDevice) -> tuple[str, str]:
        """Whether it is there, as a coloured word."""
        found = _state_of(device)
        return found, str(STATES[found])

    @display(description=_("state"))
    def shown_state(self, device: CheckInDevice) -> str:
        """Whether it is there."""
        return str(STATES[_state_of(device)])

    @display(description=_("last seen"), ordering="last_seen_at")
    def heard(self, device: CheckInDevice) -> str:
        """When, on the forum's clock."""
        when = device.last_seen_at
        return dates.moment(when, device.forum.zone, current_language()) if when else "–"

    @display(description=_("scans not sent yet"), ordering="scans_waiting")
    def waiting(self, device: CheckInDevice) -> str:
        """How many it said it keeps, when it was last heard of."""
        return str(device.scans_waiting)

    @display(description=_("its clock"))
    def clock(self, device: CheckInDevice) -> str:
        """How far its clock is off; the times of its scans are corrected by that."""
        seconds = round(abs(device.clock_ahead_ms) / 1000)
        if device.last_seen_at is None or abs(device.clock_ahead_ms) <= TOLERATED_SKEW:
            return str(_("right")) if device.last_seen_at else "–"
        if device.clock_ahead_ms > 0:
            return ngettext("%(n)s second fast", "%(n)s seconds fast", seconds) % {"n": seconds}
        return ngettext("%(n)s second slow", "%(n)s seconds slow", seconds) % {"n": seconds}

    @display(description=_("added"))
    def added(self, device: CheckInDevice) -> str:
        """When, on the forum's clock."""
        return dates.moment(device.created_at, device.forum.zone, current_language())

    # --- what is done --------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Enrolling and revoking stand in front of Django's own pages."""
        view = self.admin_site.admin_view
        return [
            path("<uuid:pk>/enrol/", view(self.enrol_view), name="registrations_checkindevice_enrol"),
            path("<uuid:pk>/revoke/", view(self.revoke_view), name="registrations_checkindevice_revoke"),
            *super().get_urls(),
        ]

    @action(description=_("Enrol a telephone"), permissions=["change"], url_path="to-enrol")
    def enrol_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the QR."""
        return HttpResponseRedirect(_address(object_id, "enrol"))

    @action(description=_("Revoke"), permissions=["change"], url_path="to-revoke")
    def revoke_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the question."""
        return HttpResponseRedirect(_address(object_id, "revoke"))

    @method_decorator([require_http_methods(["GET", "HEAD", "POST"]), never_cache])
    def enrol_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Explain; on POST make a code and show it once, as QR and in letters."""
        device = self._device(request, pk)
        context: dict[str, Any] = {"minutes": int(ENROLMENT.total_seconds() // 60)}
        if request.method == "POST":
            try:
                code = enrolment_code(device, by=acting_user(request))
            except DomainError as error:
                self.message_user(request, str(error), messages.ERROR)
                return HttpResponseRedirect(_address(pk, "change"))
            address = settings.SITE_URL + reverse("check_in:enrol_link", args=[code])
            context |= {
                "qr": ticket.qr_svg(address),
                "code": "-".join(code[place : place + 4] for place in range(0, len(code), 4)),
                "page": settings.SITE_URL + reverse("check_in:page"),
                "until": timezone.now() + ENROLMENT,
            }
        return self._show(request, device, "enrol", _("Enrol a telephone"), context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def revoke_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask; on POST revoke."""
        device = self._device(request, pk)
        if request.method == "POST":
            revoke(device, by=acting_user(request))
            self.message_user(request, _("The device is revoked."), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:registrations_checkindevice_changelist"))
        return self._show(request, device, "revoke", _("Revoke the device"), {})

    @admin.action(description=_("Revoke"), permissions=["change"])
    def revoke_chosen(self, request: HttpRequest, queryset: Any) -> None:
        """Revoke several at once."""
        chosen = list(queryset.order_by("pk"))
        for device in chosen:
            demand(acting_user(request), CHANGE, device)
            revoke(device, by=acting_user(request))
        self.message_user(request, _("Devices revoked: %(n)s") % {"n": len(chosen)}, messages.SUCCESS)

    def _device(self, request: HttpRequest, pk: UUID) -> CheckInDevice:
        device: CheckInDevice = self.get_object(request, str(pk))
        demand(acting_user(request), CHANGE, device)
        return device

    def _show(
        self, request: HttpRequest, device: CheckInDevice, name: str, title: Any, context: dict[str, Any]
    ) -> HttpResponse:
        around = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": device.name,
            "opts": self.opts,
            "device": device,
            "back": _address(device.pk, "change"),
        }
        template = f"admin/registrations/checkindevice/{name}.html"
        return TemplateResponse(request, template, {**around, **context})


def _state_of(device: CheckInDevice) -> str:
    if device.revoked_at is not None:
        return REVOKED
    if not device.secret_hash:
        return NEW
    return AWAY if is_away(device, timezone.now()) else LIVE


def _address(pk: object, name: str) -> str:
    return reverse(f"admin:registrations_checkindevice_{name}", args=[pk])
