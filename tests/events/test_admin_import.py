"""Importing in the admin: a file, its preview, and then exactly what was previewed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEntry, User
from events.imports.limits import MOST_BYTES
from events.imports.reading import read_schedule
from events.models import Forum, Room, ScheduleUpload, Session
from events.models.upload import KEPT_FOR
from events.services import change_session
from events.tasks import drop_expired_uploads
from tests.conftest import Clock, SignIn, organizer
from tests.events.admin_forms import queries
from tests.events.schedule_files import event, frab_json, frab_xml, guid, sheet
from tests.factories import ForumFactory

PAGE = "/admin/events/session/import/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(agenda_editor_client: Client) -> Client:
    """Give the browser of the agenda editor, in English."""
    agenda_editor_client.cookies["forum_language"] = "en"
    return agenda_editor_client


def upload(client: Client, content: bytes, name: str = "schedule.xml", **fields: str) -> Any:
    """Send a file, and return the preview that follows, or the form with its errors."""
    data = {"file": SimpleUploadedFile(name, content), "language": "en", **fields}
    return client.post(PAGE, data, follow=True)


def apply(client: Client, preview: Any, **fields: str) -> Any:
    """Press the button on a preview, and return the page that follows."""
    return client.post(PAGE, {"seen": preview.context["form"]["seen"].value(), **fields}, follow=True)


def text(response: Any) -> str:
    """Return a page's words with single spaces."""
    return " ".join(response.content.decode().split())


def test_a_file_is_previewed_and_then_imported(
    client: Client, drafted_forum: Forum, agenda_editor: User
) -> None:
    content = frab_xml(
        [
            event(room="Gallery"),
            event(guid=guid(2), title="Second", room="Attic", date="2031-05-14T14:00:00+07:00"),
        ]
    )

    preview = upload(client, content)

    plan = preview.context["preview"].plan
    assert [(one.line, one.label) for one in plan.additions] == [(5, "Finding cancer early"), (6, "Second")]
    shown = text(preview)
    for words in ("Finding cancer early", "Wednesday 14 May, 10:00–10:45", "Lê Văn Mẫu", "Attic", "Medicine"):
        assert words in shown
    assert drafted_forum.sessions.count() == 3, "a preview writes nothing"

    result = apply(client, preview)

    assert "2 sessions were added, 0 were changed." in text(result)
    session = Session.objects.get(uid="11111111-1111-4111-8111-111111111111")
    assert (session.title_en, session.title_vi, session.room.slug, session.spoken_languages) == (  # type: ignore[attr-defined]
        "Finding cancer early",
        "",
        "gallery",
        ["en"],
    )
    assert not ScheduleUpload.objects.exists()
    assert AuditEntry.objects.get(action="agenda.imported").actor == agenda_editor
    again = upload(client, content)
    assert again.context["preview"].plan.is_empty
    assert "There is nothing to import." in text(again)


def test_a_change_is_shown_field_by_field(client: Client, drafted_forum: Forum) -> None:
    talk = drafted_forum.sessions.get(slug="screening")
    Room.objects.filter(slug="gallery").update(position=9)
    content = frab_xml(
        [
            event(
                guid=str(talk.uid),
                title="Finding cancer",
                room="Gallery",
                subtitle="",
                abstract="",
                type="panel",
            )
        ]
    )

    [row] = upload(client, content).context["preview"].changes

    assert [(one.label, one.before, one.after) for one in row.differences] == [
        ("Time", "Wednesday 14 May, 10:00–11:00", "Wednesday 14 May, 10:00–10:45"),
        ("Kind", "talk", "panel"),
        ("Title · English", "Cancer screening", "Finding cancer"),
        ("Room", "Hall", "Gallery"),
        ("Track", "Hospitals", "Medicine"),
        ("Spoken languages", "Tiếng Việt", "English"),
        ("People", "Kim Ha-na, Bùi Thế Duy", "Lê Văn Mẫu"),
    ]


def test_refused_rows_are_shown_and_the_rest_goes_in_only_when_asked(
    client: Client, drafted_forum: Forum
) -> None:
    content = frab_xml([event(room="Gallery"), event(guid=guid(2), title="Late", duration="never")])
    preview = upload(client, content)
    assert "“never” is no duration" in text(preview)

    refused = apply(client, preview)
    assert "Some rows cannot be taken over. Nothing was imported." in text(refused)
    assert drafted_forum.sessions.count() == 3

    done = apply(client, preview, without_refused="on")
    assert "1 session was added" in text(done)
    assert drafted_forum.sessions.count() == 4


def test_a_draft_that_was_changed_meanwhile_is_looked_at_again(
    client: Client, drafted_forum: Forum, owner: User
) -> None:
    talk = drafted_forum.sessions.get(slug="screening")
    preview = upload(client, frab_xml([event(guid=str(talk.uid), title="Theirs", room="Hall")]))
    change_session(talk, by=owner, expected_version=1, fields={"seat_limit": 7})

    again = apply(client, preview)

    assert "The draft was changed since this preview was made. Nothing was imported." in text(again)
    talk.refresh_from_db()
    assert (talk.version, talk.title_en) == (2, "Cancer screening")  # type: ignore[attr-defined]
    assert "Theirs" in text(again), "the new preview is there"
    assert "0 sessions were added, 1 was changed." in text(apply(client, again))
    talk.refresh_from_db()
    assert talk.title_en == "Theirs"  # type: ignore[attr-defined]


def test_another_change_that_the_plan_does_not_touch_is_no_hindrance(
    client: Client, drafted_forum: Forum, owner: User
) -> None:
    preview = upload(client, frab_xml([event(room="Gallery")]))
    change_session(
        drafted_forum.sessions.get(slug="opening"), by=owner, expected_version=1, fields={"seat_limit": 7}
    )

    assert "1 session was added" in text(apply(client, preview))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The submitted file is empty."),
        (b"%PDF", "This is neither a schedule in XML or JSON nor a spreadsheet (XLSX)."),
        (b"<schedule>", "This is not well-formed XML"),
        (b"{" + b" " * MOST_BYTES, "The file is too large. A schedule has at most 10 MB and 3000 sessions."),
    ],
)
def test_a_file_that_is_no_schedule_is_refused_in_the_form(
    client: Client, drafted_forum: Forum, content: bytes, why: str
) -> None:
    response = upload(client, content)

    assert why in " ".join(response.context["form"].errors["file"])
    assert why in text(response)
    assert not ScheduleUpload.objects.exists()


def test_json_and_spreadsheets_too(client: Client, drafted_forum: Forum) -> None:
    json = upload(client, frab_json([event(room="Gallery")]), "schedule.json")
    assert len(json.context["preview"].additions) == 1
    rows = [("title_vi", "start", "duration"), ("Tầm soát", "2031-05-14 16:00", "30")]
    xlsx = upload(client, sheet(rows), "sessions.xlsx")
    [row] = xlsx.context["preview"].additions
    assert (row.title, row.languages) == ("Tầm soát", ("vi",))


def test_the_upload_expires(client: Client, drafted_forum: Forum, clock: Clock) -> None:
    preview = upload(client, frab_xml([event(room="Gallery")]))
    kept = ScheduleUpload.objects.get()
    ScheduleUpload.objects.update(uploaded_at=kept.uploaded_at - KEPT_FOR - timedelta(seconds=1))

    response = apply(client, preview)

    assert "The file is no longer kept. Please upload it again; nothing was imported." in text(response)
    assert drafted_forum.sessions.count() == 3
    drop_expired_uploads()
    assert not ScheduleUpload.objects.exists()
    upload(client, frab_xml([event(room="Gallery")]))
    drop_expired_uploads()
    assert ScheduleUpload.objects.count() == 1


def test_another_file_takes_the_place_of_the_first_and_can_be_forgotten(
    client: Client, drafted_forum: Forum
) -> None:
    upload(client, frab_xml([event(room="Gallery")]), "first.xml")
    preview = upload(client, frab_xml([event(room="Gallery", title="Other")]), "second.xml")
    assert "second.xml" in text(preview)

    response = client.post(PAGE, {"discard": "1"}, follow=True)

    assert "Nothing was imported." in text(response)
    assert not ScheduleUpload.objects.exists()


def test_each_organizer_has_a_file_of_her_own(
    client: Client, drafted_forum: Forum, owner_client: Client
) -> None:
    upload(client, frab_xml([event(room="Gallery")]), "mine.xml")

    assert "mine.xml" not in text(owner_client.get(PAGE))


def test_the_spreadsheet_to_fill_in_is_read_back(client: Client, drafted_forum: Forum) -> None:
    response = client.get(PAGE, {"template": "xlsx"})

    assert response["Content-Disposition"] == 'attachment; filename="sessions.xlsx"'
    with pytest.raises(Exception, match="There is no session in the file"):
        read_schedule(response.content)


def test_who_may_not_change_the_draft_may_not_import(
    drafted_forum: Forum, viewer_client: Client, desk_client: Client, sign_in: SignIn
) -> None:
    elsewhere = sign_in(organizer(ForumFactory(is_current=False), "owner", "Eun"))  # type: ignore[arg-type]
    content = frab_xml([event()])

    for browser, status in ((viewer_client, 403), (desk_client, 403), (elsewhere, 404)):
        assert browser.get(PAGE).status_code == status
        assert upload(browser, content).status_code == status
        assert browser.get(PAGE, {"template": "xlsx"}).status_code == status


def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client, drafted_forum: Forum) -> None:
    def cost(rows: int) -> int:
        events = [
            event(
                guid=guid(n),
                room=f"Room {n}",
                track=f"Track {n}",
                persons=[{"id": str(n), "name": f"Person {n}"}],
            )
            for n in range(rows)
        ]
        upload(client, frab_xml(events))
        return queries(client, PAGE)

    assert cost(1) == cost(3) == cost(30)


def test_a_kept_file_that_can_no_longer_be_read_is_forgotten_with_the_reason(
    client: Client, drafted_forum: Forum
) -> None:
    preview = upload(client, frab_xml([event()]))
    ScheduleUpload.objects.update(content=b"<schedule")

    refused = apply(client, preview)
    assert refused.status_code == 200
    assert "form" in refused.context
    assert not ScheduleUpload.objects.exists()
    upload(client, frab_xml([event()]))
    ScheduleUpload.objects.update(content=b"<schedule")
    page = client.get(PAGE)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["file"]
    assert not ScheduleUpload.objects.exists()


def test_a_file_of_another_year_is_moved_in_the_preview_and_imported_so(
    client: Client, drafted_forum: Forum
) -> None:
    before = Session.objects.count()
    last_year = [
        event(
            guid=guid(n), room=f"Room {n}", title=f"Talk {n}", date=f"2030-05-1{4 + (n > 1)}T10:00:00+07:00"
        )
        for n in range(1, 6)
    ]
    preview = upload(client, frab_xml(last_year))
    shown = text(preview)
    assert shown.count("It is on Wednesday 15 May") == 1
    assert "<summary>4 sessions</summary>" in shown
    assert preview.context["wanted_days"] == 364

    moved = client.get(PAGE, {"shift": "364"})
    assert "All days are moved by 364 days." in text(moved)
    assert len(moved.context["preview"].additions) == 5
    apply(client, moved, shift="364")
    assert Session.objects.count() == before + 5
    assert client.get(PAGE, {"shift": "soon"}).status_code == 200


def test_a_plan_of_other_days_is_not_imported(client: Client, drafted_forum: Forum) -> None:
    preview = upload(client, frab_xml([event()]))
    before = Session.objects.count()

    assert "Please look again." in text(apply(client, preview, shift="1"))
    assert Session.objects.count() == before
