"""The admin is closed to all but staff who signed in with a second factor."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from events.models import Forum
from tests.conftest import SignIn

INSIDE = [
    "/admin/",
    "/admin/jsi18n/",
    "/admin/autocomplete/",
    "/admin/accounts/organization/",
    "/admin/accounts/organization/add/",
    "/admin/accounts/auditentry/",
    "/admin/accounts/",
    "/admin/password_change/",
    "/admin/password_change/done/",
    "/admin/logout/",
    "/admin/search/?s=a",
    "/admin/r/1/1/",
    "/admin/no/such/page/",
]


def admin_routes() -> list[str]:
    """Return every address under /admin/ that the site knows, with 1 for what varies."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> list[str]:
        found = []
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                found += walk(pattern.url_patterns, route)
            else:
                found.append(route)
        return found

    known = walk(get_resolver().url_patterns, "")
    plain = [route for route in known if route.startswith("admin/") and "(?P" not in route]
    pieces = ("<path:object_id>", "<int:content_type_id>", "<uuid:object_id>", "<int:object_id>")
    for piece in pieces:
        plain = [route.replace(piece, "1") for route in plain]
    return [f"/{route}" for route in plain if "<" not in route]


def test_who_is_not_signed_in_goes_to_the_sign_in_page_and_back(client: Client, db: None) -> None:
    client.cookies["forum_language"] = "ko"
    for path in INSIDE:
        answer = client.get(path)
        assert answer.status_code == 302, path
        parts = urlsplit(answer["Location"])
        assert parts.path == "/ko/accounts/login/"
        assert parse_qs(parts.query)["next"] == [path]


def test_not_one_address_of_the_admin_is_served_without_signing_in(client: Client, db: None) -> None:
    routes = admin_routes()
    assert len(routes) > 20
    for route in routes:
        for answer in (client.get(route), client.post(route)):
            assert answer.status_code == 302, route
            assert urlsplit(answer["Location"]).path.endswith("/accounts/login/"), route


def test_a_forged_post_goes_back_to_the_dashboard_only(client: Client, db: None) -> None:
    answer = client.post("/admin/accounts/organization/add/", {"slug": "x"})
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == ["/admin/"]


def test_without_a_role_the_door_is_closed(stranger_client: Client) -> None:
    for path in INSIDE:
        assert stranger_client.get(path).status_code == 403, path


def test_staff_without_a_second_factor_is_led_to_set_one_up(
    owner_without_factor: User, sign_in: SignIn
) -> None:
    browser = sign_in(owner_without_factor)
    for path in INSIDE:
        answer = browser.get(path)
        assert answer.status_code == 302, path
        assert urlsplit(answer["Location"]).path == "/en/accounts/second-factor/"
    assert browser.session["second_factor_next"] == INSIDE[-1]
    assert browser.get("/en/accounts/second-factor/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(owner_without_factor: User, sign_in: SignIn) -> None:
    Authenticator.objects.create(
        user=owner_without_factor, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"}
    )
    browser = sign_in(owner_without_factor)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1}]
    session.save()
    assert browser.get("/admin/")["Location"] == "/en/accounts/second-factor/"


def test_a_session_from_before_the_second_factor_has_to_prove_it(owner: User, sign_in: SignIn) -> None:
    browser = sign_in(owner)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1}]
    session.save()
    answer = browser.get("/admin/accounts/organization/")
    assert answer.status_code == 302
    assert answer["Location"] == "/en/accounts/2fa/reauthenticate/?next=%2Fadmin%2Faccounts%2Forganization%2F"


def test_a_proof_by_somebody_else_does_not_count(owner: User, viewer: User, sign_in: SignIn) -> None:
    browser = sign_in(owner)
    session = browser.session
    session["account_authentication_methods_user"] = str(viewer.pk)
    session.save()
    assert browser.get("/admin/").status_code == 302


def test_with_a_second_factor_the_admin_opens(owner_client: Client) -> None:
    assert owner_client.get("/admin/").status_code == 200
    assert owner_client.get("/admin/jsi18n/").status_code == 200


def test_who_lost_staff_is_out_at_once(owner: User, owner_client: Client) -> None:
    User.objects.filter(pk=owner.pk).update(is_staff=False)
    assert owner_client.get("/admin/").status_code == 403
    User.objects.filter(pk=owner.pk).update(is_staff=True, is_active=False)
    assert owner_client.get("/admin/").status_code == 302


def test_the_admin_itself_accepts_no_password(client: Client, owner: User) -> None:
    owner.set_password("correct horse battery")
    owner.save()
    answer = client.post("/admin/login/", {"username": owner.email, "password": "correct horse battery"})
    assert answer.status_code == 302
    assert urlsplit(answer["Location"]).path.endswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "/admin/\\evil", "/vi/", "javascript:alert(1)"]
)
def test_the_way_back_stays_inside_the_admin(client: Client, db: None, wanted: str) -> None:
    answer = client.get("/admin/login/", {"next": wanted})
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == ["/admin/"]


def test_signing_out_and_the_password_are_the_sites_own_pages(owner_client: Client) -> None:
    assert owner_client.get("/admin/logout/")["Location"] == "/en/accounts/logout/"
    assert owner_client.post("/admin/logout/")["Location"] == "/en/accounts/logout/"
    assert owner_client.get("/admin/password_change/")["Location"] == "/en/accounts/password/change/"
    assert owner_client.get("/admin/login/")["Location"] == "/admin/"


def test_the_admin_speaks_the_chosen_language_else_the_accounts(
    owner: User, owner_client: Client, forum: Forum
) -> None:
    User.objects.filter(pk=owner.pk).update(language="ko")
    assert owner_client.get("/admin/", headers={"accept-language": "en"})["Content-Language"] == "ko"
    owner_client.cookies["forum_language"] = "vi"
    assert owner_client.get("/admin/")["Content-Language"] == "vi"
    owner_client.cookies["forum_language"] = "xx"
    assert owner_client.get("/admin/")["Content-Language"] == "ko"


def test_who_may_not_open_a_page_is_led_back_to_the_organizers_pages(
    viewer_client: Client, client: Client, forum: Forum
) -> None:
    refused = viewer_client.get("/admin/outbox/message/", headers={"accept-language": "en"})
    page = refused.content.decode()
    assert refused.status_code == 403
    assert 'href="/admin/"' in page
    assert "Your account" in page
    assert ">Sign in<" not in page
    assert ">Sign in<" in client.get("/en/accounts/login/").content.decode()
