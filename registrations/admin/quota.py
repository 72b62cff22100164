"""Places that several kinds of attendance share, and who comes first on waiting lists."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import display

from accounts.admin_base import AuditedModelAdmin
from registrations.admin.places import ChangesPlaces
from registrations.models import PriorityClass, Quota


def refuse_too_few(capacity: int | None, *, taken: int, held: int) -> None:
    """Raise ValidationError when so many places would not hold who has one and who is promised one."""
    if capacity is None or capacity >= taken + held:
        return
    if not held:
        raise ValidationError(
            ngettext(
                "%(taken)d place is taken already, so there cannot be fewer places than that.",
                "%(taken)d places are taken already, so there cannot be fewer places than that.",
                taken,
            ),
            params={"taken": taken},
        )
    raise ValidationError(
        _("%(taken)d places are taken and %(held)d held for invitations: at least %(least)d are needed."),
        params={"taken": taken, "held": held, "least": taken + held},
    )


class QuotaForm(forms.ModelForm):
    """Refuses fewer places than are taken and held, with both numbers."""

    class Meta:
        model = Quota
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006

    def clean_capacity(self) -> int:
        """Compare with the counts as they are now; the constraint decides about what comes in between."""
        capacity: int = self.cleaned_data["capacity"]
        row = Quota.objects.filter(pk=self.instance.pk).first()
        refuse_too_few(capacity, taken=row.taken if row else 0, held=row.held if row else 0)
        return capacity


@admin.register(Quota)
class QuotaAdmin(ChangesPlaces):
    """Places that several kinds of attendance share. The database counts; nobody writes those numbers."""

    form = QuotaForm
    list_display = ("name", "places", "left", "shared_by")
    list_select_related = ("forum",)
    search_fields = ("name",)
    readonly_fields = ("taken", "held", "shared_by")
    constraint_fields = {"quota_not_oversold": "capacity", "quota_name_in_forum": "name"}
    fieldsets = (
        (
            None,
            {
                "fields": ("forum", "name", "capacity", ("taken", "held"), "shared_by"),
                "description": _(
                    "Which kinds of attendance share these places is said on the page of each kind. "
                    "New places go to whoever waits, in order, as soon as they are saved."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the kinds that share each quota."""
        return super().get_queryset(request).prefetch_related("types")

    @display(description=_("places taken"), ordering="taken")
    def places(self, quota: Quota) -> str:
        """``73 / 100``, and how many of the rest are held."""
        return counted(quota.taken, quota.held, quota.capacity)

    @display(description=_("places left"))
    def left(self, quota: Quota) -> int:
        """How many anybody may still take."""
        return quota.capacity - quota.taken - quota.held

    @display(description=_("shared by"))
    def shared_by(self, quota: Quota) -> SafeString | str:
        """The kinds, each with a link to its page."""
        pairs = [
            (reverse("admin:registrations_registrationtype_change", args=[kind.pk]), str(kind))
            for kind in quota.types.all()
        ]
        return format_html_join(", ", '<a class="underline" href="{}">{}</a>', pairs) or "–"


@admin.register(PriorityClass)
class PriorityClassAdmin(AuditedModelAdmin):
    """Who comes first on waiting lists. Whoever waits already keeps the rank of the day she joined."""

    list_display = ("name", "rank", "forum")
    list_select_related = ("forum",)
    search_fields = ("name",)
    constraint_fields = {"priority_class_rank_in_forum": "rank"}
    fieldsets = (
        (
            None,
            {
                "fields": ("forum", ("name", "rank")),
                "description": _(
                    "A class is given to a kind of attendance or to an invitation. A change holds for those "
                    "who join a waiting list from now on; nobody who waits is moved."
                ),
            },
        ),
    )


def counted(taken: int, held: int, capacity: int | None) -> SafeString | str:
    """Return ``73 + 12 / 100``: taken, held for invitations, and how many there are."""
    limit = "∞" if capacity is None else capacity
    if not held:
        return format_html("{} / {}", taken, limit)
    title = _("%(taken)s taken, %(held)s held for invitations") % {"taken": taken, "held": held}
    return format_html('<span title="{}">{} + {} / {}</span>', title, taken, held, limit)
