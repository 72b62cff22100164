"""Speakers in the admin."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import AuditEntry
from events.models import Forum
from speakers.models import Speaker
from tests.events.admin_forms import errors, filled, queries
from tests.events.many import add_sessions
from tests.factories import SessionFactory, SpeakerFactory
from tests.speakers.test_portraits import SVG, bomb, picture

LIST = "/admin/speakers/speaker/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker(forum: Forum) -> Speaker:
    """Give Lê Văn Mẫu, who has no portrait yet."""
    return SpeakerFactory(slug="mau", name="Lê Văn Mẫu")


def form(speaker: Speaker) -> str:
    """Return the address of a speaker's form."""
    return f"{LIST}{speaker.pk}/change/"


def upload(client: Client, speaker: Speaker, name: str, data: bytes, kind: str = "image/jpeg") -> Any:
    """Send the form with a file."""
    return client.post(
        form(speaker), filled(client, form(speaker), portrait=SimpleUploadedFile(name, data, kind))
    )


def test_a_portrait_is_kept_as_a_square_webp_under_a_name_of_our_own(
    speaker: Speaker, agenda_editor_client: Client
) -> None:
    response = upload(agenda_editor_client, speaker, "../../etc/Ảnh của tôi.jpg", picture())

    assert response.status_code == 302, errors(response)
    speaker.refresh_from_db()
    name = str(speaker.portrait.name)
    assert Path(name).parent == Path("portraits")
    assert Path(name).suffix == ".webp"
    assert "nh c" not in name
    with default_storage.open(name) as file:
        assert Image.open(file).size == (640, 640)
    assert AuditEntry.objects.get(action="speaker.changed").changes["portrait"] == ["", name]


@pytest.mark.parametrize(
    ("name", "data"),
    [("portrait.jpg", SVG), ("portrait.png", bomb(20_000, 20_000)), ("x.jpg", b"GIF89a"), ("y.jpg", b"")],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_picture_is_refused_beside_the_field(
    speaker: Speaker, agenda_editor_client: Client, name: str, data: bytes
) -> None:
    response = upload(agenda_editor_client, speaker, name, data)

    assert list(errors(response)) == ["portrait"]
    speaker.refresh_from_db()
    assert not speaker.portrait


def test_saving_without_a_file_keeps_the_portrait(speaker: Speaker, agenda_editor_client: Client) -> None:
    upload(agenda_editor_client, speaker, "a.jpg", picture())
    speaker.refresh_from_db()
    before = speaker.portrait.name

    agenda_editor_client.post(
        form(speaker), filled(agenda_editor_client, form(speaker), portrait="", latin_name="Le Van Mau")
    )

    speaker.refresh_from_db()
    assert (speaker.portrait.name, speaker.latin_name) == (before, "Le Van Mau")


@pytest.mark.parametrize(
    ("field", "typed", "refused"),
    [
        ("name", "Nguyễn 🙂 \u202eabc\u202c <b>", False),
        ("name", "x" * 300, True),
        ("name", "a\x00b", True),
        ("country", "XX", True),
        ("email", "not an address", True),
        ("biography_ko", "<script>alert(1)</script>", False),
    ],
)
def test_anything_may_be_typed(
    speaker: Speaker, agenda_editor_client: Client, field: str, typed: str, refused: bool
) -> None:
    response = agenda_editor_client.post(
        form(speaker), filled(agenda_editor_client, form(speaker), portrait="", **{field: typed})
    )

    assert list(errors(response)) == [field] if refused else response.status_code == 302
    assert b"<script>alert" not in agenda_editor_client.get(form(speaker)).content


def test_the_list_costs_the_same_for_one_three_and_three_hundred(
    forum: Forum, agenda_editor_client: Client
) -> None:
    costs = []
    for first, count in ((0, 1), (1, 2), (3, 297)):
        add_sessions(forum, count, first=first)
        costs.append(queries(agenda_editor_client, LIST))

    assert costs[0] == costs[1] == costs[2] <= 12


def test_sessions_that_one_may_not_see_are_not_counted(
    speaker: Speaker, forum: Forum, viewer_client: Client, agenda_editor_client: Client
) -> None:
    SessionFactory(forum=forum, speakers=[speaker])
    SessionFactory(forum=forum, speakers=[speaker], visibility="confidential")

    def counted(client: Client) -> list[int]:
        return [row._sessions for row in client.get(LIST).context["cl"].result_list]

    assert (counted(viewer_client), counted(agenda_editor_client)) == ([1], [2])
