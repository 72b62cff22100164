"""Tasks, documents, messages to many and the figures in the admin."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from exhibitors import exhibition_numbers
from exhibitors.duties.handing_in import hand_in
from exhibitors.duties.reading import State
from exhibitors.exhibition_numbers import numbers_of
from exhibitors.models import Circular, DocumentFile, ExhibitorMessage
from outbox.models import Message
from tests.conftest import CountQueries
from tests.exhibitors.conftest import Fair
from tests.exhibitors.duties import DAY, line, manager, standing, task, upload

MATRIX = "admin:exhibitors_exhibitortask_matrix"
MANY = "admin:exhibitors_exhibitormessage_many"


def test_the_table_shows_everybody_and_what_is_late(fair: Fair, owner_client: Client) -> None:
    task(fair, "tick", due=timezone.now() - DAY, name="Rules")
    policy = task(fair, "delivery", name="Delivery")
    late, done = standing(fair, "A1"), standing(fair, "A2")
    for one in line(done, policy), line(done, policy):
        hand_in(one.task, exhibitor=done, by=manager(done))
    page = owner_client.get(reverse(MATRIX))
    assert [len(lines) for _who, lines, _done in page.context["rows"]] == [2, 2]
    assert (page.context["late"], page.context["to_look_at"]) == (2, 1)
    only = owner_client.get(reverse(MATRIX), {"only": "look"})
    assert [who for who, _lines, _done in only.context["rows"]] == [done]
    response = owner_client.get(reverse("admin:exhibitors_exhibitortask_export", args=["csv"]))
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["exhibitor"], row["task"], row["late"]) for row in rows if row["late"]] == [
        (str(late), "Rules", "yes"),
        (str(done), "Rules", "yes"),
    ]
    workbook = owner_client.get(reverse("admin:exhibitors_exhibitortask_export", args=["xlsx"]))
    assert b"".join(workbook.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_the_chosen_are_reminded_once(fair: Fair, owner_client: Client) -> None:
    task(fair, "tick", due=timezone.now() - DAY)
    late = standing(fair, "A1")
    token = owner_client.get(reverse(MATRIX)).context["form_token"]
    remind = reverse("admin:exhibitors_exhibitortask_remind")
    for _click in range(2):
        owner_client.post(remind, {"exhibitor": [str(late.pk), "x"], "form_token": token})
    assert [row.recipient for row in Message.objects.filter(kind="exhibitor.tasks_due")] == [
        late.contact_email
    ]


def test_an_organizer_sends_back_accepts_waives_and_moves_a_deadline(
    fair: Fair, owner_client: Client
) -> None:
    tick, exhibitor = task(fair, "tick"), standing(fair, "A1")
    page = reverse("admin:exhibitors_exhibitortask_one", args=[tick.pk, exhibitor.pk])
    entry = hand_in(tick, exhibitor=exhibitor, by=manager(exhibitor))
    seen = str(entry.revision)
    assert owner_client.post(page, {"do": "send-back", "revision": seen}).status_code == 422
    owner_client.post(page, {"do": "send-back", "revision": seen, "send-back-reason": "Not yet"})
    assert line(exhibitor, tick).state == State.SENT_BACK
    entry = hand_in(tick, exhibitor=exhibitor, by=manager(exhibitor))
    stale = owner_client.post(page, {"do": "accept", "revision": seen}, follow=True)
    assert "handed in something new" in stale.content.decode()
    owner_client.post(page, {"do": "accept", "revision": str(entry.revision)})
    assert line(exhibitor, tick).state == State.DONE
    other = task(fair, "upload")
    page = reverse("admin:exhibitors_exhibitortask_one", args=[other.pk, exhibitor.pk])
    later = {"do": "deadline", "deadline-due_at_0": "2031-05-01", "deadline-due_at_1": "09:00"}
    assert owner_client.post(page, later).status_code == 422
    owner_client.post(page, later | {"deadline-reason": "Flood"})
    assert line(exhibitor, other).due_at.astimezone(fair.forum.zone).isoformat()[:16] == "2031-05-01T09:00"
    owner_client.post(page, {"do": "waive", "waive-reason": "By the host"})
    assert line(exhibitor, other).state == State.WAIVED


def test_a_document_is_given_in_two_languages_and_replaced(fair: Fair, owner_client: Client) -> None:
    add = reverse("admin:exhibitors_exhibitordocument_add")
    said = {"forum": fair.forum.pk, "name_vi": "Sổ tay", "name_en": "Manual", "position": "0"}
    empty = owner_client.post(add, said)
    assert "Please choose a file in one language at least." in empty.content.decode()
    wrong = owner_client.post(add, said | {"file_en": upload("x.pdf", b"MZ")})
    assert "Please choose a PDF" in wrong.content.decode()
    done = owner_client.post(add, said | {"file_en": upload("en.pdf"), "file_vi": upload("vi.pdf")})
    assert done.status_code == 302, done.context["adminform"].form.errors
    assert sorted(DocumentFile.objects.values_list("language", "file_name")) == [
        ("en", "en.pdf"),
        ("vi", "vi.pdf"),
    ]
    document = DocumentFile.objects.earliest("pk").document
    change = reverse("admin:exhibitors_exhibitordocument_change", args=[document.pk])
    owner_client.post(change, said | {"file_en": upload("new.pdf")})
    assert sorted(document.files.values_list("language", "file_name")) == [
        ("en", "new.pdf"),
        ("vi", "vi.pdf"),
    ]


def test_one_message_goes_to_those_who_are_meant_once(fair: Fair, owner_client: Client) -> None:
    task(fair, "tick", due=timezone.now() - DAY)
    late = standing(fair, "A1", contact_name="Lan")
    manager(late, language="ko")
    standing(fair, "A2", "offered")
    page = reverse(MANY)
    token = owner_client.get(page).context["form"]["form_token"].value()
    said = {"form_token": token, "overdue": "any", "subject_en": "Late", "body_en": "Dear {organization}"}
    half = owner_client.post(page, said | {"subject_vi": "Trễ", "look": "1"})
    assert half.status_code == 422
    look = owner_client.post(page, said | {"look": "1"})
    assert look.context["chosen"] == [late]
    assert not Circular.objects.exists()
    for _click in range(2):
        assert owner_client.post(page, said | {"send": "1"}).status_code == 302
    assert Circular.objects.get().total == 1
    assert ExhibitorMessage.objects.get().exhibitor == late
    told = Message.objects.get(kind="exhibitor.circular")
    assert (told.language, told.context["text_language"]) == ("ko", "en")


def test_the_figures_are_those_of_the_booths_the_money_and_the_tasks(
    fair: Fair, owner: User, monkeypatch: pytest.MonkeyPatch, owner_client: Client
) -> None:
    task(fair, "tick", due=timezone.now() - DAY)
    confirmed = standing(fair, "A1")
    standing(fair, "A2", "offered")
    monkeypatch.setattr(exhibition_numbers, "_counters", [lambda forum: {confirmed.pk: 3}])
    numbers = numbers_of(fair.forum, now=timezone.now())
    everything = numbers.all
    assert (everything.total, everything.confirmed, everything.under_way, everything.free) == (7, 1, 1, 5)
    assert round(everything.share, 3) == round(1 / 7, 3)
    assert [(one.total, one.confirmed) for one in numbers.types] == [(6, 1), (1, 0)]
    assert [(row.currency, row.offered) for row in numbers.revenue] == [("USD", Decimal(1000))]
    assert {stage.status: stage.count for stage in numbers.stages if stage.count} == {
        "offered": 1,
        "confirmed": 1,
    }
    assert [(row.exhibitor, row.late, row.leads) for row in numbers.with_late_tasks] == [(confirmed, 1, 3)]
    # An offer whose time is over is no longer under way.
    later = numbers_of(fair.forum, now=timezone.now() + timedelta(days=2))
    assert (later.all.under_way, later.all.free) == (0, 6)
    response = owner_client.get(reverse("admin:exhibitors_exhibition_numbers_file", args=["booths", "csv"]))
    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 1 + 7


def test_the_figures_cost_the_same_for_one_and_for_three(fair: Fair, assert_queries: CountQueries) -> None:
    task(fair, "tick")
    standing(fair, "A1")
    with assert_queries(23):
        numbers_of(fair.forum, now=timezone.now())
    standing(fair, "A2")
    standing(fair, "A3")
    with assert_queries(23):
        numbers_of(fair.forum, now=timezone.now())
