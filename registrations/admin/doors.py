"""Doors in the admin, and the page of their live numbers."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts.admin_base import AuditedTranslationAdmin
from accounts.permissions import acting_user, demand
from core.translation_marks import translation_marks
from events.admin.named_forum import named_forum
from registrations.check_in.numbers import arrived_of, is_away, numbers_of, waiting_of
from registrations.check_in.reading import capacity_of
from registrations.models import Door

VIEW = "registrations.view_door"


class DoorForm(ModelForm):
    """Keeps rooms and kinds of attendance of other forums away from a door."""

    class Meta:
        model = Door
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006

    def clean(self) -> dict[str, Any]:
        """Compare with the forum; a door of a session room needs the room."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        forum, room = found.get("forum"), found.get("room")
        if forum and room and room.venue_id != forum.venue_id:
            self.add_error("room", ValidationError(_("This room is not at the venue of the forum.")))
        if found.get("kind") == Door.Kind.ROOM and not room:
            self.add_error("room", ValidationError(_("Choose the room behind this door.")))
        others = [kind for kind in found.get("types") or () if forum and kind.forum_id != forum.pk]
        if others:
            self.add_error("types", ValidationError(_("These kinds of attendance are of another forum.")))
        return found


@admin.register(Door)
class DoorAdmin(AuditedTranslationAdmin):
    """Where tickets are scanned. The database counts who is inside; nobody writes that number."""

    form = DoorForm
    list_display = ("called", "kind", "people", "open_to", "is_active", "position", "translations")
    list_filter = ("kind", "is_active")
    list_select_related = ("room", "forum")
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    readonly_fields = ("inside", "translations")
    constraint_fields = {"door_slug_in_forum": "slug", "door_of_room_has_room": "room"}
    list_before_template = "admin/registrations/door/to_numbers.html"
    fieldsets = (
        (None, {"fields": ("forum", ("slug", "position"), ("kind", "room"), "translations")}),
        (_("Who may enter"), {"fields": ("types", ("capacity", "inside"), ("allows_re_entry", "is_active"))}),
        (_("What is read at the door"), {"fields": ("name",)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the kinds of attendance that each door lets in."""
        return super().get_queryset(request).prefetch_related("types")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A box to tick for each kind of attendance: there are few."""
        kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @display(description=_("door"), ordering="position")
    def called(self, door: Door) -> str:
        """The name in the reader's language."""
        return str(door)

    @display(description=_("inside now"), ordering="inside")
    def people(self, door: Door) -> str:
        """``73 / 100``, or the number alone where there is no limit."""
        most = capacity_of(door)
        return f"{door.inside} / {most}" if most is not None else str(door.inside)

    @display(description=_("open to"))
    def open_to(self, door: Door) -> str:
        """The kinds of attendance, or everybody."""
        return ", ".join(str(kind) for kind in door.types.all()) or str(_("everybody with a ticket"))

    @display(description=_("translations"))
    def translations(self, door: Door) -> SafeString | str:
        """Which languages are complete."""
        return translation_marks(door, ("name",))

    def get_urls(self) -> list[URLPattern]:
        """The live numbers stand in front of Django's own pages."""
        page = self.admin_site.admin_view(self.numbers_view)
        return [path("numbers/", page, name="registrations_door_numbers"), *super().get_urls()]

    @method_decorator([require_safe, never_cache])
    def numbers_view(self, request: HttpRequest) -> HttpResponse:
        """Show who is inside and who comes, now; the page asks again by itself."""
        forum = named_forum(request)
        demand(acting_user(request), VIEW, forum)
        now = timezone.now()
        today = datetime.combine(now.astimezone(forum.zone).date(), time(), tzinfo=forum.zone)
        numbers = numbers_of(forum.pk, since=today)
        arrived, expected = arrived_of(forum.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Doors now"),
            "opts": self.opts,
            "forum": forum,
            "now": now,
            "numbers": [
                {
                    "row": row,
                    "waiting": waiting_of(row.devices),
                    "devices": [(device, is_away(device, now)) for device in row.devices],
                }
                for row in numbers
            ],
            "arrived": arrived,
            "expected": expected,
        }
        return TemplateResponse(request, "admin/registrations/door/numbers.html", context)
