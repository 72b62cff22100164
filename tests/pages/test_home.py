"""The home page says what is true of the forum, in each language."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from core.i18n import texts_of
from events.models import Forum, Session, SessionSpeaker
from events.services import publish_agenda
from registrations.models import Registration, RegistrationType
from speakers.models import Speaker
from tests.conftest import Clock, CountQueries
from tests.factories import (
    OrganizationFactory,
    RegistrationFactory,
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    at,
    in_three_languages,
)

LANGUAGES = ["vi", "ko", "en"]


def page(client: Client, language: str = "en") -> str:
    """Return the home page with its tags and the spaces between them made small."""
    response = client.get(f"/{language}/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def text_of(html: str) -> str:
    """Return what a reader sees."""
    return re.sub(r"\s+", " ", re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", html))


@pytest.mark.django_db
def test_a_site_without_a_forum_says_so(client: Client) -> None:
    assert "No forum yet" in page(client)


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_anything_is_published(client: Client, forum: Forum, language: str) -> None:
    html = page(client, language)
    assert getattr(forum, f"name_{language}") in html
    assert f'href="/{language}/register/"' in html
    assert 'class="empty"' in html
    assert 'class="glance' not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_a_published_agenda(client: Client, published_forum: Forum, language: str) -> None:
    html = page(client, language)
    assert "glance-frame hours-" in html
    assert f'href="/{language}/agenda/screening/"' in html


def test_the_other_names_stand_below_in_their_own_language(client: Client, forum: Forum) -> None:
    html = page(client, "ko")
    vietnamese, english = (texts_of(forum, "name")[code] for code in ("vi", "en"))
    also = html.split('<div class="also">')[1].split("</div>")[0]
    assert re.findall(r'<p lang="(\w+)">', also) == ["vi", "en"]
    assert re.sub(r"<[^>]+>", "", also.replace("</p>", "\n")).splitlines() == [vietnamese, english]


class TestWhen:
    def facts(self, client: Client, clock: Clock, day: int) -> str:
        clock.set(at(8) + timedelta(days=day))
        return text_of(page(client).split('<dl class="facts">')[1].split("</dl>")[0])

    def test_days_to_go(self, client: Client, published_forum: Forum, clock: Clock) -> None:
        facts = self.facts(client, clock, -30)
        assert "30 days to go." in facts
        assert "The opening is at 09:00 on Wednesday 14 May, Hanoi time; 11:00 in Seoul." in facts

    def test_one_day_to_go(self, client: Client, published_forum: Forum, clock: Clock) -> None:
        Forum.objects.update(first_day=published_forum.main_day)
        assert "1 day to go." in self.facts(client, clock, -1)

    def test_the_day_of_preparation_is_part_of_the_forum(
        self, client: Client, published_forum: Forum, clock: Clock
    ) -> None:
        facts = self.facts(client, clock, -1)
        assert "On now." in facts
        assert "to go." not in facts

    def test_days_are_those_of_hanoi(self, client: Client, published_forum: Forum, clock: Clock) -> None:
        clock.set(at(0, 30) - timedelta(days=2))  # still the day before in London
        assert "2 days to go." in text_of(page(client))

    def test_on_the_day(self, client: Client, published_forum: Forum, clock: Clock) -> None:
        assert "On now." in self.facts(client, clock, 0)

    def test_afterwards_nobody_is_asked_to_register(
        self, client: Client, published_forum: Forum, clock: Clock
    ) -> None:
        assert "The forum is over." in self.facts(client, clock, 2)
        main = page(client).split("<main")[1].split("</main>")[0]
        assert "/register/" not in main

    @pytest.mark.parametrize(("day", "current"), [(-5, "Before"), (0, "During"), (5, "After")])
    def test_the_phase_is_marked(
        self, client: Client, published_forum: Forum, clock: Clock, day: int, current: str
    ) -> None:
        clock.set(at(8) + timedelta(days=day))
        assert re.findall(r'aria-current="step"><strong>(\w+)', page(client)) == [current]


class TestCounts:
    def deeds(self, client: Client) -> str:
        return text_of(page(client).split('<ul class="deeds')[1].split("</ul>")[0])

    def test_people_and_places(self, client: Client, forum: Forum) -> None:
        RegistrationType.objects.filter(forum=forum).update(capacity=1200)
        guest, press = RegistrationType.objects.filter(forum=forum).order_by("slug")
        RegistrationFactory.create_batch(2, forum=forum, type=guest)
        RegistrationFactory(forum=forum, type=press)
        RegistrationFactory(forum=forum, type=press, status=Registration.Status.CANCELLED)
        assert "3 people registered" in self.deeds(client)
        assert "2,397 places left" in self.deeds(client)

    def test_no_end_of_places_is_not_a_number(self, client: Client, forum: Forum) -> None:
        assert RegistrationType.objects.filter(forum=forum, capacity=None).exists()
        assert "places left" not in self.deeds(client)

    def test_nobody_yet_is_not_said(self, client: Client, forum: Forum) -> None:
        assert "registered" not in self.deeds(client)

    def test_the_agenda_is_counted_as_published(self, client: Client, published_forum: Forum) -> None:
        SessionFactory(forum=published_forum, starts_at=at(14))  # not published
        deeds = self.deeds(client)
        for count in ("3 sessions", "2 speakers", "2 rooms"):
            assert count in deeds


@pytest.fixture
def addressed_forum(drafted_forum: Forum) -> Forum:
    """Give the forum with two opening addresses, one for each country, published."""
    hall = RoomFactory(venue=drafted_forum.venue, slug="stage")
    for hour, country, name, latin in [(11, "VN", "Lê An", ""), (12, "KR", "박윤규", "Park Yun Kyu")]:
        ministry = OrganizationFactory(
            slug=f"ministry-{country}", country=country, **in_three_languages("name", f"Ministry {country}")
        )
        speaker = SpeakerFactory(
            name=name, latin_name=latin, hangul_name="", country=country, organization=ministry
        )
        SessionFactory(forum=drafted_forum, kind="keynote", room=hall, starts_at=at(hour), speakers=[speaker])
    publish_agenda(forum=drafted_forum, by=None, note="")
    return drafted_forum


@pytest.mark.parametrize(
    ("language", "expected"),
    [("vi", ["Lê An", "Park Yun Kyu"]), ("ko", ["박윤규", "Lê An"]), ("en", ["Lê An", "Park Yun Kyu"])],
)
def test_the_readers_country_speaks_first(
    client: Client, addressed_forum: Forum, language: str, expected: list[str]
) -> None:
    headings = re.findall(r"<h3>(.*?)</h3>", page(client, language).split('id="h-addresses"')[1])[:2]
    names = [text_of(heading.split('<span class="soft">')[0]).strip() for heading in headings]
    assert names == expected


def test_a_photograph_of_who_gives_an_address(client: Client, addressed_forum: Forum) -> None:
    Speaker.objects.filter(name="Lê An").update(portrait="portraits/le-an.webp")
    publish_agenda(forum=addressed_forum, by=None, note="")

    assert '<img class="portrait big" src="/media/portraits/le-an.webp"' in page(client)


@pytest.mark.parametrize(
    ("language", "title"), [("vi", "(tiếng Việt)"), ("ko", "(한국어)"), ("en", "Cancer screening")]
)
def test_a_glance_names_sessions_by_their_titles(
    client: Client, published_forum: Forum, language: str, title: str
) -> None:
    block = page(client, language).split('class="glance"')[1].split(f"/{language}/agenda/screening/")[1]
    assert title in block.split("</a>")[0]


def test_an_hour_that_only_guests_of_honour_know_is_not_the_opening(
    client: Client, drafted_forum: Forum, clock: Clock
) -> None:
    drafted_forum.sessions.filter(kind="opening").update(visibility="invitation")
    publish_agenda(forum=drafted_forum, by=None, note="")
    clock.set(at(8) - timedelta(days=30))

    assert "The opening is at 10:00" in text_of(page(client))


def test_organizations_stand_by_country(client: Client, addressed_forum: Forum) -> None:
    countries = text_of(page(client, "ko").split('id="h-hosts"')[1].split("</section>")[0])
    assert countries.index("대한민국") < countries.index("Ministry KR") < countries.index("베트남")


def test_a_cancelled_address_is_not_announced(client: Client, addressed_forum: Forum) -> None:
    keynote = Session.objects.filter(kind="keynote").first()
    assert keynote
    Session.objects.filter(pk=keynote.pk).update(state="cancelled")
    publish_agenda(forum=addressed_forum, by=None, note="")
    assert page(client).count('<article class="keynote">') == 1


def test_search_engines_read_an_event(client: Client, published_forum: Forum) -> None:
    html = client.get("/en/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert block
    event = json.loads(block[1])
    assert event["@type"] == "Event"
    assert (event["startDate"], event["endDate"]) == ("2031-05-13", "2031-05-15")
    assert event["name"] == texts_of(published_forum, "name")["en"]
    assert event["location"]["address"]["addressCountry"] == "VN"
    assert event["url"].endswith("/en/")


def test_questions_without_an_answer_are_left_out(client: Client, forum: Forum) -> None:
    answered = {"question": {"vi": "Có Wi-Fi không?"}, "answer": {"vi": "Có."}}
    forum.practical = [answered, {"question": {"vi": "Ăn trưa?"}, "answer": {"vi": ""}}]
    forum.save()
    html = page(client, "vi")
    assert html.count("<details") == 1
    english = page(client, "en")
    assert '<span lang="vi">Có Wi-Fi không?</span>' in english
    assert "shown in Vietnamese" in english


def test_names_from_the_database_are_escaped(client: Client, forum: Forum) -> None:
    Forum.objects.update(name_en='<script>"Forum"</script> & more')
    html = client.get("/en/").content.decode()
    assert "<script>&quot;" not in html
    assert '<script>"Forum"' not in html


@pytest.mark.parametrize("sessions", [1, 3])
def test_queries_do_not_grow_with_the_agenda(
    client: Client, forum: Forum, assert_queries: CountQueries, sessions: int
) -> None:
    for hour in range(sessions):
        speaker = SpeakerFactory(organization=OrganizationFactory())
        SessionFactory(forum=forum, starts_at=at(9 + hour), speakers=[speaker])
    assert SessionSpeaker.objects.count() == sessions
    publish_agenda(forum=forum, by=None, note="")
    client.get("/en/")  # which release is current is kept from now on
    # The forum, its kinds of attendance, the speakers' organizations, the exhibitors.
    with assert_queries(4):
        client.get("/en/")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_can_only_be_read(client: Client, forum: Forum, method: str) -> None:
    assert getattr(client, method)("/en/").status_code == 405


def test_kinds_that_share_places_count_them_once(forum: Forum) -> None:
    from pages.home import counts
    from tests.registrations.factories import QuotaFactory

    quota = QuotaFactory(forum=forum, capacity=30)
    forum.registration_types.update(capacity=25)
    alone = counts(forum, None).places_left
    forum.registration_types.update(quota=quota)

    assert (alone, counts(forum, None).places_left) == (50, 30)
