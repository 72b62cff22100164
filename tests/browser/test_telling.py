"""The journey of a change: an organizer publishes it, reads the mails it makes, sends them; they arrive."""

import re
from typing import Any

from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.axe import check
from tests.browser.chromium import PHONE, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.people import EDITOR, SignedIn
from tests.browser.running_site import RunningSite
from tests.browser.test_organizer import set_hours

SPEAKER, ADDRESS = "Choi Bogi", "bogi@speaker.example"
SESSION = "R2MIX"
LATE = ("22:00", "22:45")


def test_a_change_is_published_reviewed_and_told_to_its_speaker(
    open_browser: OpenBrowser, signed_in: SignedIn, site: RunningSite, request: Any
) -> None:
    page = open_browser(storage_state=signed_in(EDITOR)).new_page()

    # The speaker has an address and reads Korean.
    page.goto(f"/admin/speakers/speaker/?q={SPEAKER.split()[1]}")
    page.locator("#result_list tbody a").first.click()
    page.locator("[name=email]").fill(ADDRESS)
    page.locator("[name=language]").select_option("ko")
    page.locator("[name=_save]").click()
    expect(page.get_by_role("status")).to_contain_text("changed successfully")

    # His session moves.
    page.goto(f"/admin/events/session/?q={SESSION}")
    page.locator("#result_list tbody a").first.click()
    title = page.locator("[name=title_ko]").input_value()
    set_hours(page, LATE)
    expect(page.get_by_role("status")).to_contain_text("changed successfully")

    # What is reviewed is published, and the mails wait.
    page.goto("/admin/events/agendarelease/publish/")
    moved = page.locator(".told-change.kind-moved")
    expect(moved.locator("ins").first).to_have_text("22")
    expect(page.locator("#audience")).to_contain_text("has a part in it")
    check(page, "publishing", request, sizes={"phone": PHONE})
    no_sideways_scroll(page)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"Release \d+ is published"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Mails about release \d+"))
    expect(page.locator(".digest-list")).to_contain_text(ADDRESS)

    # A few words first, in her language; then the mail as it will be.
    page.locator("[name=introduction_ko]").fill("너그러운 양해 부탁드립니다.")
    page.get_by_role("button", name="Save and continue editing").click()
    check(page, "mails about a release", request, sizes={"phone": PHONE})
    no_sideways_scroll(page)
    page.locator(".digest-list li", has_text=ADDRESS).get_by_role("link").click()
    frame = page.frame_locator("iframe")
    expect(frame.locator("body")).to_contain_text("너그러운 양해 부탁드립니다.")
    expect(frame.locator("body")).to_contain_text("22:00–22:45")
    expect(page.get_by_role("link", name="sessions.ics")).to_be_visible()

    # Sending asks once.
    page.locator(".crumbs a").last.click()
    page.get_by_role("button", name="Send the mails").click()
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_role("status")).to_contain_text(re.compile("on (its|their) way"))
    expect(page.get_by_role("button", name="Send the mails")).to_have_count(0)

    mail = site.mail_to(ADDRESS).parsed
    assert title in mail.subject
    assert mail.language == "ko"
    assert "너그러운 양해 부탁드립니다." in mail.text
    [file] = mail.attachments
    assert (file.content_type, file.filename) == ("text/calendar", "sessions.ics")
    calendar: Any = Calendar.from_ical(file.content)
    [event] = calendar.walk("VEVENT")
    assert str(calendar["method"]) == "PUBLISH"
    assert str(event["summary"]) == title
