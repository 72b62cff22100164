"""Thin leaves: beat calls, the services work."""

from celery import shared_task

from exhibitors.billing.reminders import remind_of_invoices
from exhibitors.duties.reminding import remind_due
from exhibitors.services import settle_due


@shared_task(name="exhibitors.tasks.settle_booths")
def settle_booths() -> None:
    """End holds and offers whose time is over and give what is free to those who wait."""
    settle_due()


@shared_task(name="exhibitors.tasks.remind_exhibitors")
def remind_exhibitors() -> None:
    """Tell exhibitors of tasks that are due in a week or tomorrow, or that are late."""
    remind_due()


@shared_task(name="exhibitors.tasks.remind_of_invoices")
def remind_payers() -> None:
    """Remind exhibitors of invoices that are due soon or overdue, and tell organizers of the latter."""
    remind_of_invoices()
