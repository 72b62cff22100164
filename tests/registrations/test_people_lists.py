"""Lists of people: read under anybody's headings, each fault told beside its row."""

import io
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from events.models import Forum
from registrations.models import RegistrationType
from registrations.people.planning import Defaults, PlannedPerson, plan_people
from registrations.people.reading import UnreadableList, read_file, read_text
from tests.factories import RegistrationTypeFactory

pytestmark = pytest.mark.django_db

VIETNAMESE = """\
STT\tHọ và tên\tTên không dấu\tChức vụ\tĐơn vị\tEmail\tQuốc gia
1\tNguyễn Thị Mẫu\tNGUYEN THI MAU\tVụ trưởng\tBộ Mẫu\tMau@Moh.Example\tViệt Nam
2\tTrần Văn Thử\t\t\t\tthu@moh.example\t
"""
KOREAN = "이름,소속,이메일,국가,언어\n김견본,견본병원,kim@hospital.example,대한민국,한국어\n"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def delegate(forum: Forum) -> RegistrationType:
    """Kind of attendance that most people of a list have."""
    return RegistrationTypeFactory(
        forum=forum, slug="delegate", name_vi="Đại biểu", name_ko="대표", name_en="Delegate"
    )


@pytest.fixture
def defaults(delegate: RegistrationType) -> Defaults:
    """What holds for whoever the list says nothing of."""
    return Defaults(delegate, "Sample Ministry", "VN", "vi")


def planned(text: str, defaults: Defaults, **more: Any) -> list[PlannedPerson]:
    sheet = read_text(text, most_rows=50)
    return plan_people(sheet, types=[defaults.type], defaults=defaults, needs_email=True, **more)


def test_a_vietnamese_list_with_gaps(defaults: Defaults) -> None:
    first, second = planned(VIETNAMESE, defaults)

    assert (first.number, first.name, first.latin_name, first.job_title) == (
        2,
        "Nguyễn Thị Mẫu",
        "NGUYEN THI MAU",
        "Vụ trưởng",
    )
    assert (first.organization_name, first.email, first.country, first.precedence) == (
        "Bộ Mẫu",
        "mau@moh.example",
        "VN",
        1,
    )
    assert (second.organization_name, second.country, second.language, second.errors) == (
        "Sample Ministry",
        "VN",
        "vi",
        [],
    )


def test_a_korean_list_with_commas(defaults: Defaults) -> None:
    (kim,) = planned(KOREAN, defaults)

    assert (kim.name, kim.organization_name, kim.country, kim.language) == ("김견본", "견본병원", "KR", "ko")


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        ("\tan@x.example\t\t\t", ["The name is missing."]),
        ("An\t\t\t\t", ["The e-mail address is missing."]),
        ("An\tan\t\t\t", ["This is not a mail address. It should look like name@hospital.vn."]),
        ("12\tan@x.example\t\t\t", ["Please write your name with letters."]),
        ("An\tan@x.example\tAtlantis\t\t", ["“Atlantis” is no country that is known here."]),
        (
            "An\tan@x.example\t\tThai\t",
            ["Mails are written in Vietnamese, Korean or English, not in “Thai”."],
        ),
        ("An\tan@x.example\t\t\tKing", ["“King” is no type of attendance here."]),
        ("An\told@x.example\t\t\t", ["This address is already registered."]),
    ],
)
def test_what_is_wrong_is_said_beside_the_row(defaults: Defaults, row: str, errors: list[str]) -> None:
    (person,) = planned(
        f"Name\tE-mail\tCountry\tLanguage\tType\n{row}\n", defaults, known_addresses={"old@x.example"}
    )

    assert person.errors == errors


@pytest.mark.parametrize("name", ["สมชาย ใจดี", "Anna 李小明"])
def test_a_name_that_no_badge_prints_whole_asks_for_latin_letters(defaults: Defaults, name: str) -> None:
    head = "Full name\tName in Latin letters\tE-mail\n"
    without, beside = planned(f"{head}{name}\t\ta@b.vn\n{name}\tSomchai\tc@d.vn\n", defaults)

    sentence = "The badge cannot print this name. Please add it in a column “Name in Latin letters”."
    assert (without.errors, beside.errors) == ([sentence], [])


def test_an_address_twice_is_told_at_both_rows(defaults: Defaults) -> None:
    people = planned("Name\tE-mail\nAn\ta@x.example\nBinh\tA@x.example\n", defaults)

    assert [person.errors for person in people] == [["This address is in the list more than once."]] * 2


@pytest.mark.parametrize("name", ["대표", "dai bieu", "DELEGATE", "delegate"])
def test_a_type_is_named_in_any_language(defaults: Defaults, name: str) -> None:
    (person,) = planned(f"Name\tE-mail\tType\nAn\ta@x.example\t{name}\n", defaults)

    assert (person.type, person.errors) == (defaults.type, [])


def test_a_workbook_with_a_title_above_and_notes_on_another_sheet() -> None:
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.append(["Remember the flags"])
    people = book.create_sheet("Members")
    for row in (["Delegation of the Sample Ministry"], [], ["Full name", "Position", "Shoe size"]):
        people.append(row)
    people.append(["Bùi Mẫu", "Director", 42.0])
    buffer = io.BytesIO()
    book.save(buffer)

    sheet = read_file(buffer.getvalue(), most_rows=50)

    assert (sheet.columns, sheet.left_out) == (("name", "job_title"), ("Shoe size",))
    assert [(row.number, row.cell("name"), row.cell("job_title")) for row in sheet.rows] == [
        (4, "Bùi Mẫu", "Director")
    ]


def test_a_csv_as_windows_in_korea_saves_it() -> None:
    sheet = read_file("이름,직위\r\n김견본,과장\r\n".encode("cp949"), most_rows=50)

    assert [row.cell("name") for row in sheet.rows] == ["김견본"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing in it."),
        ("a\tb\nc\td", "One row has to name the columns, and one of them has to be “Full name”."),
        ("Name\tFull name\nAn\tBinh", "Two columns mean the same: Name, Full name."),
        ("Name\tE-mail", "There is no row below the names of the columns."),
        ("Name\n" + "An\n" * 51, "These are too many people for one go: at most 50."),
    ],
)
def test_a_text_that_is_no_list(text: str, sentence: str) -> None:
    with pytest.raises(UnreadableList) as refused:
        read_text(text, most_rows=50)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 and nothing more", "This is no spreadsheet that can be read."),
        (b"\xff\x00\x81\x20", "The file is not in Unicode. Please save it as XLSX or as “CSV UTF-8”."),
        (b"x" * (5 * 1024 * 1024 + 1), "The file is too large: at most 5 MB."),
    ],
)
def test_a_file_that_is_no_list(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableList) as refused:
        read_file(content, most_rows=50)

    assert str(refused.value) == sentence
