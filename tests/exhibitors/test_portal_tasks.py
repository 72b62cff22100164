"""Tasks, documents and messages on an exhibitor's own pages, and who may open them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from exhibitors.conversations import writing
from exhibitors.conversations.reading import inbox_of
from exhibitors.models import DocumentFile, Exhibitor, ExhibitorDocument, ExhibitorMessage, TaskEntry
from outbox.models import Message
from tests.conftest import CountQueries, SignIn
from tests.exhibitors.conftest import Fair
from tests.exhibitors.duties import PDF, line, manager, standing, task, upload


def address(name: str, exhibitor: Exhibitor, **more: Any) -> str:
    """Return the address of an English page."""
    with translation.override("en"):
        return reverse(f"exhibitors:{name}", kwargs={"slug": exhibitor.slug, **more})


def document(fair: Fair, exhibitor: Exhibitor | None = None, name: str = "Manual") -> DocumentFile:
    """Give a document in English, to one exhibitor or to all."""
    given = ExhibitorDocument.objects.create(forum=fair.forum, exhibitor=exhibitor, name_en=name)
    return given.files.create(
        language="en",
        file=ContentFile(PDF, name="x.pdf"),
        file_name=f"{name}.pdf",
        suffix=".pdf",
        content_type="application/pdf",
        size=len(PDF),
    )


def test_the_list_says_what_is_late_and_what_is_next(fair: Fair, sign_in: SignIn) -> None:
    task(fair, "tick", due=timezone.now() - timedelta(days=1), name="Read the rules")
    task(fair, "upload", name="Draw the booth")
    exhibitor = standing(fair, "A1")
    browser = sign_in(manager(exhibitor))
    page = browser.get(address("tasks", exhibitor)).content.decode()
    assert "0 of 2 done" in page
    assert "1 task is late" in page
    assert page.index("Read the rules") < page.index("Draw the booth")
    dashboard = browser.get(address("dashboard", exhibitor)).content.decode()
    assert "1 task is late. Next: Read the rules." in dashboard


def test_without_a_booth_the_list_says_why_it_is_empty(fair: Fair, sign_in: SignIn) -> None:
    task(fair, "tick")
    exhibitor = fair.exhibitor()
    page = sign_in(manager(exhibitor)).get(address("tasks", exhibitor)).content.decode()
    assert "Nothing to do yet" in page


def test_a_file_is_handed_in_seen_and_taken_back(fair: Fair, sign_in: SignIn) -> None:
    policy, exhibitor = task(fair, "insurance"), standing(fair, "A1")
    browser, page = sign_in(manager(exhibitor)), address("tasks_one", exhibitor, pk=policy.pk)
    refused = browser.post(page, {"note": "as agreed", "file": upload("policy.pdf", b"MZ an executable")})
    assert refused.status_code == 422
    assert "Please choose a PDF" in refused.content.decode()
    assert "as agreed" in refused.content.decode()
    done = browser.post(page, {"note": "as agreed", "file": upload("policy.exe")}, follow=True)
    assert "Handed in: the organizers look at it." in done.content.decode()
    given = browser.get(address("tasks_file", exhibitor, pk=policy.pk))
    assert b"".join(given.streaming_content) == PDF  # type: ignore[attr-defined] # a file
    assert given["Content-Disposition"] == 'attachment; filename="policy.pdf"'
    assert (given["X-Content-Type-Options"], given["Cache-Control"]) == ("nosniff", "private, no-store")
    browser.post(page, {"take_back": "1"})
    assert browser.get(address("tasks_file", exhibitor, pk=policy.pk)).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("day", "2031-01-01", "Material is taken in from"),
        ("day", "31.12.2031", "This day does not exist."),
        ("pieces", "0", "greater than or equal to 1"),
        ("slot", "03:00", "Select a valid choice."),
        ("contact", "", "This field is required."),
    ],
)
def test_a_delivery_is_checked_beside_its_fields(
    fair: Fair, sign_in: SignIn, field: str, value: str, sentence: str
) -> None:
    delivery, exhibitor = task(fair, "delivery"), standing(fair, "A1")
    browser, page = sign_in(manager(exhibitor)), address("tasks_one", exhibitor, pk=delivery.pk)
    day = fair.exhibition.starts_at.astimezone(fair.forum.zone).date().isoformat()
    said = {"day": day, "slot": "09:00–12:00", "vehicle": "Van 29A", "pieces": "4", "contact": "Lan 0901"}
    wrong = browser.post(page, said | {field: value})
    assert wrong.status_code == 422
    assert sentence in wrong.content.decode()
    assert "Van 29A" in wrong.content.decode()
    assert browser.post(page, said).status_code == 302
    entry = line(exhibitor, delivery).entry
    assert entry is not None
    assert entry.details == said | {"pieces": 4}


def test_nobody_else_opens_tasks_files_documents_or_messages(fair: Fair, sign_in: SignIn) -> None:
    policy = task(fair, "insurance")
    mine, theirs = standing(fair, "A1"), standing(fair, "A2")
    sign_in(manager(theirs)).post(address("tasks_one", theirs, pk=policy.pk), {"file": upload()})
    assert TaskEntry.objects.get().status == "submitted"
    for_all, for_them = document(fair), document(fair, theirs, "Contract")
    browser = sign_in(manager(mine))
    for name in ("tasks", "documents", "messages"):
        assert browser.get(address(name, theirs)).status_code == 404
    assert browser.post(address("messages", theirs), {"text": "Hello"}).status_code == 404
    assert browser.get(address("tasks_file", theirs, pk=policy.pk)).status_code == 404
    assert browser.get(address("tasks_file", mine, pk=policy.pk)).status_code == 404
    assert browser.get(address("documents_file", mine, uid=for_them.uid)).status_code == 404
    assert browser.get(address("documents_file", mine, uid=for_all.uid)).status_code == 200
    assert "Contract" not in browser.get(address("documents", mine)).content.decode()


def test_a_message_reaches_the_organizers_once_and_is_answered(
    fair: Fair, sign_in: SignIn, owner: User, owner_client: Any
) -> None:
    exhibitor = standing(fair, "A1")
    by = manager(exhibitor)
    browser, page = sign_in(by), address("messages", exhibitor)
    token = browser.get(page).context["form"]["form_token"].value()
    assert browser.post(page, {"text": " ", "form_token": token}).status_code == 422
    for _click in range(2):
        assert browser.post(page, {"text": "Is there\npower?", "form_token": token}).status_code == 302
    assert ExhibitorMessage.objects.get().text == "Is there\npower?"
    assert Message.objects.filter(kind="exhibition.message").count() == 1
    assert [thread.awaits_answer for thread in inbox_of(fair.forum)] == [True]
    thread = reverse("admin:exhibitors_exhibitormessage_thread", args=[exhibitor.pk])
    assert "Is there" in owner_client.get(thread).content.decode()
    assert owner_client.post(thread, {"text": "Yes, 2 kW."}).status_code == 302
    told = Message.objects.get(kind="exhibitor.message")
    assert told.recipient == by.email
    assert "2 kW" not in str(told.context)
    assert [one.awaits_answer for one in inbox_of(fair.forum)] == [False]
    assert "1 message" in browser.get(address("dashboard", exhibitor)).content.decode()
    assert "Yes, 2 kW." in browser.get(page).content.decode()
    assert not ExhibitorMessage.objects.filter(read_at=None).exists()


def test_the_inbox_shows_what_waits_first_and_what_wants_no_answer_last(
    fair: Fair, owner: User, assert_queries: CountQueries
) -> None:
    first, second, third = (standing(fair, number) for number in ("A1", "A2", "A3"))
    for exhibitor in (first, second):
        writing.write_to_organizers(exhibitor, text="Hello", by=manager(exhibitor))
    with assert_queries(2):
        assert [one.exhibitor for one in inbox_of(fair.forum)] == [second, first]
    writing.write_to_exhibitor(third, text="News", by=owner)
    assert [writing.settle(second, by=owner), writing.settle(second, by=owner)] == [1, 0]
    with assert_queries(2):
        threads = inbox_of(fair.forum)
    assert [one.exhibitor for one in threads] == [first, third, second]
    assert [one.exhibitor for one in inbox_of(fair.forum, only="unanswered")] == [first]
