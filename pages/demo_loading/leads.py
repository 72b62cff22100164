"""Staff passes and leads of the demonstration, made the way exhibitors make them."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from events.models import Forum
from exhibitors.models import Exhibitor, ExhibitorManager
from leads.allowances import allowance_of
from leads.answering import answer
from leads.editing import add_scanner, save_question
from leads.models import Lead, LeadScanner, PassSetting
from leads.passes import Staff, give_pass
from leads.scanning import Held, Remarks, take_scan
from pages.demo.leads import MET, QUESTION, STAFF, STAFF_KIND, STAFF_KIND_NAME, STAFF_KIND_TEXT, MetRecord
from pages.demo_loading.guests import form_token_of
from registrations import ticket
from registrations.models import Registration, RegistrationType


@transaction.atomic
def load_leads(forum: Forum) -> int:
    """Give invented staff their passes and let them meet invented guests; return how many they met.

    Nothing is done a second time, nor while no account looks after an exhibitor with a booth.
    """
    managers = ExhibitorManager.objects.accepted().filter(
        exhibitor__forum=forum, exhibitor__is_demo=True, exhibitor__bookings__status="confirmed"
    )
    manager = managers.select_related("user", "exhibitor__organization", "exhibitor__forum__venue").first()
    if manager is None or manager.user is None or Lead.objects.filter(exhibitor__forum=forum).exists():
        return 0
    exhibitor, by = manager.exhibitor, manager.user
    PassSetting.objects.get_or_create(forum=forum, defaults={"type": _pass_type(forum)})
    _give_passes(exhibitor, by)
    kind = {"kind": "yes_no", "text": getattr(QUESTION, exhibitor.language), "options": []}
    save_question(exhibitor, None, by=by, **kind)
    scanner = add_scanner(exhibitor, name="Demo", by=by)
    return sum(_meet(met, scanner, number) for number, met in enumerate(MET))


def _pass_type(forum: Forum) -> RegistrationType:
    kind, _is_new = RegistrationType.objects.get_or_create(
        forum=forum,
        slug=STAFF_KIND,
        defaults={
            "capacity": 200,
            "colour": "#5a6b2f",
            "visibility": "organizers",
            "position": 90,
            **STAFF_KIND_NAME.columns("name"),
            **STAFF_KIND_TEXT.columns("description"),
        },
    )
    return kind


def _give_passes(exhibitor: Exhibitor, by: User) -> None:
    for record in STAFF[: allowance_of(exhibitor).left]:
        staff = Staff(
            name=record.name,
            latin_name=record.latin_name,
            job_title=record.job_title,
            email=f"{record.slug}@staff.example",
            language=record.language,
        )
        give_pass(exhibitor, staff, form_token=_name_of(record.slug), by=by)


def _meet(met: MetRecord, scanner: LeadScanner, number: int) -> bool:
    guests = Registration.objects.confirmed().filter(forum=scanner.exhibitor.forum_id)
    guest = guests.filter(form_token=form_token_of(met.guest)).first()
    if guest is None:
        return False
    at = timezone.now() - timedelta(minutes=40 - 10 * number)
    text = ticket.payload(code=guest.code, issue=guest.link_version, forum_id=guest.forum_id)
    remarks = Remarks(edit=1, rating=met.rating, tags=met.tags, note=met.note)
    held = Held(_name_of(f"{met.guest}.met"), text, at, at)
    taken = take_scan(held, scanner=scanner, remarks=remarks)
    if taken.lead and met.answer is not None:
        answer(guest, taken.lead.pk, shares=met.answer)
    return taken.lead is not None


def _name_of(slug: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{slug}.leads.forum.example")
