from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "registrations"
    verbose_name = _("Registrations")

    def ready(self) -> None:
        """Make the mails about registrations known to the outbox."""
        from registrations import mails  # needs the models, which are loaded by now

        mails.register_kinds()
