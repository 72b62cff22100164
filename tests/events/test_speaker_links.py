"""The secret link of speakers: made, forged, renewed, mailed."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from accounts.models import AuditEntry, User
from core.errors import DomainError
from events.models import Forum, SessionSpeaker
from events.services.speaker_links import renew_link, send_link, without_answer
from events.speaker_links import find_by_link, link_token, own_path
from outbox.models import Message
from outbox.rendering import render
from speakers.models import Speaker
from tests.factories import SessionFactory, SpeakerFactory, at, in_three_languages

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(published_forum: Forum) -> Speaker:
    """Give Kim Ha-na, who speaks on screening."""
    return Speaker.objects.get(slug="kim-ha-na")


def test_the_token_depends_on_speaker_version_and_key() -> None:
    tokens = {link_token(1, 1), link_token(2, 1), link_token(1, 2), link_token(1, 1, secret="another")}

    assert len(tokens) == 4
    assert {len(token) for token in tokens} == {32}


def test_a_link_finds_its_speaker_in_one_query_and_survives_a_new_key(
    kim: Speaker, assert_queries: Any, settings: Any
) -> None:
    token = link_token(kim.pk, 1)
    with assert_queries(1):
        assert find_by_link(str(kim.pk), token) == kim

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "x" * 50
    assert find_by_link(str(kim.pk), token) == kim


def test_forged_links_are_a_404_and_what_is_no_key_never_reaches_the_database(
    kim: Speaker, client: Client, assert_queries: Any
) -> None:
    token = link_token(kim.pk, 1)
    with assert_queries(0):
        for key in ("0", "-1", "1 OR 1=1", "\x00", "9" * 30, "٣"):
            assert find_by_link(key, token) is None
    other = SpeakerFactory()
    for path in (
        f"/en/speaker-page/{kim.pk}/{token[:-1]}A/" if token[-1] != "A" else f"/en/speaker-page/{kim.pk}/x/",
        f"/en/speaker-page/{other.pk}/{token}/",
        f"/en/speaker-page/{kim.slug}/{token}/",
        f"/en/speaker-page/{kim.pk}/{token}/about-me/".replace(token, "x" * 32),
    ):
        assert client.get(path).status_code == 404, path


def test_too_many_guesses_are_a_429_while_the_right_link_opens(kim: Speaker, client: Client) -> None:
    for _guess in range(30):
        assert client.get(f"/en/speaker-page/{kim.pk}/{'x' * 32}/").status_code == 404
    refused = client.get(f"/en/speaker-page/{kim.pk}/{'x' * 32}/")

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= 600
    assert client.get(own_path(kim, language="en")).status_code == 200
    cache.clear()


def test_the_page_is_for_one_person(kim: Speaker, client: Client) -> None:
    for response in (client.get(own_path(kim)), client.get(f"/en/speaker-page/{kim.pk}/{'x' * 32}/")):
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "same-origin"
        assert 'name="robots" content="noindex"' in response.content.decode() or response.status_code == 404


def test_a_renewed_link_makes_older_ones_worthless(kim: Speaker, owner: User, client: Client) -> None:
    old = own_path(kim, language="en")
    renew_link(kim, forum=Forum.objects.get(), by=owner)
    kim.refresh_from_db()

    assert client.get(old).status_code == 404
    assert client.get(own_path(kim, language="en")).status_code == 200
    entry = AuditEntry.objects.get(action="speaker.link_replaced")
    assert (entry.actor, entry.changes) == (owner, {"link_version": ["1", "2"]})


def test_the_mail_is_in_her_language_with_both_clocks_a_calendar_and_the_link(
    kim: Speaker, owner: User
) -> None:
    Speaker.objects.filter(pk=kim.pk).update(language="ko", email="kim@example.kr")
    send_link(kim, forum=Forum.objects.get(), by=owner)
    send_link(kim, forum=Forum.objects.get(), by=owner)  # two clicks

    message = Message.objects.get(kind="speaker.link")
    assert (message.recipient, message.language) == ("kim@example.kr", "ko")
    assert link_token(kim.pk, 1) not in str(message.context)
    rendered = render(message)
    kim.refresh_from_db()
    address = f"http://testserver{own_path(kim, language='ko')}"
    for body in (rendered.text, rendered.html):
        assert address in body
        assert "10:00–11:00" in body
        assert "12:00–13:00" in body
        assert "Cancer screening (한국어)" in body
    calendar: Any = Calendar.from_ical(rendered.attachments[0].content)
    [event] = calendar.walk("VEVENT")
    assert (str(event["status"]), int(event["sequence"])) == ("CONFIRMED", 1)
    assert str(event["uid"]).startswith(str(SessionSpeaker.objects.get(speaker=kim).session.uid))
    assert address not in rendered.attachments[0].content.decode()


def test_organizers_cannot_read_the_link_in_the_outbox(
    kim: Speaker, owner_client: Client, owner: User
) -> None:
    send_link(kim, forum=Forum.objects.get(), by=owner)
    message = Message.objects.get(kind="speaker.link")

    page = owner_client.get(f"/admin/outbox/message/{message.pk}/change/").content.decode()
    assert link_token(kim.pk, 1) not in page
    assert owner_client.get(f"/admin/outbox/message/{message.pk}/html/").status_code == 404


def test_without_an_address_there_is_nowhere_to_send(kim: Speaker, owner: User) -> None:
    Speaker.objects.filter(pk=kim.pk).update(email="")

    with pytest.raises(DomainError):
        send_link(kim, forum=Forum.objects.get(), by=owner)
    renew_link(kim, forum=Forum.objects.get(), by=owner)
    assert not Message.objects.filter(kind="speaker.link").exists()


def test_replacing_without_an_address_says_that_nothing_was_mailed(
    kim: Speaker, owner_client: Client
) -> None:
    Speaker.objects.filter(pk=kim.pk).update(email="")
    answer = owner_client.post(f"/admin/speakers/speaker/{kim.pk}/link/renew/", follow=True)

    kim.refresh_from_db()
    assert kim.link_version == 2
    assert [str(message) for message in answer.context["messages"]] == [
        "Links sent so far have stopped working. No new one was mailed: no e-mail address is known."
    ]


def test_the_button_writes_to_everybody_without_an_answer(
    kim: Speaker, owner_client: Client, forum: Forum
) -> None:
    answered = Speaker.objects.get(slug="bui-the-duy")
    for part in SessionSpeaker.objects.filter(speaker=answered):
        part.answer, part.answered_at = "confirmed", at(8)
        part.save()
    SpeakerFactory(slug="without-a-part")
    cancelled = SessionFactory(forum=forum, state="cancelled", speakers=[SpeakerFactory(slug="not-needed")])
    SessionFactory(forum=forum, period=None, speakers=[SpeakerFactory(slug="not-yet")])
    assert cancelled.state == "cancelled"

    assert list(without_answer(forum)) == [kim]
    page = owner_client.get("/admin/speakers/speaker/")
    assert "/admin/speakers/speaker/links/" in page.content.decode()
    assert kim.email in owner_client.get("/admin/speakers/speaker/links/").content.decode()
    owner_client.post("/admin/speakers/speaker/links/")
    assert [message.recipient for message in Message.objects.filter(kind="speaker.link")] == [kim.email]


def test_the_single_buttons_ask_and_do(kim: Speaker, owner_client: Client) -> None:
    address = f"/admin/speakers/speaker/{kim.pk}/link"
    assert (
        f"{address}/send/" in owner_client.get(f"/admin/speakers/speaker/{kim.pk}/change/").content.decode()
    )
    assert owner_client.get(f"{address}/send/").status_code == 200
    assert Message.objects.filter(kind="speaker.link").count() == 0
    owner_client.post(f"{address}/send/")
    owner_client.post(f"{address}/renew/")
    kim.refresh_from_db()

    assert kim.link_version == 2
    versions = [message.context["link_version"] for message in Message.objects.filter(kind="speaker.link")]
    assert sorted(versions) == [1, 2]
    assert owner_client.get(f"{address}/other/").status_code == 404


def test_answers_in_confidential_sessions_are_not_counted_for_those_who_may_not_see_them(
    forum: Forum, viewer_client: Client, agenda_editor_client: Client
) -> None:
    delegate = SpeakerFactory(slug="delegate")
    SessionFactory(
        forum=forum, visibility="confidential", speakers=[delegate], **in_three_languages("title", "Protocol")
    )

    assert "0/1" in agenda_editor_client.get("/admin/speakers/speaker/").content.decode()
    assert "0/1" not in viewer_client.get("/admin/speakers/speaker/").content.decode()
    listed = viewer_client.get("/admin/speakers/speaker/?answer=open").content.decode()
    assert delegate.name not in listed
