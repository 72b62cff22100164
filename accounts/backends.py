"""Signing in as allauth does it, and rights from the roles in forums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts import permissions

if TYPE_CHECKING:
    from accounts.models import User


class ForumRoleBackend(AuthenticationBackend):
    """The site's one backend. Groups and permissions of single users are not used: roles say it all."""

    def has_perm(self, user_obj: User, perm: str, obj: Any = None) -> bool:
        """Answer ``user.has_perm(perm, obj)``; ``obj`` is a forum or something that belongs to one."""
        return permissions.can(user_obj, perm, obj)

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:
        """Say whether the user holds any right in an app, in any forum."""
        if user_obj.is_active and user_obj.is_superuser:
            return True
        return any(right.startswith(f"{app_label}.") for right in self.get_all_permissions(user_obj))

    def get_all_permissions(self, user_obj: User, obj: Any = None) -> set[str]:
        """Return the rights for ``obj``, or in any forum without it. A superuser's are not listed."""
        held = permissions.rights_by_forum(user_obj)
        forum_id = permissions.forum_id_of(obj) if obj is not None else None
        chosen = held.values() if forum_id is None else [held.get(forum_id, frozenset())]
        return set().union(*chosen)
