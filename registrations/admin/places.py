"""Pages of the admin whose saving may free places: what becomes free goes to those who wait, at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.admin_base import AuditedModelAdmin
from core.constraints import violated_constraint
from core.errors import DomainError
from events.models import Forum
from registrations.invitation_codes import OVERSOLD
from registrations.services import changing_places, promote_after_change
from registrations.services.capacity import MOST_AT_ONCE, lock_all_places


class ChangesPlaces(AuditedModelAdmin):
    """Saves and deletes with the places of the forum locked, and offers what became free.

    The locks come before everything else, also before the row is locked to remember its state: whoever
    registers meanwhile takes them in the same order.
    """

    def forum_of_new(self, request: HttpRequest) -> Forum | None:
        """Return the forum in which saving a new thing holds places; None when it cannot."""
        return None

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        return self._locked(request, super()._changeform_view, object_id, form_url, extra_context)

    def _delete_view(self, request: HttpRequest, object_id: str, extra_context: Any) -> HttpResponse:
        return self._locked(request, super()._delete_view, object_id, extra_context)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Any]) -> Any:
        """Lock the places first, also of several things at once: remembering them locks their rows."""
        for forum in _forums_of(queryset):
            lock_all_places(forum)
        return super().log_deletions(request, queryset)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete several, and offer what becomes free."""
        forums = list(_forums_of(queryset))
        super().delete_queryset(request, queryset)
        for forum in forums:
            promote_after_change(forum)

    def _locked(self, request: HttpRequest, view: Any, object_id: str | None, *args: Any) -> HttpResponse:
        forum = self._forum(request, object_id) if request.method == "POST" else None
        if forum is None:
            return view(request, object_id, *args)
        try:
            with changing_places(forum) as freed:
                response = view(request, object_id, *args)
        except IntegrityError as error:
            name = violated_constraint(error)
            if name not in OVERSOLD:
                raise
            # The database counts in rows that are not on this page; their sentences are not known here.
            sentence = _("There are not so many places.")
            raise DomainError(sentence, field=self.constraint_fields.get(name)) from error
        self._tell_offered(request, freed.offered)
        return response

    def _tell_offered(self, request: HttpRequest, count: int) -> None:
        """Say what became of the places that were made free; a worker offers the rest of very many."""
        if count:
            sentence = ngettext(
                "%(n)s person who waited has been offered a place by mail.",
                "%(n)s people who waited have been offered a place by mail.",
                count,
            ) % {"n": count}
            if count >= MOST_AT_ONCE:
                sentence = " ".join([sentence, _("The next ones follow within minutes.")])
            self.message_user(request, sentence, messages.SUCCESS)

    def _forum(self, request: HttpRequest, object_id: str | None) -> Forum | None:
        if object_id is None:
            return self.forum_of_new(request)
        found = self.get_object(request, unquote(object_id))
        return Forum.objects.get(pk=found.forum_id)


def _forums_of(things: Iterable[Any]) -> QuerySet[Forum]:
    """Return the forums of several things in the order in which their places are locked."""
    return Forum.objects.filter(pk__in={thing.forum_id for thing in things}).order_by("pk")
