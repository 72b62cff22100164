"""The telephone of an exhibitor: enrolled from its pages, seen live, revoked; what it sends and is told."""

import json
import re
import time
import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from exhibitors.models import Exhibitor
from leads.models import Lead, LeadQuestion, LeadScanner
from registrations.models import Registration
from tests.leads.conftest import agree, badge, enrolled

pytestmark = pytest.mark.django_db
PAGE = "/en/lead-scanner/"


def send(client: Client, *scans: Any, **more: Any) -> Any:
    """Send scans as the page does."""
    body = {"sent": int(time.time() * 1000), "ahead": 0, "waiting": len(scans), "scans": list(scans), **more}
    return client.post(
        f"{PAGE}scans/",
        json.dumps(body),
        content_type="application/json",
        headers={"Sec-Fetch-Site": "same-origin"},
    )


def a_scan(text: str, **more: Any) -> dict[str, Any]:
    """Return one scan as the page sends it."""
    return {
        "id": str(uuid.uuid4()),
        "text": text,
        "at": int(time.time() * 1000),
        "ahead": 0,
        "told": "",
        **more,
    }


def test_a_manager_enrols_a_telephone_by_its_code(
    browser: Client, exhibitor: Exhibitor, phone: LeadScanner
) -> None:
    address = f"/en/exhibitor/{exhibitor.slug}/leads/scanners/"
    response = browser.post(address, {"name": "Min, phone"})
    added = exhibitor.lead_scanners.get(name="Min, phone")
    assert response["Location"] == f"{address}{added.pk}/"
    shown = browser.post(response["Location"], {"code": ""})
    code = shown.context["code"]
    assert "<svg" in shown.content.decode()

    telephone = Client()
    assert telephone.get(f"{PAGE}enrol/{code}/").status_code == 200
    assert telephone.post(f"{PAGE}enrol/", {"code": code})["Location"] == PAGE
    page = telephone.get(PAGE)
    assert "lead-scanner-config" in page.content.decode()
    assert "camera=(self)" in page["Permissions-Policy"]
    assert "live" in browser.get(address).content.decode()
    assert "This code is not valid" in Client().post(f"{PAGE}enrol/", {"code": code}).content.decode()


def test_this_very_telephone_is_enrolled_with_one_touch(
    browser: Client, exhibitor: Exhibitor, phone: LeadScanner
) -> None:
    response = browser.post(f"/en/exhibitor/{exhibitor.slug}/leads/scanners/{phone.pk}/", {"here": ""})
    assert response["Location"] == PAGE
    assert "lead-scanner-config" in browser.get(PAGE).content.decode()


def test_a_revoked_telephone_is_one_no_more(
    browser: Client, exhibitor: Exhibitor, phone: LeadScanner, manager: User, mai: Registration
) -> None:
    telephone = enrolled(phone, manager)
    assert send(telephone).status_code == 200
    browser.post(f"/en/exhibitor/{exhibitor.slug}/leads/scanners/{phone.pk}/", {"revoke": ""})
    assert send(telephone, a_scan(badge(mai))).status_code == 401
    assert "lead-scanner-config" not in telephone.get(PAGE).content.decode()
    assert not Lead.objects.exists()


def test_a_telephone_signs_itself_off(phone: LeadScanner, manager: User) -> None:
    telephone = enrolled(phone, manager)
    assert telephone.post(f"{PAGE}leave/").status_code == 302
    phone.refresh_from_db()
    assert phone.revoked_at is not None
    assert send(telephone).status_code == 401


def test_a_sealed_lead_comes_with_the_code_for_the_visitors_own_phone(
    phone: LeadScanner, manager: User, mai: Registration
) -> None:
    [answer] = send(enrolled(phone, manager), a_scan(badge(mai))).json()["scans"]
    assert (answer["result"], answer["lead"]["number"], answer["lead"]["name"]) == ("sealed", 1, "")
    assert answer["lead"]["asking"]["url"].endswith(f"/{mai.language}/contact/{Lead.objects.get().key}/")
    assert answer["lead"]["asking"]["qr"].startswith("<svg")
    assert mai.email not in json.dumps(answer)


def test_a_shared_contact_and_what_was_noted(phone: LeadScanner, manager: User, mai: Registration) -> None:
    agree(mai)
    question = LeadQuestion.objects.create(exhibitor=phone.exhibitor, text="Buy?")
    theirs = LeadQuestion.objects.create(exhibitor=phone.exhibitor, text="Old?", is_active=False)
    telephone = enrolled(phone, manager)
    one = a_scan(badge(mai))
    answers = {str(question.pk): ["yes"], str(theirs.pk): ["no"], "x": ["y"]}
    remarks = {"edit": 1, "rating": 2, "tags": "demo, price", "note": "Call", "answers": answers}

    send(telephone, one)
    [answer] = send(telephone, {**one, "text": "", "remarks": remarks}).json()["scans"]

    assert (answer["result"], answer["edit"]) == ("shared", 1)
    assert (answer["lead"]["name"], answer["lead"]["organization"]) == (mai.name, mai.organization_name)
    lead = Lead.objects.get()
    assert (lead.rating, lead.tags, lead.answers) == (2, ["demo", "price"], {str(question.pk): ["yes"]})
    assert lead.visits.get().note == "Call"


def test_what_waits_is_noted_and_one_bad_scan_does_not_stop_the_others(
    phone: LeadScanner, manager: User, mai: Registration
) -> None:
    good = a_scan(badge(mai), told="kept")
    bad: list[Any] = [{"id": "x"}, "nonsense", {**a_scan(badge(mai)), "remarks": {"edit": "x"}}]
    response = send(enrolled(phone, manager), *bad, good, waiting=7)
    answers = response.json()["scans"]
    assert [answer.get("error", answer.get("result")) for answer in answers] == [*["malformed"] * 3, "sealed"]
    phone.refresh_from_db()
    assert phone.scans_waiting == 6
    assert Lead.objects.get().visits.get().is_offline


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"scans": 7}', b"\xff", b'{"sent": 1, "waiting": 0, "scans": 7}']
)
def test_what_is_no_batch_is_refused(phone: LeadScanner, manager: User, body: bytes) -> None:
    response = enrolled(phone, manager).post(
        f"{PAGE}scans/", body, content_type="application/json", headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert response.status_code == 400


def test_pages_of_other_sites_cannot_send(phone: LeadScanner, manager: User) -> None:
    response = enrolled(phone, manager).post(f"{PAGE}scans/", "{}", content_type="application/json")
    assert response.status_code == 403


def test_the_files_beside_the_page(client: Client) -> None:
    assert client.get(f"{PAGE}app.webmanifest").json()["start_url"] == PAGE
    worker = client.get(f"{PAGE}sw.js")
    assert worker["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize("odd", ["\x00", "\ud83d"])
def test_what_no_database_holds_is_left_out_and_the_scan_is_taken(
    exhibitor: Exhibitor, manager: User, phone: LeadScanner, mai: Registration, odd: str
) -> None:
    agree(mai)
    asked = LeadQuestion.objects.create(exhibitor=exhibitor, kind="single", text="Which?", options=["a", "b"])
    remarks = {
        "edit": 1,
        "tags": f"demo{odd}",
        "note": f"call{odd} her",
        "answers": {str(asked.pk): [f"a{odd}", ["a"]]},
    }
    answer = send(enrolled(phone, manager), a_scan(badge(mai), remarks=remarks)).json()["scans"][0]
    assert (answer["result"], answer["edit"]) == ("shared", 1)
    lead = Lead.objects.get()
    assert (lead.tags, lead.answers) == (["demo"], {str(asked.pk): ["a"]})
    assert lead.visits.get().note == "call her"


def test_each_exhibitor_has_a_store_of_its_own_on_a_telephone(
    manager: User, phone: LeadScanner, rival_phone: LeadScanner
) -> None:
    """Otherwise what one exhibitor's staff could not send yet would be sent as the next one's."""
    stores = [
        re.findall(r'"store": "([^"]+)"', enrolled(one, manager).get(PAGE).content.decode())
        for one in (phone, rival_phone)
    ]
    assert stores == [[f"lead-scanner-{one.exhibitor_id}"] for one in (phone, rival_phone)]
