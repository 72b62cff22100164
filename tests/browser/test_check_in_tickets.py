"""A telephone tells a genuine ticket by itself, also in a browser that does not know its signature."""

import base64
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from registrations import ticket
from tests.house.sources import ROOT

# A page of this address may use crypto.subtle, as the site's own may.
ORIGIN = "http://localhost:9"
PAGE = f"{ORIGIN}/en/check-in/"
NOBLE = "/static/vendor/noble-ed25519/ed25519.js"

# As in browsers before 2025, which name it in exactly this way.
WITHOUT_ED25519 = """
const known = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...more) {
    if ((algorithm.name ?? algorithm) === "Ed25519") {
        return Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"));
    }
    return known.call(this, format, key, algorithm, ...more);
};
"""
READ = """async ({ texts, keys }) => {
    const { readClaim } = await import("/static/js/scanner/ticket.js");
    return Promise.all(texts.map((text) => readClaim(text, keys)));
}"""


@pytest.mark.parametrize("knows_ed25519", [True, False])
def test_genuine_tickets_and_forged_ones(chromium: Browser, knows_ed25519: bool) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        asked.append(path)
        if path.startswith("/static/"):
            route.fulfill(body=(ROOT / path[1:]).read_bytes(), content_type="text/javascript")
        else:
            route.fulfill(body="<title>Door</title>", content_type="text/html")

    context = chromium.new_context()
    if not knows_ed25519:
        context.add_init_script(WITHOUT_ED25519)
    page = context.new_page()
    page.route(f"{ORIGIN}/**", answer)
    page.goto(PAGE)
    genuine = ticket.payload(code="VK-7H2K-94", issue=3, forum_id=1)
    forged = genuine.replace("7H2K", "7H2M")
    newer = genuine.replace(":3:", ":4:")
    elsewhere = ticket.payload(code="VK-7H2K-94", issue=3, forum_id=2)
    keys = [base64.urlsafe_b64encode(key).decode() for key in ticket.public_keys(1)]

    found: Any = page.evaluate(READ, {"texts": [genuine, forged, newer, elsewhere], "keys": keys})

    context.close()
    stranger = {"code": "", "issue": None, "fault": "forged"}
    assert found == [{"code": "VK-7H2K-94", "issue": 3, "fault": None}, stranger, stranger, stranger]
    # The library is loaded by those alone who need it.
    assert (NOBLE in asked) is not knows_ed25519
