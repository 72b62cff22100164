"""The first journey: a visitor reads, registers, gets her mail, corrects her name, cancels."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import PHONE, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.running_site import RunningSite


@dataclass(frozen=True)
class Reader:
    """A visitor: what her browser asks for and who she is."""

    language: str
    locale: str
    name: str
    corrected: str
    organization: str
    agenda: str
    days: str


READERS = [
    Reader(
        "vi",
        "vi-VN",
        "Nguyễn Thị Ánh",
        "Nguyễn Thị Ánh Nguyệt",
        "Bệnh viện Bạch Mai",
        "Chương trình",
        "tháng",
    ),
    Reader("ko", "ko-KR", "김하늘", "김하늘별", "서울대학교병원", "프로그램", "월"),
    Reader("en", "en-GB", "Ada Lovelace", "Ada King Lovelace", "Analytical Hospital", "Programme", "202"),
]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.language)
@pytest.mark.parametrize("scripts", [True, False], ids=["", "without-javascript"])
def test_a_visitor_registers_corrects_and_cancels(
    open_browser: OpenBrowser, site: RunningSite, reader: Reader, scripts: bool
) -> None:
    page = open_browser(locale=reader.locale, java_script_enabled=scripts, viewport=PHONE).new_page()
    email = f"{reader.language}-{'js' if scripts else 'plain'}@visitor.example"
    read_the_site(page, reader)
    register(page, reader, email)
    link = check_mail(site, reader, email)
    correct_and_cancel(page, reader, link)
    assert "METHOD:CANCEL" in calendar_of(site.mail_to(email, number=3))


def read_the_site(page: Page, reader: Reader) -> None:
    """Home, agenda, a session, the speakers, a speaker: by links alone, in the browser's language."""
    page.goto("/")
    expect(page).to_have_url(re.compile(f"/{reader.language}/$"))
    expect(page.locator("html")).to_have_attribute("lang", reader.language)
    expect(page.locator("main")).to_contain_text(reader.days)
    page.locator("main a[href$='/agenda/']").first.click()
    expect(page).to_have_url(re.compile(f"/{reader.language}/agenda/$"))
    page.locator("main a[href*='/agenda/']:visible").first.click()
    expect(page).to_have_url(re.compile(f"/{reader.language}/agenda/[^/]+/$"))
    expect(page.locator("h1")).not_to_be_empty()
    page.goto(f"/{reader.language}/speakers/")
    page.locator("main a[href*='/speakers/']:visible").first.click()
    expect(page).to_have_url(re.compile(f"/{reader.language}/speakers/[^/]+/$"))
    expect(page.locator("h1")).not_to_be_empty()


def register(page: Page, reader: Reader, email: str) -> None:
    """Fill in the form as people do, wrongly first."""
    page.goto(f"/{reader.language}/register/")
    page.get_by_role("radio").and_(page.locator(":enabled")).first.check()
    page.locator("[name=email]").fill(email)
    page.locator("[name=organization_name]").fill(reader.organization)
    page.locator("[name=country]").select_option("VN")
    page.locator("[name=consent]").check()
    page.locator("form:has([name=email]) button.primary").click()
    # The name is missing, and the server says so.
    expect(page.locator("[name=name]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=email]")).to_have_value(email)
    page.locator("[name=name]").fill(reader.name)
    page.locator("form:has([name=email]) button.primary").click()
    expect(page).to_have_url(re.compile(f"/{reader.language}/register/sent/$"))
    expect(page.locator("main")).to_contain_text(email)


def check_mail(site: RunningSite, reader: Reader, email: str) -> str:
    """Read the mail; return its secret link."""
    mail = site.mail_to(email).parsed
    assert mail.language == reader.language
    assert reader.name in mail.text
    assert reader.name in mail.html
    kinds = {part.content_type for part in mail.parts}
    assert {"text/plain", "text/html", "text/calendar"} <= kinds
    assert any(kind.startswith("image/") for kind in kinds), "the QR"
    links = set(
        re.findall(rf"{re.escape(site.address)}/\w\w/registration/[\w-]+/[\w:-]+/(?=[\s\"<)])", mail.text)
    )
    assert len(links) == 1, mail.text
    link = links.pop()
    assert f"/{reader.language}/" in link
    assert link in mail.html
    assert "BEGIN:VEVENT" in calendar_of(site.mail_to(email))
    return link


def calendar_of(mail: Any) -> str:
    """Return the calendar entry of a mail."""
    return next(part.text for part in mail.parsed.parts if part.content_type == "text/calendar")


def correct_and_cancel(page: Page, reader: Reader, link: str) -> None:
    """Open the secret link, correct the name, see it, cancel, see that."""
    page.goto(link)
    expect(page.locator("main")).to_contain_text(reader.name)
    expect(page.locator("main svg").first).to_be_visible()
    no_sideways_scroll(page)
    page.locator("a[href$='/edit/']").first.click()
    page.locator("[name=name]").fill(reader.corrected)
    page.locator("form:has([name=name]) button.primary").click()
    expect(page).to_have_url(link)
    expect(page.locator("main")).to_contain_text(reader.corrected)
    page.locator("a[href$='/cancel/']").first.click()
    page.locator("main form button:not([type=button])").click()
    expect(page).to_have_url(link)
    expect(page.locator("a[href$='/cancel/']")).to_have_count(0)
