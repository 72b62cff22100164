"""An empty site comes to life as the README says: first account, second factor, first forum."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import DESKTOP, Watch
from tests.browser.conftest import own_folder
from tests.browser.running_site import RunningSite

EMAIL, PASSWORD = "first@forum.example", "a-long-enough-password"


@pytest.fixture
def empty_site(request: pytest.FixtureRequest, migrated: str) -> Iterator[RunningSite]:
    """Give a running site with one account and nothing else."""
    site = RunningSite(own_folder(request.config, "first"), demo=False, template=migrated)
    site.environment |= {"DJANGO_SUPERUSER_EMAIL": EMAIL, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    try:
        site.start()
        site.manage("createsuperuser", "--noinput")
        yield site
    finally:
        site.stop()


@pytest.mark.slow
def test_from_nothing_to_a_forum(chromium: Browser, empty_site: RunningSite) -> None:
    watch = Watch(expected=["404 "])
    context = chromium.new_context(base_url=empty_site.address, locale="en-GB", viewport=DESKTOP)
    watch.over(context)
    page = context.new_page()
    page.set_default_timeout(15_000)
    look_at_nothing(page)
    sign_in_for_the_first_time(page, empty_site)
    set_up_a_second_factor(page)
    make_a_forum(page)
    page.goto("/ko/")
    expect(page.locator("h1")).to_have_text("첫 포럼")
    assert page.goto("/en/register/")
    expect(page.locator("h1")).not_to_be_empty()
    assert watch.unexpected() == []


def look_at_nothing(page: Page) -> None:
    """Before there is a forum the site says so; nothing breaks."""
    page.goto("/language/en/?next=/en/")
    expect(page.locator("h1")).to_have_text("No forum yet")
    for path in ("agenda", "speakers", "venue", "register", "accounts/login", "accounts/signup", "nothing"):
        response = page.goto(f"/en/{path}/")
        assert response
        assert response.status in {200, 404}, path
        expect(page.locator("h1")).to_have_count(1)


def sign_in_for_the_first_time(page: Page, site: RunningSite) -> None:
    """Password, then the code that proves the address."""
    page.goto("/admin/")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/confirm-email/")
    code = re.search(r"^\s*(\w{4}-\w{4})\s*$", site.mail_to(EMAIL).parsed.text, re.MULTILINE)
    assert code
    page.locator("main form input:visible").first.fill(code[1])
    page.locator("main form button:not([type=button])").first.click()
    page.wait_for_url("**/second-factor/")


def set_up_a_second_factor(page: Page) -> None:
    """An authenticator app; then the organizers' pages open."""
    page.locator("a[href$='/totp/activate/']").click()
    page.get_by_label("Password").fill(PASSWORD)  # asked again, since this decides who may come in
    page.locator("main form button:not([type=button])").first.click()
    secret = page.locator(".secret").inner_text()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    page.locator("main form input:visible").first.fill(code)
    page.locator("main form button:not([type=button])").first.click()
    page.wait_for_load_state()
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/admin/$"))


def make_a_forum(page: Page) -> None:
    """A venue, and a forum that the site shows."""
    page.goto("/admin/events/venue/add/")
    fill(page, slug="house")
    page.locator("[name=country]").select_option("VN")
    for language, name, city in (("vi", "Nhà", "Hà Nội"), ("ko", "집", "하노이"), ("en", "House", "Hanoi")):
        fill(page, **{f"name_{language}": name, f"city_{language}": city})
    page.locator("[name=_save]").click()
    expect(page.get_by_role("status")).to_contain_text("House")

    page.goto("/admin/events/forum/add/")
    fill(page, slug="first", first_day="2031-05-13", main_day="2031-05-14", last_day="2031-05-15")
    for language, name in (("vi", "Diễn đàn đầu"), ("ko", "첫 포럼"), ("en", "First forum")):
        fill(page, **{f"name_{language}": name, f"short_name_{language}": name})
    page.locator("[name=venue]").select_option(label="House")
    page.locator("[name=is_current]").check()
    page.locator("[name=_save]").click()
    expect(page.get_by_role("status")).to_contain_text("First forum")


def fill(page: Page, **fields: str) -> None:
    """Write into the fields of a form by their names."""
    for name, value in fields.items():
        page.locator(f"[name={name}]").first.fill(value)
