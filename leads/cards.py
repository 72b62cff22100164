"""What an exhibitor's first page says of staff passes and leads."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exhibitors.models import Exhibitor
from exhibitors.portal_cards import Card, State
from leads.allowances import allowance_of
from leads.models import Lead


def staff_card(exhibitor: Exhibitor) -> Card | None:
    """Say how many passes are given; nothing before there is a booth."""
    allowance = allowance_of(exhibitor)
    if not (allowance.total or allowance.given):
        return None
    facts = {"given": allowance.given, "total": allowance.total}
    text = _("%(given)s of %(total)s given.") % facts
    if allowance.over:
        text = _("%(given)s given, %(total)s allowed: please agree with the organizers who stays.") % facts
    state: State = "open"
    if allowance.over:
        state = "late"
    elif not allowance.left:
        state = "done"
    elif allowance.given:
        state = "doing"
    url = reverse("leads:staff", kwargs={"slug": exhibitor.slug})
    return Card(_("Staff passes"), text, url, state, order=60)


def leads_card(exhibitor: Exhibitor) -> Card | None:
    """Say how many visitors were met; nothing before the first one."""
    count = Lead.objects.filter(exhibitor=exhibitor).count()
    if not count:
        return None
    text = ngettext("%(count)s visitor met.", "%(count)s visitors met.", count) % {"count": count}
    return Card(_("Leads"), text, reverse("leads:leads", kwargs={"slug": exhibitor.slug}), "doing", order=70)
