"""The exhibition, as visitors get it."""

import html
import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Forum
from exhibitors import live
from exhibitors.models import Booth, BoothType, Hall
from exhibitors.views import exhibition
from tests.exhibitors.factories import (
    BookingPeriodFactory,
    BoothFactory,
    BoothPriceFactory,
    BoothTypeFactory,
    ExhibitionFactory,
    HallFactory,
)
from tests.exhibitors.shown import HallFeatureFactory, ProductFactory, claim, company
from tests.factories import ForumFactory, TopicFactory, in_three_languages

PAGE = "/en/exhibition/"


@pytest.fixture
def hall(forum: Forum) -> Hall:
    """Give a hall with an aisle in an exhibition of one period."""
    BookingPeriodFactory(exhibition=ExhibitionFactory(forum=forum))
    hall = HallFactory(forum=forum, width=10_000, **in_three_languages("name", "Hall 1"))
    HallFeatureFactory(hall=hall, **in_three_languages("name", "Aisle 1"))
    return hall


@pytest.fixture
def wall(forum: Forum) -> BoothType:
    """Give a type of booths with an early and a standard price, and one for members."""
    kind = BoothTypeFactory(forum=forum, **in_three_languages("name", "Wall booth"))
    today = timezone.localdate()
    BoothPriceFactory(type=kind, currency="VND", amount=20_000_000)
    BoothPriceFactory(type=kind, currency="VND", amount=18_000_000, rate="early", until=today)
    BoothPriceFactory(type=kind, currency="VND", amount=1, rate="member")
    BoothPriceFactory(type=kind, currency="USD", amount=700)
    BoothPriceFactory(type=kind, currency="USD", amount=500, rate="early", until=today - timedelta(days=2))
    return kind


def body(client: Client, address: str = PAGE) -> str:
    """Return what stands in the main part of a page."""
    response = client.get(address)
    assert response.status_code == 200, response
    return response.content.decode().split("<main")[1].split("</main>")[0]


def drawn(page: str) -> dict[str, tuple[str, str]]:
    """Return the booths of the plan: accessible name → classes and where they lead."""
    found = re.findall(r'<a class="booth ([^"]+)" href="([^"]+)" aria-label="([^"]+)"', page)
    return {html.unescape(name): (classes, href) for classes, href, name in found}


def listed(page: str) -> dict[str, str]:
    """Return the rows of the list: number → the rest, without markup."""
    rows = re.findall(r'<tr id="booth-([^"]+)">(.*?)</tr>', page, re.DOTALL)
    return {number: " ".join(re.sub(r"<[^>]+>", " ", row).split()) for number, row in rows}


@pytest.mark.django_db
class TestExhibition:
    def test_before_it_is_announced(self, forum: Forum, client: Client) -> None:
        assert "The exhibition is not announced yet" in body(client)

    def test_plan_and_list_say_the_same(
        self, forum: Forum, hall: Hall, wall: BoothType, client: Client
    ) -> None:
        booths = [BoothFactory(hall=hall, type=wall, number=f"A{number}") for number in range(1, 7)]
        gasang, shy = (
            company(forum, "gasang", "Gasang Medi"),
            company(forum, "shy", "Shy", is_published=False),
        )
        claim(gasang, booths[0])
        claim(shy, booths[1])
        claim(shy, booths[2], status="held")
        lapsed = timezone.now() - timedelta(minutes=1)
        claim(company(forum, "late", "Late"), booths[3], status="held", expires_at=lapsed)
        claim(gasang, booths[4], status="declined")
        Booth.objects.filter(pk=booths[5].pk).update(is_blocked=True, block_reason="A secret")
        page = body(client)
        assert drawn(page) == {
            "Booth A1, Wall booth: Taken, Gasang Medi": ("taken", "/en/exhibition/gasang/"),
            "Booth A2, Wall booth: Taken": ("taken", "/en/booths/A2/"),
            "Booth A3, Wall booth: Being taken": ("held", "/en/booths/A3/"),
            "Booth A4, Wall booth: Free": ("free", "/en/booths/A4/"),
            "Booth A5, Wall booth: Free": ("free", "/en/booths/A5/"),
            "Booth A6, Wall booth: Not for sale": ("blocked", "/en/booths/A6/"),
        }
        assert listed(page) == {
            "A1": "A1 Wall booth, 9 m² Taken Gasang Medi",
            "A2": "A2 Wall booth, 9 m² Taken",
            "A3": "A3 Wall booth, 9 m² Being taken",
            "A4": "A4 Wall booth, 9 m² Free ₫18,000,000 early rate $700.00",
            "A5": "A5 Wall booth, 9 m² Free ₫18,000,000 early rate $700.00",
            "A6": "A6 Wall booth, 9 m² Not for sale",
        }
        assert "Aisle 1" in page
        assert "secret" not in page
        assert "Shy" not in page

    def test_a_guest_stands_at_the_booth_of_its_host(
        self, forum: Forum, hall: Hall, wall: BoothType, client: Client
    ) -> None:
        host = company(forum, "host", "Host")
        company(forum, "guest", "Guest", host=host)
        claim(host, BoothFactory(hall=hall, type=wall, number="A1"))
        assert "Booth A1, Wall booth: Taken, Host, Guest" in drawn(body(client))
        assert "Booth A1" in body(client, f"{PAGE}guest/")

    def test_filters_dim_the_plan_and_shorten_the_lists(
        self, forum: Forum, hall: Hall, wall: BoothType, client: Client
    ) -> None:
        imaging = TopicFactory(slug="imaging", **in_three_languages("name", "Imaging"))
        bogi = company(forum, "bogi", "Bogi Tech")
        ProductFactory(exhibitor=bogi, **in_three_languages("name", "Bone reader")).topics.add(imaging)
        mau = company(forum, "mau", "Mẫu Sức Khoẻ", country="VN")
        for exhibitor, number in ((bogi, "A1"), (mau, "A2")):
            claim(exhibitor, BoothFactory(hall=hall, type=wall, number=number))
        BoothFactory(hall=hall, type=wall, number="A3")
        for query, found in (
            ("topic=imaging", ["A1"]),
            ("country=VN", ["A2"]),
            ("q=bone", ["A1"]),
            ("q=suc+khoe", ["A2"]),
            ("topic=imaging&country=VN", []),
        ):
            page = body(client, f"{PAGE}?{query}")
            assert list(listed(page)) == found, query
            bright = [name[6:8] for name, (classes, _to) in drawn(page).items() if "dimmed" not in classes]
            assert bright == found, query
            assert ("No exhibitor matches" in page) is (not found)
        # Also a booth that is left out leads to its page.
        assert drawn(body(client, f"{PAGE}?country=VN"))["Booth A3, Wall booth: Free"][1] == "/en/booths/A3/"

    @pytest.mark.parametrize("query", ["topic=none", "country=XX", "q=", "page=2", "topic=%00"])
    def test_what_it_does_not_know_is_left_out_of_the_address(
        self, forum: Forum, hall: Hall, client: Client, query: str
    ) -> None:
        response = client.get(f"{PAGE}?{query}")
        assert (response.status_code, response.headers["Location"]) == (302, PAGE)

    @pytest.mark.parametrize("count", [1, 3, 300])
    def test_costs_the_same_whatever_its_size(
        self,
        forum: Forum,
        hall: Hall,
        wall: BoothType,
        client: Client,
        count: int,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(live, "SAID_AGAIN_SECONDS", 0)
        monkeypatch.setattr(exhibition, "RECENT_SECONDS", 60)
        for number in range(count):
            exhibitor = company(forum, f"exhibitor-{number}", f"Company {number}")
            ProductFactory(exhibitor=exhibitor).topics.add(TopicFactory())
            claim(exhibitor, BoothFactory(hall=hall, type=wall, number=f"A{number + 1}"))
        client.get(PAGE)
        with CaptureQueriesContext(connection) as of_a_choice:
            page = body(client, f"{PAGE}?q=company")
        assert len(drawn(page)) == len(listed(page)) == count
        # Made before for everybody: which forum is the current one, and whether anything happened to a booth.
        with CaptureQueriesContext(connection) as again:
            body(client)
        assert (len(of_a_choice), len(again)) == (14, 2)

    def test_only_for_reading(self, forum: Forum, client: Client) -> None:
        assert client.post(PAGE).status_code == 405

    def test_of_the_current_forum_alone(self, forum: Forum, hall: Hall, client: Client) -> None:
        other = ForumFactory(slug="seoul", is_current=False)
        company(other, "elsewhere", "Elsewhere")
        BoothFactory(hall=HallFactory(forum=other), number="Z1")
        assert "Elsewhere" not in body(client)
        assert "Z1" not in body(client)
        assert client.get(f"{PAGE}elsewhere/").status_code == 404


@pytest.mark.django_db
class TestExhibitor:
    def test_says_who_it_is_where_and_what_it_shows(
        self, forum: Forum, hall: Hall, wall: BoothType, client: Client
    ) -> None:
        topic = TopicFactory(slug="imaging", **in_three_languages("name", "Imaging"))
        bogi = company(forum, "bogi", "Bogi Tech", website="https://bogi.example/", is_demo=True)
        bogi.topics.add(topic)
        ProductFactory(exhibitor=bogi, slug="reader", **in_three_languages("name", "Bone reader"))
        claim(bogi, BoothFactory(hall=hall, type=wall, number="A1"))
        page = body(client, f"{PAGE}bogi/")
        for part in (
            "Bogi Tech",
            "Korea",
            "demo data",
            f'href="{PAGE}#booth-A1"',
            f'href="{PAGE}?topic=imaging"',
            f'href="{PAGE}bogi/reader/"',
            'href="https://bogi.example/"',
        ):
            assert part in page, part
        assert bogi.contact_email not in page
        assert bogi.contact_name not in page

    def test_a_missing_translation_is_shown_in_another_language(self, forum: Forum, client: Client) -> None:
        company(forum, "bogi", "Bogi Tech", description_en="", description_ko="", tagline_en="")
        page = body(client, f"{PAGE}bogi/")
        assert page.count("shown in Vietnamese") == 2
        assert 'lang="vi"' in page

    def test_unpublished_ones_and_strangers_are_not_found(self, forum: Forum, client: Client) -> None:
        draft = company(forum, "draft", "Draft", is_published=False)
        ProductFactory(exhibitor=draft, slug="thing")
        company(forum, "shown", "Shown")
        for path in ("draft/", "draft/thing/", "nobody/", "shown/thing/"):
            assert client.get(PAGE + path).status_code == 404, path

    def test_search_engines_are_told_in_their_words(self, forum: Forum, client: Client) -> None:
        bogi = company(forum, "bogi", "Bogi Tech")
        ProductFactory(exhibitor=bogi, slug="reader", **in_three_languages("name", "Bone reader"))
        data = []
        for path in ("bogi/", "bogi/reader/"):
            page = client.get(PAGE + path).content.decode()
            data.append(json.loads(re.findall(r'ld\+json">(.*?)</script>', page)[0]))
        assert [one["@type"] for one in data] == ["Organization", "Product"]
        assert data[0]["makesOffer"][0]["itemOffered"]["name"] == "Bone reader"
        assert data[1]["manufacturer"]["name"] == "Bogi Tech"

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_the_same_whatever_it_shows(
        self,
        forum: Forum,
        hall: Hall,
        wall: BoothType,
        client: Client,
        count: int,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(live, "SAID_AGAIN_SECONDS", 0)
        monkeypatch.setattr(exhibition, "RECENT_SECONDS", 60)
        bogi = company(forum, "bogi", "Bogi Tech")
        for number in range(count):
            ProductFactory(exhibitor=bogi, slug=f"p{number}").topics.add(TopicFactory())
            claim(bogi, BoothFactory(hall=hall, type=wall, number=f"A{number}"))
        for path in ("bogi/", "bogi/p0/"):
            client.get(PAGE + path)
            with CaptureQueriesContext(connection) as captured:
                client.get(PAGE + path)
            assert len(captured) == 8, path
