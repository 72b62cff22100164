"""Thin leaves: beat calls, the services work."""

from celery import shared_task

from exhibitors.services import settle_due


@shared_task(name="exhibitors.tasks.settle_booths")
def settle_booths() -> None:
    """End holds and offers whose time is over and give what is free to those who wait."""
    settle_due()
