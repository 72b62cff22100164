"""The organizers' pages in a real browser: every widget works under the strict policy, passkeys too.

Whatever the policy refuses is a complaint of the browser, and a complaint fails the test (conftest).
"""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from pages.demo.accounts import PASSWORD
from tests.browser.axe import check
from tests.browser.chromium import DESKTOP, PHONE, no_sideways_scroll
from tests.browser.conftest import OpenBrowser
from tests.browser.languages import LANGUAGES, languages_for
from tests.browser.people import OWNER, VIEWER, SignedIn, sign_in
from tests.browser.running_site import RunningSite


@pytest.fixture
def owner_page(open_browser: OpenBrowser, signed_in: SignedIn) -> Page:
    """Give a page of the owner's browser."""
    return open_browser(storage_state=signed_in(OWNER)).new_page()


LISTS = [
    "events/session",
    "speakers/speaker",
    "events/track",
    "events/agendarelease",
    "events/agendadigest",
    "registrations/registration",
    "registrations/registrationtype",
    "registrations/quota",
    "registrations/invitation",
    "registrations/question",
    "registrations/consentpurpose",
    "registrations/broadcast",
    "outbox/message",
    "events/forum",
    "events/venue",
    "accounts/organization",
    "accounts/forumrole",
    "accounts/user",
    "accounts/auditentry",
]
SINGLE_PAGES = [
    "/admin/",
    "/admin/accounts/forumrole/add/",
    "/admin/registrations/invitation/make/",
    "/admin/registrations/question/add/",
    "/admin/events/agendarelease/publish/",
    "/admin/events/agendarelease/compare/?old=1&new=draft",
    "/admin/events/session/calendar/",
    "/admin/events/session/table/",
    "/admin/events/session/shift/",
    "/admin/events/session/swap/",
    "/admin/events/session/copy-day/",
    "/admin/events/session/paste/",
    "/admin/events/session/import/",
    "/admin/events/session/warnings/",
    "/admin/exhibitors/exhibitortask/matrix/",
    "/admin/exhibitors/exhibitormessage/many/",
    "/admin/exhibitors/exhibition/numbers/",
    "/admin/registrations/registration/import/",
    "/admin/registrations/broadcast/add/",
    "/admin/outbox/wordingoverride/",
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "sizes"),
    [("vi", {"desktop": DESKTOP}), ("ko", {"phone": PHONE}), ("en", {"desktop": DESKTOP, "phone": PHONE})],
    ids=LANGUAGES,
)
def test_every_page_is_accessible_and_fits(
    owner_page: Page, request: pytest.FixtureRequest, language: str, sizes: dict[str, ViewportSize]
) -> None:
    page = owner_page

    def in_turn(paths: list[str]) -> list[str]:
        return [path for number, path in enumerate(paths) if language in languages_for(number)]

    def look_at(path: str) -> None:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", language)
        if path.endswith("/calendar/"):
            # Its sessions come a moment after the page, and are what one can go to in it.
            page.locator(".ec-event").first.wait_for()
        check(page, f"{path} ({language})", request, sizes=sizes)
        no_sideways_scroll(page)

    page.goto(f"/language/{language}/?next=/admin/")
    for path in in_turn(SINGLE_PAGES):
        look_at(path)
    for name in in_turn(LISTS):
        look_at(f"/admin/{name}/")
        first = page.locator("#result_list tbody th a, #result_list tbody td a").first
        if first.count():
            look_at(first.get_attribute("href") or "")


def test_search_filter_and_choose_rows(owner_page: Page) -> None:
    page = owner_page
    page.goto("/admin/accounts/organization/")
    page.keyboard.press("Tab")
    page.get_by_label("Search", exact=True).fill("hospital")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/admin/accounts/organization/?q=hospital")
    filters = page.get_by_role("button", name="Filters")
    filters.focus()
    page.keyboard.press("Enter")
    page.locator("#changelist-filter").get_by_role("link", name="company").click()
    expect(page).to_have_url("/admin/accounts/organization/?kind__exact=company&q=hospital")
    page.goto("/admin/accounts/organization/")
    page.locator("tbody input.action-select").first.check()
    expect(page.locator("#changelist-actions")).to_be_visible()
    expect(page.locator(".action-counter")).to_contain_text("1 of")


def test_edit_with_rows_inside_and_choices_that_search(owner_page: Page) -> None:
    page = owner_page
    page.goto("/admin/accounts/organization/")
    page.locator("#result_list tbody a").first.click()
    page.get_by_role("link", name="Add another Membership").click()
    page.locator("#memberships-group [role=combobox]").first.click()
    page.keyboard.type("agenda@")
    page.locator(".select2-results__option--highlighted").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_role("status")).to_contain_text("changed successfully")
    page.get_by_role("link", name="History").click()
    expect(page.locator(".trail")).to_contain_text("changed")
    expect(page.locator(".trail .differences").first).to_contain_text("Membership")


def test_a_related_thing_is_added_in_a_window_of_its_own(owner_page: Page) -> None:
    page = owner_page
    page.goto("/admin/events/session/")
    page.locator("#result_list tbody a").first.click()
    with page.expect_popup() as opened:
        page.locator("#add_id_track").click()
    popup = opened.value
    expect(popup.get_by_role("heading", level=1)).to_have_text("Add track")
    expect(popup.locator(".topbar")).to_have_count(0)
    popup.close()


def test_the_menu_on_a_phone_works_with_the_keyboard(open_browser: OpenBrowser, signed_in: SignedIn) -> None:
    page = open_browser(storage_state=signed_in(OWNER), viewport=PHONE).new_page()
    page.goto("/admin/")
    menu = page.locator("#admin-menu")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).click()
    menu.get_by_role("link", name="Audit trail").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Audit trail")


def test_a_passkey_is_added_and_signs_in_alone(open_browser: OpenBrowser, site: RunningSite) -> None:
    """With a virtual key of Chromium: set up after signing in with the app, then used on its own."""
    localhost = site.address.replace("127.0.0.1", "localhost")
    context = open_browser(base_url=localhost)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    sign_in(page, VIEWER)
    page.goto("/en/accounts/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name of the passkey").fill("Virtual key")
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("status")).to_contain_text("The passkey was added.")

    context.clear_cookies()
    page.goto("/admin/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
