"""Users, organizations, roles, audit."""

from accounts.models.audit import AuditEntry
from accounts.models.organization import Membership, Organization
from accounts.models.role import ForumRole
from accounts.models.user import User

__all__ = ["AuditEntry", "ForumRole", "Membership", "Organization", "User"]
