"""The speakers, as visitors get them."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from events.models import Forum, Session, SessionSpeaker
from tests.factories import SessionFactory, SpeakerFactory, at, in_three_languages

Publish = Callable[[Forum], Any]


@pytest.fixture
def stage(forum: Forum, publish: Publish) -> Forum:
    """Give a published forum: a minister who opens it, and six others of three countries."""
    duy = SpeakerFactory(slug="bui-the-duy", name="Bùi Thế Duy", hangul_name="부이 테 주이")

    def person(slug: str, name: str, hangul: str, country: str = "VN", **fields: str) -> Any:
        return SpeakerFactory(slug=slug, name=name, hangul_name=hangul, country=country, **fields)

    others = [
        person("mau", "Lê Văn Mẫu", "레 반 머우", affiliation_en="Cancer Institute"),
        person("an", "Trần Thị An", "쩐 티 안"),
        person("dung", "Đỗ Dũng", "도 중"),
        person("kim", "김예시", "김예시", "KR", latin_name="Kim Yesi"),
        person("choi", "최보기", "최보기", "KR", latin_name="Choi Bogi"),
        person("smith", "Ann Smith", "", "US"),
    ]
    SessionFactory(forum=forum, slug="address", kind="keynote", starts_at=at(9), speakers=[duy])
    SessionFactory(
        forum=forum,
        slug="talk",
        starts_at=at(10),
        speakers=others,
        **in_three_languages("title", "Screening"),
    )
    panel = SessionFactory(forum=forum, slug="panel", starts_at=at(8), title_en="Round table")
    SessionSpeaker.objects.create(session=panel, speaker=others[0], role="chair")
    publish(forum)
    return forum


def names(client: Client, query: str = "", language: str = "en") -> list[str]:
    """Return the names on the list page in their order, without markup."""
    html = client.get(f"/{language}/speakers/{query}").content.decode().split("<main")[1]
    found = re.findall(r"<h3><a href=[^>]*>(.*?)</a>", html)
    return [re.sub(r"<[^>]+>", "", name) for name in found]


@pytest.mark.django_db
class TestList:
    def test_each_language_has_its_order_and_the_address_comes_first(
        self, stage: Forum, client: Client
    ) -> None:
        assert names(client, language="en") == [
            "Bùi Thế Duy",
            "Ann Smith",
            "Choi Bogi",
            "Đỗ Dũng",
            "Kim Yesi",
            "Lê Văn Mẫu",
            "Trần Thị An",
        ]
        # By given names: An, (Ann Smith,) (Choi,) Dũng, (Kim,) Mẫu
        assert names(client, language="vi") == [
            "Bùi Thế Duy",
            "Trần Thị An",
            "Ann Smith",
            "Choi Bogi",
            "Đỗ Dũng",
            "Kim Yesi",
            "Lê Văn Mẫu",
        ]
        assert names(client, language="ko") == [
            "부이 테 주이",
            "김예시",
            "도 중",
            "레 반 머우",
            "쩐 티 안",
            "최보기",
            "Ann Smith",
        ]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?country=KR", ["Choi Bogi", "Kim Yesi"]),
            ("?country=KR&q=kim", ["Kim Yesi"]),
            ("?q=le+van+mau", ["Lê Văn Mẫu"]),
            ("?q=m%E1%BA%ABu", ["Lê Văn Mẫu"]),
            ("?q=%EB%A8%B8%EC%9A%B0", ["Lê Văn Mẫu"]),  # 머우, the name in Hangul
            ("?q=cancer+institute", ["Lê Văn Mẫu"]),
            ("?q=round+table", ["Lê Văn Mẫu"]),
            ("?q=duy", ["Bùi Thế Duy"]),
            ("?q=nobody", []),
        ],
    )
    def test_a_filter_leaves_exactly_these(
        self, stage: Forum, client: Client, query: str, found: list[str]
    ) -> None:
        assert names(client, query) == found

    def test_nobody_left_says_what_to_do(self, stage: Forum, client: Client) -> None:
        html = client.get("/en/speakers/?q=nobody").content.decode()

        assert "Nobody matches" in html
        assert 'content="noindex, follow"' in html

    def test_a_talk_is_named_rather_than_an_earlier_session_that_is_chaired(
        self, stage: Forum, client: Client
    ) -> None:
        html = client.get("/en/speakers/?q=mau").content.decode().split("<main")[1]

        assert "/en/agenda/talk/" in html
        assert "/en/agenda/panel/" not in html
        assert "and 1 more session" in html

    def test_names_in_another_script_say_which_language_they_are_in(
        self, stage: Forum, client: Client
    ) -> None:
        html = client.get("/en/speakers/").content.decode()

        assert '<span lang="vi">Bùi Thế Duy</span>' in html
        assert '<span lang="ko">김예시</span>' in html

    def test_before_the_first_release_it_says_so(self, drafted_forum: Forum, client: Client) -> None:
        html = client.get("/en/speakers/").content.decode()

        assert "The speakers are not announced yet" in html
        assert "Duy" not in html

    @pytest.mark.parametrize(
        ("typed", "spelling"),
        [("?country=&q=", ""), ("?country=XX", ""), ("?q=kim&country=KR", "?country=KR&q=kim")],
    )
    def test_every_choice_has_one_address(
        self, stage: Forum, client: Client, typed: str, spelling: str
    ) -> None:
        response = client.get(f"/en/speakers/{typed}")

        assert (response.status_code, response["Location"]) == (302, f"/en/speakers/{spelling}")

    @pytest.mark.parametrize("typed", ["x" * 300, "<b>", "🙂", "\u202e", "\u0000", "%"])
    def test_anything_may_be_searched(self, stage: Forum, client: Client, typed: str) -> None:
        response = client.get("/en/speakers/", {"q": typed, "country": typed}, follow=True)

        assert response.status_code == 200
        assert b"<b>" not in response.content.split(b"<main")[1]


@pytest.mark.django_db
class TestSpeaker:
    @pytest.mark.parametrize(("language", "name"), [("vi", "Kim Yesi"), ("ko", "김예시"), ("en", "Kim Yesi")])
    def test_it_says_who_she_is_and_where_she_has_a_part(
        self, stage: Forum, client: Client, language: str, name: str
    ) -> None:
        html = client.get(f"/{language}/speakers/kim/").content.decode()

        assert name in html
        assert "김예시" in html
        assert "Works on screening" in html
        assert f"/{language}/agenda/talk/" in html

    def test_structured_data(self, stage: Forum, client: Client) -> None:
        html = client.get("/en/speakers/kim/").content.decode()
        [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        data = json.loads(block)

        assert (data["@type"], data["name"], data["alternateName"]) == ("Person", "Kim Yesi", ["김예시"])
        assert [event["name"] for event in data["performerIn"]] == ["Screening"]

    def test_who_has_no_part_any_more_is_not_found(
        self, stage: Forum, client: Client, publish: Publish
    ) -> None:
        SessionSpeaker.objects.filter(speaker__slug="kim").delete()
        publish(stage)

        assert client.get("/en/speakers/kim/").status_code == 404
        assert client.get("/en/speakers/nobody/").status_code == 404

    def test_who_only_has_a_part_in_a_confidential_session_is_not_found(
        self, stage: Forum, client: Client, publish: Publish
    ) -> None:
        Session.objects.filter(slug="address").update(visibility="confidential")
        publish(stage)

        assert client.get("/en/speakers/bui-the-duy/").status_code == 404
        assert "Duy" not in client.get("/en/speakers/").content.decode()

    def test_html_in_a_biography_is_text(self, forum: Forum, client: Client, publish: Publish) -> None:
        speaker = SpeakerFactory(
            slug="html", name="<i>Ý</i> & Co", **in_three_languages("biography", "</script><script>alert(1)")
        )
        SessionFactory(forum=forum, speakers=[speaker])
        publish(forum)

        html = client.get("/en/speakers/html/").content.decode()

        assert "<script>alert" not in html
        assert "<i>" not in html
        assert "&lt;script&gt;alert(1)" in html


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/speakers/", "/speakers/kim/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_refused(stage: Forum, client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(f"/en{path}").status_code == 405
