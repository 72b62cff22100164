"""What only a real browser does with the registration form: the Back button, impatient clicks."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.running_site import RunningSite


def fill_in(page: Page, email: str) -> None:
    page.goto("/en/register/")
    page.get_by_role("radio").and_(page.locator(":enabled")).first.check()
    page.locator("[name=name]").fill("Back Button")
    page.locator("[name=email]").fill(email)
    page.locator("[name=organization_name]").fill("Sample Hospital")
    page.locator("[name=country]").select_option("VN")
    page.locator("[name=consent]").check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send the registration").click()
    page.wait_for_url("**/register/sent/")


def link_in(site: RunningSite, address: str) -> str:
    """Return the secret link in the first mail to ``address``."""
    found = re.search(rf"{re.escape(site.address)}/\w\w/registration/\S+/", site.mail_to(address).parsed.text)
    assert found is not None
    return found[0]


def by_the_back_button(page: Page) -> None:
    page.go_back()


def by_the_link(page: Page) -> None:
    page.get_by_role("link", name="This is not right: correct it").click()


@pytest.mark.parametrize("way_back", [by_the_back_button, by_the_link])
def test_a_corrected_address_takes_the_place_of_the_mistaken_one(
    open_browser: OpenBrowser, site: RunningSite, way_back: Callable[[Page], None]
) -> None:
    page = open_browser().new_page()
    typo, right = (f"{way_back.__name__}@{domain}" for domain in ("exmaple.org", "example.org"))
    fill_in(page, typo)
    send(page)
    first_link = link_in(site, typo)
    assert page.request.get(first_link).status == 200

    way_back(page)
    expect(page.locator("[name=email]")).to_have_value(typo)
    page.locator("[name=email]").fill(right)
    page.locator("[name=consent]").check()
    send(page)

    expect(page.locator("main")).to_contain_text(right)
    page.goto(link_in(site, right))
    expect(page.locator("h1")).to_have_text("Back Button")
    assert page.request.get(first_link).status == 404


def test_impatient_clicks_send_the_form_once(open_browser: OpenBrowser, site: RunningSite) -> None:
    context = open_browser()
    page = context.new_page()
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    fill_in(page, "impatient@example.org")

    page.get_by_role("button", name="Send the registration").dblclick(no_wait_after=True)
    page.wait_for_url("**/register/sent/")

    assert len(posts) == 1
    site.mail_to("impatient@example.org")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_press_applies_with_the_questions_that_fit_her(
    open_browser: OpenBrowser, site: RunningSite, script: bool
) -> None:
    page = open_browser(java_script_enabled=script).new_page()
    email = f"press-{script}@example.org".lower()
    fill_in(page, email)
    licence = page.get_by_label("Licence number")
    equipment = page.get_by_label("Equipment, and how many people come along")
    whom = page.get_by_text("Only for:")
    # With script what fits nobody yet is away; without, everything says whom it is for.
    expect(licence).to_be_visible(visible=not script)
    expect(whom.first).to_be_visible(visible=not script)

    page.locator("[name=type][value=press]").check()
    page.get_by_label("For which medium do you report?").fill("Báo Ví Dụ")
    page.get_by_label("Your press card").set_input_files(
        {"name": "card.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 card %%EOF"}
    )
    page.get_by_role("radio", name="No", exact=True).check()
    expect(equipment).to_be_visible(visible=not script)
    page.get_by_role("radio", name="Yes", exact=True).check()
    equipment.fill("One camera")
    page.locator("[name=email]").fill("no address")
    page.get_by_role("button", name="Send the registration").click()
    expect(page.locator("#errors")).to_contain_text("E-mail address")
    if script:
        expect(page.locator("#errors")).to_be_focused()
    expect(equipment).to_have_value("One camera")
    expect(page.get_by_text("Please choose the file again")).to_be_visible()

    page.locator("[name=email]").fill(email)
    page.get_by_label("Your press card").set_input_files(
        {"name": "card.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 card %%EOF"}
    )
    send(page)
    expect(page.locator("main")).to_contain_text("Until then you have no ticket.")
    page.goto(link_in(site, email))
    expect(page.get_by_role("heading", name="Your application is being looked at")).to_be_visible()
