"""Without network: what was visited once is read again, a hall's screen goes on, and nobody is deceived."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cable import Cable
from tests.browser.chromium import PHONE, Watch
from tests.browser.conftest import OpenBrowser
from tests.browser.places import register_guest
from tests.browser.running_site import RunningSite


@pytest.fixture
def cable(site: RunningSite) -> Iterator[Cable]:
    """Give a way to the site that can be cut."""
    cable = Cable(site.address)
    yield cable
    cable.close()


def wait_until_kept(page: Page) -> None:
    """Wait until the worker has fetched what this page wants to be kept."""
    page.locator("html[data-kept]").wait_for(state="attached")


def test_the_programme_and_the_ticket_are_read_without_network(
    open_browser: OpenBrowser, site: RunningSite, cable: Cable
) -> None:
    context = open_browser(base_url=cable.address, viewport=PHONE, service_workers="allow")
    page = context.new_page()
    link = register_guest(site, page, "en", email="offline@visitor.example")
    page.goto(link)
    wait_until_kept(page)
    cable.pull()

    page.goto("/en/agenda/")
    expect(page.locator(".notice.offline")).to_contain_text("There is no network")
    expect(page.locator(".slot")).not_to_have_count(0)
    page.goto(link)
    expect(page.locator(".notice.offline time")).to_have_attribute(
        "datetime", re.compile(rf"^{datetime.now(UTC):%Y}-")
    )
    expect(page.get_by_text("Bùi Thị Guest").first).to_be_visible()
    expect(page.locator(".qr svg")).to_be_visible()

    page.goto("/en/speakers/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No network")
    page.get_by_role("link", name=re.compile("Programme")).last.click()
    expect(page).to_have_url(re.compile("/en/agenda/$"))

    cable.plug_in()
    page.goto("/en/speakers/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Speakers")
    page.goto("/en/agenda/")
    expect(page.locator(".notice.offline")).to_have_count(0)


def test_signing_out_takes_the_ticket_off_the_device(
    open_browser: OpenBrowser, site: RunningSite, watch: Watch
) -> None:
    watch.expected.append("403")
    context = open_browser(service_workers="allow")
    page = context.new_page()
    link = register_guest(site, page, "en", email="shared-computer@visitor.example")
    page.goto(link)
    wait_until_kept(page)
    assert page.evaluate("async () => (await (await caches.open('forum-own-1')).keys()).length") > 0

    # The worker looks at the request alone; the site refuses this one, which comes from no form of its own.
    page.evaluate("fetch('/en/accounts/logout/', {method: 'POST'}).catch(() => {})")
    page.wait_for_function("async () => !(await caches.keys()).includes('forum-own-1')")


def test_a_halls_screen_goes_on_for_hours_without_network(
    open_browser: OpenBrowser, site: RunningSite
) -> None:
    context = open_browser()
    page = context.new_page()
    page.clock.install(time=datetime.now(UTC))
    page.goto("/en/screen/main-hall/")
    first = page.locator(".hall-session.main .hall-title")
    before = first.text_content()
    start = datetime.fromisoformat(page.locator(".hall-session.main").get_attribute("data-start") or "")
    end = datetime.fromisoformat(page.locator(".hall-session.main").get_attribute("data-end") or "")
    expect(page.locator(".hall-stale")).to_be_hidden()
    context.set_offline(True)

    page.clock.set_system_time(start + timedelta(minutes=1))
    page.clock.run_for(5_000)
    expect(page.locator(".hall-session.main.running .hall-title")).to_have_text(before or "-")
    expect(page.locator(".hall-stale")).to_be_visible()
    page.clock.set_system_time(end + timedelta(seconds=1))
    page.clock.run_for(5_000)
    expect(first).not_to_have_text(before or "-")

    context.set_offline(False)
    page.clock.set_system_time(datetime.now(UTC))
    page.clock.run_for(60_000)
    expect(page.locator(".hall-stale")).to_be_hidden()
    expect(first).to_have_text(before or "-")
