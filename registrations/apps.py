from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "registrations"
    verbose_name = _("Registrations")

    def ready(self) -> None:
        """Make the mails known to the outbox, and the seats to whoever counts them or tells their holders."""
        from events.audience import register_source  # need the models, which are loaded by now
        from events.clashes import count_with
        from registrations import mails, seats

        mails.register_kinds()
        register_source(seats.holders)
        count_with(seats.seats_taken)
