"""Everything a visitor came for can be done with the keyboard alone, and she sees where she is."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import PHONE
from tests.browser.conftest import OpenBrowser
from tests.browser.running_site import RunningSite

MOST_STEPS = 60


def focused(page: Page) -> dict[str, str]:
    """Return what has the focus: its name, its words and whether its focus can be seen."""
    found: dict[str, str] = page.evaluate(
        """() => {
            const element = document.activeElement;
            // The ring may be drawn around the whole card that a link stands for.
            const ringed = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
            const parts = [getComputedStyle(element), getComputedStyle(element, "::after")];
            for (let box = element.parentElement; box && parts.length < 5; box = box.parentElement)
                parts.push(getComputedStyle(box));
            return {
                tag: element.tagName,
                name: element.getAttribute("name") ?? "",
                words: (element.innerText || "").trim(),
                href: element.getAttribute("href") ?? "",
                seen: String(parts.some(ringed)),
            };
        }"""
    )
    return found


def tab_to(page: Page, **wanted: str) -> None:
    """Press Tab until the focus is where it should be; each stop on the way must show itself."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["tag"] == "BODY":
            continue
        assert here["seen"] == "true", f"the focus cannot be seen on {here}"
        if all(re.search(pattern, here[key]) for key, pattern in wanted.items()):
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def test_registering(page: Page, site: RunningSite) -> None:
    email = "keyboard@visitor.example"
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert focused(page)["href"] == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, href="/register/$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/")
    tab_to(page, name="^type$")
    page.keyboard.press("ArrowDown")
    tab_to(page, name="^name$")
    page.keyboard.type("Katherine Johnson")
    tab_to(page, name="^email$")
    page.keyboard.type("not an address")
    tab_to(page, name="^organization_name$")
    page.keyboard.type("Hanoi Heart Hospital")
    tab_to(page, name="^country$")
    page.keyboard.type("Korea")
    tab_to(page, name="^consent$")
    page.keyboard.press("Space")
    tab_to(page, tag="BUTTON", words="Send")
    page.keyboard.press("Enter")

    # The summary of mistakes has the focus, and its link leads to the field.
    summary = page.locator("[data-takes-focus]")
    expect(summary).to_be_focused()
    tab_to(page, href="id_email")
    page.keyboard.press("Enter")
    assert focused(page)["name"] == "email"
    page.keyboard.press("Control+A")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/sent/")
    assert "Katherine Johnson" in site.mail_to(email).parsed.text


def test_the_menu_of_a_phone(open_browser: OpenBrowser) -> None:
    page = open_browser(viewport=PHONE).new_page()
    page.goto("/ko/")
    menu = page.locator("#site-menu")
    expect(menu).to_be_hidden()
    tab_to(page, tag="BUTTON")
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    for name in ("로그인", "Tiếng Việt", "English"):
        expect(menu.get_by_role("link", name=name)).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert focused(page)["tag"] == "BUTTON"
    page.keyboard.press("Enter")
    tab_to(page, href="/ko/speakers/$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ko/speakers/")


@pytest.mark.parametrize("path", ["/vi/agenda/", "/en/venue/", "/ko/speakers/", "/en/accounts/login/"])
def test_every_stop_shows_itself_and_none_is_a_trap(page: Page, path: str) -> None:
    page.goto(path)
    seen = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["tag"] == "BODY":
            break
        assert here["seen"] == "true", f"the focus cannot be seen on {here}"
        seen.add((here["tag"], here["name"], here["href"], here["words"]))
    else:
        raise AssertionError(f"Tab never leaves the page; it went to {len(seen)} places")
    assert len(seen) >= 8


def test_the_switcher_keeps_the_page(page: Page) -> None:
    page.goto("/en/venue/")
    tab_to(page, href="/language/ko/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ko/venue/")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    page.goto("/")
    page.wait_for_url("**/ko/")
