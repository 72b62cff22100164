"""Somebody asks for her links."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from events.models import Forum


class LinkRequest(models.Model):
    """An address that was typed to find a registration; a worker looks it up and deletes the row.

    Written for known and unknown addresses alike: the page that takes it does not look anything up, so
    neither what it says nor how long it takes tells who is registered.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.forum}, {self.created_at:%Y-%m-%d %H:%M}"
