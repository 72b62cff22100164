"""The page of all components, which only development has."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from events.models import Forum
from pages import views_design

LANGUAGES = ["vi", "ko", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_can_be_drawn(forum: Forum, rf: RequestFactory, language: str) -> None:
    with translation.override(language):
        html = views_design.components(rf.get(f"/{language}/design/")).content.decode()
    for component in ("cloth-fig", "portrait", "error-summary", "slot", "ticket", "empty", "langline"):
        assert f'class="{component}' in html


def test_the_page_of_components_is_for_development_alone(client: Client, forum: Forum) -> None:
    assert client.get("/en/design/").status_code == 404
