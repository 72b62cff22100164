"""What an organizer may do, forum by forum."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ForumRole(models.Model):
    """A role of one user in one forum. What each role may do stands in ``accounts.permissions``."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        AGENDA_EDITOR = "agenda_editor", _("agenda editor")
        REGISTRATION_DESK = "registration_desk", _("registration desk")
        EXHIBITION_MANAGER = "exhibition_manager", _("exhibition manager")
        MATCHMAKING_MANAGER = "matchmaking_manager", _("matchmaking manager")
        PRESS_OFFICER = "press_officer", _("press officer")
        CHECK_IN = "check_in", _("check-in")
        VIEWER = "viewer", _("viewer")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_roles", verbose_name=_("account")
    )
    # By name, not by import: accounts stands below events in the house, and roles are per forum.
    forum = models.ForeignKey("events.Forum", models.CASCADE, related_name="roles", verbose_name=_("forum"))
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)

    class Meta:
        verbose_name = _("role in a forum")
        verbose_name_plural = _("roles in forums")
        constraints = [
            models.UniqueConstraint(fields=["user", "forum", "role"], name="forum_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
