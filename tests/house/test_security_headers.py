"""What every answer tells the browser: a strict policy, no sniffing, no framing, safe cookies."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from events.models import Forum
from registrations.links import link_path
from tests.conftest import SignIn
from tests.factories import PASSWORD, RegistrationFactory, UserFactory

PUBLIC = [
    "/vi/",
    "/ko/agenda/",
    "/en/agenda/screening/",
    "/vi/speakers/",
    "/ko/speakers/kim-ha-na/",
    "/en/venue/",
    "/ko/my/",
    "/vi/register/",
    "/en/accounts/login/",
    "/ko/accounts/login/code/",
    "/en/accounts/signup/",
    "/vi/accounts/password/reset/",
    "/en/nothing-here/",
    "/nothing-here/",
    "/healthz",
    "/readyz",
    "/",
    "/language/ko/",
]


def policy(header: str) -> dict[str, set[str]]:
    """Return a Content-Security-Policy as directive → sources."""
    return {part.split()[0]: set(part.split()[1:]) for part in header.split(";") if part.strip()}


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_the_policy_of_public_pages_forbids_everything_but_our_own(
    client: Client, forum: Forum, path: str
) -> None:
    response = client.get(path)
    found = policy(response["Content-Security-Policy"])
    assert found["default-src"] == {"'none'"}
    assert found["script-src"] == {"'self'"}
    assert found["style-src"] == {"'self'"}
    assert found["base-uri"] == {"'none'"}
    assert found["form-action"] == {"'self'"}
    assert found["frame-ancestors"] == {"'none'"}
    loose = [source for sources in found.values() for source in sources - {"'self'", "'none'"}]
    assert loose in ([], ["data:"])  # pictures drawn into the page, and nothing else


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_other_headers(client: Client, forum: Forum, path: str) -> None:
    response = client.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Server" not in response.headers
    assert "X-Powered-By" not in response.headers


@pytest.mark.django_db
def test_the_admin_may_be_looser_only_there_and_never_lets_in_others(
    owner_client: Client, client: Client, forum: Forum
) -> None:
    found = policy(owner_client.get("/admin/")["Content-Security-Policy"])
    assert found["default-src"] <= {"'none'", "'self'"}
    for directive, sources in found.items():
        assert sources <= {"'self'", "'none'", "data:", "blob:", "'unsafe-eval'", "'unsafe-inline'"}, (
            directive
        )
    assert "'unsafe-inline'" not in found["script-src"]
    # Who is not let in sees nothing of it.
    assert "unsafe" not in client.get("/admin/")["Content-Security-Policy"]
    assert "unsafe" not in owner_client.get("/en/")["Content-Security-Policy"]


class Inline(HTMLParser):
    """Collects what a strict policy would silently not run: inline scripts, styles, handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        data_block = names.get("type") in {"application/ld+json", "application/json"}
        if tag == "style" or (tag == "script" and "src" not in names and not data_block):
            self.found.append(f"<{tag}>")
        self.found += [f"<{tag} {name}>" for name in names if name == "style" or name.startswith("on")]
        for name, value in attrs:
            fetched = name in {"src", "action"} or (name == "href" and tag == "link")
            elsewhere = fetched and (value or "").startswith(("http:", "https:", "//"))
            ours = (value or "").startswith("http://testserver/")
            if (elsewhere and not ours) or (value or "").startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value}>")


def inline_in(html: str) -> list[str]:
    """Return every inline script, style and handler of a page."""
    parser = Inline()
    parser.feed(html)
    return parser.found


def test_the_search_for_inline_parts_finds_them() -> None:
    html = '<p style="x"><script>1</script><a onclick="x" href="javascript:1"><img src="//cdn.example/x">'
    assert inline_in(html) == [
        "<p style>",
        "<script>",
        "<a onclick>",
        "<a href=javascript:1>",
        "<img src=//cdn.example/x>",
    ]
    assert inline_in('<script type="application/ld+json">{}</script><link href="/a.css">') == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in PUBLIC if path.count("/") > 2])
def test_pages_hold_nothing_inline(client: Client, forum: Forum, path: str) -> None:
    assert inline_in(client.get(path).content.decode()) == []


@pytest.mark.django_db
def test_a_registration_page_holds_nothing_inline_and_is_kept_by_nobody(client: Client, forum: Forum) -> None:
    registration = RegistrationFactory(forum=forum, type=forum.registration_types.first())
    with translation.override("en"):
        pages = [link_path(registration), link_path(registration, page="edit")]
    for path in pages:
        response = client.get(path)
        assert response.status_code == 200
        assert inline_in(response.content.decode()) == []
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] in {"no-referrer", "same-origin"}


@pytest.mark.django_db
def test_https(settings: object, forum: Forum) -> None:
    for name, value in {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
    }.items():
        setattr(settings, name, value)
    client = Client()
    plain = client.get("/vi/")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/vi/")
    assert client.get("/healthz").status_code == 200  # a probe inside the house speaks no TLS
    secure = client.get("/vi/register/", secure=True)
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert client.get("/language/ko/", secure=True).cookies["forum_language"]["secure"]
    for cookie in client.cookies.values():
        assert cookie["secure"], cookie.key


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client, forum: Forum) -> None:
    UserFactory(email="thu@example.org", password=PASSWORD)
    client.get("/en/accounts/login/")
    client.post("/en/accounts/login/", {"login": "thu@example.org", "password": PASSWORD})
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert client.cookies["csrftoken"]["httponly"]
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


@pytest.mark.django_db
def test_public_pages_set_no_cookie(client: Client, forum: Forum) -> None:
    for path in PUBLIC[:6]:
        client.get(path)
    assert not client.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/vi/register/", "/en/accounts/login/", "/en/accounts/logout/"])
def test_forged_requests_are_refused(path: str, forum: Forum, stranger: User, sign_in: SignIn) -> None:
    client = sign_in(stranger)
    client.handler.enforce_csrf_checks = True
    response = client.post(path, {"name": "x"}, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert "<h1" in response.content.decode()


@pytest.mark.django_db
def test_the_address_of_a_mail_does_not_come_from_the_host_header(client: Client, forum: Forum) -> None:
    response = client.get(
        reverse("pages:home"), headers={"host": "testserver", "x-forwarded-host": "evil.example"}
    )
    assert "evil.example" not in response.content.decode()
