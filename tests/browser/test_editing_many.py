"""An organizer checks the draft and edits many sessions at once, all of it without script."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import check
from tests.browser.chromium import DESKTOP, PHONE, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.people import OWNER, SignedIn

DRAFT = "/admin/events/session"
ROWS = "Title\tDuration\tKind\nYoga before work\t30\tworkshop\nOpening\t\t\n"


@pytest.fixture
def page(open_browser: OpenBrowser, signed_in: SignedIn) -> Page:
    """Give a page of the owner's browser, with script."""
    return open_browser(storage_state=signed_in(OWNER)).new_page()


@pytest.fixture
def plain_page(page: Page, open_browser: OpenBrowser) -> Page:
    """Give a page of the same person in a browser that runs no script."""
    state = page.context.storage_state()
    return open_browser(storage_state=state, java_script_enabled=False).new_page()


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone:")


def test_many_sessions_are_edited_without_script(plain_page: Page) -> None:
    page = plain_page
    page.goto(f"{DRAFT}/warnings/")
    warning = page.get_by_role("listitem").filter(has_text="Yoon Pyobon is not available")
    warning.get_by_text("Accept it").click()
    warning.get_by_label("Reason").fill("He takes a later flight.")
    warning.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("status")).to_contain_text("The warning is accepted.")
    accepted = page.get_by_role("listitem").filter(has_text="He takes a later flight.")
    accepted.get_by_role("button", name="Open it again").click()
    expect(page.get_by_role("status")).to_contain_text("The warning is open again.")

    page.goto(f"{DRAFT}/shift/")
    page.get_by_label("Sessions that begin at or after").fill("16:00")
    page.get_by_label("Minutes").fill("10")
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("row").filter(has_text="Reception")).to_contain_text("18:10–19:40")
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_role("status")).to_contain_text("Done:")
    undo(page)

    page.goto(f"{DRAFT}/table/")
    title = page.get_by_label("English: Reception")
    title.fill("Reception and dinner")
    page.get_by_role("button", name="Save what was changed").click()
    expect(page.get_by_role("status")).to_contain_text("1 session is saved.")
    expect(page.get_by_label("English: Reception and dinner")).to_have_value("Reception and dinner")
    undo(page)

    page.goto(f"{DRAFT}/paste/")
    page.locator("textarea").fill(ROWS)
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("row").filter(has_text="Yoga before work")).to_contain_text("New session")
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_role("status")).to_contain_text("Done: 1 session pasted")
    undo(page)


def test_what_would_happen_is_accessible_and_fits(page: Page, request: pytest.FixtureRequest) -> None:
    page.goto(f"{DRAFT}/paste/")
    page.locator("textarea").fill(ROWS + "Ghost\t\tnothing\n")
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("alert")).to_contain_text("1 row cannot be done.")
    check(page, "rows pasted", request, sizes={"desktop": DESKTOP, "phone": PHONE})
    no_sideways_scroll(page)
