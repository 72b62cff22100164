"""Slides and handouts: uploaded, released, read by whoever may, and by nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from core.private_files import private_files
from core.uploads import MOST_BYTES
from events.agenda_document import build_document
from events.models import Forum, Material, Session
from events.reading import current_agenda
from events.services import remove_session
from events.services.materials import MOST_FILES
from events.speaker_links import own_path
from speakers.models import Speaker
from tests.events import own_files
from tests.events.admin_forms import queries
from tests.factories import MaterialFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/events/material/"


@pytest.fixture
def kim(published_forum: Forum) -> Speaker:
    """Give Kim Ha-na, who speaks on screening."""
    return Speaker.objects.get(slug="kim-ha-na")


@pytest.fixture
def screening(kim: Speaker) -> Session:
    """Give her session."""
    return Session.objects.get(slug="screening")


def send(client: Client, speaker: Speaker, session: Session, data: bytes = own_files.PDF, **sent: Any) -> Any:
    """Upload a file."""
    file = SimpleUploadedFile(sent.pop("name", "../../Bài giảng.exe"), data, "text/html")
    path = own_path(speaker, "upload", uid=session.uid, language="en")
    return client.post(path, {"kind": "slides", "title": "My slides <b>", "file": file, **sent})


def body(response: Any) -> bytes:
    """Return a file that was handed out."""
    return b"".join(response.streaming_content)


# --- Uploading ---------------------------------------------------------------------------------------


def test_a_file_is_kept_by_its_content_under_a_name_of_our_own(
    kim: Speaker, screening: Session, client: Client
) -> None:
    assert send(client, kim, screening, own_files.office()).status_code == 302

    material = Material.objects.get()
    assert (material.suffix, material.is_public, material.speaker) == (".pptx", False, kim)
    assert material.file.name == f"materials/{material.uid}.pptx"
    assert private_files().exists(str(material.file.name))
    assert not default_storage.exists(str(material.file.name))
    assert AuditEntry.objects.get(action="material.added").actor_label == "김하나 (speaker)"
    page = client.get(own_path(kim, language="en")).content.decode()
    assert "My slides &lt;b&gt;" in page
    assert "only the organizers see it" in page


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"data": b"MZ"}, "file"),
        ({"data": b""}, "file"),
        ({"data": own_files.office(macros=True)}, "file"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "a\x00"}, "title"),
        ({"kind": "film"}, "kind"),
        ({"file": ""}, "file"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    kim: Speaker, screening: Session, client: Client, sent: dict[str, Any], field: str
) -> None:
    answer = send(client, kim, screening, **sent)

    # What the form cannot know, the service refuses.
    assert answer.status_code == (400 if sent.get("data") else 200)
    assert list(answer.context["form"].errors) == [field]
    assert not Material.objects.exists()


def test_a_file_beyond_the_limit_is_read_away_and_said_to_be_too_large(
    kim: Speaker, screening: Session, client: Client
) -> None:
    answer = send(client, kim, screening, own_files.PDF + bytes(MOST_BYTES))

    assert answer.status_code == 200
    assert answer.context["form"].errors["file"] == [
        "The file is too large: at most 50 MB. Smaller pictures usually help."
    ]
    small = send(client, kim, screening)
    assert small.status_code == 302


def test_after_the_deadline_a_sentence_says_so(
    kim: Speaker, screening: Session, client: Client, forum: Forum
) -> None:
    Forum.objects.filter(pk=forum.pk).update(materials_deadline=timezone.now() - timedelta(minutes=1))

    answer = send(client, kim, screening)
    assert answer.status_code == 403
    assert "Materials could be uploaded until" in answer.content.decode()
    assert not Material.objects.exists()
    assert own_path(kim, "upload", uid=screening.uid, language="en") not in (
        client.get(own_path(kim, language="en")).content.decode()
    )
    Forum.objects.filter(pk=forum.pk).update(materials_deadline=timezone.now() + timedelta(minutes=1))
    assert send(client, kim, screening).status_code == 302


def test_without_a_deadline_the_end_of_the_forum_is_one(
    kim: Speaker, screening: Session, client: Client, forum: Forum
) -> None:
    Forum.objects.filter(pk=forum.pk).update(
        first_day="2020-01-01", main_day="2020-01-01", last_day="2020-01-02"
    )

    answer = send(client, kim, screening)
    assert answer.status_code == 403
    assert "The forum is over" in answer.content.decode()


def test_only_her_sessions_and_only_so_many(kim: Speaker, screening: Session, client: Client) -> None:
    assert send(client, kim, Session.objects.get(slug="opening")).status_code == 404
    for _file in range(MOST_FILES):
        MaterialFactory(session=screening, speaker=kim)

    answer = send(client, kim, screening)
    assert answer.status_code == 409
    assert Material.objects.count() == MOST_FILES


def test_a_refused_file_is_not_left_lying(kim: Speaker, screening: Session, client: Client) -> None:
    for _file in range(MOST_FILES):
        MaterialFactory(session=screening, speaker=kim)
    before = private_files().listdir("materials")[1]

    send(client, kim, screening)
    assert private_files().listdir("materials")[1] == before


def test_she_deletes_her_own_until_it_is_public(
    kim: Speaker, screening: Session, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    mine = MaterialFactory(session=screening, speaker=kim)
    public = MaterialFactory(session=screening, speaker=kim, is_public=True)
    theirs = MaterialFactory(session=screening)
    with django_capture_on_commit_callbacks(execute=True):
        for material in (mine, public, theirs):
            client.post(own_path(kim, "material_remove", uid=material.uid))

    assert set(Material.objects.all()) == {public, theirs}
    assert not private_files().exists(str(mine.file.name))
    assert AuditEntry.objects.get(action="material.deleted").changes["title"] == [mine.title, ""]


# --- Reading -----------------------------------------------------------------------------------------


def test_only_she_and_organizers_with_the_right_read_what_is_not_public(
    kim: Speaker, screening: Session, client: Client, agenda_editor_client: Client, viewer_client: Client
) -> None:
    material = MaterialFactory(session=screening, speaker=kim, title="Ung thư / 암")

    own = client.get(own_path(kim, "material", uid=material.uid))
    assert body(own) == b"%PDF-1.7 slides %%EOF"
    assert own["Content-Disposition"].startswith("attachment;")
    assert own["X-Content-Type-Options"] == "nosniff"
    assert own["Cache-Control"] == "private, no-store"
    assert agenda_editor_client.get(f"{LIST}{material.pk}/file/").status_code == 200
    assert viewer_client.get(f"{LIST}{material.pk}/file/").status_code == 403
    other = Speaker.objects.get(slug="bui-the-duy")
    assert client.get(own_path(other, "material", uid=material.uid)).status_code == 404
    assert client.get(f"/materials/{material.uid}/").status_code == 404
    assert client.get(f"/media/{material.file.name}").status_code == 404
    with pytest.raises(ValueError, match="no address"):
        _address = material.file.url


def test_released_it_comes_with_the_next_release_and_goes_at_once(
    kim: Speaker,
    screening: Session,
    client: Client,
    agenda_editor_client: Client,
    forum: Forum,
    publish: Any,
) -> None:
    material = MaterialFactory(session=screening, speaker=kim, title="Cancer slides")
    deed = f"{LIST}{material.pk}/public/"
    session_page = "/en/agenda/screening/"

    agenda_editor_client.post(deed, {"release": "yes"})
    assert "Cancer slides" not in client.get(session_page).content.decode()
    publish(forum)
    page = client.get(session_page).content.decode()
    assert "Cancer slides" in page
    address = f"/materials/{material.uid}/"
    assert address in page
    agenda = current_agenda(forum)
    assert agenda is not None
    [shown] = next(session for session in agenda.sessions if session.slug == "screening").materials
    assert (shown.url, shown.content_type, shown.size, shown.suffix) == (
        address,
        "application/pdf",
        21,
        "PDF",
    )

    answer = client.get(address)
    assert body(answer) == b"%PDF-1.7 slides %%EOF"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="cancer-slides.pdf"'
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    agenda_editor_client.post(deed, {"take_back": "yes"})
    assert client.get(address).status_code == 404
    changes = [entry.changes for entry in AuditEntry.objects.filter(action="material.changed").order_by("at")]
    assert changes == [{"is_public": ["no", "yes"]}, {"is_public": ["yes", "no"]}]


@pytest.mark.parametrize("visibility", ["invitation", "confidential"])
def test_a_file_of_a_session_that_is_not_for_everybody_never_comes_out(
    kim: Speaker, screening: Session, client: Client, forum: Forum, visibility: str
) -> None:
    material = MaterialFactory(session=screening, speaker=kim, is_public=True)
    Session.objects.filter(pk=screening.pk).update(visibility=visibility)

    assert client.get(f"/materials/{material.uid}/").status_code == 404
    assert str(material.uid) not in str(build_document(forum))


def test_organizers_release_several_and_delete(
    kim: Speaker,
    screening: Session,
    agenda_editor_client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    files = [MaterialFactory(session=screening, speaker=kim) for _number in range(3)]
    chosen = [str(file.pk) for file in files[:2]]
    agenda_editor_client.post(LIST, {"action": "release_chosen", "_selected_action": chosen})
    assert Material.objects.filter(is_public=True).count() == 2

    with django_capture_on_commit_callbacks(execute=True):
        agenda_editor_client.post(f"{LIST}{files[0].pk}/delete/", {"post": "yes"})
    assert not Material.objects.filter(pk=files[0].pk).exists()
    assert not private_files().exists(str(files[0].file.name))
    assert AuditEntry.objects.filter(action="material.deleted").count() == 1


def test_the_list_costs_the_same_for_one_and_three(
    kim: Speaker, screening: Session, agenda_editor_client: Client
) -> None:
    MaterialFactory(session=screening, speaker=kim)
    one = queries(agenda_editor_client, LIST)
    for _more in range(2):
        MaterialFactory(session=screening, speaker=kim)

    assert queries(agenda_editor_client, LIST) == one <= 12


def test_a_recording_is_on_the_page_of_its_session(
    screening: Session, client: Client, forum: Forum, publish: Any
) -> None:
    Session.objects.filter(pk=screening.pk).update(recording_url="https://video.example/1")
    publish(forum)

    assert 'href="https://video.example/1"' in client.get("/en/agenda/screening/").content.decode()


def test_files_go_with_the_session_that_is_deleted(
    kim: Speaker, screening: Session, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    send(client, kim, screening)
    name = str(Material.objects.get().file.name)
    assert private_files().exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        remove_session(screening, by=None)

    assert not Material.objects.exists()
    assert not private_files().exists(name)
