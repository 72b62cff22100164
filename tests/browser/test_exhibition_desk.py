"""The journey of an exhibition's organizer: three exhibitors telephone, and the desk decides by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import check
from tests.browser.chromium import PHONE
from tests.browser.conftest import OpenBrowser
from tests.browser.people import OWNER, SignedIn

DESK = "/admin/exhibitors/boothbooking"
WHO = "Gasang Medi"
BOOTHS = ("D1", "D4", "D5")


def book(page: Page, number: str) -> None:
    """Apply for a booth on behalf of an exhibitor who telephones."""
    page.goto(f"{DESK}/book/")
    page.get_by_label("Exhibitor", exact=True).select_option(label=WHO)
    page.get_by_label("Booths", exact=True).fill(number)
    page.get_by_label("The exhibitor accepts the terms of participation").check()
    page.get_by_role("button", name="Apply for this exhibitor").click()
    expect(page.get_by_role("status")).to_contain_text(f"has applied for {number}")


def test_the_desk_decides_about_three_applications_by_keyboard(
    open_browser: OpenBrowser, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    page = open_browser(storage_state=signed_in(OWNER)).new_page()
    for number in BOOTHS:
        book(page, number)
    page.goto(f"{DESK}/desk/?text={WHO}")
    which, told = page.locator(".application-kind"), page.get_by_role("status")
    expect(which).to_contain_text("D1")
    check(page, "exhibition-desk", request, sizes={"phone": PHONE})

    # Forth and back, then an offer: what it asks is filled in, so that Enter is enough.
    page.keyboard.press("j")
    expect(which).to_contain_text("D4")
    page.keyboard.press("k")
    expect(which).to_contain_text("D1")
    page.keyboard.press("o")
    expect(page.get_by_label("Valid for so many days")).to_be_focused()
    page.keyboard.press("Enter")
    expect(which).to_contain_text("D4")
    expect(told).to_contain_text("has an offer for D1")

    # A question without words is refused beside its field, and what was opened stays open.
    page.keyboard.press("q")
    question = page.get_by_label("Question", exact=True)
    expect(question).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(question).to_have_attribute("aria-invalid", "true")
    question.focus()
    page.keyboard.type("How heavy is the machine?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(which).to_contain_text("D5")
    expect(told).to_contain_text("is asked about D4")

    page.keyboard.press("d")
    page.keyboard.type("The hall is kept for start-ups.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(told).to_contain_text("is declined for D5")
    expect(page.get_by_role("heading", name="No booking fits these filters.")).to_be_visible()
