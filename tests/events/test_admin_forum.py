"""The frame of the agenda in the admin: every list and form opens, and refuses what cannot be."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry
from core.i18n import LANGUAGE_CODES
from events.models import Forum, Room, Topic, Track, Venue
from tests.conftest import SignIn
from tests.events.admin_forms import errors, filled, queries
from tests.factories import RoomFactory, TopicFactory, TrackFactory, UserFactory, VenueFactory

pytestmark = pytest.mark.django_db


def address(thing: Any) -> str:
    """Return the address of a thing's form."""
    return f"/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"


def question(asked: str, answered: str) -> dict[str, dict[str, str]]:
    """Return a question as it is stored, the same in three languages."""
    return {
        "question": dict.fromkeys(LANGUAGE_CODES, asked),
        "answer": dict.fromkeys(LANGUAGE_CODES, answered),
    }


class TestForum:
    def test_a_change_is_recorded(self, forum: Forum, owner_client: Client) -> None:
        response = owner_client.post(
            address(forum), filled(owner_client, address(forum), contact_email="new@example.org")
        )

        assert response.status_code == 302, errors(response)
        entry = AuditEntry.objects.get(action="forum.changed")
        assert entry.changes == {"contact_email": ["contact@example.org", "new@example.org"]}

    def test_another_sentence_to_agree_to_is_another_version(
        self, forum: Forum, owner_client: Client
    ) -> None:
        data = filled(owner_client, address(forum), consent_wording_ko="다른 문장입니다.")
        assert "consent_version" not in data

        response = owner_client.post(address(forum), data)

        assert response.status_code == 302, errors(response)
        entry = AuditEntry.objects.get(action="forum.changed")
        assert entry.changes["consent_version"] == ["1", "2"]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"personal_data_months": "0"}, "personal_data_months"),
            ({"first_day": "2031-05-20"}, "main_day"),
            ({"first_day": "31.02.2031"}, "first_day"),
            ({"time_zone": "Mars/Olympus"}, "time_zone"),
            ({"practical-TOTAL_FORMS": "many"}, "practical"),
            ({"practical-0-answer_ko": "질문 없는 답"}, "practical"),
            ({"practical-0-question_en": "x" * 301}, "practical"),
            ({"practical-0-question_en": "Why?", "practical-0-ORDER": "first"}, "practical"),
            ({"name_vi": "a\x00b"}, "name_vi"),
        ],
    )
    def test_what_cannot_be_is_said_beside_the_field(
        self, forum: Forum, owner_client: Client, changes: dict[str, str], field: str
    ) -> None:
        data = filled(owner_client, address(forum), **changes)

        assert list(errors(owner_client.post(address(forum), data))) == [field]

    def test_questions_are_added_ordered_and_taken_out(self, forum: Forum, owner_client: Client) -> None:
        forum.practical = [question("Visa?", "No."), question("Wi-Fi?", "Yes."), question("Lunch?", "Twice.")]
        forum.save()
        data = filled(owner_client, address(forum))
        assert data["practical-TOTAL_FORMS"] == 5, "two empty rows wait"
        assert data["practical-1-question_en"] == "Wi-Fi?"

        data |= {"practical-0-ORDER": 3, "practical-1-DELETE": "on", "practical-2-ORDER": 1}
        data |= {"practical-3-question_en": "Parking?", "practical-3-answer_en": "Below\r\nthe hall."}
        response = owner_client.post(address(forum), data)

        assert response.status_code == 302, errors(response)
        forum.refresh_from_db()
        assert forum.practical == [
            question("Lunch?", "Twice."),
            question("Visa?", "No."),
            {
                "question": {"vi": "", "ko": "", "en": "Parking?"},
                "answer": {"vi": "", "ko": "", "en": "Below\nthe hall."},
            },
        ]

    def test_questions_that_nobody_touched_leave_no_trace(self, forum: Forum, owner_client: Client) -> None:
        forum.practical = [question("Visa?", "No."), question("Wi-Fi?", "Yes,\nfree.")]
        forum.save()

        assert owner_client.post(address(forum), filled(owner_client, address(forum))).status_code == 302

        assert not AuditEntry.objects.filter(action="forum.changed").exists()

    def test_a_row_that_is_wrong_says_so_and_keeps_what_was_typed(
        self, forum: Forum, owner_client: Client
    ) -> None:
        data = filled(owner_client, address(forum), **{"practical-1-answer_vi": "Có <b>chứ</b>"})

        page = owner_client.post(address(forum), data).content.decode()

        assert "This answer has no question in its language." in page
        assert "Có &lt;b&gt;chứ&lt;/b&gt;" in page

    def test_more_questions_than_a_page_bears_are_refused(self, forum: Forum, owner_client: Client) -> None:
        rows = {f"practical-{n}-question_en": f"Question {n}" for n in range(61)}
        data = filled(owner_client, address(forum), **{"practical-TOTAL_FORMS": 61}, **rows)

        assert list(errors(owner_client.post(address(forum), data))) == ["practical"]

    def test_it_cannot_leave_the_house_in_which_its_sessions_stand(
        self, drafted_forum: Forum, owner_client: Client
    ) -> None:
        data = filled(owner_client, address(drafted_forum), venue=VenueFactory().pk)

        assert list(errors(owner_client.post(address(drafted_forum), data))) == ["venue"]

    def test_the_first_one_is_made_here(self, db: None, sign_in: SignIn) -> None:
        client = sign_in(UserFactory(is_staff=True, is_superuser=True, second_factor=True))
        add = "/admin/events/forum/add/"
        days = {"first_day": "2031-05-13", "main_day": "2031-05-14", "last_day": "2031-05-15"}
        names = {f"{name}_{code}": "First" for name in ("name", "short_name") for code in LANGUAGE_CODES}
        venue = VenueFactory()
        response = client.post(
            add, filled(client, add, slug="first", venue=venue.pk, is_current="on", **days, **names)
        )
        assert response.status_code == 302, errors(response)
        assert Forum.objects.current().get().venue == venue


class TestVenue:
    def test_rooms_are_edited_inside_it(self, forum: Forum, agenda_editor_client: Client) -> None:
        room = RoomFactory(venue=forum.venue, capacity=100)
        data = filled(agenda_editor_client, address(forum.venue))

        response = agenda_editor_client.post(address(forum.venue), {**data, "rooms-0-capacity": "80"})

        assert response.status_code == 302
        room.refresh_from_db()
        assert room.capacity == 80
        assert AuditEntry.objects.get(action="venue.changed").changes == {
            f"room {room.pk} capacity": ["100", "80"]
        }

    def test_a_room_with_sessions_stays(self, drafted_forum: Forum, agenda_editor_client: Client) -> None:
        venue = drafted_forum.venue
        data = filled(agenda_editor_client, address(venue))

        response = agenda_editor_client.post(address(venue), {**data, "rooms-0-DELETE": "on"})

        assert response.status_code == 200
        assert Room.objects.filter(venue=venue).count() == 2


@pytest.mark.parametrize(
    ("model", "factory"), [(Track, TrackFactory), (Topic, TopicFactory), (Venue, VenueFactory)]
)
def test_lists_cost_the_same_for_one_row_and_three(
    forum: Forum, agenda_editor_client: Client, model: Any, factory: Any
) -> None:
    costs = []
    for _ in range(3):
        factory(**({"forum": forum} if model is Track else {}))
        costs.append(queries(agenda_editor_client, f"/admin/events/{model._meta.model_name}/"))

    assert costs[0] == costs[1] == costs[2] <= 12


@pytest.mark.parametrize("language", ["vi", "ko", "en"])
def test_a_gap_in_the_translations_is_named(
    forum: Forum, agenda_editor_client: Client, agenda_editor: Any, language: str
) -> None:
    agenda_editor.language = language
    agenda_editor.save()
    TrackFactory(forum=forum, name_ko="", description_ko="", description_vi="")

    page = agenda_editor_client.get("/admin/events/track/").content.decode()

    assert page.count('class="language-mark gap"') == 2
    assert "EN ✓" in page
