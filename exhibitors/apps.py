from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExhibitorsConfig(AppConfig):
    name = "exhibitors"
    verbose_name = _("Exhibition")

    def ready(self) -> None:
        """Make the mails known to the outbox, and the checks to whoever counts everything again."""
        from django.db.models.signals import post_delete

        from core.integrity import register_checks

        # They need the models, which are loaded by now.
        from exhibitors import (
            completeness,
            integrity,
            mails,
            mails_billing,
            mails_managers,
            mails_organizers,
            mails_portal,
            portal_cards,
            publishing,
        )
        from exhibitors.billing.cards import payment_card
        from exhibitors.booking_signals import booking_changed
        from exhibitors.conversations.cards import messages_card
        from exhibitors.documents.giving import file_deleted
        from exhibitors.duties.entries import entry_deleted
        from exhibitors.duties.places import tasks_card
        from exhibitors.models import DocumentFile, TaskEntry
        from outbox.about import register_finder

        mails.register_kinds()
        mails_managers.register_kinds()
        mails_organizers.register_kinds()
        mails_portal.register_kinds()
        portal_cards.register(tasks_card)
        portal_cards.register(completeness.card)
        portal_cards.register(messages_card)
        portal_cards.register(payment_card)
        post_delete.connect(entry_deleted, sender=TaskEntry, dispatch_uid="exhibitors.task_file")
        post_delete.connect(file_deleted, sender=DocumentFile, dispatch_uid="exhibitors.document_file")
        mails_billing.register_kinds()
        register_finder(mails.booking_in)
        register_finder(mails_billing.invoice_in)
        booking_changed.connect(publishing.on_booking_changed, dispatch_uid="exhibitors.publishing")
        register_checks(integrity.CHECKS)
