"""The organizers' site: staff with a second factor only."""

from django.contrib.admin.apps import AdminConfig
from unfold.sites import UnfoldAdminSite


class ForumAdminSite(UnfoldAdminSite):
    """The admin, closed to anybody whose account has no second factor."""


class ForumAdminConfig(AdminConfig):
    default_site = "accounts.admin_site.ForumAdminSite"
