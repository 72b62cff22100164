"""The journey of applications: four people apply, the desk decides by keyboard, mails say what came of it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import check
from tests.browser.chromium import PHONE, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.people import DESK, SignedIn
from tests.browser.running_site import RunningSite

# Name, address and language of mails; the oldest application is the first.
AN = ("Phạm Thị An", "an@desk.example", "vi")
HA_NA = ("김하나", "hana@desk.example", "ko")
BEN = ("Ben Sample", "ben@desk.example", "en")
CAO = ("Cao Văn Mẫu", "cao@desk.example", "vi")
MEDIUM = "Approvals Courier"
OWN_WORDS = "The passes for this medium are given out."

# The form as one person filled it in, sent once for each of the others.
SEND_FOR = """async ([name, email, language]) => {
    const form = document.querySelector("form:has([name=email])");
    const page = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(page, "text/html");
    const answers = new FormData(form);
    for (const [field, value] of Object.entries({ name, email, language })) answers.set(field, value);
    answers.set("form_token", fresh.querySelector("[name=form_token]").value);
    const answer = await fetch(location.href, { method: "POST", body: answers });
    return new URL(answer.url).pathname;
}"""


def apply_as_press(page: Page) -> None:
    """Send an application for each of the four, in order."""
    page.goto("/en/register/")
    page.locator("[name=type][value=press]").check()
    page.locator("[name=organization_name]").fill(MEDIUM)
    page.locator("[name=country]").select_option("VN")
    page.get_by_label("For which medium do you report?").fill(MEDIUM)
    page.get_by_label("Your press card").set_input_files(
        {"name": "card.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 card %%EOF"}
    )
    page.get_by_role("radio", name="No", exact=True).check()
    page.locator("[name=consent]").check()
    for person in (AN, HA_NA, BEN, CAO):
        assert page.evaluate(SEND_FOR, list(person)) == "/en/register/sent/"


def test_the_desk_decides_by_keyboard_and_about_several_at_once_and_mails_go_out(
    open_browser: OpenBrowser, signed_in: SignedIn, site: RunningSite, request: pytest.FixtureRequest
) -> None:
    apply_as_press(open_browser().new_page())
    page = open_browser(storage_state=signed_in(DESK)).new_page()
    page.goto(f"/admin/registrations/registration/approvals/?text={MEDIUM}")
    who, told = page.locator("#application"), page.get_by_role("status")
    expect(who).to_have_text(AN[0])
    check(page, "approvals", request, sizes={"phone": PHONE})

    # Forth and back; the heading is spoken each time. Then a place for An.
    page.keyboard.press("j")
    expect(who).to_have_text(HA_NA[0])
    expect(who).to_be_focused()
    page.keyboard.press("k")
    expect(who).to_have_text(AN[0])
    page.keyboard.press("a")
    expect(who).to_have_text(HA_NA[0])
    expect(told).to_contain_text(AN[0])

    # Declining asks for a reason, which is seen as it will be read.
    page.keyboard.press("d")
    kept, reason = page.get_by_label("Kept reason"), page.get_by_label("Reason in my own words")
    expect(kept).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(reason).to_have_attribute("aria-invalid", "true")
    expect(reason).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(reason).not_to_have_value("")
    in_korean = reason.input_value()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(who).to_have_text(BEN[0])
    expect(told).to_contain_text(HA_NA[0])

    # Those who are left, at once.
    for person in (BEN, CAO):
        page.get_by_role("checkbox", name=person[0]).check()
    page.locator(".queue-deeds").get_by_role("button", name="Decline").click()
    expect(page.locator(".several li")).to_have_count(2)
    check(page, "several applications", request, sizes={"phone": PHONE})
    no_sideways_scroll(page)
    page.get_by_label("Reason in my own words").fill(OWN_WORDS)
    page.get_by_role("button", name="Decline with this reason").click()
    expect(page.get_by_role("heading", name="Done for 2 people")).to_be_visible()
    check(page, "several applications, done", request, sizes={"phone": PHONE})
    page.get_by_role("link", name="Back to the applications").click()
    expect(page.get_by_role("heading", name="No application")).to_be_visible()

    # Each had a mail that the application came; the second says what became of it.
    ticket = site.mail_to(AN[1], number=2).parsed
    assert ticket.language == "vi"
    assert {file.content_type for file in ticket.attachments} >= {"application/pdf", "text/calendar"}
    declined = site.mail_to(HA_NA[1], number=2).parsed
    assert declined.language == "ko"
    assert in_korean in declined.text
    for person in (BEN, CAO):
        mail = site.mail_to(person[1], number=2).parsed
        assert mail.language == person[2]
        assert OWN_WORDS in mail.text
