"""The transactional outbox: what was decided is mailed, whatever dies in between."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "outbox"
    verbose_name = _("Mail")

    def ready(self) -> None:
        """Register the mail that tells whether mail works."""
        from outbox import delivery_check, kinds  # models may be imported only now

        kinds.register(delivery_check.KIND)
