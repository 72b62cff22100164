"""Debian's Chromium, driven by Playwright; what it complains about is noticed."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
    WebError,
    sync_playwright,
)

ARGUMENTS = [
    "--no-sandbox",  # Chromium refuses to run as root with it
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
]
MISSING = (
    "The browser tests need Chromium: install it with `apt-get install chromium`, or as root run `bin/test`."
)

PHONE: ViewportSize = {"width": 360, "height": 800}
TABLET: ViewportSize = {"width": 768, "height": 1024}
DESKTOP: ViewportSize = {"width": 1440, "height": 1000}


def find_chromium() -> str:
    """Return the browser's path. Without one, tests fail in CI and are skipped elsewhere."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        if os.environ.get("CI"):
            pytest.fail(MISSING, pytrace=False)
        pytest.skip(MISSING)
    return found


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Start the browser, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """Notices errors in a context's pages: console, scripts, policy, answers of 400 and more.

    ``expected`` holds beginnings of complaints that a test provokes on purpose.
    """

    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of ``context``."""
        for event, heard in self._heard().items():
            context.on(event, heard)  # type: ignore[call-overload]  # one overload for each event

    @contextmanager
    def while_over(self, context: BrowserContext) -> Iterator[None]:
        """Watch every page of ``context`` for a while."""
        self.over(context)
        yield
        for event, heard in self._heard().items():
            context.remove_listener(event, heard)

    def _heard(self) -> dict[str, Callable[..., None]]:
        return {
            "console": self._console,
            "weberror": self._script,
            "response": self._response,
            "request": self._request,
        }

    def _script(self, error: WebError) -> None:
        self.complaints.append(f"script: {error.error}")

    def _console(self, message: ConsoleMessage) -> None:
        # Most tests keep nothing for offline reading, and Playwright says so on each page.
        if message.text.startswith("Service Worker registration blocked by Playwright"):
            return
        # A failed answer is noted with its address below; the console says it once more without.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)

    def unexpected(self) -> list[str]:
        """Return the complaints that no test asked for."""
        return [c for c in self.complaints if not any(c.startswith(start) for start in self.expected)]


def no_sideways_scroll(page: Page) -> None:
    """Assert that nothing is wider than the window."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window, f"{page.url} is {wide} px wide in a window of {window} px: {widest(page)}"


def widest(page: Page) -> list[str]:
    """Name the elements that reach beyond the window, for whoever has to mend it."""
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll("body *")]
            .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
            .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
    )
    return found
