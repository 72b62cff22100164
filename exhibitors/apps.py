from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExhibitorsConfig(AppConfig):
    name = "exhibitors"
    verbose_name = _("Exhibition")

    def ready(self) -> None:
        """Make the mails known to the outbox, and the checks to whoever counts everything again."""
        from core.integrity import register_checks

        # They need the models, which are loaded by now.
        from exhibitors import integrity, mails, mails_managers, mails_organizers
        from outbox.about import register_finder

        mails.register_kinds()
        mails_managers.register_kinds()
        mails_organizers.register_kinds()
        register_finder(mails.booking_in)
        register_checks(integrity.CHECKS)
