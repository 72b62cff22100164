"""A speaker's journey on a telephone without scripts: from the mail to her slides in public."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.chromium import DESKTOP, PHONE, Watch, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.languages import languages_for
from tests.browser.people import EDITOR, SignedIn
from tests.browser.running_site import RunningSite
from tests.events import own_files

# Another person in each test: what one sends in is not there in the other.
KIM, LE = ("Kim Yesi", "kim-yesi@hospital.example"), ("Le Van Mau", "le-van-mau@hospital.example")
SIZES = {"phone": PHONE, "desktop": DESKTOP}


def mailed_link(page: Page, site: RunningSite, name: str, address: str) -> str:
    """Let an organizer write down a speaker's address and send the link; return it without its language."""
    page.goto(f"/admin/speakers/speaker/?q={name}")
    page.locator("#result_list tbody a").first.click()
    page.locator("[name=email]").fill(address)
    page.locator("[name=_continue]").click()
    page.get_by_role("link", name="Send the link to the speaker’s own page").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("The link is on its way.")
    text = site.mail_to(address).parsed.text
    found = re.search(rf"{re.escape(site.address)}/en(/speaker-page/[\w/-]+/)", text)
    assert found is not None, text
    return found[1]


def test_from_the_mail_to_the_slides_in_public(
    request: pytest.FixtureRequest,
    open_browser: OpenBrowser,
    signed_in: SignedIn,
    site: RunningSite,
    watch: Watch,
    tmp_path: Path,
) -> None:
    watch.expected.append("400")  # a file that is none
    organizer = open_browser(storage_state=signed_in(EDITOR)).new_page()
    link = mailed_link(organizer, site, *KIM)

    # On the telephone, without scripts: she comes, and says when she cannot.
    speaker = open_browser(viewport=PHONE, java_script_enabled=False).new_page()
    speaker.goto(f"/en{link}")
    no_words = speaker.locator("form.own-answer").first
    no_words.get_by_label("A few words to the organizers").fill("I need a clicker")
    no_words.get_by_role("button", name="Yes, I come").click()
    expect(speaker.locator("main")).to_contain_text("The organizers know that you come.")
    expect(speaker.locator("form.own-answer").first).to_contain_text("You have confirmed")
    absences = speaker.locator("#availability")
    absences.get_by_label("From").fill("12:00")
    absences.get_by_label("Until").fill("11:00")
    absences.get_by_role("button", name="Add this time").click()
    expect(speaker.locator("#errors")).to_contain_text("The end must be after the start.")
    expect(absences.get_by_label("From")).to_have_value("12:00")
    absences.get_by_label("Until").fill("13:00")
    absences.get_by_role("button", name="Add this time").click()
    expect(absences.get_by_role("listitem")).to_contain_text("12:00")

    # Another text waits for the organizers.
    slides, bad = (tmp_path / name for name in ("slides.exe", "slides.pdf"))
    slides.write_bytes(own_files.office())
    bad.write_bytes(b"MZ")
    speaker.get_by_role("link", name="Change text or portrait").click()
    speaker.locator("[name=position_en]").fill("Professor of Screening")
    speaker.get_by_role("button", name="Send to the organizers").click()
    expect(speaker.locator("#about-me")).to_contain_text("wait for the organizers")

    # Her slides are known by what is in them.
    speaker.get_by_role("link", name=re.compile("^Upload a file")).first.click()
    for file, answer in ((bad, "This is no file we can take."), (slides, "Your file is here.")):
        speaker.get_by_label("Title").fill("Screening with AI")
        speaker.get_by_label("File").set_input_files(file)
        speaker.get_by_role("button", name="Upload", exact=True).click()
        expect(speaker.locator("main")).to_contain_text(answer)

    # An organizer decides and releases.
    organizer.goto("/admin/events/proposal/?status__exact=pending")
    organizer.locator("#result_list tbody a").first.click()
    expect(organizer.locator(".told-change dd.new")).to_contain_text("Professor of Screening")
    axe.check(organizer, "proposal", request, sizes=SIZES)
    organizer.set_viewport_size(DESKTOP)
    organizer.get_by_role("button", name="Accept", exact=True).click()
    expect(organizer.get_by_role("status")).to_contain_text("Accepted.")
    organizer.goto("/admin/events/material/")
    organizer.locator("#result_list tbody a").first.click()
    axe.check(organizer, "material", request, sizes=SIZES)
    organizer.set_viewport_size(DESKTOP)
    organizer.get_by_role("button", name="Release to the public").click()
    expect(organizer.get_by_role("status")).to_contain_text("1 file is released")
    assert "We took over your text" in site.mail_to(KIM[1], number=2).parsed.text
    organizer.goto("/admin/events/agendarelease/publish/")
    organizer.get_by_role("button", name=re.compile("^Publish")).last.click()
    expect(organizer.get_by_role("status")).to_contain_text("Release")

    # The public reads and downloads it.
    visitor = open_browser(locale="en-GB").new_page()
    exported = visitor.request.get("/en/agenda/schedule.json").text()
    material = re.search(r"/materials/[0-9a-f-]{36}/", exported)
    assert material is not None
    assert visitor.request.get(material[0]).headers["content-disposition"] == (
        'attachment; filename="screening-with-ai.pptx"'
    )
    speaker.goto(f"/en{link}")
    expect(speaker.locator("#about-me")).to_contain_text("Professor of Screening")
    expect(speaker.locator("#sessions")).to_contain_text("public")


def test_nothing_is_wrong_with_her_pages(
    request: pytest.FixtureRequest, open_browser: OpenBrowser, signed_in: SignedIn, site: RunningSite
) -> None:
    link = mailed_link(open_browser(storage_state=signed_in(EDITOR)).new_page(), site, *LE)
    page = open_browser(viewport=PHONE).new_page()
    page.goto(f"/en{link}")
    places = ["", "about-me/"]
    for kind in ("abstract", "upload"):
        href = page.locator(f"a[href$='/{kind}/']").first.get_attribute("href")
        assert href is not None
        places.append(href.removeprefix(f"/en{link}"))
    for number, place in enumerate(places):
        for language in languages_for(number):
            page.set_viewport_size(PHONE)
            page.goto(f"/{language}{link}{place}")
            for fold in page.locator("main details").all():
                fold.evaluate("fold => { fold.open = true; }")
            no_sideways_scroll(page)
            axe.check(page, f"speaker’s page {place[:8]}, {language}", request, sizes=SIZES)
