"""Organizers who are signed in: each comes in once by password and app, and her browser keeps that."""

import time
from collections.abc import Callable

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, StorageState

from pages.demo.accounts import PASSWORD, TOTP_SECRET
from tests.browser.running_site import RunningSite

OWNER, EDITOR = "owner@forum.example", "agenda@forum.example"
DESK, VIEWER = "desk@forum.example", "viewer@forum.example"
STEP = 30  # seconds for which an authenticator app shows one code

SignedIn = Callable[[str], StorageState]


def sign_in(page: Page, email: str) -> None:
    """Sign in with password and app.

    A code is good for one sign-in, and the next is up to half a minute away: tests that only want to be
    signed in ask the fixture ``signed_in``.
    """
    page.goto("/language/en/?next=/admin/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    for _ in range(3):
        counter = int(time.time()) // STEP
        page.get_by_label("Code").fill(format_hotp_value(hotp_value(TOTP_SECRET, counter)))
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_load_state()
        if page.url.endswith("/admin/"):
            return
        page.wait_for_timeout((counter + 1) * STEP * 1000 - time.time() * 1000 + 200)
    raise AssertionError(f"Not signed in: {page.url}")


def once_each(site: RunningSite, chromium: Browser) -> SignedIn:
    """Return a function that gives what an organizer's browser keeps after she has signed in."""
    kept: dict[str, StorageState] = {}

    def signed_in(email: str) -> StorageState:
        if email not in kept:
            context = chromium.new_context(base_url=site.address, locale="en-GB")
            sign_in(context.new_page(), email)
            kept[email] = context.storage_state()
            context.close()
        return kept[email]

    return signed_in
