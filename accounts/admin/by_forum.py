"""Lists whose rows keep the number of their forum and no relation to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.permissions import forum_model, forums_where


def forum_called(forum_id: int | None) -> str:
    """Return the name of the forum, while it exists."""
    found = forum_model()._default_manager.filter(pk=forum_id).first() if forum_id else None
    return str(found) if found else ""


class ForumNumberFilter(admin.SimpleListFilter):
    """Rows of one forum, or of none. Offered to whoever has something to choose between."""

    title = _("forum")
    parameter_name = "forum"
    # Whose forums are offered.
    right = ""
    NONE = "none"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        """The forums where the person holds the right, and what belongs to none if she may see that."""
        forums = [(str(forum.pk), str(forum)) for forum in forums_where(request.user, self.right)]
        choices = [*forums, (self.NONE, _("no forum"))] if self.sees_none(request) else forums
        return choices if len(choices) > 1 else []

    def sees_none(self, request: HttpRequest) -> bool:
        """Whether rows of no forum are among those the person sees."""
        return True

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """Filter by the number."""
        chosen = self.value()
        if chosen == self.NONE:
            return queryset.filter(forum_id__isnull=True)
        return queryset.filter(forum_id=int(chosen)) if chosen else queryset
