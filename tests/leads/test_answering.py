"""What a visitor says, sees, takes back and has erased."""

import json
import uuid

import pytest
from django.test import Client

from leads import scanning
from leads.answering import answer
from leads.contact_links import contacts_path
from leads.emptying import empty_leads
from leads.models import Lead, LeadScanner, LeadVisit
from leads.reading import notes_of, person_of
from leads.scanning import Remarks
from outbox.models import Message
from registrations.consenting import withdraw_consent
from registrations.erasure_on_request import erase_on_request
from registrations.links import link_path
from registrations.models import Registration
from registrations.own_data.gathering import own_data_of
from registrations.services import replace_link
from tests.conftest import CountQueries
from tests.leads.conftest import agree, another, scan

pytestmark = pytest.mark.django_db
NOTED = Remarks(edit=1, rating=3, tags=["demo"], note="Wants a demo", answers={"7": ["yes"]})


def lead_now() -> Lead:
    """Return the one lead as it stands."""
    return Lead.objects.with_state().select_related("registration").get()


def said(client: Client, mai: Registration, **answer: int) -> str:
    """Press a button on her page; return what it shows then."""
    response = client.post(contacts_path(mai, language="en"), answer, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_she_says_yes_then_takes_it_back_and_what_was_noted_goes(
    client: Client, mai: Registration, phone: LeadScanner
) -> None:
    scan(mai, phone, NOTED)
    lead = lead_now()
    assert lead.state == "sealed"

    assert "Gasang Medi has your contact now." in said(client, mai, yes=lead.pk)
    lead = lead_now()
    assert (lead.state, lead.note or notes_of(lead)) == ("open", ["Wants a demo"])
    assert person_of(lead) is not None

    assert "does not see your contact." in said(client, mai, no=lead.pk)
    lead = lead_now()
    assert (lead.state, person_of(lead), notes_of(lead)) == ("withdrawn", None, [])
    assert (lead.rating, lead.tags, lead.answers) == (None, [], {})
    assert list(lead.visits.values_list("note", flat=True)) == [""]

    said(client, mai, yes=lead.pk)
    assert lead_now().state == "open"


def test_a_no_before_anything_was_shared(client: Client, mai: Registration, phone: LeadScanner) -> None:
    scan(mai, phone)
    said(client, mai, no=lead_now().pk)
    first = lead_now()
    said(client, mai, no=first.pk)
    assert (lead_now().state, lead_now().answered_at) == ("declined", first.answered_at)
    # Scanned again she is not asked again, and nothing is noted about her.
    scan(mai, phone, NOTED)
    assert (lead_now().state, notes_of(lead_now())) == ("declined", [])
    assert Message.objects.filter(kind="lead.asked").count() == 1


def test_what_she_said_about_one_goes_before_what_she_agreed_to_about_all(
    client: Client, mai: Registration, phone: LeadScanner, rival_phone: LeadScanner
) -> None:
    agree(mai)
    leads = [scan(mai, one).lead for one in (phone, rival_phone)]
    assert leads[0] is not None
    said(client, mai, no=leads[0].pk)
    assert [lead.state for lead in Lead.objects.with_state().order_by("pk")] == ["withdrawn", "open"]


def test_the_standing_consent_taken_back_closes_what_rested_on_it(
    client: Client, mai: Registration, phone: LeadScanner, rival_phone: LeadScanner
) -> None:
    agree(mai)
    scan(mai, phone, NOTED)
    kept = scan(mai, rival_phone, NOTED).lead
    assert kept is not None
    said(client, mai, yes=kept.pk)

    withdraw_consent(mai, "exhibitors")

    one, other = Lead.objects.with_state().order_by("pk")
    assert (one.state, one.taken_back_at is not None, notes_of(one)) == ("withdrawn", True, [])
    assert (one.rating, one.tags) == (None, [])
    assert (other.state, notes_of(other)) == ("open", ["Wants a demo"])


def test_her_registration_leads_to_her_page_and_says_that_somebody_asks(
    client: Client, mai: Registration, phone: LeadScanner
) -> None:
    ticket_page = link_path(mai, language="en")
    assert "scanned your badge" not in client.get(ticket_page).content.decode()
    scan(mai, phone)
    assert "1 exhibitor asks for your contact. You decide." in client.get(ticket_page).content.decode()
    page = client.get(contacts_path(mai, language="en"))
    text = page.content.decode()
    assert "Gasang Medi asks for your contact" in text
    assert "cannot be called back" in text
    assert "no-store" in page["Cache-Control"]
    for shared in ("Trần Thị Mai", "Bệnh viện Minh Hoạ", "Bác sĩ"):
        assert shared in text


def test_leads_of_others_are_not_hers(client: Client, mai: Registration, phone: LeadScanner) -> None:
    lan = another(mai)
    lead = scan(lan, phone).lead
    assert lead is not None
    for key in (str(lead.pk), "0", "x", "9" * 30, ""):
        assert client.post(contacts_path(mai, language="en"), {"yes": key}).status_code == 404
    assert lead_now().state == "sealed"
    forged = contacts_path(mai, language="en").replace(mai.code, lan.code)
    assert client.get(forged).status_code == 404


def test_the_page_asks_as_often_for_two_as_for_one(
    client: Client,
    mai: Registration,
    phone: LeadScanner,
    rival_phone: LeadScanner,
    assert_queries: CountQueries,
) -> None:
    address = contacts_path(mai, language="en")
    for one in (phone, rival_phone):
        scan(mai, one)
        client.get(address)
        with assert_queries(3):
            client.get(address)


# --- the code on the exhibitor's screen ------------------------------------------------------------


def test_the_code_on_a_screen_opens_nothing_for_the_staff(
    client: Client, mai: Registration, phone: LeadScanner
) -> None:
    scan(mai, phone)
    address = f"/en/contact/{lead_now().key}/"
    text = client.get(address).content.decode()
    assert "Gasang Medi asks for your contact" in text
    assert mai.name not in text
    assert mai.email not in text
    assert client.post(address, {"yes": lead_now().pk}).status_code == 302
    assert lead_now().state == "sealed"


def test_in_the_browser_that_showed_the_ticket_it_opens_her_page(
    client: Client, mai: Registration, phone: LeadScanner
) -> None:
    scan(mai, phone)
    address = f"/en/contact/{lead_now().key}/"
    client.get(link_path(mai, language="en"))
    assert client.get(address)["Location"] == f"{contacts_path(mai, language='en')}#lead-{lead_now().pk}"
    # A link that was replaced opens nothing any more, neither does what it left in a browser.
    replace_link(mai, by=None)
    assert client.get(address).status_code == 200


def test_her_link_can_be_mailed_again_and_not_without_end(
    client: Client, mai: Registration, phone: LeadScanner
) -> None:
    scan(mai, phone)
    address = f"/en/contact/{lead_now().key}/"
    statuses = [client.post(address).status_code for _try in range(4)]
    assert statuses == [302, 302, 302, 429]
    assert Message.objects.filter(kind="registration.confirmed", recipient=mai.email).count() == 1
    assert client.get("/en/contact/AAAAAAAAAA/").status_code == 404


# --- erasing, exporting ----------------------------------------------------------------------------


def test_her_export_says_who_scanned_her_and_what_was_noted(mai: Registration, phone: LeadScanner) -> None:
    scan(mai, phone, NOTED)
    found = {section.key: section for section in own_data_of(mai).sections}
    [record] = found["leads"].records
    facts = {fact.key: fact.value for fact in record}
    assert facts["state"] == "sealed"
    assert (facts["tags"], facts["note"]) == ("demo", "Wants a demo")
    assert json.dumps(facts)


def test_erased_she_is_a_number_in_every_list(mai: Registration, phone: LeadScanner) -> None:
    agree(mai)
    scan(mai, phone, NOTED)
    erase_on_request(mai)
    lead = lead_now()
    assert (lead.state, person_of(lead), notes_of(lead), lead.tags) == ("erased", None, [], [])
    assert empty_leads(Lead.objects.all()) == 0


def test_what_a_telephone_sends_while_she_takes_it_back_is_not_written(
    mai: Registration, phone: LeadScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(mai)
    name = uuid.uuid4()
    lead = scan(mai, phone, id=name).lead
    assert lead is not None
    real = scanning._note

    def after_her(visit: LeadVisit, seen: Lead, remarks: Remarks | None) -> None:
        # She was faster than the lock, after the telephone had read that it is shared.
        answer(mai, lead.pk, shares=False)
        real(visit, seen, remarks)

    monkeypatch.setattr(scanning, "_note", after_her)
    said = scan(mai, phone, Remarks(edit=1, rating=3, tags=["rich"], note="Knows much"), id=name)
    row = Lead.objects.get()
    assert (row.rating, row.tags, row.visits.get().note) == (None, [], "")
    assert said.result == "declined"
