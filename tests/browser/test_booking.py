"""An exhibitor at phone size by keyboard, from the plan to an accepted offer; and a plan that lives."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.chromium import PHONE, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.running_site import RunningSite

EMAIL = "jang@exhibitor.example"
# Longer than a poll, shorter than two; a machine that runs other tests may take its time to draw.
WITHIN_MS = 2_000

OFFER = """
from accounts.models import User
from exhibitors import services
from exhibitors.models import BoothBooking
row = BoothBooking.objects.get(exhibitor__contact_email="{email}", status="requested")
services.make_offer(row, by=User.objects.get(email="owner@forum.example"))
"""
HOLD = """
from exhibitors import services
from exhibitors.models import BookingPeriod, Booth, Exhibitor
booth = Booth.objects.get(number="{number}", forum__is_current=True)
who = Exhibitor.objects.filter(forum=booth.forum_id, slug="{slug}").get()
period = BookingPeriod.objects.get(exhibition=booth.forum_id, kind="whole")
print(services.hold_booth(booth=booth, exhibitor=who, period=period, by=None).pk)
"""
LAPSE = """
from datetime import timedelta
from django.utils import timezone
from exhibitors.models import BoothBooking
BoothBooking.objects.filter(pk={pk}).update(expires_at=timezone.now() + timedelta(seconds={seconds}))
"""


class Hands:
    """Somebody who has no mouse: keys alone, counted; ``pages`` are the addresses that were looked at."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses, self.pages = page, 0, [""]
        page.on("framenavigated", lambda frame: self.pages.append(re.sub(r"[?#].*", "", frame.url)))

    def press(self, thing: Locator, key: str = "Enter") -> None:
        """Go to a link, a button or a box as Tab would, and press a key on it."""
        thing.focus()
        expect(thing).to_be_focused()
        self.presses += 1
        self.page.keyboard.press(key)

    def type(self, label: str, words: str) -> None:
        """Write into a field."""
        field = self.page.get_by_label(label, exact=True)
        field.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    @property
    def seen(self) -> list[str]:
        """The pages, without those that only led on to the next."""
        return [one for one, before in zip(self.pages[1:], self.pages, strict=False) if one != before]


def test_from_the_plan_to_an_accepted_offer(open_browser: OpenBrowser, site: RunningSite) -> None:
    page = open_browser(viewport=PHONE).new_page()
    hands = Hands(page)
    page.goto("/en/exhibition/")
    hands.press(page.locator('.plan a[aria-label^="Booth D6,"]'))
    expect(page.locator("h1")).to_have_text("Booth D6")
    no_sideways_scroll(page)
    hands.press(page.get_by_role("button", name="Hold this booth for 20 minutes"))
    hands.type("Name of the organization", "Jangmi Medical")
    page.get_by_label("Country or territory").select_option("KR")
    hands.type("Your name", "Jang Mi-ran")
    hands.type("Your e-mail address", EMAIL)
    hands.type("Telephone", "+82 2 1234 5678")
    hands.press(page.get_by_label("I may sign up this organization"), "Space")
    hands.press(page.get_by_role("button", name="Continue: mail me a code"))
    code = re.search(r"^\s*(\w{4}-\w{4})\s*$", site.mail_to(EMAIL).parsed.text, re.MULTILINE)
    assert code is not None
    hands.type("Code", code[1])
    hands.press(page.locator("main form button.primary"))

    expect(page.locator("h1")).to_have_text("Booth D6")
    hands.press(page.get_by_role("button", name="Hold this booth for 20 minutes"))
    expect(page.locator(".countdown")).to_have_text(re.compile(r"^(20:00|19:\d\d)$"))
    no_sideways_scroll(page)
    assert violations(page) == []
    hands.type("What you will show", "A reader of X-ray pictures")
    hands.type("Address on the invoice", "12 Sejong-daero, Seoul")
    total = page.locator("#sum .total td")
    before = total.inner_text()
    hands.type("Additional chair", "2")
    expect(total).not_to_have_text(before)
    computed = total.inner_text()
    hands.press(page.get_by_label("We accept the terms of participation."), "Space")
    hands.press(page.get_by_role("button", name="Send the application").last)
    expect(page.locator("main")).to_contain_text("The organizers look at your application")
    requested = hands.presses, len(hands.seen)

    site.manage("shell", "-c", OFFER.format(email=EMAIL))
    page.reload()
    assert violations(page) == []
    hands.press(page.get_by_role("link", name="Accept the offer"))
    hands.press(page.get_by_role("button", name="Yes, accept"))
    expect(page.locator("main")).to_contain_text("You have accepted the offer.")
    expect(page.locator("main")).to_contain_text(computed)
    no_sideways_scroll(page)
    accepted = hands.presses, len(hands.seen)
    # Presses and pages: plan, booth, signing up, the code, the booth again and the application; then the
    # offer, and whether it is meant.
    assert (requested, accepted) == ((8, 6), (10, 8))


@pytest.fixture
def freed(site: RunningSite) -> Iterator[list[str]]:
    """Let what a test holds be free afterwards."""
    held: list[str] = []
    yield held
    for pk in held:
        site.manage("shell", "-c", LAPSE.format(pk=pk, seconds=-1))


def test_an_open_plan_follows_what_happens(
    open_browser: OpenBrowser, site: RunningSite, freed: list[str]
) -> None:
    page = open_browser().new_page()
    page.goto("/en/exhibition/")
    plan = page.locator('.plan a[data-booth="E2"]')
    row = page.locator("#booth-E2")
    expect(plan).to_have_attribute("aria-label", re.compile(": Free"))
    count = page.locator("#count-2").inner_text()
    booth = page.context.new_page()
    booth.goto("/en/booths/E2/")
    plan.focus()

    freed.append(site.manage("shell", "-c", HOLD.format(number="E2", slug="sian-voice")).split()[-1])
    expect(plan).to_have_attribute("aria-label", re.compile(": Being taken"), timeout=WITHIN_MS)
    expect(plan).to_have_class(re.compile("held"))
    expect(plan.locator("polygon")).to_have_count(2)
    expect(page.locator("#words-E2")).to_contain_text("Being taken")
    expect(row).to_contain_text("Being taken")
    assert page.locator("#count-2").inner_text() != count
    # Whoever is at the booth stays there.
    expect(plan).to_be_focused()
    expect(booth.locator("#booth-now")).to_contain_text("Being taken", timeout=WITHIN_MS)
    expect(booth.get_by_role("button", name="Hold this booth")).to_have_count(0)

    # Its time is over although nobody writes anything.
    site.manage("shell", "-c", LAPSE.format(pk=freed[0], seconds=1))
    expect(plan).to_have_attribute("aria-label", re.compile(": Free"), timeout=1_000 + WITHIN_MS)
    expect(page.locator("#count-2")).to_have_text(count)
    expect(booth.get_by_role("button", name="Hold this booth")).to_be_visible(timeout=WITHIN_MS)
