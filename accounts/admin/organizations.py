"""Organizations and who belongs to them."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin_base import (
    AuditedTabularInline,
    AuditedTranslationAdmin,
)
from accounts.models import Membership, Organization


class MembershipInline(AuditedTabularInline):
    """Who belongs to an organization."""

    model = Membership
    autocomplete_fields = ("user",)
    extra = 0


@admin.register(Organization)
class OrganizationAdmin(AuditedTranslationAdmin):
    """Ministries, hospitals, universities and companies."""

    list_display = ("called", "kind", "country")
    list_filter = ("kind", "country")
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    fieldsets = ((None, {"fields": ("name", ("slug", "kind"), ("country", "website"), "is_demo")}),)
    inlines = (MembershipInline,)
    list_per_page = 50

    @display(description=_("name"), ordering="name_en")
    def called(self, organization: Organization) -> str:
        """The name in the reader's language."""
        return str(organization)
