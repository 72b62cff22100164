"""The agenda on paper: a programme of two pages, with nothing on it that can only be pressed."""

import io

import pypdf
import pytest

from tests.browser.conftest import OpenBrowser


@pytest.mark.parametrize("language", ["vi", "ko", "en"])
def test_the_programme_is_two_pages(open_browser: OpenBrowser, language: str) -> None:
    page = open_browser().new_page()
    page.goto(f"/{language}/agenda/", wait_until="networkidle")
    sessions = page.locator(".slot-name").all_text_contents()

    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    assert len(paper.pages) == 2
    assert [round(side / 72 * 25.4) for side in paper.pages[0].mediabox[2:]] == [210, 297]
    page.emulate_media(media="print")
    for pressed in ("button", "summary", "input", ".day-tabs", ".take-along", ".site-header nav"):
        assert not any(found.is_visible() for found in page.locator(pressed).all()), pressed
    assert len(sessions) >= 20
    assert all(name.is_visible() for name in page.locator(".slot-name").all())
