"""Every section of an exhibitor's own pages, as somebody who looks after one finds them by the tabs."""

import pytest
from playwright.sync_api import expect

from pages.demo.accounts import EXHIBITOR_ACCOUNTS, PASSWORD
from tests.browser import axe
from tests.browser.chromium import DESKTOP, PHONE, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.languages import languages_for

SIZES = {"phone": PHONE, "desktop": DESKTOP}
# Pages that no tab leads to.
INSIDE = ("languages/", "products/new/")


@pytest.mark.parametrize("language", languages_for(0, ("vi", "ko", "en")))
def test_the_sections(request: pytest.FixtureRequest, open_browser: OpenBrowser, language: str) -> None:
    page = open_browser(viewport=PHONE).new_page()
    someone = EXHIBITOR_ACCOUNTS[0]
    page.goto(f"/{language}/exhibitor/")
    page.locator("#id_login").fill(someone.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form.form button.primary").click()
    page.wait_for_url(f"**/{language}/exhibitor/{someone.organization}/")
    home = page.url
    sections = page.locator(".tabs a").evaluate_all("links => links.map(link => link.href)")
    assert len(sections) >= 6
    for address in [*sections, *(home + part for part in INSIDE)]:
        page.set_viewport_size(PHONE)
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("h1")).to_have_count(1)
        # The tab of the section is in sight, also where the row is longer than the screen.
        if address in sections:
            expect(page.locator(".tabs [aria-current]")).to_be_in_viewport()
        no_sideways_scroll(page)
        axe.check(page, f"{address}, {language}", request, sizes=SIZES)
