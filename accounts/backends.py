"""Django permissions from roles per forum."""

from django.contrib.auth.backends import BaseBackend


class ForumRoleBackend(BaseBackend):
    """Answers has_perm from ForumRole."""
