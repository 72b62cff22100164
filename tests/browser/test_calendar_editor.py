"""Two organizers in the calendar editor at once: mouse, keyboard, each other's moves, and who was slower."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.chromium import Watch
from tests.browser.conftest import OpenBrowser
from tests.browser.people import EDITOR, OWNER, SignedIn
from tests.browser.running_site import RunningSite

CALENDAR = "/admin/events/session/calendar/?day={day}"
MAIN_DAY = "from events.models import Forum; print(Forum.objects.get(is_current=True).main_day)"
WORKSHOP, ROUND_TABLE = "Workshop: preparing medical images", "Round table: how hospitals"
HOUR = 88  # pixels


@pytest.fixture(scope="module")
def day(site: RunningSite) -> str:
    """Give the main day of the demonstration, which lies a month ahead of the day on which it was loaded."""
    return site.manage("shell", "--no-imports", "-c", MAIN_DAY).strip()


def block(page: Page, title: str) -> Locator:
    """Return the block of a session in the calendar."""
    return page.locator(".board .ec-event:not(.ec-ghost, .ec-preview) .block", has_text=title)


def drag(page: Page, title: str, *, right: float = 0, down: float = 0) -> None:
    """Take a block by the mouse and let it go elsewhere."""
    box = block(page, title).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 30
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 10, steps=3)
    page.mouse.move(x + right, y + down, steps=6)
    page.mouse.up()


def test_two_organizers_edit_the_calendar(
    open_browser: OpenBrowser, signed_in: SignedIn, watch: Watch, day: str
) -> None:
    watch.expected += ["409 "]  # what the slower one is told
    editor, owner = (open_browser(storage_state=signed_in(person)).new_page() for person in (EDITOR, OWNER))
    for page in (editor, owner):
        page.goto(f"/language/en/?next={CALENDAR.format(day=day)}")
        expect(block(page, WORKSHOP)).to_contain_text("10:15–11:45")
    warnings = int(editor.locator("[data-count]").inner_text().split()[0])
    said, alarm = editor.locator("[data-said]"), editor.locator("[data-alarm]")

    # By mouse: an hour later, saved at once, and seen by the other without doing anything.
    drag(editor, WORKSHOP, down=HOUR)
    expect(said).to_contain_text("11:15–12:45, Workshop room")
    expect(block(owner, WORKSHOP)).to_contain_text("11:15–12:45")

    # Where another session stands: refused with its name, and put back.
    column = block(editor, WORKSHOP).bounding_box()
    assert column
    drag(editor, WORKSHOP, right=column["width"])
    expect(alarm).to_contain_text("Exhibition and B2B area is taken: “Exhibition of AI technologies")
    expect(block(editor, WORKSHOP)).to_contain_text("11:15–12:45")

    # By keyboard: what would clash is told while the arrows move it, then it is saved.
    block(owner, ROUND_TABLE).focus()
    for key in ("ArrowDown", "ArrowDown", "Alt+ArrowDown", "ArrowRight"):
        owner.keyboard.press(key)
    expect(owner.locator("[data-said]")).to_contain_text(
        "has a seat limit of 120; Workshop room has 80 seats"
    )
    expect(owner.locator("[data-said]")).to_contain_text("13:50–15:20, Workshop room")
    expect(block(owner, ROUND_TABLE)).to_be_focused()
    expect(block(editor, ROUND_TABLE)).to_have_attribute("data-clash", "warning")
    expect(editor.get_by_role("link", name=f"{warnings + 1} open warnings")).to_be_visible()

    # Both change one session: the slower one sees both wishes side by side and keeps the other's.
    block(editor, WORKSHOP).click()
    editor.locator(".panel-form [name=title_en]").fill("Workshop: preparing medical images together")
    block(owner, WORKSHOP).focus()
    owner.keyboard.press("ArrowUp")
    expect(owner.locator("[data-said]")).to_contain_text("11:00–12:30")
    expect(editor.locator("[data-changed-elsewhere]")).to_contain_text("Somebody else changed this session.")
    editor.locator(".panel-form [name=starts]").fill(f"{day}T11:30")
    editor.locator(".panel-form [name=ends]").fill(f"{day}T12:30")
    editor.locator(".panel-form button[type=submit]").click()
    rows = editor.locator(".stale tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(re.compile("11:00–12:30.*Lý Chủ Dụ.*11:30–12:30", re.DOTALL))
    assert violations(editor) == []
    editor.get_by_role("link", name="Leave it as it is now").click()
    expect(block(editor, WORKSHOP)).to_contain_text("11:00–12:30")

    # An undo would overwrite that: refused, and the step can be left.
    editor.get_by_role("button", name="Undo").click()
    expect(alarm).to_contain_text("Lý Chủ Dụ")
    expect(alarm).to_contain_text("11:00–12:30")
    editor.get_by_role("button", name="Leave this step").click()
    expect(editor.get_by_role("button", name="Undo")).to_be_disabled()

    # The other takes both of hers back.
    for before in ("11:15–12:45", "13:15–14:45"):
        owner.keyboard.press("Control+z")
        expect(owner.locator(".ec-events")).to_contain_text(before)
    expect(owner.get_by_role("button", name="Undo")).to_be_disabled()

    # Out of the calendar and in again, and everything is where it was.
    block(owner, WORKSHOP).focus()
    owner.keyboard.press("Delete")
    waiting = owner.locator("[data-tray] .block", has_text=WORKSHOP)
    waiting.focus()
    owner.keyboard.press("Enter")
    owner.locator(".panel-form [name=starts]").fill(f"{day}T10:15")
    owner.locator(".panel-form [name=ends]").fill(f"{day}T11:45")
    expect(owner.locator("[data-preview]")).to_have_text("No clash there.")
    assert violations(owner) == []
    owner.locator(".panel-form button[type=submit]").click()
    expect(block(editor, WORKSHOP)).to_contain_text("10:15–11:45")


def test_it_works_without_script(open_browser: OpenBrowser, signed_in: SignedIn, day: str) -> None:
    page = open_browser(storage_state=signed_in(OWNER), java_script_enabled=False).new_page()
    page.goto(f"/language/en/?next={CALENDAR.format(day=day)}")
    row = page.locator(".day-row", has_text=ROUND_TABLE)
    row.locator("[name=ends]").fill(f"{day}T14:40")
    row.get_by_role("button", name="Move").click()
    expect(page.get_by_role("status").first).to_contain_text("13:15–14:40")
    expect(page.locator(".day-row", has_text=ROUND_TABLE)).to_contain_text("13:15–14:40")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".day-row", has_text=ROUND_TABLE)).to_contain_text("13:15–14:45")
