"""Accounts, and their roles in forums."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminEmailInputWidget

from accounts import services
from accounts.admin_base import (
    AuditedModelAdmin,
    acting_user,
)
from accounts.models import ForumRole, User
from accounts.permissions import forums_where
from accounts.second_factor import FACTORS
from core.errors import NotAllowed


@admin.register(User)
class UserAdmin(AuditedModelAdmin):
    """Accounts. Owners see the people of their forums; superusers change accounts.

    Nobody is deleted here: what a person did stays in the audit trail under her name. An account that
    shall not be used any more is made inactive.
    """

    list_display = ("email", "name", "language", "is_staff", "has_second_factor", "is_active")
    list_filter = ("is_staff", "is_active", "language")
    search_fields = ("email", "name", "latin_name")
    readonly_fields = ("date_joined", "last_login", "has_second_factor")
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("email", ("name", "latin_name"), "language")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "has_second_factor")}),
        (_("Times"), {"fields": (("date_joined", "last_login"),)}),
    )
    add_fieldsets = ((None, {"fields": ("email", ("name", "latin_name"), "language")}),)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Every account for superusers; for owners, those with a role in their forums."""
        found = super().get_queryset(request)
        factor = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        found = found.annotate(_has_second_factor=Exists(factor))
        if request.user.is_superuser:
            return found
        role = ForumRole.objects.filter(
            user=OuterRef("pk"), forum__in=forums_where(request.user, "accounts.view_user")
        )
        return found.filter(Exists(role))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never; see the class."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """A new account has no password: the person signs in with a mailed code.

        A new address has to be confirmed again, by the next sign-in.
        """
        if obj.pk == request.user.pk and {"is_active", "is_staff", "is_superuser"} & set(form.changed_data):
            raise NotAllowed(_("You cannot change your own access. Ask another administrator."))
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            services.remember_address(obj)

    @display(description=_("second factor"), boolean=True, ordering="_has_second_factor")
    def has_second_factor(self, user: User) -> bool:
        """Whether she has an authenticator app or a passkey."""
        return bool(getattr(user, "_has_second_factor", False))


class RoleForm(forms.ModelForm):
    """A role is given to an address; an account is made for it when there is none."""

    email = forms.EmailField(
        label=capfirst(_("e-mail")),
        max_length=254,
        widget=UnfoldAdminEmailInputWidget,
        help_text=_("An account is made for this address if there is none; the person is told by mail."),
    )

    class Meta:
        model = ForumRole
        fields = ("forum", "role")


@admin.register(ForumRole)
class ForumRoleAdmin(AuditedModelAdmin):
    """Who may do what in which forum. Owners give roles of their own forums; a role is not changed."""

    form = RoleForm
    audited_by_service = True
    list_display = ("user", "role", "forum")
    list_filter = ("role", "forum")
    list_select_related = ("user", "forum")
    search_fields = ("user__email", "user__name")
    fieldsets = ((None, {"fields": ("forum", "email", "role")}),)
    list_per_page = 50

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A role is given or taken, never turned into another one: the trail stays readable."""
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the person instead of the field for a new address."""
        return (
            super().get_fieldsets(request, obj)
            if obj is None
            else ((None, {"fields": ("user", "forum", "role")}),)
        )

    def save_form(self, request: HttpRequest, form: forms.ModelForm, change: bool) -> Any:
        """Find the person, or make her account."""
        role = super().save_form(request, form, change)
        email, by = form.cleaned_data["email"], acting_user(request)
        role.user = services.account_for(email, language=by.language)
        return role

    def save_model(self, request: HttpRequest, obj: ForumRole, form: forms.ModelForm, change: bool) -> None:
        """Give the role through the service, which checks, records and tells the person."""
        given = services.grant_role(user=obj.user, forum=obj.forum, role=obj.role, by=acting_user(request))
        obj.pk = given.pk

    def delete_model(self, request: HttpRequest, obj: ForumRole) -> None:
        """Take the role through the service."""
        services.revoke_role(obj, by=acting_user(request))

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Take the roles one by one: the service keeps a last owner."""
        for given in queryset.select_related("user", "forum").order_by("pk"):
            services.revoke_role(given, by=acting_user(request))
