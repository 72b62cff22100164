"""axe-core finds nothing on any public page, in either colour scheme, at either size."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.chromium import DESKTOP, PHONE, TABLET, Watch, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.delegations import DELEGATION, make_delegation
from tests.browser.languages import LANGUAGES, languages_for
from tests.browser.places import OWN_REGISTRATION, PUBLIC, Place, Slugs, find_slugs, register_guest
from tests.browser.running_site import RunningSite

SIZES = {"phone": PHONE, "desktop": DESKTOP}


@pytest.fixture(scope="package")
def slugs(site: RunningSite, chromium: Browser) -> Slugs:
    """Give the addresses of one session, speaker and delegation, and one registration in each language."""
    context = chromium.new_context(base_url=site.address)
    page = context.new_page()
    found = find_slugs(page)
    for language in LANGUAGES:
        found[f"link-{language}"] = register_guest(site, page, language)
    found |= make_delegation(site, page)
    context.close()
    return found


def in_languages() -> list[tuple[Place, str]]:
    """Return each place with the languages in which it is looked at."""
    everywhere = [(place, LANGUAGES) for place in [*PUBLIC, *OWN_REGISTRATION]]
    return [
        (place, language)
        for number, (place, codes) in enumerate([*everywhere, *DELEGATION])
        for language in languages_for(number, codes)
    ]


@pytest.mark.parametrize(
    ("place", "language"), in_languages(), ids=lambda part: part.name if isinstance(part, Place) else part
)
def test_a_page(
    request: pytest.FixtureRequest,
    page_in_kept_browser: Page,
    site: RunningSite,
    slugs: Slugs,
    watch: Watch,
    place: Place,
    language: str,
) -> None:
    page = page_in_kept_browser
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    if place.status != 200:
        watch.expected.append(str(place.status))
    response = page.goto(place.address(language, slugs))
    assert response is not None
    assert response.status == place.status
    if place.prepare:
        place.prepare(page)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).not_to_be_empty()
    no_sideways_scroll(page)
    axe.check(page, f"{place.name}, {language}", request, sizes=SIZES)
    for size in (TABLET, DESKTOP):
        page.set_viewport_size(size)
        no_sideways_scroll(page)
    elsewhere = [url for url in watch.requests if not url.startswith((f"{site.address}/", "data:"))]
    assert elsewhere == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_korean_page_loads_korean_letters(
    open_browser: OpenBrowser, slugs: Slugs, watch: Watch, language: str
) -> None:
    page = open_browser().new_page()
    for path in ("/", "/agenda/", "/speakers/"):
        page.goto(f"/{language}{path}")
        page.evaluate("document.fonts.ready")
    slices = [url for url in watch.requests if "noto-sans-kr" in url and url.endswith(".woff2")]
    assert bool(slices) is (language == "ko"), slices
    assert any("be-vietnam-pro" in url for url in watch.requests)


def test_the_check_itself_finds_faults(page: Page) -> None:
    page.goto("/en/venue/")
    assert axe.violations(page) == []
    page.evaluate(
        """() => {
            const picture = document.createElement("img");
            picture.src = document.querySelector("link[rel=icon]").href;
            document.querySelector("main").append(picture);
            const text = document.createElement("p");
            text.textContent = "grey on white";
            text.className = "probe";
            document.querySelector("main").append(text);
            document.documentElement.style.setProperty("--ink", "#ccc");
        }"""
    )
    assert {"image-alt", "color-contrast"} <= rules_broken(page)


def test_another_scheme_is_asked_about_its_colours_and_about_all_that_it_moves(page: Page) -> None:
    page.goto("/en/venue/")
    assert axe.violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe.violations(page, other_scheme=True) == []

    # A rule of colours sees what is nowhere but in the dark; the others are not asked again ...
    page.evaluate(
        """() => {
            document.documentElement.style.setProperty("--ink", "#333");
            document.documentElement.removeAttribute("lang");
        }"""
    )
    assert rules_broken(page, other_scheme=True) == {"color-contrast"}
    # ... until something has moved.
    page.evaluate("document.querySelector('main').style.paddingBlock = '1px'")
    assert {"color-contrast", "html-has-lang"} <= rules_broken(page, other_scheme=True)


def rules_broken(page: Page, *, other_scheme: bool = False) -> set[str]:
    return {fault.split(" ")[0] for fault in axe.violations(page, other_scheme=other_scheme)}
