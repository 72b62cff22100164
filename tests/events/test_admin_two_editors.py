"""Two organizers edit one session in the admin: whoever is slower is told, and nothing is lost."""

from typing import Any

import pytest
from django.test import Client

from events.forms.session import SessionForm
from events.models import Session
from events.services import change_session
from tests.events.admin_forms import change_page, errors, filled
from tests.factories import (
    TopicFactory,
    at,
    in_three_languages,
    period,
)

pytestmark = pytest.mark.django_db


def conflicts(response: Any) -> list[Any]:
    """Return what the form says that others changed."""
    found: list[Any] = response.context["adminform"].form.conflicts
    return found


class TestTwoEditors:
    def test_the_second_is_told_what_the_first_changed_and_may_then_save(
        self, talk: Session, agenda_editor_client: Client, owner: Any
    ) -> None:
        mine = filled(agenda_editor_client, change_page(talk), title_en="Mine")
        change_session(talk, by=owner, expected_version=1, fields={"period": period(at(15))})

        refused = agenda_editor_client.post(change_page(talk), mine)

        [sentence] = errors(refused)["__all__"]
        assert "Oanh <oanh@example.org> changed this session while you were editing it." in sentence
        assert "15:00" not in sentence, "the table says it"
        # What both have written alike, and what only the editor has changed, is no conflict.
        assert [(field.label, field.now, field.yours) for field in conflicts(refused)] == [
            ("Time", "Wednesday 14 May, 15:00–16:00", "Wednesday 14 May, 10:00–11:00"),
        ]
        assert "What others changed meanwhile" in refused.content.decode()
        talk.refresh_from_db()
        assert talk.starts_at == at(15)

        newest = refused.context["adminform"].form["seen_version"].value()
        saved = agenda_editor_client.post(change_page(talk), {**mine, "seen_version": newest})

        assert saved.status_code == 302
        talk.refresh_from_db()
        assert (talk.starts_at, talk.version) == (at(10), 3)

    def test_every_kind_of_field_is_compared_as_people_read_it(
        self, talk: Session, agenda_editor_client: Client, owner: Any
    ) -> None:
        topic = TopicFactory(**in_three_languages("name", "Digital humans"))
        mine = filled(agenda_editor_client, change_page(talk))
        change_session(
            talk,
            by=owner,
            expected_version=1,
            fields={
                "title_ko": "새 제목",
                "kind": "panel",
                "spoken_languages": ["vi", "ko"],
                "seat_limit": 7,
            },
            topics=[topic],
            people=[],
        )

        found = {
            field.label: field for field in conflicts(agenda_editor_client.post(change_page(talk), mine))
        }

        assert {label: field.now for label, field in found.items()} == {
            "Title · 한국어": "새 제목",
            "Kind": "panel",
            "Spoken languages": "Vietnamese, Korean",
            "Seat limit": "7",
            "Topics": "Digital humans",
            "People": "–",
        }
        assert found["Kind"].yours == "talk"
        assert found["Topics"].yours == found["Seat limit"].yours == "–"
        assert found["People"].yours == "see the rows further down"

    def test_also_when_the_first_was_faster_only_by_a_moment(
        self, talk: Session, agenda_editor_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(SessionForm, "_check_version", lambda *args: None)
        data = filled(agenda_editor_client, change_page(talk), title_en="Mine")
        change_session(talk, by=None, expected_version=1, fields={"seat_limit": 7})

        found = errors(agenda_editor_client.post(change_page(talk), data))

        assert "Seat limit: 7" in found["__all__"][0]

    def test_people_that_the_other_took_out_do_not_hide_the_conflict(
        self, talk: Session, agenda_editor_client: Client
    ) -> None:
        data = filled(agenda_editor_client, change_page(talk), title_en="Mine")
        change_session(talk, by=None, expected_version=1, fields={}, people=[])

        refused = agenda_editor_client.post(change_page(talk), data)

        assert errors(refused)["__all__"][0].startswith("The site itself changed this session")
        assert [field.label for field in conflicts(refused)] == ["People"]
