"""The screens of the halls: who runs late, and what the hall should read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin_base import AuditedTranslationAdmin
from core import dates
from core.i18n import current_language
from events.models import Forum, RoomBulletin
from pages.forms import BulletinForm

# The hour at which a rehearsal begins; the page asks for any other.
REHEARSED_AT = "09:00"


@admin.register(RoomBulletin)
class RoomBulletinAdmin(AuditedTranslationAdmin):
    """One row a room and day. Screens show it within half a minute; nothing has to be published."""

    form = BulletinForm
    list_display = ("called", "shown_day", "delay_minutes", "said", "screen")
    list_filter = ("day",)
    list_select_related = ("room", "forum")
    readonly_fields = ("screen",)
    constraint_fields = {"bulletin_once_a_day": "room", "bulletin_delay_bounded": "delay_minutes"}
    fieldsets = ((None, {"fields": (("forum", "room", "day"), "delay_minutes", "message", "screen")}),)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Today, or the first day while the forum is still to come; of the forum that the address names."""
        given = super().get_changeform_initial_data(request)
        named = str(given.get("forum", ""))
        forums = Forum.objects.filter(pk=named) if named.isdecimal() else Forum.objects.current()
        forum = forums.first()
        if forum is None:
            return given
        today = timezone.now().astimezone(forum.zone).date()
        return {"forum": forum.pk, "day": max(today, forum.first_day), **given}

    @display(description=_("room"), ordering="room__position")
    def called(self, bulletin: RoomBulletin) -> str:
        """The room."""
        return str(bulletin.room)

    @display(description=_("day"), ordering="day")
    def shown_day(self, bulletin: RoomBulletin) -> str:
        """The day in words."""
        return dates.day(bulletin.day, current_language())

    @display(description=_("message"))
    def said(self, bulletin: RoomBulletin) -> str:
        """The message in the organizer's language."""
        return str(bulletin.display_message)

    @display(description=_("screen"))
    def screen(self, bulletin: RoomBulletin) -> SafeString | str:
        """The page to open on the room's screen, and the same page as it will be on that day."""
        if not bulletin.pk:
            return "–"
        address = reverse("pages:screen", args=[bulletin.room.slug])
        rehearsal = f"{address}?at={bulletin.day:%Y-%m-%d}T{REHEARSED_AT}"
        links = '<a href="{}">{}</a> · <a href="{}">{}</a>'
        return format_html(links, address, _("Open the screen"), rehearsal, _("Rehearse that day"))
