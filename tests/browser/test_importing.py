"""An organizer takes the programme out as a file, changes it, and brings it in again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import check
from tests.browser.chromium import DESKTOP, PHONE, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.people import OWNER, SignedIn

IMPORT = "/admin/events/session/import/"
NEW = """<event guid="{guid}" id="1"><date>{date}</date><start>00:10</start><duration>{duration}</duration>
<room>{room}</room><title>{title}</title><track>New strand</track><type>workshop</type><language>ko</language>
<abstract></abstract><persons><person id="1">Hoàng Văn Mẫu</person></persons></event>
"""


@pytest.fixture
def page(open_browser: OpenBrowser, signed_in: SignedIn) -> Page:
    """Give a page of the owner's browser."""
    return open_browser(storage_state=signed_in(OWNER)).new_page()


def changed_schedule(page: Page) -> bytes:
    """Return the site's own schedule.xml with one title changed, one session added and one that is broken."""
    text = page.request.get("/en/agenda/schedule.xml").text()
    title = re.search(r"<event .*?<title>(.*?)</title>", text, re.DOTALL)
    day = re.search(r'<day index="2" date="([\d-]+)"', text)
    assert title
    assert day
    text = text.replace(f"<title>{title[1]}</title>", "<title>Another title</title>", 1)
    date = f"{day[1]}T00:10:00+07:00"
    rows = [
        NEW.format(
            guid="aaaaaaaa-0000-4000-8000-000000000001",
            date=date,
            duration="00:20",
            room="Attic",
            title="A walk by night",
        ),
        NEW.format(
            guid="aaaaaaaa-0000-4000-8000-000000000002",
            date=date,
            duration="soon",
            room="Attic",
            title="Without an end",
        ),
    ]
    return text.replace("<room name=", "".join(rows) + "<room name=", 1).encode()


def test_a_schedule_is_previewed_and_imported(page: Page, request: pytest.FixtureRequest) -> None:
    page.goto(IMPORT)
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "schedule.xml", "mimeType": "text/xml", "buffer": changed_schedule(page)}
    )
    page.get_by_role("button", name="Show what would change").press("Enter")

    expect(page.get_by_role("heading", name="Cannot be taken over")).to_be_visible()
    for words in ("Without an end", "“soon” is no duration", "A walk by night", "Attic", "New strand"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Another title")).to_contain_text("→")
    check(page, "preview of an import (en)", request, sizes={"desktop": DESKTOP, "phone": PHONE})
    no_sideways_scroll(page)

    page.get_by_role("button", name="Import 2 sessions into the draft").click()
    expect(page.get_by_text("Some rows cannot be taken over. Nothing was imported.")).to_be_visible()
    page.get_by_label("Import the other rows").check()
    page.get_by_role("button", name="Import 2 sessions into the draft").click()
    expect(page.get_by_text("1 session was added, 1 was changed.")).to_be_visible()
    page.goto("/admin/events/session/?q=A+walk+by+night")
    expect(page.get_by_role("link", name="A walk by night")).to_be_visible()
