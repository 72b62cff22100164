from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeadsConfig(AppConfig):
    name = "leads"
    verbose_name = _("Staff passes and leads")

    def ready(self) -> None:
        """Join what lower apps ask others for: mails, checks, cards, tasks, a person's data."""
        from core.integrity import register_checks
        from exhibitors import exhibition_numbers, portal_cards
        from exhibitors.booking_signals import booking_changed
        from exhibitors.duties import facts
        from exhibitors.exhibition_numbers import register_leads
        from leads import (  # need the models, which are loaded by now
            allowances,
            cards,
            integrity,
            keeping,
            mails,
            over_allowance,
            reading,
        )
        from registrations import attached

        mails.register_kinds()
        register_checks(integrity.CHECKS)
        portal_cards.register(cards.staff_card)
        portal_cards.register(cards.leads_card)
        facts.register_staff(allowances.staff_named)
        exhibition_numbers.register_leads(reading.leads_by_exhibitor)
        register_leads(reading.lead_counts)
        attached.register(keeping.PART)
        booking_changed.connect(over_allowance.look_at, dispatch_uid="leads.over_allowance")
