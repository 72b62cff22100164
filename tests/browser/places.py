"""Every public page that the tests of the browser look at, and how to come to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.running_site import RunningSite

# Parts of addresses that depend on the content: "session", "speaker", "link-vi" and so on.
Slugs = dict[str, str]


@dataclass(frozen=True)
class Place:
    """A page. ``path`` follows the language; ``prepare`` does there what has to be done first."""

    name: str
    path: str
    status: int = 200
    prepare: Callable[[Page], None] | None = None

    def address(self, language: str, slugs: Slugs) -> str:
        """Return the page's address in ``language``."""
        if self.path.startswith("{link}"):
            return self.path.format(link=slugs[f"link-{language}"])
        return f"/{language}{self.path.format(**slugs)}"


def send_empty_form(page: Page) -> None:
    """Send the form as it is, so that it comes back with its complaints."""
    page.locator("main form[method=post] button.primary").first.click()
    page.locator("[aria-invalid=true]").first.wait_for()


def choose_press(page: Page) -> None:
    """Choose the kind of attendance that asks most, and everything that is folded away."""
    page.locator("[name=type][value=press]").check()
    page.locator(".question:visible input[type=radio]").first.check()
    open_folds(page)


def send_empty_name(page: Page) -> None:
    """Take the name away and send the form."""
    page.locator("[name=name]").fill("")
    send_empty_form(page)


def star_some(page: Page) -> None:
    """Star three sessions, two of which follow each other, and go to My forum."""
    stars = page.locator("button.star")
    slugs = {stars.nth(number).get_attribute("value") for number in (2, 3, 4)}
    for number in (2, 3, 4):
        stars.nth(number).click()
    # Pressed at once, sent one after the other: the cookie has all three when the last answer is there.
    page.wait_for_function(
        """async wanted => {
            const told = await (await fetch(document.getElementById("stars").dataset.stars)).json();
            return wanted.every(slug => told.starred.includes(slug));
        }""",
        arg=list(slugs),
    )
    page.goto(page.url.replace("/agenda/", "/my/"))
    page.locator(".slot").nth(2).wait_for()


def open_menu(page: Page) -> None:
    """Open the menu of narrow windows."""
    page.locator("[popovertarget=site-menu]:visible").first.click()
    page.locator("#site-menu").wait_for()


def open_folds(page: Page) -> None:
    """Open everything that is folded away."""
    for fold in page.locator("main details").all():
        fold.evaluate("fold => { fold.open = true; }")


PUBLIC = [
    Place("home", "/", prepare=open_folds),
    Place("home, menu open", "/", prepare=open_menu),
    Place("agenda", "/agenda/", prepare=open_folds),
    Place("agenda, one track", "/agenda/?track={track}"),
    Place("agenda, several choices", "/agenda/?topic={topic}&speaker={speaker}&language=ko"),
    Place("agenda, nothing found", "/agenda/?track={track}&language=ko&language=en&day=0"),
    Place("session", "/agenda/{session}/"),
    Place("speakers", "/speakers/"),
    Place("speaker", "/speakers/{speaker}/"),
    Place("exhibition", "/exhibition/"),
    Place("exhibition, one country", "/exhibition/?country=KR"),
    Place("exhibitor", "/exhibition/{exhibitor}/"),
    Place("product", "/exhibition/{exhibitor}/{product}/"),
    Place("booth", "/booths/D5/"),
    Place("booth, taken", "/booths/A1/"),
    Place("exhibit, with mistakes", "/exhibitor/join/?booth=D6", prepare=send_empty_form),
    Place("hall screen", "/screen/{room}/"),
    Place("without network", "/offline/"),
    Place("venue", "/venue/", prepare=open_folds),
    Place("my forum, nothing starred", "/my/"),
    Place("my forum", "/agenda/", prepare=star_some),
    Place("register", "/register/", prepare=open_folds),
    Place("register, with mistakes", "/register/", prepare=send_empty_form),
    Place("register as press", "/register/", prepare=choose_press),
    Place("register with an invitation", "/register/?code=VIETHAN-DEMO"),
    Place("check-in, not enrolled", "/check-in/"),
    Place("lead scanner, not enrolled", "/lead-scanner/"),
    Place("find my registration, with mistakes", "/register/find/", prepare=send_empty_form),
    Place("check a certificate", "/verify/"),
    Place("unknown certificate", "/certificates/7H2K-94CD-XY36/", status=404),
    Place("sign in", "/accounts/login/"),
    Place("sign in by mailed code", "/accounts/login/code/"),
    Place("new password", "/accounts/password/reset/"),
    Place("sign up", "/accounts/signup/"),
    Place("missing page", "/nothing-here/", status=404),
    Place("unknown registration", "/registration/VK-AAAAAA/forged/", status=404),
]
OWN_REGISTRATION = [
    Place("my registration", "{link}"),
    Place("correct", "{link}edit/"),
    Place("correct, with mistakes", "{link}edit/", prepare=send_empty_name),
    Place("cancel", "{link}cancel/"),
    Place("attend as something else", "{link}type/"),
    Place("your data", "{link}data/"),
    Place("erase", "{link}erase/"),
]


def find_slugs(page: Page) -> Slugs:
    """Return parts of addresses that the demonstration has: one of each kind."""
    page.goto("/en/agenda/")
    session = page.locator("main a[href*='/agenda/']").first.get_attribute("href") or ""
    track = page.locator("[name=track] option[value]:not([value='']), input[name=track]").first
    topic, room = (page.locator(f"input[name={name}]").first for name in ("topic", "room"))
    page.goto("/en/speakers/")
    speaker = page.locator("main a[href*='/speakers/']").first.get_attribute("href") or ""
    page.goto("/en/exhibition/")
    exhibitor = page.locator(".exhibitor-list h3 a").first.get_attribute("href") or ""
    page.goto(exhibitor)
    product = page.locator(".product-list h3 a").first.get_attribute("href") or ""
    page.goto("/en/agenda/")
    return {
        "exhibitor": exhibitor.rstrip("/").split("/")[-1],
        "product": product.rstrip("/").split("/")[-1],
        "session": session.rstrip("/").split("/")[-1],
        "speaker": speaker.rstrip("/").split("/")[-1],
        "track": track.get_attribute("value") or "",
        "topic": topic.get_attribute("value") or "",
        "room": room.get_attribute("value") or "",
    }


def register_guest(
    site: RunningSite, page: Page, language: str, *, name: str = "Bùi Thị Guest", email: str = ""
) -> str:
    """Register somebody in ``language``; return the secret link, as its mail has it, without the host."""
    email = email or f"guest-{language}@visitor.example"
    page.goto(f"/{language}/register/")
    page.locator("[name=type]:enabled").first.check()
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(email)
    page.locator("[name=organization_name]").fill("서울대학교병원")
    page.locator("[name=country]").select_option("KR")
    page.locator("[name=consent]").check()
    page.locator("form:has([name=email]) button.primary").click()
    page.wait_for_url("**/register/sent/")
    text = site.mail_to(email).parsed.text
    found = re.search(rf"{re.escape(site.address)}(/{language}/registration/[\w-]+/[\w:-]+/)(?=[\s)])", text)
    assert found, text
    return found[1]
