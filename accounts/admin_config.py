"""Puts the organizers' site in the place of Django's own. Loaded before any model is."""

from django.contrib.admin.apps import AdminConfig


class ForumAdminConfig(AdminConfig):
    """Django's admin with :class:`accounts.admin_site.ForumAdminSite` as its site."""

    default_site = "accounts.admin_site.ForumAdminSite"
