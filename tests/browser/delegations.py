"""A delegation as its lead makes it, and its pages that the tests of the browser look at."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.places import Place, Slugs, open_folds
from tests.browser.running_site import RunningSite

LEAD, INVITED = "lead@ministry.example", "invited@ministry.example"
LIST = "Full name\tPosition\tE-mail\nHoàng Mẫu\tDirector\tmau@ministry.example\nLê Ví Dụ\t\t\n"
FAULTY = "Full name\tE-mail\tShoe size\nHoàng Mẫu\tno address\t42\n\tempty@ministry.example\t\n"


def show_list(text: str) -> Callable[[Page], None]:
    """Return what pastes ``text`` and asks what is understood of it."""

    def shown(page: Page) -> None:
        page.locator("textarea[name=text]").fill(text)
        page.locator("main form button.primary").click()
        page.locator("#h-plan").wait_for()
        open_folds(page)

    return shown


# Each in as many languages as it has words that stand nowhere else.
DELEGATION = [
    (Place("delegation", "{delegation}", prepare=open_folds), ("vi", "ko", "en")),
    (Place("list of members, with mistakes", "{delegation}add/", prepare=show_list(FAULTY)), ("vi", "en")),
    (Place("list of members", "{delegation}add/", prepare=show_list(LIST)), ("ko", "vi")),
    (Place("kept place", "{place}"), ("ko",)),
    (Place("member", "{member}"), ("vi",)),
    (Place("register in a delegation", "/register/?code={code}", prepare=open_folds), ("en",)),
]


def make_delegation(site: RunningSite, page: Page) -> Slugs:
    """Open a delegation with two members and a kept place that was sent to somebody; return its addresses."""
    page.goto("/en/delegations/new/")
    for name, text in (("name", "Sample Ministry"), ("lead_name", "Robin Sample"), ("email", LEAD)):
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=country]").select_option("VN")
    page.locator("[name=consent]").check()
    page.locator("main form button.primary").click()
    delegation = _path_in(site, LEAD, r"/en(/delegation/[\w-]+/[\w-]+/)")

    page.goto(f"/en{delegation}add/")
    show_list(LIST)(page)
    page.locator("[name=agreed]").check()
    page.get_by_role("button", name="Register 2 people").click()
    member = page.locator(".member:not(.kept) a.button").first.get_attribute("href") or ""

    page.goto(f"/en{delegation}places/")
    page.locator("main form button.primary").click()
    place = page.locator(".member.kept a.button").get_attribute("href") or ""
    page.goto(place)
    page.locator("[name=email]").fill(INVITED)
    page.locator("button[name=send]").click()
    code = _path_in(site, INVITED, r"/en/register/\?code=([\w-]+)")
    without_language = {"place": place.removeprefix("/en"), "member": member.removeprefix("/en")}
    return {"delegation": delegation, "code": code, **without_language}


def _path_in(site: RunningSite, address: str, pattern: str) -> str:
    text = site.mail_to(address).parsed.text
    found = re.search(re.escape(site.address) + pattern, text)
    assert found, text
    return found[1]
