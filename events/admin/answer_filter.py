"""The lists of sessions and of speakers, filtered by what speakers have answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Exists, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.models import SessionSpeaker


class AnswerFilter(admin.SimpleListFilter):
    """Rows in whose parts somebody has given this answer, or none yet."""

    title = _("answer")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        """The three answers."""
        return SessionSpeaker.Answer.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Whatever has at least one part with this answer."""
        if self.value() not in SessionSpeaker.Answer.values:
            return queryset
        return queryset.filter(Exists(self.parts(request).filter(answer=self.value())))

    def parts(self, request: HttpRequest) -> QuerySet[SessionSpeaker]:
        """Return the parts that belong to the row of the outer query."""
        raise NotImplementedError
