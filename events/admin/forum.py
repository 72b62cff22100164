"""The frame of the agenda: forum, venue with its rooms, tracks and topics."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationTabularInline
from unfold.decorators import display

from accounts.admin_base import AuditedTabularInline, AuditedTranslationAdmin
from core import dates
from core.i18n import current_language
from core.translation_marks import translation_marks
from events.forms.forum import ForumForm, VenueForm
from events.forms.opening import OpeningHoursForm, days_without_hours
from events.models import Forum, OpeningHours, Room, Session, Topic, Track, Venue, WalkingTime

_FORUM_TEXTS = ("name", "short_name", "subtitle", "description", "hosts", "host_note")
_FORUM_LEGAL = ("privacy", "consent_wording")


class NamedAdmin(AuditedTranslationAdmin):
    """Things whose list begins with the name, in the organizer's language or in the one there is."""

    @display(description=_("name"))
    def called(self, thing: Forum | Venue | Track | Topic) -> str:
        """The name."""
        return str(thing)


class OpeningHoursInline(AuditedTabularInline):
    """When the house is open: a row a day, offered for each day of the forum that has none yet."""

    model = OpeningHours
    form = OpeningHoursForm
    fields = ("day", "opens", "closes")

    def get_extra(self, request: HttpRequest, obj: Forum | None = None, **kwargs: Any) -> int:
        """As many empty rows as days without hours; an empty one is not saved."""
        return len(days_without_hours(obj)) if obj else 0


@admin.register(Forum)
class ForumAdmin(NamedAdmin):
    """One edition of the conference."""

    form = ForumForm
    inlines = (OpeningHoursInline,)
    list_display = ("called", "shown_days", "venue", "is_current", "translations")
    list_select_related = ("venue",)
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    readonly_fields = ("translations", "consent_version")
    constraint_fields = {"forum_one_current": "is_current", "forum_days_in_order": "main_day"}
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "slug",
                    ("first_day", "main_day", "last_day"),
                    ("time_zone", "second_time_zone"),
                    "venue",
                    ("contact_email", "ticket_prefix"),
                    "materials_deadline",
                    ("is_current", "is_demo"),
                    "translations",
                )
            },
        ),
        (_("What the public reads"), {"fields": (*_FORUM_TEXTS, "practical")}),
        (_("Continuing medical education"), {"fields": ("cme_accreditation",)}),
        (_("Personal data"), {"fields": (*_FORUM_LEGAL, "consent_version", "personal_data_months")}),
    )

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Forum, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Fill in the days of the rows that are offered."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, OpeningHoursInline) and obj.pk:
            kwargs["initial"] = days_without_hours(obj)
        return kwargs

    @display(description=_("days"), ordering="first_day")
    def shown_days(self, forum: Forum) -> str:
        """From the first to the last day."""
        return dates.day_range(forum.first_day, forum.last_day, current_language())

    @display(description=_("languages"))
    def translations(self, forum: Forum) -> SafeString:
        """Which languages are complete."""
        return translation_marks(forum, (*_FORUM_TEXTS, *_FORUM_LEGAL))


class RoomInline(AuditedTabularInline, TranslationTabularInline):
    """The rooms of a venue, in the order of the agenda's columns."""

    model = Room
    fields = ("position", "slug", "name", "floor", "capacity", "interpretation_channels")
    extra = 0


class WalkInline(AuditedTabularInline):
    """Walks between two rooms that take longer or shorter than usual."""

    model = WalkingTime
    fields = ("first_room", "second_room", "minutes")
    extra = 1

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the rooms of this venue."""
        venue = request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""
        number = int(venue) if venue.isdecimal() else None
        kwargs["queryset"] = Room.objects.filter(venue_id=number) if number else Room.objects.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Venue)
class VenueAdmin(NamedAdmin):
    """An address with its rooms."""

    form = VenueForm
    list_display = ("called", "city", "room_count", "translations")
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    readonly_fields = ("translations",)
    inlines = (RoomInline, WalkInline)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "city",
                    "address",
                    "directions",
                    ("slug", "country"),
                    ("latitude", "longitude", "walking_minutes"),
                    "is_demo",
                    "translations",
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of rooms."""
        return super().get_queryset(request).annotate(_rooms=Count("rooms"))

    def get_inlines(self, request: HttpRequest, obj: Venue | None) -> Any:
        """Walks lead between rooms that are there already."""
        return self.inlines if obj else (RoomInline,)

    @display(description=_("rooms"), ordering="_rooms")
    def room_count(self, venue: Venue) -> int:
        """How many rooms it has."""
        return int(getattr(venue, "_rooms", 0))

    @display(description=_("languages"))
    def translations(self, venue: Venue) -> SafeString:
        """Which languages are complete."""
        return translation_marks(venue, ("name", "city", "address", "directions"))


@admin.register(Track)
class TrackAdmin(NamedAdmin):
    """The strands of a forum's programme."""

    list_display = ("called", "forum", "weave", "position", "session_count", "translations")
    list_filter = ("forum",)
    list_select_related = ("forum",)
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    fieldsets = ((None, {"fields": ("forum", "name", "description", ("slug", "weave", "position"))}),)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of sessions."""
        return super().get_queryset(request).annotate(_sessions=Count("sessions"))

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> forms.Field | None:
        """Offer the forum that the site shows."""
        if db_field.name == "forum":
            kwargs.setdefault("initial", Forum.objects.current().first())
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @display(description=_("sessions"), ordering="_sessions")
    def session_count(self, track: Track) -> int:
        """How many sessions belong to it."""
        return int(getattr(track, "_sessions", 0))

    @display(description=_("languages"))
    def translations(self, track: Track) -> SafeString:
        """Which languages are complete."""
        return translation_marks(track, ("name", "description"))


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    """Subjects that sessions share."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say as well how many sessions lose the topic; they stay."""
        listed, counted, *rest = super().get_deleted_objects(objs, request)
        losing = Session.objects.filter(topics__in=objs).distinct().count()
        return listed, {**counted, str(_("sessions that lose it")): losing}, *rest

    list_display = ("called", "slug", "translations")
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    fieldsets = ((None, {"fields": ("name", "slug")}),)

    @display(description=_("languages"))
    def translations(self, topic: Topic) -> SafeString:
        """Which languages are complete."""
        return translation_marks(topic, ("name",))
