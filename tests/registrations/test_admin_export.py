"""Registrations as files that spreadsheets open: CSV and XLSX."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from accounts.models import AuditEntry, ForumRole, User
from events.models import Forum
from registrations.admin.export import XLSX, export
from registrations.models import Answer, Registration, RegistrationType
from tests.conftest import organizer
from tests.factories import RegistrationFactory
from tests.registrations.conftest import REGISTRATIONS, Register
from tests.registrations.factories import QuestionFactory


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


CSV, WORKBOOK = "export_chosen", "export_chosen_xlsx"
FORMULA = '=HYPERLINK("http://evil.example","x")'


def sent(client: Client, action: str, **query: str) -> Any:
    """Ask for everybody whom the list finds, in a file."""
    keys = [str(Registration.objects.first().pk)]
    address = f"{REGISTRATIONS}?{'&'.join(f'{name}={value}' for name, value in query.items())}"
    return client.post(address, {"action": action, "select_across": "1", "_selected_action": keys})


def exported(client: Client, **query: str) -> list[list[str]]:
    """Return the rows of the CSV file, headings first."""
    response = sent(client, CSV, **query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    raw = b"".join(response.streaming_content).decode()
    assert raw.startswith("\ufeff")
    return list(csv.reader(io.StringIO(raw.removeprefix("\ufeff"))))


def sheet(client: Client) -> Any:
    """Return the sheet of the workbook as another program reads it."""
    response = sent(client, WORKBOOK)
    assert response["Content-Type"] == XLSX
    assert "no-store" in response["Cache-Control"]
    assert re.fullmatch(r'attachment; filename="registrations-[\d-]+\.xlsx"', response["Content-Disposition"])
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets[0]


def cells(client: Client) -> list[list[str]]:
    """Return what stands in the workbook, headings first."""
    return [[cell or "" for cell in row] for row in sheet(client).iter_rows(values_only=True)]


@pytest.fixture
def answered(forum: Forum, register: Register) -> Registration:
    """Give somebody who answered what to eat, and left a letter; a third question was left out."""
    hana = register(country="KR", name="김하나", email="hana@example.kr")
    meals = QuestionFactory(
        forum=forum, name_en="Meals", kind="choices", options=["No meat", "+No fish", "No nuts"], position=1
    )
    letter = QuestionFactory(forum=forum, name_en="Letter", kind="file", position=2)
    QuestionFactory(forum=forum, name_en="Left out", position=3)
    options = list(meals.options.all())
    Answer.objects.create(registration=hana, question=meals, text="=1+1").options.set(options[:2])
    Answer.objects.create(registration=hana, question=letter, file_name="thư mời.pdf", file="x.pdf")
    return hana


# --- Both files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [exported, cells])
def test_answers_stand_behind_the_details_each_question_in_its_column(
    desk_client: Client, register: Register, answered: Registration, read: Callable[[Client], list[list[str]]]
) -> None:
    register()

    headings, hana, mai = read(desk_client)

    assert headings[-4:] == ["reason", "Meals", "Letter", "Left out"]
    assert (hana[0], hana[3]) == (answered.code, "김하나")
    assert hana[-3:] == ["No meat; +No fish; =1+1", "thư mời.pdf", ""]
    assert mai[-3:] == ["", "", ""]


@pytest.mark.parametrize("action", [CSV, WORKBOOK])
def test_the_file_is_written_while_it_is_read(
    desk_client: Client, register: Register, assert_queries, action: str
) -> None:
    register(name="Nobody before time")
    response = sent(desk_client, action)
    assert response.streaming

    with assert_queries(0):
        first = next(iter(response.streaming_content))

    assert first
    assert b"Nobody" not in first


@pytest.mark.parametrize("rows", [1, 3])
def test_a_file_costs_the_same_queries_with_any_number_of_rows(
    forum: Forum, guest: RegistrationType, assert_queries, rows: int
) -> None:
    question = QuestionFactory(forum=forum, kind="choices", options=["Yes", "No"])
    for person in RegistrationFactory.create_batch(rows, forum=forum, type=guest):
        Answer.objects.create(registration=person, question=question).options.set(question.options.all())

    with assert_queries(4):
        file: Any = export(Registration.objects.filter(forum=forum), as_workbook=True)
        pieces = list(file.streaming_content)

    assert pieces


@pytest.mark.parametrize("action", [CSV, WORKBOOK])
def test_a_file_needs_its_own_right(sign_in, forum: Forum, register: Register, action: str) -> None:
    register()
    door = sign_in(organizer(forum, ForumRole.Role.CHECK_IN, "Chi"))

    response = sent(door, action)

    assert not response.streaming
    assert "Content-Disposition" not in response
    assert not AuditEntry.objects.filter(action="registrations.exported").exists()


# --- CSV ---------------------------------------------------------------------------------------------


def test_the_export_holds_what_the_list_found(
    desk_client: Client, desk: User, forum: Forum, register: Register
) -> None:
    register(country="KR", name="김하나", email="hana@example.kr")
    register()

    headings, *rows = exported(desk_client, country="KR")

    assert headings[:4] == ["ticket code", "status", "type of attendance", "name"]
    assert [row[1:8] for row in rows] == [
        ["confirmed", "Guest", "김하나", "Bệnh viện Minh Hoạ", "hana@example.kr", "South Korea", "vi"]
    ]
    entry = AuditEntry.objects.get(action="registrations.exported")
    assert (entry.actor, entry.reason, entry.forum_id) == (desk, "country=KR", forum.pk)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"name_en": "", "name_vi": "Khách", "name_ko": "손님"}, "Khách"),
        ({"name_en": "", "name_vi": "", "name_ko": "손님"}, "손님"),
        ({"name_en": None, "name_vi": "Khách", "name_ko": None}, "Khách"),
    ],
)
def test_the_export_names_a_type_in_the_language_there_is(
    desk_client: Client, register: Register, names: dict[str, str | None], shown: str
) -> None:
    RegistrationType.objects.filter(pk=register().type_id).update(**names)

    _headings, row = exported(desk_client)

    assert row[2] == shown


def test_nothing_in_the_export_is_a_formula(desk_client: Client, register: Register) -> None:
    register(name=FORMULA, organization_name="@SUM(A1)", email="+1@example.org")

    _headings, row = exported(desk_client)

    assert row[3:6] == [f"'{FORMULA}", "'@SUM(A1)", "'+1@example.org"]


# --- XLSX --------------------------------------------------------------------------------------------


def test_the_workbook_holds_the_same_rows_as_the_other_file(
    desk_client: Client, desk: User, register: Register, answered: Registration
) -> None:
    register(latin_name="Tran Thi Mai", job_title="Giám đốc & trưởng khoa <Nội>")

    assert cells(desk_client) == exported(desk_client)
    actors = AuditEntry.objects.filter(action="registrations.exported").values_list("actor", flat=True)
    assert list(actors) == [desk.pk, desk.pk]


def test_every_cell_of_the_workbook_is_text_and_no_formula(
    desk_client: Client, register: Register, answered: Registration
) -> None:
    register(name=FORMULA, organization_name="@SUM(A1)", email="+1@example.org")

    page = sheet(desk_client)

    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
    # A cell that says it is text needs no apostrophe before it.
    assert [cell.value for cell in page[3]][3:6] == [FORMULA, "@SUM(A1)", "+1@example.org"]
