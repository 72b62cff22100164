"""A visitor stars sessions without script and with it, signs up, and lets her calendar follow her forum."""

import re
import urllib.request

from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.chromium import PHONE, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.running_site import RunningSite

EMAIL = "starring@visitor.example"


def test_stars_without_script(open_browser: OpenBrowser) -> None:
    page = open_browser(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto("/en/agenda/")
    button = page.locator("button.star").nth(3)
    slug = button.get_attribute("value")
    button.click()

    # Back at the same place, which says so and leads on.
    expect(page).to_have_url(re.compile(rf"/en/agenda/#starred-{slug}$"))
    kept = page.locator(f"#starred-{slug}")
    expect(kept).to_be_in_viewport()
    kept.get_by_role("link", name="In My forum now.").click()
    expect(page.locator(".slot")).to_have_count(1)
    no_sideways_scroll(page)
    page.locator("button.star").click()
    expect(page.locator(".slot")).to_have_count(0)
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(".slot")).to_have_count(1)
    expect(page.locator(f".slot-name a[href='/en/agenda/{slug}/']")).to_be_visible()


def test_stars_are_taken_along_and_a_calendar_follows_them(
    open_browser: OpenBrowser, site: RunningSite
) -> None:
    page = open_browser().new_page()
    titles = star_two(page)
    sign_up(page, site)

    page.goto("/en/my/")
    assert page.locator(".slot-name").all_inner_texts() == titles
    assert "forum_stars" not in {cookie.get("name") for cookie in page.context.cookies()}
    page.get_by_role("button", name="Make my calendar address").click()
    address = page.get_by_label("Your private calendar address").input_value()
    assert address.startswith(f"{site.address}/en/my/calendar/")
    assert statuses(address) == dict.fromkeys(titles, "CONFIRMED")

    # Here as in the programme a star goes without leaving the page, and comes back as easily.
    star = page.locator(".slot button.star").first
    star.click()
    expect(star).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#stars-said")).to_have_text("No longer in My forum.")
    assert statuses(address) == {titles[0]: "CANCELLED", titles[1]: "CONFIRMED"}


def star_two(page: Page) -> list[str]:
    """Star two sessions of one day in the programme by keyboard and mouse; return their titles."""
    page.goto("/en/agenda/")
    slots = page.locator(".slot:has(button.star)")
    first, second = slots.nth(2), slots.nth(3)
    expect(first.locator("button.star")).to_have_attribute("aria-pressed", "false")
    first.locator("button.star").focus()
    page.keyboard.press("Enter")
    second.locator("button.star").click()
    for slot in (first, second):
        expect(slot).to_have_attribute("data-starred", "")
        expect(slot.locator("button.star")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#stars-said")).to_have_text("In My forum now.")
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.locator(".slot[data-starred]")).to_have_count(2)
    return [slot.locator(".slot-name").inner_text() for slot in (first, second)]


def sign_up(page: Page, site: RunningSite) -> None:
    """Make an account, prove the address by the mailed code."""
    page.goto("/en/accounts/signup/")
    page.locator("[name=email]").fill(EMAIL)
    page.locator("[name=password1]").fill("seven silver lanterns")
    page.get_by_role("button", name="Create the account").click()
    code = re.search(r"^\s*(\w{4}-\w{4})\s*$", site.mail_to(EMAIL).parsed.text, re.MULTILINE)
    assert code
    page.locator("main form input:visible").first.fill(code[1])
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/en/")


def statuses(address: str) -> dict[str, str]:
    """Read the calendar as a calendar does, without any cookie; return statuses by title."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310 # our own site's address
        entries = Calendar.from_ical(answer.read()).walk("VEVENT")
    return {str(entry["SUMMARY"]): str(entry["STATUS"]) for entry in entries}
