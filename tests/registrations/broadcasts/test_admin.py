"""Mails to groups in the admin: written by two, looked at, sent, watched, stopped."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from core.i18n import texts_of
from events.models import Forum
from outbox.models import Message
from registrations import broadcasts
from registrations.models import Broadcast, Registration, RegistrationType
from tests.conftest import CountQueries
from tests.factories import BroadcastFactory, MessageFactory, RegistrationFactory, SessionFactory

LIST = "/admin/registrations/broadcast/"
pytestmark = pytest.mark.django_db
Status = Broadcast.Status


@pytest.fixture
def guests(forum: Forum) -> list[Registration]:
    """Give Lan, who reads Vietnamese, and Min-su, who reads Korean."""
    kind = RegistrationType.objects.get(forum=forum, slug="guest")
    return [
        RegistrationFactory(forum=forum, type=kind, name="Lan", code="VK-LAN", language="vi"),
        RegistrationFactory(
            forum=forum, type=kind, name="Min-su", code="VK-MIN", language="ko", country="KR"
        ),
    ]


@pytest.fixture
def draft(forum: Forum, guests: list[Registration], desk: User) -> Broadcast:
    return BroadcastFactory(forum=forum, created_by=desk)


def page(draft: Broadcast, name: str = "change") -> str:
    return f"{LIST}{draft.pk}/{name}/"


def words(**changes: Any) -> dict[str, Any]:
    """Return what the form sends for a mail in Vietnamese and English."""
    sent = {"title": "Dinner", "purpose": "service", "version": "0"}
    for code in ("vi", "en"):
        sent |= {f"subject_{code}": f"Dinner {code}", f"body_{code}": "Dear {name},\r\n\r\ncome!"}
    return sent | changes


def test_a_draft_is_written_in_three_columns_for_a_chosen_group(
    forum: Forum, guests: list[Registration], desk_client: Client
) -> None:
    html = desk_client.get(f"{LIST}add/").content.decode()
    assert "<strong>2</strong> people get this mail." in html
    assert html.count('<fieldset><legend lang="') == 3

    answer = desk_client.post(f"{LIST}add/", words(countries=["KR"], people="vk-min, VK-LAN", _save="1"))
    made = Broadcast.objects.get()
    assert answer["Location"] == page(made)
    assert made.chosen == {"countries": ["KR"], "people": [str(guests[1].pk), str(guests[0].pk)]}
    assert texts_of(made, "body")["vi"] == "Dear {name},\n\ncome!"
    again = desk_client.get(page(made)).content.decode()
    assert "<strong>1</strong> person gets this mail." in again
    assert "VK-MIN VK-LAN" in again
    assert "– not written: read in English" in again


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    forum: Forum, desk_client: Client
) -> None:
    sent = words(
        subject_ko="{nmae}",
        body_en="[Map](map.html)",
        people="VK-NO",
        registered_from="2031-02-01",
        registered_until="2031-01-01",
        title="",
    )
    response = desk_client.post(f"{LIST}add/", sent)
    errors = response.context["form"].errors
    assert set(errors) == {"title", "subject_ko", "body_en", "people", "registered_until"}
    assert errors["subject_ko"][0].startswith("There is no placeholder {nmae}. There are: {name}, ")
    assert "map.html" in errors["body_en"][0]
    html = response.content.decode()
    assert "There is no ticket VK-NO in this forum." in html
    assert "[Map](map.html)</textarea>" in html
    assert not Broadcast.objects.exists()


def test_the_second_of_two_tabs_is_told_and_keeps_what_she_typed(
    draft: Broadcast, desk_client: Client, owner_client: Client
) -> None:
    assert desk_client.post(page(draft), words(version="1", _save="1")).status_code == 302
    response = owner_client.post(page(draft), words(version="1", title="Hers", _save="1"))
    assert "Somebody else changed this mail meanwhile." in response.content.decode()
    assert response.context["form"]["title"].value() == "Hers"
    draft.refresh_from_db()
    assert draft.title == "Dinner"


def test_a_filter_that_an_organizer_may_not_see_stays_when_she_saves(
    draft: Broadcast, desk_client: Client
) -> None:
    hidden = SessionFactory(forum=draft.forum, visibility="confidential", seat_limit=5)
    Broadcast.objects.update(chosen={"seats": [str(hidden.uid)]})
    html = desk_client.get(page(draft)).content.decode()
    assert "a session that you may not see" in html
    assert hidden.title_en not in html
    desk_client.post(page(draft), words(version="1", _save="1"))
    draft.refresh_from_db()
    assert draft.chosen == {"seats": [str(hidden.uid)]}


def test_the_reach_is_counted_while_one_chooses(forum: Forum, desk_client: Client, draft: Broadcast) -> None:
    counted = desk_client.post(f"{LIST}count/", words(countries=["KR"]))
    assert "<strong>1</strong> person gets this mail." in counted.content.decode()
    assert "Country: South Korea" in counted.content.decode()
    wrong = desk_client.post(f"{LIST}count/", words(people="VK-NO"))
    assert "Something in the choice of people is wrong" in wrong.content.decode()
    # The same by a button, without the script; nothing is saved.
    again = desk_client.post(page(draft), words(countries=["KR"], version="1", _count="1"))
    assert "<strong>1</strong> person gets this mail." in again.content.decode()
    draft.refresh_from_db()
    assert draft.version == 1


def test_the_mail_is_looked_at_in_each_language_and_as_a_person_gets_it(
    draft: Broadcast, desk_client: Client
) -> None:
    korean = desk_client.get(page(draft, "preview") + "?language=ko")
    assert korean.context["mail"].rendered.subject.endswith("(한국어)")
    assert "김견본 님께" in korean.content.decode()
    html = desk_client.get(page(draft, "html") + "?language=ko")
    assert "sandbox" in html["Content-Security-Policy"]
    lan = desk_client.get(page(draft, "preview") + "?code=vk-lan")
    assert "Chào Lan" in lan.content.decode()
    nobody = desk_client.get(page(draft, "preview") + "?code=VK-NO").content.decode()
    assert "Nobody who gets the mail is found by this." in nobody
    assert not Message.objects.exists()


def test_the_person_to_look_as_is_found_by_name_and_chosen_among_several(
    draft: Broadcast, guests: list[Registration], desk_client: Client
) -> None:
    lan = desk_client.get(page(draft, "preview") + "?code=lan").context
    assert (lan["person"], lan["several"]) == (guests[0], [])
    other = RegistrationFactory(forum=draft.forum, type=guests[0].type, name="Lân", code="VK-LAM")
    several = desk_client.get(page(draft, "preview") + "?code=lan")
    assert several.context["person"] is None
    assert set(several.context["several"]) == {guests[0], other}
    assert '<a href="?code=VK-LAM">' in several.content.decode()
    # Whoever does not get the mail is not found either.
    other.type.registrations.filter(pk=other.pk).update(
        status=Registration.Status.CANCELLED, cancelled_at=timezone.now()
    )
    assert desk_client.get(page(draft, "preview") + "?code=VK-LAM").context["person"] is None


def test_a_time_that_is_filled_in_is_not_passed_over(draft: Broadcast, desk_client: Client) -> None:
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    sent = {"version": "1", "when": "now", "send_at_0": day, "send_at_1": "09:00"}
    refused = desk_client.post(page(draft, "send"), sent)
    assert list(refused.context["form"].errors) == ["when"]
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_test_mail_comes_to_whoever_asks(draft: Broadcast, desk: User, desk_client: Client) -> None:
    desk_client.post(page(draft, "test"))
    assert set(Message.objects.values_list("recipient", "language")) == {
        (desk.email, "vi"),
        (desk.email, "ko"),
        (desk.email, "en"),
    }


def test_sending_asks_once_then_the_page_shows_what_becomes_of_it(
    draft: Broadcast, desk_client: Client
) -> None:
    asked = desk_client.get(page(draft, "send")).content.decode()
    assert "<strong>2</strong> people get this mail." in asked
    assert desk_client.post(page(draft, "send"), {"version": "1"}).status_code == 200
    answer = desk_client.post(page(draft, "send"), {"version": "1", "when": "now"})
    assert answer["Location"] == page(draft)
    html = desk_client.get(page(draft)).content.decode()
    assert "data-moving" in html
    assert page(draft, "stop") in html
    broadcasts.work()
    Message.objects.update(status="sent", sent_at=timezone.now())
    numbers = desk_client.get(page(draft, "progress"))
    assert "data-moving" not in numbers.content.decode()
    assert (numbers.context["numbers"].sent, numbers.context["numbers"].waiting) == (2, 0)
    # What was sent is no draft: neither written on, nor thrown away, nor sent again.
    assert "form" not in (desk_client.get(page(draft)).context or {})
    assert desk_client.post(page(draft), words(version="2", _save="1")).status_code == 405
    assert desk_client.get(page(draft, "delete")).status_code == 403
    assert desk_client.get(page(draft, "send"))["Location"] == page(draft)


def test_a_mail_is_scheduled_on_the_forums_clock_and_taken_back(
    draft: Broadcast, desk_client: Client
) -> None:
    missing = desk_client.post(page(draft, "send"), {"version": "1", "when": "later"})
    assert missing.context["form"].errors["send_at"] == ["Please say when."]
    past = {"version": "1", "when": "later", "send_at_0": "2021-01-01", "send_at_1": "09:00"}
    assert "This time is over" in desk_client.post(page(draft, "send"), past).content.decode()
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    desk_client.post(page(draft, "send"), past | {"send_at_0": day})
    draft.refresh_from_db()
    assert draft.status == Status.SCHEDULED
    assert draft.send_at is not None
    assert draft.send_at.astimezone(draft.forum.zone).strftime("%Y-%m-%d %H:%M") == f"{day} 09:00"
    assert "9:00" in desk_client.get(page(draft)).content.decode()
    desk_client.post(page(draft, "take-back"))
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert not Broadcast.objects.exclude(send_at=None).exists()


def test_stopping_says_how_many_mails_were_withdrawn(draft: Broadcast, desk_client: Client) -> None:
    desk_client.post(page(draft, "send"), {"version": "1", "when": "now"})
    broadcasts.work()
    assert desk_client.get(page(draft, "stop")).status_code == 200
    answer = desk_client.post(page(draft, "stop"), {"reason": "wrong date"}, follow=True)
    assert "Stopped. 2 mails were withdrawn." in answer.content.decode()
    assert AuditEntry.objects.get(action="broadcast.stopped").reason == "wrong date"
    copied = desk_client.post(page(draft, "copy"))
    assert texts_of(Broadcast.objects.get(status="draft"), "body") == texts_of(draft, "body")
    assert copied["Location"] != page(draft)


def test_a_draft_is_thrown_away_and_the_trail_remembers_it(draft: Broadcast, desk_client: Client) -> None:
    assert desk_client.post(page(draft, "delete"), {"post": "yes"}).status_code == 302
    assert not Broadcast.objects.exists()
    assert AuditEntry.objects.filter(action="broadcast.discarded").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(
    forum: Forum, desk_client: Client, desk: User, assert_queries: CountQueries, count: int
) -> None:
    for _ in range(count):
        BroadcastFactory(forum=forum, created_by=desk)
    with assert_queries(6):
        assert desk_client.get(LIST).status_code == 200


def test_the_mails_of_one_broadcast_and_of_one_person_are_found_in_the_outbox(
    draft: Broadcast, guests: list[Registration], desk_client: Client
) -> None:
    MessageFactory(forum_id=draft.forum_id)
    broadcasts.send_broadcast(draft, version=1, by=User.objects.get(name="Dung"))
    broadcasts.work()
    found = desk_client.get(f"/admin/outbox/message/?about=broadcast:{draft.pk}")
    assert found.context["cl"].result_count == 2
    person = desk_client.get(f"/admin/outbox/message/?about=registration:{guests[0].pk}")
    assert [one.recipient for one in person.context["cl"].result_list] == [guests[0].email]
    assert desk_client.get("/admin/outbox/message/?about=nonsense").context["cl"].result_count == 0
