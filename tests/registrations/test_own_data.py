"""What a person takes along: everything that is kept about her, and nothing of anybody else."""

import base64
import io
import json
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfReader

from accounts.models import User
from events.models import Forum, Star
from registrations.own_data.gathering import own_data_of
from registrations.own_data.json_file import own_data_json
from registrations.own_data.pdf_file import own_data_pdf
from tests.factories import ForumFactory, SessionFactory, StarFactory
from tests.registrations.conftest import Register
from tests.registrations.kept import Kept, a_person_everywhere

SECTIONS = [
    "registration",
    "answers",
    "consents",
    "seats",
    "waits",
    "visits",
    "scans",
    "certificates",
    "hand_overs",
    "mails",
    "history",
]


@pytest.fixture
def kept(forum: Forum, desk: User, register: Register) -> Kept:
    """Give Quỳnh, of whom every table keeps something, and Hoa beside her."""
    register(name="Lê Hoa", email="hoa@example.org", organization_name="Nơi khác")
    return a_person_everywhere(forum, desk)


def exported(kept: Kept, **options: Any) -> dict[str, Any]:
    with translation.override("en"):
        document: dict[str, Any] = json.loads(own_data_json(own_data_of(kept.registration, **options)))
    return document


def test_every_table_is_in_the_file(kept: Kept) -> None:
    document = exported(kept)

    assert list(document) == ["format", "forum", "made_at", "language", *SECTIONS]
    assert (document["format"], document["forum"], document["language"]) == (
        "forum-own-data-1",
        "hanoi-2031",
        "en",
    )
    [registration] = document["registration"]
    assert registration["name"] == "Phạm Thị Quỳnh"
    assert registration["latin_name"] == "PHAM QUYNH"
    assert (registration["type"], registration["status"], registration["country"]) == (
        "guest",
        "confirmed",
        "VN",
    )
    assert registration["delegation"] == "Bệnh viện Riêng"
    diet, card = document["answers"]
    assert diet["answer"] == {"options": [], "text": "dị ứng lạc"}
    assert base64.b64decode(card["file"]["base64"]) == b"%PDF-1.7"
    assert [consent["purpose"] for consent in document["consents"]] == ["privacy", "photographs"]
    assert document["certificates"][0]["facts"]["credits"] == "4.50"
    assert document["hand_overs"][0]["email"] == "heir@example.org"
    assert [mail["kind"] for mail in document["mails"]] == ["registration.confirmed", "registration.changed"]
    assert document["scans"][0]["result"] == "admitted"


def test_nobody_else_is_in_the_file_and_no_organizer_by_name(kept: Kept, desk: User) -> None:
    text = json.dumps(exported(kept), ensure_ascii=False)

    for trace in ("Hoa", "hoa@", "Nơi khác", "Trưởng đoàn", "lead@", "Dung <"):
        assert trace not in text, trace
    by = {deed["by"] for deed in exported(kept)["history"]}
    assert by == {"visitor", "ticket holder", "the organizers"}


def test_what_an_account_keeps_is_for_whoever_is_signed_in(kept: Kept, forum: Forum, stranger: User) -> None:
    StarFactory(user=stranger, session=SessionFactory(forum=forum))
    other_forum = ForumFactory(is_current=False)
    elsewhere = StarFactory(user=stranger, session=SessionFactory(forum=other_forum))
    assert "stars" not in exported(kept)

    document = exported(kept, account=stranger)

    assert document["account"][0]["email"] == "seoyeon@example.org"
    assert len(document["stars"]) == Star.objects.count() - 1
    assert elsewhere.session.title_en not in json.dumps(document["stars"])


def test_it_takes_as_many_queries_for_more_rows(kept: Kept, forum: Forum, assert_queries) -> None:
    queries = 12
    own_data_of(kept.registration)  # account and delegation are remembered on the row
    with assert_queries(queries):
        own_data_of(kept.registration)
    kept.registration.seats.model.objects.bulk_create(
        kept.registration.seats.model(registration=kept.registration, session=SessionFactory(forum=forum))
        for _seat in range(2)
    )
    with assert_queries(queries):
        own_data_of(kept.registration)


@pytest.mark.parametrize(
    ("language", "title", "label"),
    [
        ("vi", "Tất cả những gì chúng tôi lưu về bạn", "Đơn vị"),
        ("ko", "보관 중인 내 정보 전체", "소속"),
        ("en", "Everything we keep about you", "Organization"),
    ],
)
def test_the_paper_is_in_the_readers_language(kept: Kept, language: str, title: str, label: str) -> None:
    with translation.override(language):
        paper = PdfReader(io.BytesIO(own_data_pdf(own_data_of(kept.registration))))

    text = " ".join("\n".join(page.extract_text() for page in paper.pages).replace("\xa0", " ").split())
    for expected in (title, label, "Phạm Thị Quỳnh", "dị ứng lạc", "the-nao-cung-duoc.pdf", "VK-"):
        assert expected in text, expected
    assert str(paper.root_object["/Lang"]) == language
