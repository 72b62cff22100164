"""What search engines are told."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from events.models import Forum
from events.services import publish_agenda
from tests.conftest import CountQueries
from tests.factories import SessionFactory, SpeakerFactory, at

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def pages(client: Client) -> dict[str, dict[str, str]]:
    """Return each address of the list with its relatives by language."""
    response = client.get("/sitemap.xml")
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return {
        page.findtext(f"{MAP}loc", ""): {
            link.get("hreflang", ""): link.get("href", "") for link in page.iter(LINK)
        }
        for page in ET.fromstring(response.content)  # noqa: S314 # our own
    }


@pytest.mark.django_db
def test_every_page_stands_there_in_every_language_with_the_others(
    published_forum: Forum, client: Client
) -> None:
    found = pages(client)

    sessions, speakers = published_forum.sessions.count(), 2
    assert len(found) == 3 * (6 + sessions + speakers)
    assert found["http://testserver/ko/agenda/screening/"] == {
        code: f"http://testserver/{code}/agenda/screening/" for code in ("vi", "ko", "en")
    }
    assert all(client.get(page.removeprefix("http://testserver")).status_code == 200 for page in found)


@pytest.mark.django_db
def test_the_page_itself_says_the_same(published_forum: Forum, client: Client) -> None:
    html = client.get("/ko/agenda/screening/").content.decode()

    assert '<link rel="canonical" href="http://testserver/ko/agenda/screening/">' in html
    for code, address in pages(client)["http://testserver/ko/agenda/screening/"].items():
        assert f'<link rel="alternate" hreflang="{code}" href="{address}">' in html


@pytest.mark.django_db
def test_what_is_confidential_is_not_there(drafted_forum: Forum, client: Client) -> None:
    SessionFactory(
        forum=drafted_forum,
        slug="secret",
        visibility="confidential",
        starts_at=at(15),
        speakers=[SpeakerFactory(slug="secret-guest")],
    )
    publish_agenda(forum=drafted_forum, by=None)

    assert "secret" not in client.get("/sitemap.xml").text


@pytest.mark.django_db
def test_before_the_first_release_the_other_pages_are_there(drafted_forum: Forum, client: Client) -> None:
    assert len(pages(client)) == 18


@pytest.mark.django_db
@pytest.mark.parametrize("sessions", [1, 3])
def test_it_is_kept_and_asks_nothing(
    published_forum: Forum, client: Client, assert_queries: CountQueries, sessions: int
) -> None:
    for number in range(sessions):
        SessionFactory(forum=published_forum, slug=f"more-{number}", starts_at=at(12 + number))
    publish_agenda(forum=published_forum, by=None)
    first = client.get("/sitemap.xml")
    with assert_queries(0):
        again = client.get("/sitemap.xml", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304


@pytest.mark.django_db
def test_robots_are_kept_from_what_is_personal_and_told_of_the_list(client: Client) -> None:
    lines = client.get("/robots.txt").text.splitlines()

    assert lines[0] == "User-agent: *"
    assert "Disallow: /*/registration/" in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"
