"""A running site and a browser for the tests of this folder: in each process that runs some of them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from embedded.pytest_plugin import SERVERS
from tests.browser.axe import COUNTED
from tests.browser.chromium import DESKTOP, Watch, find_chromium, running_chromium
from tests.browser.people import SignedIn, once_each
from tests.browser.running_site import RunningSite
from tests.house.sources import ROOT

SHOTS = ROOT / ".shots"
PATIENCE = 20_000  # milliseconds; a machine that runs the other tests too may take its time
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def own_folder(config: pytest.Config, name: str) -> Path:
    """Return a folder that no other process of this run uses; its name is the site's database too."""
    servers = config.stash[SERVERS]
    return servers.folder / f"{name}-{servers.worker or 'main'}"


@pytest.fixture(scope="package")
def site(request: pytest.FixtureRequest, migrated: str) -> Iterator[RunningSite]:
    """Give the running site with the demonstration in it."""
    find_chromium()  # before the work of starting, which a missing browser makes useless
    site = RunningSite(own_folder(request.config, "browser"), template=migrated)
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="package")
def chromium(site: RunningSite) -> Iterator[Browser]:
    """Give the browser. It ends with this folder: Playwright's event loop would disturb other tests."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def signed_in(site: RunningSite, chromium: Browser) -> SignedIn:
    """Give a function that returns what an organizer's browser keeps: ``signed_in(OWNER)``."""
    return once_each(site, chromium)


@pytest.fixture
def watch() -> Watch:
    """Give what the browser complained about; see ``open_browser``."""
    return Watch()


OpenBrowser = Callable[..., BrowserContext]


@pytest.fixture
def open_browser(
    request: pytest.FixtureRequest, site: RunningSite, chromium: Browser, watch: Watch
) -> Iterator[OpenBrowser]:
    """Give a function that opens a fresh browser: ``open_browser(locale="ko-KR", viewport=PHONE)``.

    The arguments are those of Playwright's new_context. A complaint of the browser fails the test, and
    a failed test leaves pictures of its pages in ``.shots/``. The service worker, which fetches ahead, is
    only let in by ``service_workers="allow"``.
    """
    contexts = []

    def opened(**options: Any) -> BrowserContext:
        context = new_browser(site, chromium, **options)
        watch.over(context)
        contexts.append(context)
        return context

    yield opened
    complaints = what_went_wrong(request, watch, contexts)
    for context in contexts:
        context.close()
    assert not complaints, told(complaints, site)


@pytest.fixture(scope="module")
def kept_browser(site: RunningSite, chromium: Browser) -> Iterator[BrowserContext]:
    """Give one browser for a module, which fetches style sheets and letters once."""
    context = new_browser(site, chromium)
    context.new_page()
    yield context
    context.close()


@pytest.fixture
def page_in_kept_browser(
    request: pytest.FixtureRequest, site: RunningSite, kept_browser: BrowserContext, watch: Watch
) -> Iterator[Page]:
    """Give the page of the module's browser, which remembers nobody; a complaint fails the test."""
    kept_browser.clear_cookies()
    with watch.while_over(kept_browser):
        yield kept_browser.pages[0]
    complaints = what_went_wrong(request, watch, [kept_browser])
    assert not complaints, told(complaints, site)


def new_browser(site: RunningSite, chromium: Browser, **options: Any) -> BrowserContext:
    """Open a browser as a desktop's that prefers English, unless ``options`` say otherwise."""
    usual = {
        "base_url": site.address,
        "locale": "en-GB",
        "viewport": DESKTOP,
        "service_workers": "block",
    }
    context = chromium.new_context(**usual | options)
    context.set_default_timeout(PATIENCE)
    return context


def what_went_wrong(
    request: pytest.FixtureRequest, watch: Watch, contexts: list[BrowserContext]
) -> list[str]:
    """Return the complaints that were not expected; keep pictures if there are any or the test failed."""
    report = request.node.stash.get(REPORT, None)
    complaints = watch.unexpected()
    if complaints or (report and report.failed):
        take_pictures(request.node.name, contexts)
    return complaints


def told(complaints: list[str], site: RunningSite) -> str:
    """Return the complaints as a text; what the site said is added when it broke."""
    broken = any(complaint.startswith("5") for complaint in complaints)
    return "\n".join([*complaints, site.said() if broken else ""])


@pytest.fixture
def page(open_browser: OpenBrowser) -> Page:
    """Give a page of a desktop browser that prefers English."""
    return open_browser().new_page()


def take_pictures(name: str, contexts: list[BrowserContext]) -> None:
    """Keep what the pages of a failed test show."""
    SHOTS.mkdir(exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages):
        plain = re.sub(r"[^\w-]+", "_", name)[:100]
        page.screenshot(path=SHOTS / f"{plain}-{number}.png", full_page=True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say on how many combinations axe-core found nothing."""
    clean = [
        name
        for report in terminalreporter.stats.get("passed", [])
        for key, name in report.user_properties
        if key == COUNTED and report.when == "call"
    ]
    if clean:
        terminalreporter.write_line(
            f"axe-core: {len(clean)} combinations of page, language, size and scheme without a violation"
        )


REPORT = pytest.StashKey[pytest.TestReport]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let ``open_browser`` know how the test went."""
    report: Any = yield
    if report.when == "call":
        item.stash[REPORT] = report
    return report
