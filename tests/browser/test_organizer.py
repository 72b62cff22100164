"""The second journey: an organizer changes the agenda and publishes it; the desk sees who comes.

``test_organizers_pages`` looks at every page of the admin; this follows people through their work.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.people import DESK, EDITOR, SignedIn
from tests.browser.places import register_guest
from tests.browser.running_site import RunningSite

SESSION = "R2MIX"
NEW_TITLES = {"vi": "R2MIX buổi tối", "ko": "저녁의 R2MIX", "en": "R2MIX in the evening"}
# The opening holds the main hall in the morning; late in the evening nobody does.
TAKEN, FREE = ("10:00", "10:45"), ("21:00", "21:45")


def set_hours(page: Page, hours: tuple[str, str]) -> None:
    """Write the hours into the form of a session and save it."""
    page.locator("[name=starts_1]").fill(hours[0])
    page.locator("[name=ends_1]").fill(hours[1])
    page.locator("[name=_continue]").click()


def test_an_organizer_changes_the_agenda_and_publishes_it(
    open_browser: OpenBrowser, signed_in: SignedIn
) -> None:
    page = open_browser(storage_state=signed_in(EDITOR)).new_page()
    page.goto(f"/admin/events/session/?q={SESSION}")
    page.locator("#result_list tbody a").first.click()
    expect(page.locator("[name=title_en]")).to_have_value(re.compile(SESSION))
    address = page.url
    slug = page.locator("[name=slug]").get_attribute("value")

    # A room holds one session at a time: a sentence beside the field, and nothing that was typed is lost.
    for language, title in NEW_TITLES.items():
        page.locator(f"[name=title_{language}]").fill(title)
    set_hours(page, TAKEN)
    refusal = page.get_by_text("Main hall is taken")
    expect(refusal).to_be_visible()
    expect(refusal).to_contain_text(re.compile(r"“.+” is there .* from \d\d:\d\d to \d\d:\d\d"))
    expect(page.locator("[name=title_ko]")).to_have_value(NEW_TITLES["ko"])
    expect(page.locator("[name=starts_1]")).to_have_value(re.compile(TAKEN[0]))

    # Another hour is fine; somebody joins.
    page.get_by_role("link", name="Add another Person").click()
    page.locator("#session_speakers-group [role=combobox]").last.click()
    page.keyboard.type("Park Yun")
    page.locator(".select2-results__option--highlighted", has_text="Park").wait_for()
    page.keyboard.press("Enter")
    set_hours(page, FREE)
    expect(page.get_by_role("status")).to_contain_text("changed successfully")
    expect(page.locator("[name=title_en]")).to_have_value(NEW_TITLES["en"])

    # The public reads what was published, and only that.
    visitor = open_browser(locale="vi-VN").new_page()
    visitor.goto(f"/vi/agenda/{slug}/")
    expect(visitor.locator("h1")).not_to_contain_text(NEW_TITLES["vi"])

    page.goto("/admin/events/agendarelease/publish/")
    expect(page.locator("#content")).to_contain_text(NEW_TITLES["en"])
    page.locator("#content form button:not([type=button])").click()
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"Release \d+ is published"))

    for language, title in NEW_TITLES.items():
        visitor.goto(f"/{language}/agenda/{slug}/")
        expect(visitor.locator("h1")).to_contain_text(title)
        expect(visitor.locator("main")).to_contain_text(FREE[0])
        expect(visitor.locator("main")).to_contain_text("박윤규" if language == "ko" else "Park Yun Kyu")
        visitor.goto(f"/{language}/agenda/")
        expect(visitor.locator("main")).to_contain_text(title)

    # Who did it, from what to what.
    page.goto(address)
    page.get_by_role("link", name="History").click()
    expect(page.locator(".trail")).to_contain_text(NEW_TITLES["en"])
    expect(page.locator(".trail")).to_contain_text("Mai Thị Lịch Dụ")


def test_the_desk_sees_registrations_and_mails(
    open_browser: OpenBrowser, signed_in: SignedIn, site: RunningSite
) -> None:
    guest = open_browser(locale="en-GB").new_page()
    register_guest(site, guest, "en", name="Grace Hopper", email="grace@visitor.example")
    page = open_browser(storage_state=signed_in(DESK)).new_page()
    page.goto("/admin/registrations/registration/?q=Grace")
    row = page.locator("#result_list tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Grace Hopper")
    row.locator("a").first.click()
    expect(page.locator("#content")).to_contain_text("grace@visitor.example")

    page.goto("/admin/outbox/message/?q=grace@visitor.example")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    expect(page.locator("#result_list tbody tr")).to_contain_text("sent")
    page.locator("#result_list tbody a").first.click()
    frame = page.frame_locator("iframe").first
    expect(frame.locator("body")).to_contain_text("Grace Hopper")


@pytest.mark.parametrize("path", ["/admin/events/session/", "/admin/registrations/registration/"])
def test_nobody_comes_in_without_signing_in(page: Page, path: str) -> None:
    page.goto(path)
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next="))


def test_a_wrong_password_says_so_and_nothing_more(page: Page) -> None:
    said = []
    for email in (EDITOR, "nobody@forum.example"):
        page.goto("/en/accounts/login/")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password").fill("wrong-password")
        page.get_by_role("button", name="Sign in", exact=True).click()
        said.append(page.locator("main form").first.inner_text())
    assert said[0] == said[1]
    assert "password" in said[0]
