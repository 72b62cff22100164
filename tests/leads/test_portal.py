"""An exhibitor's pages of its leads: seen by its managers alone, and nothing more than visitors share."""

import csv
import io
import uuid
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from exhibitors.models import Exhibitor
from leads.editing import MOST_QUESTIONS, save_question, stop_asking
from leads.models import Lead, LeadQuestion, LeadScanner
from leads.reading import days_of, lead_counts
from leads.scanning import Remarks
from registrations.models import Registration
from tests.conftest import CountQueries
from tests.leads.conftest import agree, another, scan

pytestmark = pytest.mark.django_db


def page_of(exhibitor: Exhibitor, rest: str = "") -> str:
    """Return an address of the exhibitor's leads."""
    return f"/en/exhibitor/{exhibitor.slug}/leads/{rest}"


def text_of(client: Client, address: str) -> str:
    """Return a page as text."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def two(mai: Registration, phone: LeadScanner) -> list[Lead]:
    """Give two leads: Lan shares her contact, Mai does not."""
    lan = another(mai, name="Nguyễn Thị Lan", email="lan@example.org", organization_name="=HYPERLINK(1)")
    agree(lan)
    scan(mai, phone, Remarks(edit=1, rating=1, note="Secret of Mai"))
    scan(lan, phone, Remarks(edit=1, rating=3, tags=["demo"], note="+84 900 000 000"))
    return list(Lead.objects.order_by("number"))


def test_the_list_names_who_shares_and_numbers_the_others(
    browser: Client, exhibitor: Exhibitor, two: list[Lead]
) -> None:
    text = text_of(browser, page_of(exhibitor))
    assert "Nguyễn Thị Lan" in text
    assert "lan@" in text
    assert "Number 1" in text
    assert "Trần Thị Mai" not in text
    assert "mai@" not in text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=lan", ["Nguyễn Thị Lan"]),
        ("?q=nguyen+thi", ["Nguyễn Thị Lan"]),
        # Whoever has not shared is not found by her name, or the search would tell whose lead it is.
        ("?q=mai@example.org", []),
        ("?q=Trần", []),
        ("?q=secret", ["Number 1"]),
        ("?state=open", ["Nguyễn Thị Lan"]),
        ("?state=sealed", ["Number 1"]),
        ("?rating=3", ["Nguyễn Thị Lan"]),
        ("?tag=demo", ["Nguyễn Thị Lan"]),
        ("?day=2001-01-01", []),
        ("?state=nonsense&rating=x&tag=%00&day=x&page=x", ["Nguyễn Thị Lan", "Number 1"]),
    ],
)
def test_the_list_is_searched_and_filtered(
    browser: Client, exhibitor: Exhibitor, two: list[Lead], query: str, names: list[str]
) -> None:
    lines = browser.get(page_of(exhibitor, query)).context["lines"]
    found = [line["person"].name if line["person"] else f"Number {line['lead'].number}" for line in lines]
    assert sorted(found) == sorted(names)


def test_the_list_asks_as_often_for_three_as_for_one(
    browser: Client, exhibitor: Exhibitor, mai: Registration, phone: LeadScanner, assert_queries: CountQueries
) -> None:
    scan(mai, phone)
    browser.get(page_of(exhibitor))
    with assert_queries(10):
        browser.get(page_of(exhibitor))
    for code in ("VK-8H2K-94", "VK-9H2K-94"):
        scan(another(mai, code=code), phone)
    with assert_queries(10):
        browser.get(page_of(exhibitor))


def test_a_lead_is_edited_by_one_at_a_time(browser: Client, exhibitor: Exhibitor, two: list[Lead]) -> None:
    address = page_of(exhibitor, "2/")
    shown = browser.get(address).context["form"]
    said = {
        "rating": "2",
        "tags": "demo, price, demo",
        "note": "Call in June",
        "version": shown["version"].value(),
    }
    assert browser.post(address, said).status_code == 302
    lead = Lead.objects.get(number=2)
    assert (lead.rating, lead.tags, lead.note) == (2, ["demo", "price"], "Call in June")
    stale = browser.post(address, {**said, "note": "Mine"})
    assert stale.status_code == 409
    assert "Somebody else changed this lead meanwhile." in stale.content.decode()
    assert "Mine" in stale.content.decode()
    assert Lead.objects.get(number=2).note == "Call in June"
    entry = AuditEntry.objects.get(action="lead.changed")
    assert "Call" not in str(entry.changes)


def test_too_many_tags_are_told_beside_the_field(
    browser: Client, exhibitor: Exhibitor, two: list[Lead]
) -> None:
    said = {"rating": "9", "tags": ",".join(f"t{n}" for n in range(20)), "note": "x" * 3000, "version": "1"}
    response = browser.post(page_of(exhibitor, "2/"), said)
    assert sorted(response.context["form"].errors) == ["note", "rating", "tags"]


def test_quick_questions_are_asked_answered_and_exported(
    browser: Client, exhibitor: Exhibitor, two: list[Lead]
) -> None:
    asked = {"text": "Which product?", "kind": "multi", "options": "Scan\nLab\nScan"}
    assert browser.post(page_of(exhibitor, "questions/new/"), asked).status_code == 302
    question = LeadQuestion.objects.get()
    assert question.options == ["Scan", "Lab"]
    name = f"question-{question.pk}"
    lead = two[1]
    said = {name: ["Scan", "Lab"], "version": lead.version, "rating": ""}
    assert browser.post(page_of(exhibitor, "2/"), said).status_code == 302
    # Words that were changed since stay what they were when somebody ticked them.
    browser.post(page_of(exhibitor, f"questions/{question.pk}/"), {**asked, "options": "CT\nMR"})
    assert "Scan; Lab" in b"".join(browser.get(page_of(exhibitor, "leads.csv"))).decode()
    assert 'value="Scan"' in text_of(browser, page_of(exhibitor, "2/"))
    browser.post(page_of(exhibitor, f"questions/{question.pk}/end/"))
    assert not LeadQuestion.objects.get().is_active


def test_a_choice_needs_something_to_choose_from_and_there_is_an_end(
    browser: Client, exhibitor: Exhibitor, manager: User
) -> None:
    few = {"text": "Which?", "kind": "single", "options": "One"}
    response = browser.post(page_of(exhibitor, "questions/new/"), few)
    assert list(response.context["form"].errors) == ["options"]
    for number in range(MOST_QUESTIONS):
        save_question(exhibitor, None, kind="yes_no", text=str(number), options=[], by=manager)
    response = browser.post(page_of(exhibitor, "questions/new/"), {"text": "More?", "kind": "yes_no"})
    assert response.status_code == 409


# --- files -----------------------------------------------------------------------------------------


def test_the_files_hold_what_is_shared_and_compute_nothing(
    browser: Client, exhibitor: Exhibitor, two: list[Lead]
) -> None:
    response = browser.get(page_of(exhibitor, "leads.csv"))
    assert response.headers["Content-Type"].startswith("text/csv")
    text = b"".join(response).decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row[0] for row in rows[1:]] == ["1", "2"]
    assert rows[1][1:6] == ["not confirmed yet", "", "", "", ""]
    assert rows[2][2:6] == ["Nguyễn Thị Lan", "'=HYPERLINK(1)", "", "lan@example.org"]
    assert rows[2][11] == "'+84 900 000 000"
    book = b"".join(browser.get(page_of(exhibitor, "leads.xlsx")))
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "Nguyễn Thị Lan" in sheet
    assert "Trần Thị Mai" not in sheet
    assert "<f>" not in sheet
    taken = AuditEntry.objects.filter(action="exhibitor.exported")
    assert sorted(entry.changes["file"][1] for entry in taken) == ["csv", "xlsx"]


def test_files_follow_the_filter(browser: Client, exhibitor: Exhibitor, two: list[Lead]) -> None:
    text = b"".join(browser.get(page_of(exhibitor, "leads.csv?state=sealed"))).decode()
    assert "Nguyễn Thị Lan" not in text
    assert text.count("\r\n") == 2


def test_numbers_of_each_day(exhibitor: Exhibitor, mai: Registration, phone: LeadScanner) -> None:
    now = timezone.now()
    scan(mai, phone, at=now - timedelta(days=1))
    scan(mai, phone, at=now)
    scan(another(mai), phone, at=now)
    assert [(day.scans, day.new) for day in days_of(exhibitor)] == [(1, 1), (2, 1)]


def test_organizers_get_numbers_alone(
    exhibitor: Exhibitor, two: list[Lead], rival_phone: LeadScanner, assert_queries: CountQueries
) -> None:
    with assert_queries(1):
        found = lead_counts(exhibitor.forum_id)
    assert found == {exhibitor.pk: 2}


# --- whose they are --------------------------------------------------------------------------------

PLACES = (
    "",
    "1/",
    "leads.csv",
    "leads.xlsx",
    "scanners/",
    "questions/new/",
)


@pytest.mark.parametrize("rest", PLACES)
def test_pages_of_others_do_not_exist(
    rival: Client, browser: Client, exhibitor: Exhibitor, two: list[Lead], rest: str
) -> None:
    assert browser.get(page_of(exhibitor, rest)).status_code == 200
    assert rival.get(page_of(exhibitor, rest)).status_code == 404
    assert Client().get(page_of(exhibitor, rest)).status_code == 302


def test_things_of_others_do_not_exist_on_ones_own_pages(
    rival: Client, other: Exhibitor, exhibitor: Exhibitor, two: list[Lead], phone: LeadScanner, manager: User
) -> None:
    question = save_question(exhibitor, None, kind="yes_no", text="Buy?", options=[], by=manager)
    assert rival.get(page_of(other, "1/")).status_code == 404
    assert rival.get(page_of(other, f"scanners/{phone.pk}/")).status_code == 404
    assert rival.post(page_of(other, f"scanners/{phone.pk}/"), {"revoke": ""}).status_code == 404
    assert rival.get(page_of(other, f"questions/{question.pk}/")).status_code == 404
    assert rival.post(page_of(other, f"questions/{question.pk}/end/")).status_code == 404
    assert rival.get(page_of(other, f"scanners/{uuid.uuid4()}/")).status_code == 404
    assert LeadScanner.objects.get(pk=phone.pk).revoked_at is None
    assert LeadQuestion.objects.get().is_active


def test_what_was_answered_to_a_question_that_is_asked_no_more_stays(
    browser: Client, exhibitor: Exhibitor, manager: User, mai: Registration, phone: LeadScanner
) -> None:
    agree(mai)
    facts: dict[str, Any] = {"kind": "single", "options": ["a", "b"], "by": manager}
    old, new = (save_question(exhibitor, None, text=text, **facts) for text in ("Old?", "New?"))
    scan(mai, phone, Remarks(edit=1, answers={str(old.pk): ["a"], str(new.pk): ["b"]}))
    stop_asking(old, by=manager)
    lead = Lead.objects.get()
    browser.post(page_of(exhibitor, f"{lead.number}/"), {"rating": "2", "version": lead.version})
    lead.refresh_from_db()
    assert (lead.rating, lead.answers) == (2, {str(old.pk): ["a"]})
