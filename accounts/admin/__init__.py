"""Organizations, accounts, roles, the audit trail and the outbox in the admin."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.admin.organizations import OrganizationAdmin
from accounts.admin.outbox import MessageAdmin
from accounts.admin.people import ForumRoleAdmin, UserAdmin
from accounts.admin.trail import AuditEntryAdmin
from accounts.admin.wording import WordingAdmin

__all__ = [
    "AuditEntryAdmin",
    "ForumRoleAdmin",
    "MessageAdmin",
    "OrganizationAdmin",
    "UserAdmin",
    "WordingAdmin",
]

# Rights come from roles in forums; allauth's own tables are kept by its pages.
for unused in (Group, EmailAddress, Authenticator):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)
