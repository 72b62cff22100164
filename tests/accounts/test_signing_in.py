"""Signing in with a password, a mailed code and a second factor; limits; nothing told to strangers."""

import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.utils import timezone, translation

from accounts import mails
from accounts.models import AuditEntry, User
from accounts.sealed import SealBroken
from accounts.services import account_for
from events.models import Forum
from outbox import rendering
from outbox.models import Message
from tests.factories import PASSWORD, TOTP_SECRET, UserFactory

LOGIN = "/en/accounts/login/"
CODE = "/en/accounts/login/code/"
CONFIRM = "/en/accounts/login/code/confirm/"
AUTHENTICATE = "/en/accounts/2fa/authenticate/"


def app_code(secret: str = TOTP_SECRET) -> str:
    """Return what an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def mailed_code(address: str) -> str:
    """Return the code in the last mail to ``address``, as its reader sees it."""
    text = rendering.render(Message.objects.filter(recipient=address).latest("created_at")).text
    found = re.search(r"^([A-Z0-9]{3,}-[A-Z0-9]{3,})$", text, re.MULTILINE)
    assert found, text
    return found[1]


@pytest.fixture
def lan(forum: Forum) -> User:
    """Give Lan, who has a password and nothing to do with organizing."""
    return UserFactory(email="lan@example.org", name="Lan", password=PASSWORD, language="ko")


@pytest.fixture
def member_of_staff(owner: User) -> User:
    """Give the owner with a password."""
    owner.set_password(PASSWORD)
    owner.save()
    return owner


# --- Ways in --------------------------------------------------------------------------------------


def test_with_a_password(client: Client, lan: User) -> None:
    answer = client.post(LOGIN, {"login": "LAN@example.org", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    assert client.session["_auth_user_id"] == str(lan.pk)


def test_a_member_of_staff_needs_the_app_as_well(client: Client, member_of_staff: User) -> None:
    wanted = "/admin/accounts/organization/"
    page = client.get(wanted)["Location"]
    answer = client.post(page, {"login": member_of_staff.email, "password": PASSWORD, "next": wanted})
    assert answer["Location"].split("?")[0].endswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    assert client.get(wanted).status_code == 302
    answer = client.post(AUTHENTICATE, {"code": "000000"})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    answer = client.post(AUTHENTICATE, {"code": app_code()})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert client.get(wanted).status_code == 200
    entry = AuditEntry.objects.get(action="user.signed_in")
    assert (entry.actor, entry.target_id) == (member_of_staff, str(member_of_staff.pk))


def test_an_older_session_proves_the_app_and_goes_on(owner: User, sign_in: Any) -> None:
    browser = sign_in(owner)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1}]
    session.save()
    asked = browser.get("/admin/accounts/organization/?q=a")["Location"]
    assert browser.get(asked).status_code == 200
    answer = browser.post(asked, {"code": app_code()})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/accounts/organization/?q=a")
    assert browser.get(answer["Location"]).status_code == 200


def test_who_has_a_passkey_alone_is_asked_for_it(owner_without_factor: User, sign_in: Any) -> None:
    Authenticator.objects.create(user=owner_without_factor, type="webauthn", data={"name": "Key"})
    browser = sign_in(owner_without_factor)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1}]
    session.save()
    assert browser.get("/admin/")["Location"].startswith("/en/accounts/2fa/webauthn/reauthenticate/?next=")


def test_an_app_code_works_once(member_of_staff: User) -> None:
    code, browsers = app_code(), (Client(), Client())
    for browser in browsers:
        browser.post(LOGIN, {"login": member_of_staff.email, "password": PASSWORD})
        browser.post(AUTHENTICATE, {"code": code})
    assert ["_auth_user_id" in browser.session for browser in browsers] == [True, False]


def test_who_never_signed_in_is_written_to_in_the_language_of_the_page_and_keeps_it(
    client: Client, forum: Forum
) -> None:
    new = account_for("new@example.org", language="vi")
    client.post("/ko/accounts/login/code/", {"email": new.email})
    assert Message.objects.get().language == "ko"
    client.post("/ko/accounts/login/code/confirm/", {"code": mailed_code(new.email)})
    new.refresh_from_db()
    assert (new.language, new.last_login is None) == ("ko", False)


def test_with_a_mailed_code(client: Client, lan: User) -> None:
    User.objects.update(last_login=timezone.now())
    client.post(CODE, {"email": lan.email})
    message = Message.objects.get()
    # In her language, although the page was English.
    assert (message.kind, message.language, message.recipient_name) == ("account.code", "ko", "Lan")
    code = mailed_code(lan.email)
    answer = client.post(CONFIRM, {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    assert client.session["_auth_user_id"] == str(lan.pk)


def test_a_mailed_code_is_worth_nothing_in_another_browser(client: Client, lan: User) -> None:
    client.post(CODE, {"email": lan.email})
    other = Client()
    assert other.post(CONFIRM, {"code": mailed_code(lan.email)}).status_code == 302
    assert "_auth_user_id" not in other.session


def test_after_three_wrong_codes_one_starts_again(client: Client, lan: User) -> None:
    client.post(CODE, {"email": lan.email})
    code = mailed_code(lan.email)
    for _ in range(3):
        client.post(CONFIRM, {"code": "AAAA-AAAA"})
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_mailed_code_alone_does_not_open_the_admin(client: Client, member_of_staff: User) -> None:
    client.post(CODE, {"email": member_of_staff.email})
    answer = client.post(CONFIRM, {"code": mailed_code(member_of_staff.email)})
    assert answer["Location"].split("?")[0].endswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)  # allauth tells of the new factor after the commit
def test_an_account_made_by_an_owner_signs_in_with_a_code_and_sets_up_the_app(
    client: Client, owner: User, owner_client: Client, forum: Forum
) -> None:
    """The whole way of a new colleague: invited, signed in, second factor, back where she wanted to go."""
    owner_client.post(
        "/admin/accounts/forumrole/add/",
        {"forum": forum.pk, "email": "new@example.org", "role": "agenda_editor"},
    )
    assert Message.objects.get().kind == "account.role_given"
    client.get("/admin/")
    client.post(CODE, {"email": "new@example.org", "next": "/admin/"})
    answer = client.post(CONFIRM, {"code": mailed_code("new@example.org"), "next": "/admin/"}, follow=True)
    assert answer.request["PATH_INFO"] == "/en/accounts/second-factor/"
    page = client.get("/en/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    answer = client.post("/en/accounts/2fa/totp/activate/", {"code": app_code(secret)}, follow=True)
    assert answer.request["PATH_INFO"] == "/en/accounts/2fa/recovery-codes/"
    assert 'href="/admin/"' in answer.content.decode()
    assert client.get("/admin/").status_code == 200
    person = User.objects.get(email="new@example.org")
    assert EmailAddress.objects.get(user=person).verified
    assert AuditEntry.objects.filter(action="user.second_factor_added", actor=person).count() == 2


def test_a_second_passkey_does_not_pass_for_a_proof(
    member_of_staff: User, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a first factor counts as proved when it is set up; otherwise a password would be enough."""
    from accounts import security_trail  # the receiver, called as allauth's signal would

    noted: list[Any] = []
    monkeypatch.setattr(security_trail, "record_authentication", lambda *args, **kwargs: noted.append(kwargs))
    key = Authenticator.objects.create(user=member_of_staff, type="webauthn", data={})
    news: Any = {"sender": Authenticator, "request": None, "user": member_of_staff, "authenticator": key}
    security_trail._factor_added(**news)
    assert not noted
    Authenticator.objects.filter(user=member_of_staff).exclude(pk=key.pk).delete()
    security_trail._factor_added(**news)
    assert [note["type"] for note in noted] == ["webauthn"]


def test_signing_up(client: Client, forum: Forum) -> None:
    with translation.override("ko"):
        answer = client.post("/ko/accounts/signup/", {"email": "New@Example.org", "password1": PASSWORD})
    assert answer["Location"] == "/ko/accounts/confirm-email/"
    person = User.objects.get()
    assert (person.email, person.language, person.is_staff) == ("new@example.org", "ko", False)
    assert Message.objects.get().language == "ko"
    assert "_auth_user_id" not in client.session
    answer = client.post("/ko/accounts/confirm-email/", {"code": mailed_code("new@example.org")})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_new_password_by_mailed_code(client: Client, lan: User) -> None:
    client.post("/en/accounts/password/reset/", {"email": lan.email})
    answer = client.post(
        "/en/accounts/password/reset/confirm/", {"code": mailed_code(lan.email)}, follow=True
    )
    assert answer.request["PATH_INFO"] == "/en/accounts/password/reset/complete/"
    new = {"password1": "another battery staple", "password2": "another battery staple"}
    client.post("/en/accounts/password/reset/complete/", new)
    lan.refresh_from_db()
    assert lan.check_password("another battery staple")
    notice = Message.objects.filter(kind="account.notice").get()
    assert (notice.recipient, notice.context["what"]) == (lan.email, "account/email/password_reset")


# --- Nothing told to strangers --------------------------------------------------------------------


def strip_secrets(page: bytes, address: str) -> str:
    """Return a page without what differs from request to request."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return text.replace(address, "ADDRESS")


@pytest.mark.parametrize(
    ("path", "field"),
    [(CODE, "email"), ("/en/accounts/password/reset/", "email")],
)
def test_a_known_and_an_unknown_address_get_the_same_answer(lan: User, path: str, field: str) -> None:
    pages: list[tuple[Any, ...]] = []
    for address in (lan.email, "nobody@example.org"):
        browser = Client()
        answer = browser.post(path, {field: address}, follow=True)
        pages.append((answer.status_code, answer.redirect_chain, strip_secrets(answer.content, address)))
        wrong = browser.post(answer.request["PATH_INFO"], {"code": "AAAA-AAAA"})
        pages[-1] += (wrong.status_code, strip_secrets(wrong.content, address))
    assert pages[0] == pages[1]
    assert set(Message.objects.values_list("kind", "recipient")) == {
        ("account.code", lan.email),
        ("account.unknown", "nobody@example.org"),
    }


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(lan: User) -> None:
    pages = []
    for address in (lan.email, "nobody@example.org"):
        answer = Client().post(LOGIN, {"login": address, "password": "wrong"})
        pages.append((answer.status_code, strip_secrets(answer.content, address)))
    assert pages[0] == pages[1]
    assert pages[0][0] == 200


def test_signing_up_with_a_taken_address_tells_only_its_owner(lan: User) -> None:
    pages = []
    for address in (lan.email, "fresh@example.org"):
        answer = Client().post("/en/accounts/signup/", {"email": address, "password1": PASSWORD}, follow=True)
        pages.append((answer.status_code, answer.redirect_chain, strip_secrets(answer.content, address)))
    assert pages[0] == pages[1]
    assert Message.objects.get(recipient=lan.email).kind == "account.exists"
    assert User.objects.filter(email=lan.email).count() == 1


def test_no_code_rests_in_the_outbox_in_the_clear(client: Client, lan: User) -> None:
    client.post(CODE, {"email": lan.email})
    message = Message.objects.get()
    code = mailed_code(lan.email)
    assert code not in str(message.context)
    assert code not in message.subject + message.dedupe_key


def test_a_code_that_was_not_sent_in_time_is_not_sent_at_all(
    client: Client, lan: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(CODE, {"email": lan.email})
    message = Message.objects.get()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + mails.CODE_SECONDS + 60)
    with pytest.raises(SealBroken):
        rendering.render(message)


def test_the_secret_of_the_app_is_sealed_at_rest(owner: User) -> None:
    stored = Authenticator.objects.get(user=owner).data["secret"]
    assert stored.startswith("sealed:")
    assert TOTP_SECRET not in stored


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
def test_no_way_leads_to_another_site(client: Client, lan: User, wanted: str) -> None:
    answer = client.post(LOGIN, {"login": lan.email, "password": PASSWORD, "next": wanted})
    assert answer["Location"] == "/en/"
    answer = client.post("/en/accounts/logout/", {"next": wanted})
    assert answer["Location"] == "/en/"


# --- Limits ---------------------------------------------------------------------------------------


def test_many_tries_from_one_address_are_429_with_a_time(client: Client, lan: User) -> None:
    answers = [
        client.post(LOGIN, {"login": f"nobody{number}@example.org", "password": "wrong"})
        for number in range(31)
    ]
    assert [answer.status_code for answer in answers[:10]] == [200] * 10
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert "429" in answers[-1].content.decode()


def test_a_forged_forwarding_header_does_not_change_who_is_counted(lan: User) -> None:
    codes = [
        Client().post(
            LOGIN,
            {"login": f"nobody{number}@example.org", "password": "wrong"},
            headers={"x-forwarded-for": f"198.51.100.{number}"},
        )
        for number in range(31)
    ]
    assert codes[-1].status_code == 429


def test_behind_our_proxy_each_visitor_is_counted_alone(lan: User, settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    for number in range(31):
        # What the visitor wrote herself stands left of what our proxy appended.
        forwarded = f"10.0.0.{number}, 198.51.100.7"
        last = Client().post(
            LOGIN,
            {"login": f"nobody{number}@example.org", "password": "wrong"},
            headers={"x-forwarded-for": forwarded},
        )
    assert last.status_code == 429
    other = Client().post(
        LOGIN, {"login": lan.email, "password": PASSWORD}, headers={"x-forwarded-for": "198.51.100.8"}
    )
    assert other.status_code == 302


def test_guessing_one_accounts_password_ends_after_five_tries(lan: User) -> None:
    for number in range(5):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post(LOGIN, {"login": lan.email, "password": "wrong"})
    answer = Client(REMOTE_ADDR="198.51.100.99").post(LOGIN, {"login": lan.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert "_auth_user_id" not in answer.client.session


def test_without_the_cache_people_still_sign_in(client: Client, lan: User, settings: Any) -> None:
    from django.core.cache import caches  # the setting is read when the cache is first used

    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock?db=0"}
    }
    before = time.monotonic()
    try:
        answer = client.post(LOGIN, {"login": lan.email, "password": PASSWORD})
    finally:
        caches["default"].close()
    assert answer.status_code == 302
    assert time.monotonic() - before < 3


# --- Pages ----------------------------------------------------------------------------------------

PUBLIC_PAGES = ["login", "signup", "login/code", "password/reset", "inactive"]
OWN_PAGES = [
    "logout",
    "email",
    "password/set",
    "second-factor",
    "2fa",
    "2fa/totp/activate",
    "2fa/webauthn/add",
    "2fa/webauthn",
]


@pytest.mark.parametrize("language", ["vi", "ko", "en"])
def test_every_account_page_is_served_in_every_language(
    client: Client, forum: Forum, owner_without_factor: User, sign_in: Any, language: str
) -> None:
    browser = sign_in(owner_without_factor)
    for path in PUBLIC_PAGES:
        answer = client.get(f"/{language}/accounts/{path}/")
        assert answer.status_code == 200, path
        assert "no-store" in answer["Cache-Control"]
    assert "no-store" not in client.get(f"/{language}/").headers.get("Cache-Control", "")
    for path in OWN_PAGES:
        answer = browser.get(f"/{language}/accounts/{path}/")
        assert answer.status_code == 200, path
        assert answer["Content-Language"] == language
        assert "no-store" in answer["Cache-Control"]
        assert b"noindex" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/accounts/login/", "/vi/accounts/login/code/"])
def test_people_sign_in_on_a_fresh_installation_without_a_forum(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
