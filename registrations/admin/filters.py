"""Filters of the list of registrations. None of them reads the registrations to find its choices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.permissions import forums_where
from core.countries import HOSTS, country_name
from core.i18n import current_language
from registrations.models import Registration, RegistrationType


class TypeFilter(admin.SimpleListFilter):
    """By kind of attendance, of the forums whose registrations the person may see."""

    title = _("type of attendance")
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Each kind's key and name."""
        forums = forums_where(request.user, "registrations.view_registration")
        kinds = RegistrationType.objects.filter(forum__in=forums).select_related("forum")
        return [(str(kind.pk), str(kind)) for kind in kinds]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """Registrations of the chosen kind; a key that was made up finds nothing."""
        chosen = self.value()
        if chosen is None:
            return queryset
        return (
            queryset.filter(type_id=int(chosen)) if chosen.isascii() and chosen.isdigit() else queryset.none()
        )


class CountryFilter(admin.SimpleListFilter):
    """The two hosts, and everywhere else."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """The hosts by name, in the reader's language."""
        language = current_language()
        return [
            *((code, country_name(code, language)) for code in HOSTS),
            ("other", str(_("other countries"))),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """Registrations from there."""
        if self.value() in HOSTS:
            return queryset.filter(country=self.value())
        return queryset.exclude(country__in=HOSTS) if self.value() == "other" else queryset
