"""Staff passes and leads: what their addresses answer to whom, and what is put into them."""

from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from leads.models import Lead, PassSetting
from registrations.models import Registration
from tests.house.permission_answers import Row, by

# An exhibitor's own pages: nobody here looks after it
_NOT_MINE = by(404, anonymous=302)
_PAGE = Row(get=_NOT_MINE, post=405)
_FORM = Row(get=_NOT_MINE, post=_NOT_MINE)
_DEED = Row(get=405, post=_NOT_MINE)
_READ = Row(get=200, post=405)

LEAD_PAGES: dict[str, Row] = {
    "leads:staff": _PAGE,
    "leads:staff_new": _FORM,
    "leads:staff_person": _FORM,
    "leads:staff_deed": _DEED,
    "leads:leads": _PAGE,
    "leads:leads_lead": _FORM,
    "leads:leads_csv": _PAGE,
    "leads:leads_xlsx": _PAGE,
    "leads:leads_scanners": _FORM,
    "leads:leads_scanner": _FORM,
    "leads:leads_question_new": _FORM,
    "leads:leads_question": _FORM,
    "leads:leads_question_end": _DEED,
    # With a right link, for whoever has it; no button says to which exhibitor: there is no such lead
    "leads:contacts": Row(get=200, post=404),
    # What an exhibitor's screen shows: opens nothing of anybody
    "leads:ask": Row(get=200, post=302),
    # A telephone that may not scan is offered to be enrolled
    "lead_scanner:page": _READ,
    "lead_scanner:enrol": Row(get=405, post=200),
    "lead_scanner:enrol_link": _READ,
    "lead_scanner:leave": Row(get=405, post=302),
    "lead_scanner:manifest": _READ,
    "lead_scanner:worker": _READ,
    # Without a word of the browser where it comes from, refused
    "lead_scanner:scans": Row(get=405, post=403),
}


def lead_rows(rows: dict[str, models.Model]) -> dict[str, models.Model]:
    """Return a row of each model that has a page in the admin."""
    forum, kind = rows["events_forum"], rows["registrations_registrationtype"]
    return {"leads_passsetting": PassSetting.objects.create(forum_id=forum.pk, type_id=kind.pk)}


def lead_addresses(rows: dict[str, models.Model], token: str) -> dict[str, dict[str, Any]]:
    """Return what the addresses are made of."""
    registration = rows["registrations_registration"]
    assert isinstance(registration, Registration)
    now = timezone.now()
    exhibitor = rows["exhibitors_exhibitor"].pk
    lead = Lead.objects.create(
        exhibitor_id=exhibitor, registration=registration, number=1, first_at=now, last_at=now
    )
    here = {"slug": "gasang"}
    plain = ("staff", "staff_new", "leads", "leads_csv", "leads_xlsx", "leads_scanners", "leads_question_new")
    numbered = ("staff_person", "staff_deed", "leads_question", "leads_question_end")
    return {
        **{f"leads:{name}": here for name in plain},
        **{f"leads:{name}": {**here, "pk": 1} for name in numbered},
        "leads:leads_lead": {**here, "number": 1},
        "leads:leads_scanner": {**here, "key": UUID(int=1)},
        "leads:contacts": {"code": registration.code, "token": token},
        "leads:ask": {"key": lead.key},
        "lead_scanner:enrol_link": {"code": "7H2K947H2K947H2K"},
    }
