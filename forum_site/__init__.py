"""Wiring of the forum: settings, addresses, the Celery application."""

from forum_site.celery import app as celery_app

__all__ = ["celery_app"]
