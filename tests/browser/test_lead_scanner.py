"""At a booth: a telephone is enrolled, loses the network, goes on, and the visitor decides herself."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from pages.demo.accounts import PASSWORD
from tests.browser.axe import violations
from tests.browser.cable import Cable
from tests.browser.chromium import PHONE, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.places import register_guest
from tests.browser.running_site import RunningSite

LEADS = "/en/exhibitor/vi-du-health/leads/"
BADGE = """
from registrations import ticket
from registrations.models import Registration
row = Registration.objects.get(email="{email}")
print("badge:" + ticket.payload(code=row.code, issue=row.link_version, forum_id=row.forum_id))
"""


@pytest.fixture
def cable(site: RunningSite) -> Iterator[Cable]:
    """Give a way to the site that can be cut."""
    cable = Cable(site.address)
    yield cable
    cable.close()


def badge_of(site: RunningSite, email: str) -> str:
    """Return what the QR of somebody's badge says."""
    said = site.manage("shell", "-c", BADGE.format(email=email))
    return next(line for line in said.splitlines() if line.startswith("badge:")).removeprefix("badge:")


def hold(page: Page, badge: str) -> None:
    """Type what a badge says and Enter, as a scanner does that is a keyboard."""
    page.locator("[data-answer]").evaluate("answer => answer.querySelector('[data-next]').click()")
    page.locator("#id_text").fill(badge)
    page.locator("#id_text").press("Enter")
    page.locator("[data-answer]").wait_for()


def test_scanned_without_network_and_confirmed_on_her_own_page(
    open_browser: OpenBrowser, site: RunningSite, cable: Cable
) -> None:
    office = open_browser().new_page()
    link = register_guest(site, office, "en", name="Trần Thị Booth", email="booth@visitor.example")
    badge = badge_of(site, "booth@visitor.example")
    office.goto(f"/en/accounts/login/?next={LEADS}scanners/")
    office.locator("[name=login]").fill("exhibitor@forum.example")
    office.locator("[name=password]").fill(PASSWORD)
    office.locator("main form button.primary").first.click()
    office.locator("[name=name]").fill("Phone of the test")
    office.get_by_role("button", name="Add a telephone").click()
    office.get_by_role("button", name="Show the QR code").click()
    assert violations(office) == []
    enrolment = re.sub(r"^https?://[^/]+", "", office.locator(".lead-link").text_content() or "")

    phone = open_browser(base_url=cable.address, viewport=PHONE, service_workers="allow")
    page = phone.new_page()
    page.goto(enrolment)
    page.get_by_role("button", name="Enrol this telephone").click()
    page.locator("html[data-ready]").wait_for(state="attached")
    page.locator("html[data-kept]").wait_for(state="attached")
    no_sideways_scroll(page)
    assert violations(page) == []

    cable.pull()
    hold(page, badge)
    expect(page.locator("[data-answer-word]")).to_have_text("Kept")
    page.locator("[name=rating][value='3']").check()
    page.locator("[name=note]").fill("Wants a demo")
    page.locator("[data-noted]", has_text="Noted").wait_for()
    hold(page, badge.replace("FORUM2:", "FORUM2:X", 1))
    expect(page.locator("[data-answer-word]")).to_have_text("Not genuine")
    expect(page.locator("[data-queue]")).to_have_attribute("data-waiting", "1")

    # Killed and opened again, without network.
    page.close()
    page = phone.new_page()
    page.goto("/en/lead-scanner/")
    page.locator("html[data-ready]").wait_for(state="attached")
    expect(page.locator("[data-queue]")).to_have_attribute("data-waiting", "1")
    cable.plug_in()
    page.reload()
    expect(page.locator("[data-queue]")).to_have_attribute("data-waiting", "0")

    hold(page, badge)
    expect(page.locator("[data-answer-word]")).to_have_text("Not confirmed yet")
    expect(page.locator("[data-asking-url]")).to_contain_text("/en/contact/")
    assert violations(page) == []
    assert "Booth" not in json.dumps(page.evaluate("document.body.innerText"))

    # She opened her ticket in this browser: the code on the screen leads to her own page.
    visitor = open_browser(viewport=PHONE).new_page()
    visitor.goto(link)
    visitor.goto("/" + (page.locator("[data-asking-url]").text_content() or "").split("/", 1)[1])
    expect(visitor.get_by_role("heading", name="asks for your contact")).to_be_visible()
    assert violations(visitor) == []
    visitor.get_by_role("button", name="Yes, share").click()
    expect(visitor.get_by_text("has your contact now")).to_be_visible()

    hold(page, badge)
    expect(page.locator("[data-answer-name]")).to_have_text("Trần Thị Booth")
    office.goto(f"{LEADS}?q=booth")
    line = office.locator(".lead-line")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("booth@visitor.example")
    expect(line).to_contain_text("Wants a demo")
    expect(line).to_contain_text("3 visits")
    assert violations(office) == []
