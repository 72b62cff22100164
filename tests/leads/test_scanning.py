"""A badge is held to an exhibitor's telephone: what is kept, what is shown, what is refused."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import User
from exhibitors.models import BoothBooking, Exhibitor
from leads.answers import ANSWERS, Result
from leads.models import Lead, LeadScanner, LeadVisit
from leads.passes import give_pass
from leads.reading import person_of
from leads.scanning import Remarks, take_scan
from outbox.models import Message
from registrations import ticket
from registrations.models import Registration
from registrations.services import cancel_registration, replace_link
from tests.factories import ForumFactory, RegistrationFactory, RegistrationTypeFactory
from tests.leads.conftest import agree, another, badge, held, scan, staff

pytestmark = pytest.mark.django_db


def test_without_a_consent_a_lead_is_a_number_and_a_time(mai: Registration, phone: LeadScanner) -> None:
    taken = scan(mai, phone)

    assert (taken.result, taken.is_new) == (Result.SEALED, True)
    lead = taken.lead
    assert lead is not None
    assert (lead.number, lead.state, person_of(lead)) == (1, "sealed", None)
    mail = Message.objects.get(kind="lead.asked")
    assert (mail.recipient, mail.language) == (mai.email, mai.language)
    assert mail.context["exhibitor"]["en"] == "Gasang Medi"


def test_with_a_standing_consent_it_is_shared_and_nobody_is_asked(
    mai: Registration, phone: LeadScanner
) -> None:
    agree(mai)
    taken = scan(mai, phone)

    assert taken.result == Result.SHARED
    assert taken.lead is not None
    person = person_of(taken.lead)
    assert person is not None
    assert (person.name, person.organization) == ("Trần Thị Mai", "Bệnh viện Minh Hoạ")
    assert (person.job_title, person.email) == ("Bác sĩ", "mai@example.org")
    assert not Message.objects.filter(kind="lead.asked").exists()


def test_later_scans_add_visits_and_ask_no_more(mai: Registration, phone: LeadScanner) -> None:
    now = timezone.now()
    for minutes in (0, 30, 10):
        scan(mai, phone, at=now - timedelta(minutes=minutes))

    lead = Lead.objects.get()
    assert lead.visits.count() == 3
    assert lead.last_at - lead.first_at == timedelta(minutes=30)
    assert Message.objects.filter(kind="lead.asked").count() == 1


def test_one_scan_sent_twice_is_one_visit(mai: Registration, phone: LeadScanner) -> None:
    name = uuid.uuid4()
    first = scan(mai, phone, id=name)
    # Later the telephone keeps no badge any more: the name of the scan is enough.
    again = take_scan(held("", id=name), scanner=phone)

    assert (first.result, again.result) == (Result.SEALED, Result.SEALED)
    assert first.lead == again.lead
    assert LeadVisit.objects.count() == 1


def test_what_is_noted_joins_once_and_nobodys_note_is_lost(
    mai: Registration, phone: LeadScanner, exhibitor: Exhibitor
) -> None:
    second = LeadScanner.objects.create(exhibitor=exhibitor, name="Phone 2")
    one, two = uuid.uuid4(), uuid.uuid4()
    scan(
        mai,
        phone,
        Remarks(edit=2, rating=2, tags=["demo"], note="Wants a demo", answers={"7": ["yes"]}),
        id=one,
    )
    scan(mai, second, Remarks(edit=1, tags=["price"], note="Asked for prices"), id=two)
    # An edit that comes late says what was said before; a newer one replaces the note of its own scan.
    scan(mai, phone, Remarks(edit=1, rating=1, note="Old"), id=one)
    scan(mai, phone, Remarks(edit=3, rating=3, note="Wants two demos"), id=one)

    lead = Lead.objects.get()
    assert (lead.rating, lead.tags, lead.answers) == (3, ["demo", "price"], {"7": ["yes"]})
    assert sorted(lead.visits.values_list("note", flat=True)) == ["Asked for prices", "Wants two demos"]


def test_numbers_count_an_exhibitors_own_leads(
    mai: Registration, phone: LeadScanner, rival_phone: LeadScanner
) -> None:
    lan = another(mai)
    leads = [scan(person, by).lead for person, by in ((mai, phone), (lan, phone), (lan, rival_phone))]
    assert [lead.number for lead in leads if lead] == [1, 2, 1]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("", Result.UNKNOWN),
        ("VK-7H2K-94", Result.UNKNOWN),
        ("FORUM2:VK", Result.FORGED),
        ("x", Result.UNKNOWN),
    ],
)
def test_what_is_no_badge_makes_no_lead(
    mai: Registration, phone: LeadScanner, text: str, result: Result
) -> None:
    assert take_scan(held(text), scanner=phone).result == result
    assert not Lead.objects.exists()


def test_forged_and_older_badges_make_no_lead(mai: Registration, phone: LeadScanner) -> None:
    genuine = badge(mai)
    forged = genuine.replace("7H2K", "7H2M")
    replace_link(mai, by=None)
    assert take_scan(held(forged), scanner=phone).result == Result.FORGED
    assert take_scan(held(genuine), scanner=phone).result == Result.REPLACED
    assert not Lead.objects.exists()


def test_a_badge_of_another_forum_is_told_as_such(mai: Registration, phone: LeadScanner) -> None:
    elsewhere = ForumFactory(is_current=False, slug="elsewhere")
    stranger = another(mai, forum=elsewhere, type=RegistrationTypeFactory(forum=elsewhere))
    assert scan(stranger, phone).result == Result.OTHER_FORUM
    # Signed by the other forum for a code of this one: forged.
    text = ticket.payload(code="VK-7H2K-94", issue=1, forum_id=elsewhere.pk)
    assert take_scan(held(text), scanner=phone).result == Result.FORGED
    assert not Lead.objects.exists()


def test_cancelled_tickets_and_applicants_make_no_lead(mai: Registration, phone: LeadScanner) -> None:
    applicant = another(mai, status="pending")
    cancel_registration(mai, by=None)
    assert scan(mai, phone).result == Result.CANCELLED
    assert scan(applicant, phone).result == Result.NOT_CONFIRMED
    assert not Lead.objects.exists()


def test_ones_own_staff_are_no_leads_and_those_of_others_are_visitors(
    exhibitor: Exhibitor, manager: User, phone: LeadScanner, rival_phone: LeadScanner
) -> None:
    colleague = give_pass(exhibitor, staff(), form_token=uuid.uuid4(), by=manager).registration
    assert scan(colleague, phone).result == Result.COLLEAGUE
    assert scan(colleague, rival_phone).result == Result.SEALED


def test_without_a_confirmed_booth_nothing_is_scanned(
    mai: Registration, phone: LeadScanner, booking: BoothBooking
) -> None:
    BoothBooking.objects.filter(pk=booking.pk).update(status="released")
    assert scan(mai, phone).result == Result.NO_BOOTH
    assert not Lead.objects.exists()


def test_a_scan_of_another_exhibitor_tells_nothing(
    mai: Registration, phone: LeadScanner, rival_phone: LeadScanner
) -> None:
    agree(mai)
    name = uuid.uuid4()
    scan(mai, phone, id=name)
    taken = take_scan(held("", id=name), scanner=rival_phone, remarks=Remarks(edit=9, note="Mine now"))
    assert (taken.result, taken.lead) == (Result.UNKNOWN, None)
    assert LeadVisit.objects.get().note == ""


def test_scans_from_the_future_or_long_ago_get_a_time_that_can_be(
    mai: Registration, phone: LeadScanner
) -> None:
    now = timezone.now()
    scan(mai, phone, at=now + timedelta(days=3))
    scan(mai, phone, at=now - timedelta(days=30))
    lead = Lead.objects.get()
    assert abs(lead.last_at - now) < timedelta(minutes=5)
    assert abs(lead.first_at - (now - timedelta(days=7))) < timedelta(minutes=5)


def test_a_lead_lies_in_one_forum(mai: Registration, exhibitor: Exhibitor) -> None:
    elsewhere = ForumFactory(is_current=False, slug="elsewhere")
    stranger = RegistrationFactory(forum=elsewhere, type=RegistrationTypeFactory(forum=elsewhere))
    now = timezone.now()
    with pytest.raises(IntegrityError, match="one forum"):
        Lead.objects.create(exhibitor=exhibitor, registration=stranger, number=1, first_at=now, last_at=now)


def test_every_result_has_an_answer() -> None:
    assert set(ANSWERS) == set(Result)
