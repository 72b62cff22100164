"""Organizations and who belongs to them."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.admin_base import AuditedTabularInline, AuditedTranslationAdmin
from accounts.models import Membership, Organization
from core.countries import country_name, selectable_countries
from core.i18n import current_language


class MembershipInline(AuditedTabularInline):
    """Who belongs to an organization."""

    model = Membership
    autocomplete_fields = ("user",)
    extra = 0


class OrganizationForm(forms.ModelForm):
    """Countries by name."""

    country = forms.ChoiceField(
        label=capfirst(_("country")), choices=selectable_countries, widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = Organization
        # Which fields are shown, and in which rows, the admin says.
        fields = ()


@admin.register(Organization)
class OrganizationAdmin(AuditedTranslationAdmin):
    """Ministries, hospitals, universities and companies."""

    form = OrganizationForm
    list_display = ("called", "kind", "where")
    list_filter = ("kind", "country")
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    fieldsets = ((None, {"fields": ("name", ("slug", "kind"), ("country", "website"), "is_demo")}),)
    inlines = (MembershipInline,)
    list_per_page = 50

    @display(description=_("name"), ordering="name_en")
    def called(self, organization: Organization) -> str:
        """The name in the reader's language."""
        return str(organization)

    @display(description=_("country"), ordering="country")
    def where(self, organization: Organization) -> str:
        """The country in the reader's language."""
        return country_name(organization.country, current_language())
