"""An organizer draws a hall: from an empty floor to forty booths, by mouse and by keyboard."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.chromium import Watch
from tests.browser.conftest import OpenBrowser
from tests.browser.people import OWNER, SignedIn


def booth(page: Page, number: str) -> Locator:
    """Return a booth in the drawing."""
    return page.locator(f'[data-drawing] .booth[aria-label^="{number},"]')


def add_row(page: Page, first: str, y: int) -> None:
    """Add a row of ten booths by its form."""
    row = page.locator("[data-row-form]")
    for name, value in {"first": first, "count": "10", "x": "100", "y": str(y)}.items():
        row.locator(f"[name={name}]").fill(value)
    row.get_by_role("button", name="Add the row").press("Enter")
    expect(page.locator("[data-said]")).to_contain_text("10 things added")


def test_from_an_empty_hall_to_forty_booths(
    open_browser: OpenBrowser, signed_in: SignedIn, watch: Watch
) -> None:
    watch.expected += ["422 "]  # what cannot be built is refused
    page = open_browser(storage_state=signed_in(OWNER)).new_page()
    page.goto("/language/en/?next=/admin/exhibitors/hall/add/")
    page.locator("#id_forum").select_option(index=1)
    for language in ("vi", "ko", "en"):
        page.locator(f"#id_name_{language}").fill("Hall 9")
    for name, value in {"slug": "hall-9", "width": "3600", "depth": "2400"}.items():
        page.locator(f"#id_{name}").fill(value)
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="Plan of the hall").click()
    said = page.locator("[data-said]")

    page.locator("[data-row] summary").click()
    page.locator("[data-row-form] [name=type]").select_option(label="Wall booth")
    for place, letter in enumerate("WXYZ"):
        add_row(page, f"{letter}1", 100 + 500 * place)
    expect(page.locator("[data-drawing] .booth")).to_have_count(40)
    assert violations(page) == []

    # By mouse onto its neighbour: shown, and refused by the server; Undo brings it back.
    page.locator("[data-drawing]").scroll_into_view_if_needed()
    box = booth(page, "W10").bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] - box["width"] / 2, box["y"] + 10, steps=5)
    page.mouse.up()
    expect(page.locator("[data-fault-list]")).to_have_text("W9 and W10 overlap.")
    expect(booth(page, "W9")).to_have_class(re.compile("is-wrong"))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-alarm]")).to_have_text("W9 and W10 overlap.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-fault-list]")).to_be_hidden()

    # By keyboard: to the last of a row, half a metre to the right, turned, numbered anew, saved.
    booth(page, "W10").focus()
    for key in ("Home", "PageDown", "PageUp", "End", "Control+a", "Escape"):
        page.keyboard.press(key)
    booth(page, "Z10").focus()
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("Z10 moved: 3 × 3 m, 28.5 m from the left")
    page.keyboard.press("Enter")
    page.locator("#p-number").fill("z99")
    page.keyboard.press("Enter")
    expect(booth(page, "Z99")).to_have_count(1)
    page.keyboard.press("Control+s")
    expect(said).to_have_text("Saved")

    # After saving, undo goes on; what is left unsaved is thrown away with the page.
    page.get_by_role("button", name="Undo").click()
    expect(booth(page, "Z10")).to_have_count(1)
    page.get_by_role("button", name="Do again").click()
    page.reload()
    expect(page.locator("[data-drawing] .booth")).to_have_count(40)
    expect(booth(page, "Z99")).to_have_attribute("aria-label", re.compile("28.5 m from the left"))
    assert violations(page) == []
