"""The registration desk: lists, adding, correcting, deeds, export."""

import csv
import io
import re
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, ForumRole, User
from core import form_token
from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.admin.paging import MOST_COUNTED, BoundedPaginator
from registrations.models import Registration, RegistrationType
from registrations.ticket import payload
from tests.factories import ForumFactory, ForumRoleFactory, RegistrationFactory, RegistrationTypeFactory
from tests.registrations.conftest import Register

LIST = "/admin/registrations/registration/"
ADD = f"{LIST}add/"


def text_of(response: Any) -> str:
    return response.content.decode()


def page_of(registration: Registration, deed: str = "change") -> str:
    return f"{LIST}{registration.pk}/{deed}/"


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def on_behalf(guest: RegistrationType) -> dict[str, str]:
    """Give what the desk types to register Lan."""
    return {
        "type": str(guest.pk),
        "name": "Lê Thị Lan",
        "email": "Lan@Example.org",
        "organization_name": "Viện Mẫu",
        "country": "VN",
        "language": "ko",
        "consent": "on",
        "once": form_token.draw(),
    }


# --- The list -------------------------------------------------------------------------------------


def test_a_scanned_ticket_finds_its_holder_unless_it_is_forged_or_was_replaced(
    desk: User, desk_client: Client, forum: Forum
) -> None:
    mai = RegistrationFactory(forum=forum, name="Mai", code="VK-7H2K-94")
    RegistrationFactory(forum=forum, name="Hoa", code="VK-7H2K-93")
    genuine = payload(code=mai.code, issue=1, forum_id=forum.pk)
    forged = payload(code=mai.code, issue=1, forum_id=forum.pk + 1)

    def scanned(text: str) -> list[str]:
        found = desk_client.get(LIST, {"q": text}).context["cl"].queryset
        return [registration.name for registration in found]

    assert scanned(genuine) == ["Mai"]
    assert scanned(forged) == []
    services.replace_link(mai, by=desk)
    assert scanned(genuine) == []


def test_the_list_is_searched_by_name_address_and_code(desk_client: Client, forum: Forum) -> None:
    mai = RegistrationFactory(forum=forum, name="Trần Thị Mai", email="mai@benhvien.vn", code="VK-7H2K-94")
    RegistrationFactory(forum=forum, name="Kim Ha-na", email="kim@example.kr", code="VK-CCCC-CC")

    for words in ("thị mai", "BENHVIEN", "7h2k"):
        page = text_of(desk_client.get(LIST, {"q": words}))
        assert str(mai.pk) in page, words
        assert "Kim Ha-na" not in page


@pytest.mark.parametrize(
    "chosen",
    ["status__exact=cancelled", "type={press}", "country=KR", "country=other", "language__exact=ko"],
)
def test_the_list_is_filtered(
    desk_client: Client, forum: Forum, press: RegistrationType, guest: RegistrationType, chosen: str
) -> None:
    wanted: dict[str, dict[str, Any]] = {
        "status__exact=cancelled": {"status": "cancelled"},
        "type={press}": {"type": press},
        "country=KR": {"country": "KR"},
        "country=other": {"country": "DE"},
        "language__exact=ko": {"language": "ko"},
    }
    RegistrationFactory(forum=forum, name="Other Person", type=guest)
    RegistrationFactory(forum=forum, name="Wanted Person", **({"type": guest} | wanted[chosen]))

    page = text_of(desk_client.get(f"{LIST}?{chosen.format(press=press.pk)}"))

    assert "Wanted Person" in page
    assert "Other Person" not in page


@pytest.mark.parametrize(
    "query", ["type=x", "type=%00", "type=99999999999999999999", "country=ZZ", "p=7", "e=1", "q=%00"]
)
def test_a_made_up_filter_is_no_500(desk_client: Client, forum: Forum, query: str) -> None:
    assert desk_client.get(f"{LIST}?{query}", follow=True).status_code in {200, 400}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_with_any_number_of_rows(
    desk_client: Client, forum: Forum, guest: RegistrationType, assert_queries, rows: int
) -> None:
    RegistrationFactory.create_batch(rows, forum=forum, type=guest)
    desk_client.get(LIST)

    with assert_queries(6):
        desk_client.get(LIST)


def test_the_list_never_counts_more_than_it_pages_through(forum: Forum) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert BoundedPaginator(Registration.objects.filter(forum=forum), 100).count == 0

    assert f"LIMIT {MOST_COUNTED}" in queries[0]["sql"]


def test_people_of_another_forum_are_strangers(desk_client: Client, forum: Forum) -> None:
    other = RegistrationFactory(forum=ForumFactory(is_current=False), name="Elsewhere")

    assert "Elsewhere" not in text_of(desk_client.get(LIST))
    assert desk_client.get(page_of(other)).status_code == HTTPStatus.NOT_FOUND
    assert desk_client.post(page_of(other, "do/cancel")).status_code == HTTPStatus.NOT_FOUND
    other.refresh_from_db()
    assert not other.is_cancelled


def test_who_may_only_look_at_the_programme_sees_no_registration(viewer_client: Client, forum: Forum) -> None:
    mai = RegistrationFactory(forum=forum)

    assert viewer_client.get(LIST).status_code == HTTPStatus.FORBIDDEN
    assert viewer_client.get(page_of(mai)).status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    assert viewer_client.post(page_of(mai, "do/cancel")).status_code in {403, 404}


def test_a_list_that_is_cut_off_says_so(
    desk_client: Client, forum: Forum, guest: RegistrationType, monkeypatch: pytest.MonkeyPatch
) -> None:
    RegistrationFactory.create_batch(3, forum=forum, type=guest)
    assert "of more" not in text_of(desk_client.get(LIST))

    monkeypatch.setattr(BoundedPaginator, "most_counted", 2)

    assert "These are the newest 2 of more." in text_of(desk_client.get(LIST))


# --- Registering somebody -------------------------------------------------------------------------


def test_the_desk_registers_somebody(
    desk_client: Client, desk: User, on_behalf: dict[str, str], guest: RegistrationType
) -> None:
    response = desk_client.post(ADD, on_behalf, follow=True)

    assert response.status_code == HTTPStatus.OK
    lan = Registration.objects.get()
    assert (lan.name, lan.email, lan.language, lan.type) == ("Lê Thị Lan", "lan@example.org", "ko", guest)
    assert lan.consents.get().language == "ko"
    assert Message.objects.get().language == "ko"
    entry = AuditEntry.objects.get(target_type="registrations.registration")
    assert (entry.action, entry.actor) == ("registration.created", desk)


def test_the_same_form_of_the_desk_sent_twice_is_one_registration(
    desk_client: Client, on_behalf: dict[str, str]
) -> None:
    for _time in range(2):
        assert desk_client.post(ADD, on_behalf).status_code == HTTPStatus.FOUND

    assert Registration.objects.count() == Message.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "M\u202eai"}, "turns the direction of writing"),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"email": "mai@"}, "mail address|email address|no part after"),
        ({"email": "mài@example.org"}, "mail address|email address|only Latin letters"),
        ({"country": "ZZ"}, "valid choice"),
        ({"consent": ""}, "Without the person’s consent"),
        ({"type": "999999"}, "valid choice"),
        ({"once": "forged"}, "open for too long"),
    ],
)
def test_what_is_wrong_at_the_desk_is_told(
    desk_client: Client, on_behalf: dict[str, str], changes: dict[str, str], sentence: str
) -> None:
    response = desk_client.post(ADD, on_behalf | changes)

    assert response.status_code == HTTPStatus.OK
    assert re.search(sentence, text_of(response))
    assert not Registration.objects.exists()


def test_the_desk_is_told_of_a_known_address_and_of_a_full_type(
    desk_client: Client, on_behalf: dict[str, str], register: Register, press: RegistrationType
) -> None:
    register(email="lan@example.org")
    assert "This address is already registered." in text_of(desk_client.post(ADD, on_behalf))

    RegistrationType.objects.filter(pk=press.pk).update(capacity=0)
    full = on_behalf | {"type": str(press.pk), "email": "new@example.org"}
    assert "is full" in text_of(desk_client.post(ADD, full))
    assert Registration.objects.count() == 1


def test_the_desk_cannot_register_into_another_forum(desk_client: Client, on_behalf: dict[str, str]) -> None:
    elsewhere = RegistrationTypeFactory(forum=ForumFactory(is_current=False))

    response = desk_client.post(ADD, on_behalf | {"type": str(elsewhere.pk)})

    assert response.status_code == HTTPStatus.OK
    assert not Registration.objects.exists()


# --- Correcting -----------------------------------------------------------------------------------


def test_the_desk_corrects_a_name_and_nothing_else(
    desk_client: Client, desk: User, register: Register
) -> None:
    mai = register()
    typed = {
        "name": "Trần Mai",
        "latin_name": "Tran Mai",
        "job_title": "Giám đốc",
        "organization_name": "Viện Mẫu",
        "country": "KR",
        "email": "x@example.org",
        "status": "cancelled",
    }

    assert desk_client.post(page_of(mai), typed).status_code == HTTPStatus.FOUND

    mai.refresh_from_db()
    assert (mai.name, mai.email, mai.status) == ("Trần Mai", "mai@example.org", "confirmed")
    assert (mai.latin_name, mai.job_title, mai.country) == ("Tran Mai", "Giám đốc", "KR")
    assert AuditEntry.objects.get(action="registration.corrected").actor == desk
    assert Message.objects.filter(kind="registration.changed").count() == 1


def test_a_cancelled_registration_is_read_only(desk_client: Client, register: Register) -> None:
    mai = services.cancel_registration(register(), by=None, reason="ill")

    page = desk_client.get(page_of(mai))
    assert page.status_code == HTTPStatus.OK
    assert "ill" in text_of(page)
    assert desk_client.post(page_of(mai), {"name": "M"}).status_code == HTTPStatus.FORBIDDEN


def test_registrations_are_never_deleted(owner_client: Client, register: Register) -> None:
    mai = register()

    assert owner_client.post(page_of(mai, "delete"), {"post": "yes"}).status_code == HTTPStatus.FORBIDDEN
    assert Registration.objects.filter(pk=mai.pk).exists()


# --- Deeds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["cancel", "send-link", "replace-link", "change-type", "hand-on"])
def test_the_buttons_lead_to_a_question_and_change_nothing(
    desk_client: Client, register: Register, deed: str
) -> None:
    mai = register()
    assert page_of(mai, f"do/{deed}") in text_of(desk_client.get(page_of(mai)))

    response = desk_client.get(page_of(mai, f"do/{deed}"))

    assert response.status_code == HTTPStatus.OK
    assert mai.code in text_of(response)
    mai.refresh_from_db()
    assert (mai.status, mai.link_version, Message.objects.count()) == ("confirmed", 1, 1)


def test_the_desk_cancels_with_a_reason(desk_client: Client, desk: User, register: Register) -> None:
    mai = register()

    response = desk_client.post(page_of(mai, "do/cancel"), {"reason": "asked by telephone"}, follow=True)

    assert "Registrations cancelled: 1" in text_of(response)
    mai.refresh_from_db()
    assert (mai.is_cancelled, mai.cancel_reason) == (True, "asked by telephone")
    entry = AuditEntry.objects.get(action="registration.cancelled")
    assert (entry.actor, entry.reason) == (desk, "asked by telephone")


def test_the_desk_sends_the_link_again_and_replaces_it(desk_client: Client, register: Register) -> None:
    mai = register()

    desk_client.post(page_of(mai, "do/send-link"))
    desk_client.post(page_of(mai, "do/replace-link"))

    mai.refresh_from_db()
    assert mai.link_version == 2
    assert Message.objects.filter(kind="registration.confirmed").count() == 3


def test_a_deed_that_comes_too_late_is_told(desk_client: Client, register: Register) -> None:
    mai = services.cancel_registration(register(), by=None)

    page = text_of(desk_client.post(page_of(mai, "do/send-link"), follow=True))

    assert "This registration is cancelled." in page


def test_an_unknown_deed_is_a_404(desk_client: Client, register: Register) -> None:
    assert desk_client.post(page_of(register(), "do/nonsense")).status_code == HTTPStatus.NOT_FOUND


def test_several_are_cancelled_after_one_question(desk_client: Client, register: Register) -> None:
    people = [register(email=f"p{number}@example.org") for number in range(3)]
    chosen = {"action": "cancel_chosen", "_selected_action": [str(person.pk) for person in people[:2]]}

    question = text_of(desk_client.post(LIST, chosen))
    assert "This cannot be undone." in question
    assert Registration.objects.confirmed().count() == 3

    desk_client.post(LIST, chosen | {"confirmed": "yes", "reason": "duplicate"})

    assert list(Registration.objects.confirmed()) == [people[2]]


def test_too_many_at_once_are_refused(desk_client: Client, forum: Forum, guest: RegistrationType) -> None:
    RegistrationFactory.create_batch(101, forum=forum, type=guest)
    chosen = {
        "action": "cancel_chosen",
        "select_across": "1",
        "_selected_action": [str(Registration.objects.first().pk)],
        "confirmed": "yes",
    }

    page = text_of(desk_client.post(LIST, chosen, follow=True))

    assert "Choose 1 to 100 registrations" in page
    assert Registration.objects.confirmed().count() == 101


def test_where_one_may_only_look_nothing_is_cancelled_and_nothing_taken_away(
    desk: User, desk_client: Client, register: Register
) -> None:
    """Dung keeps the desk of one forum and helps at the door of another, whose people she sees."""
    own = register()
    elsewhere = ForumFactory(is_current=False)
    ForumRoleFactory(user=desk, forum=elsewhere, role=ForumRole.Role.CHECK_IN)
    seen = RegistrationFactory(forum=elsewhere, name="Elsewhere")
    chosen = {"_selected_action": [str(own.pk), str(seen.pk)]}
    assert "Elsewhere" in text_of(desk_client.get(LIST))

    file: Any = desk_client.post(LIST, chosen | {"action": "export_chosen"})
    desk_client.post(LIST, chosen | {"action": "cancel_chosen", "confirmed": "yes"})

    assert "Elsewhere" not in b"".join(file.streaming_content).decode()
    assert AuditEntry.objects.get(action="registrations.exported").forum_id == own.forum_id
    own.refresh_from_db()
    seen.refresh_from_db()
    assert (own.is_cancelled, seen.is_cancelled) == (True, False)


@pytest.mark.parametrize("keys", [["x"], ["\x00"], ["00000000-0000-0000-0000-000000000000"]])
def test_made_up_keys_are_no_500(desk_client: Client, forum: Forum, keys: list[str]) -> None:
    response = desk_client.post(LIST, {"action": "cancel_chosen", "_selected_action": keys})

    assert response.status_code in {200, 302, 400}


# --- Export ---------------------------------------------------------------------------------------


def exported(client: Client, **query: str) -> list[list[str]]:
    keys = [str(Registration.objects.first().pk)]
    response: Any = client.post(
        f"{LIST}?{'&'.join(f'{name}={value}' for name, value in query.items())}",
        {"action": "export_chosen", "select_across": "1", "_selected_action": keys},
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    raw = b"".join(response.streaming_content).decode()
    assert raw.startswith("\ufeff")
    return list(csv.reader(io.StringIO(raw.removeprefix("\ufeff"))))


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
    register(
        name='=HYPERLINK("http://evil.example","x")', organization_name="@SUM(A1)", email="+1@example.org"
    )

    _headings, row = exported(desk_client)

    assert row[3:6] == ['\'=HYPERLINK("http://evil.example","x")', "'@SUM(A1)", "'+1@example.org"]


def test_the_export_needs_its_own_right(sign_in, forum: Forum, register: Register) -> None:
    from tests.conftest import organizer

    register()
    door = sign_in(organizer(forum, ForumRole.Role.CHECK_IN, "Chi"))
    keys = [str(Registration.objects.get().pk)]

    response = door.post(LIST, {"action": "export_chosen", "_selected_action": keys})

    assert not response.streaming
    assert "mai@example.org" not in response.get("Content-Disposition", "")
