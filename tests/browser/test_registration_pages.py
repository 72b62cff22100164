"""The organizers' pages of registration: axe finds nothing on any of them.

Every page is looked at once, the next one in another language, size and scheme: the templates do not differ
by them. Lists and forms that the admin makes are in ``test_organizers_pages``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.axe import Scheme, check
from tests.browser.chromium import DESKTOP, PHONE, Watch, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.people import OWNER, SignedIn
from tests.browser.running_site import RunningSite

LOOKS: list[tuple[str, str, Scheme]] = [
    ("vi", "desktop", "light"),
    ("ko", "phone", "dark"),
    ("en", "desktop", "dark"),
    ("vi", "phone", "dark"),
    ("ko", "desktop", "light"),
    ("en", "phone", "light"),
]
SIZES: dict[str, ViewportSize] = {"desktop": DESKTOP, "phone": PHONE}

# One row of each kind that the demonstration has not, under a key that stands in its address.
CAME, APPLIED, WAITS, OFFERED, BATCH, CERTIFICATE = (
    f"00000000-0000-4000-8000-00000000000{number}" for number in range(1, 7)
)
ROWS = f"""
from datetime import timedelta
from django.utils import timezone
from events.models import Forum
from registrations.broadcasts.unsubscribing import unsubscribe_url
from registrations.models import RegistrationType
from tests.factories import *
now = timezone.now()
forum = Forum.objects.current().get()
student, press = (forum.registration_types.get(slug=slug) for slug in ("student", "press"))
RegistrationType.objects.filter(pk=student.pk).update(has_waiting_list=True)
came = RegistrationFactory(pk="{CAME}", forum=forum, type=student)
RegistrationFactory(pk="{APPLIED}", forum=forum, type=press, status="pending")
RegistrationFactory(pk="{WAITS}", forum=forum, type=student, status="waiting", waiting_since=now)
later = now + timedelta(days=1)
RegistrationFactory(pk="{OFFERED}", forum=forum, type=student, status="offered", offer_until=later)
DocumentBatchFactory(pk="{BATCH}", forum=forum)
CertificateFactory(pk="{CERTIFICATE}", registration=came)
BroadcastFactory(forum=forum)
print("link", unsubscribe_url(came.pk, "ko"))
"""
PEOPLE = """name\temail\torganization\tcountry\ttype
Mai\tmai@import.example\tViện Mẫu\tVN\tstudent
Hoa\tno address\t\tXX\tnone
"""


@dataclass(frozen=True)
class Sight:
    """A page, by its address behind ``/admin/``; ``prepare`` does there what has to be done first."""

    path: str
    prepare: Callable[[Page], None] | None = None

    def __str__(self) -> str:
        return f"{self.path} {self.prepare.__name__ if self.prepare else ''}".strip()


def refused(page: Page) -> None:
    """Give blanks for a reason."""
    page.locator("#content [name=reason]").fill("  ")
    page.locator("#content form button.primary").click()
    page.locator("[aria-invalid=true]").wait_for()


def declining(page: Page) -> None:
    """Unfold what a decision asks for."""
    page.keyboard.press("d")


def pasted(page: Page) -> None:
    """Paste two people, of whom one is refused."""
    page.locator("#content textarea").first.fill(PEOPLE)
    page.locator("#content form[method=post] button").last.click()
    page.wait_for_load_state()


def first_row(page: Page) -> None:
    """Open the first row of the list."""
    page.locator("#result_list tbody a").first.click()
    page.wait_for_load_state()


def first_session(page: Page) -> None:
    """Open the first session of the list."""
    page.locator("#content .ledger tbody a").first.click()
    page.wait_for_load_state()


def preview(page: Page) -> None:
    """Open the draft, and see the mail as it will be."""
    first_row(page)
    page.goto(page.url.replace("change/", "preview/"))


def sending(page: Page) -> None:
    """Open the draft, and be asked whether to send it."""
    first_row(page)
    page.goto(page.url.replace("change/", "send/"))


def first_kind(page: Page) -> None:
    """Open the wording of the first kind of mail."""
    page.locator("#content a[href*='/of/']").first.click()
    page.wait_for_load_state()


PERSON = "registrations/registration"
SIGHTS = [
    Sight(f"{PERSON}/approvals/", declining),
    Sight(f"{PERSON}/waiting/"),
    Sight(f"{PERSON}/seats/", first_session),
    Sight(f"{PERSON}/numbers/"),
    Sight(f"{PERSON}/import/"),
    Sight(f"{PERSON}/import/", pasted),
    # Deeds are asked about by one template.
    Sight(f"{PERSON}/{WAITS}/do/promote/", refused),
    Sight(f"{PERSON}/{APPLIED}/do/decline/"),
    Sight(f"{PERSON}/{CAME}/do/hand-on/"),
    Sight("registrations/quota/", first_row),
    Sight("registrations/documentbatch/add/"),
    Sight(f"registrations/documentbatch/{BATCH}/change/"),
    Sight(f"registrations/documentbatch/of/{CAME}/"),
    Sight("registrations/certificate/"),
    Sight("registrations/certificate/add/"),
    Sight(f"registrations/certificate/{CERTIFICATE}/change/"),
    Sight(f"registrations/certificate/{CERTIFICATE}/do/revoke/"),
    Sight("registrations/broadcast/", first_row),
    Sight("registrations/broadcast/", preview),
    Sight("registrations/broadcast/", sending),
    Sight("outbox/wordingoverride/", first_kind),
]


@pytest.mark.slow
def test_every_page_of_registration_is_accessible_and_fits(
    open_browser: OpenBrowser,
    signed_in: SignedIn,
    site: RunningSite,
    watch: Watch,
    request: pytest.FixtureRequest,
) -> None:
    # axe asks into every frame, and that of a mail is shut to scripts.
    watch.expected.append("console: Failed to execute 'postMessage'")
    said = site.manage("shell", "-c", ROWS)
    page = open_browser(storage_state=signed_in(OWNER)).new_page()
    for sight, (language, size, scheme) in zip(SIGHTS, cycle(LOOKS), strict=False):
        page.set_viewport_size(SIZES[size])
        page.goto(f"/language/{language}/?next=/admin/{sight.path}")
        if sight.prepare:
            sight.prepare(page)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        check(page, f"{sight} ({language})", request, sizes={size: SIZES[size]}, schemes=(scheme,))
        no_sideways_scroll(page)

    # Mails to groups lead here.
    page.goto(said.split("link ")[1].strip())
    check(page, "no more news (ko)", request, sizes=SIZES)
