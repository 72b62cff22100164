"""A holder does everything by her link, in a browser without script: agree, change, hand on, erase."""

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenBrowser
from tests.browser.places import register_guest
from tests.browser.running_site import RunningSite


def test_a_life_by_secret_link_without_script(open_browser: OpenBrowser, site: RunningSite) -> None:
    scripted = open_browser().new_page()
    link = register_guest(site, scripted, "en", name="Bùi Thị Lan", email="lan@visitor.example")
    page = open_browser(java_script_enabled=False).new_page()
    page.goto(link)

    consents = page.locator("#consents li").filter(has_text="Newsletter")
    consents.get_by_role("button", name="I agree").click()
    expect(page.locator("main")).to_contain_text("Noted: you agree to “newsletter”.")
    consents.get_by_role("button", name="Take it back").click()
    expect(consents).to_contain_text("You do not agree")

    page.get_by_role("link", name="Change your details").click()
    page.get_by_label("Name in Latin letters").fill("BUI THI LAN")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("BUI THI LAN")

    page.get_by_role("link", name="Attend as something else").click()
    page.get_by_label("Healthcare professional").check()
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.locator(".ticket .who")).to_contain_text("Healthcare professional")

    page.get_by_role("link", name="Answer the questions").click()
    scripted.goto(page.url)
    assert violations(scripted) == []
    page.get_by_label("Do you need credits").select_option("Yes")
    page.get_by_role("button", name="Save").click()
    # Asked only after this answer.
    page.get_by_label("Licence number").fill("KR-2026-0042")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#answers")).to_contain_text("KR-2026-0042")

    page.get_by_role("link", name="Hand the ticket on to somebody else").click()
    page.get_by_label("Full name").fill("김하나")
    page.get_by_label("E-mail address").fill("hana@visitor.example")
    page.get_by_role("button", name="Send the form").click()
    expect(page.locator("main")).to_contain_text("Your ticket is on its way to somebody else")
    page.get_by_role("button", name="Take the ticket back").click()
    expect(page.locator("main")).to_contain_text("You keep your ticket.")

    page.get_by_role("link", name="Your data: see it, take it along, have it erased").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="For programs (JSON)").click()
    kept = json.loads(Path(download.value.path()).read_text())
    assert kept["registration"][0]["latin_name"] == "BUI THI LAN"
    assert [consent["withdrawn_at"] is None for consent in kept["consents"]] == [True, False]

    page.get_by_role("link", name="Erase my data").click()
    page.get_by_role("button", name="Yes, erase it").click()
    expect(page.locator("h1")).to_have_text("Your data is erased")
    assert page.request.get(link).status == 404
    # Ticket, two changes, cancellation, and what stays; the last two in either order.
    site.mail_to("lan@visitor.example", number=5)
    texts = [mail.parsed.text for mail in site.mail.messages if "lan@visitor.example" in mail.recipients]
    assert [text for text in texts if "figures and name nobody" in " ".join(text.split())]
