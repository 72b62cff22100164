"""The root, the language choice and the health pages."""

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from accounts.models import User
from embedded.valkey import Valkey
from tests.conftest import SignIn
from tests.factories import UserFactory

COOKIE = settings.LANGUAGE_COOKIE_NAME


# --- The root picks a language: choice, account, browser ------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("en-GB,en;q=0.9", "en"),
        ("vi,en;q=0.5", "vi"),
        ("de-DE,de;q=0.9,ko;q=0.4", "ko"),
        ("fr", "vi"),
        ("", "vi"),
        ("*", "vi"),
        ("ko;q=nonsense", "vi"),
        ("x" * 5000, "vi"),
    ],
)
def test_the_browser_decides_when_nothing_else_does(client: Client, accept: str, language: str) -> None:
    response = client.get("/", headers={"accept-language": accept})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in response["Vary"].split(",")}
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_account_weighs_more_than_the_browser(sign_in: SignIn) -> None:
    client = sign_in(UserFactory(language="ko"))
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/ko/"


@pytest.mark.django_db
def test_the_choice_weighs_more_than_account_and_browser(sign_in: SignIn) -> None:
    client = sign_in(UserFactory(language="ko"))
    client.cookies[COOKIE] = "en"
    assert client.get("/", headers={"accept-language": "vi"})["Location"] == "/en/"


@pytest.mark.django_db
@pytest.mark.parametrize("forged", ["fr", "../evil", "xx", "", "<b>"])
def test_a_forged_choice_is_ignored(client: Client, forged: str) -> None:
    client.cookies[COOKIE] = forged
    assert client.get("/", headers={"accept-language": "ko"})["Location"] == "/ko/"


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["KO", "Ko-kr"])
def test_languages_are_known_in_any_case(client: Client, accept: str) -> None:
    assert client.get("/", headers={"accept-language": accept})["Location"] == "/ko/"
    client.cookies[COOKIE] = "KO"
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/ko/"


# --- The switcher -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["vi", "ko", "en"])
def test_choosing_keeps_the_page_and_is_remembered(client: Client, code: str) -> None:
    target = f"/{code}/agenda/?track=hospital#day-2"
    response = client.get(f"/language/{code}/", {"next": target})
    assert (response.status_code, response["Location"]) == (302, target)
    assert response.cookies[COOKIE].value == code
    assert response.cookies[COOKIE]["samesite"] == "Lax"
    assert client.get("/", headers={"accept-language": "de"})["Location"] == f"/{code}/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " //evil.example",
        "\t//evil.example",
        "/%0d%0a//evil.example\r\nX: y",
        "",
    ],
)
def test_the_switcher_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    response = client.get("/language/ko/", {"next": elsewhere})
    location = response["Location"]
    assert response.status_code == 302
    assert location == "/ko/" or (location.startswith("/") and location[1:2] not in {"/", "\\"})
    assert "X" not in response.headers
    if "evil.example" in location:
        assert location == "/%0d%0a//evil.example%0D%0AX:%20y"


@pytest.mark.django_db
def test_a_host_header_of_ones_own_does_not_open_the_switcher(client: Client) -> None:
    response = client.get("/language/ko/", {"next": "http://evil.example/"}, headers={"host": "evil.example"})
    assert response.status_code == 400


@pytest.mark.django_db
def test_there_are_three_languages(client: Client) -> None:
    assert client.get("/language/fr/").status_code == 404
    assert client.post("/language/ko/").status_code == 405


# --- Health -------------------------------------------------------------------------------------------


def test_healthz_touches_nothing(client: Client) -> None:
    # No database mark: a query would fail this test.
    response = client.get("/healthz")
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_says_that_all_is_well(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "migrations": "ok", "broker": "ok"},
    }


@pytest.mark.django_db
def test_without_the_broker_the_site_is_degraded_but_serves(client: Client, valkey: Valkey) -> None:
    valkey.stop()
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["checks"]["broker"] == "unreachable"
    assert client.get("/readyz?strict=1").status_code == 503
    valkey.start()
    assert client.get("/readyz?strict=1").status_code == 200


@pytest.mark.django_db
def test_unapplied_migrations_are_not_ready(client: Client) -> None:
    app, name = MigrationLoader(connection).graph.leaf_nodes("registrations")[0]
    MigrationRecorder(connection).record_unapplied(app, name)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"
    assert response.json()["checks"]["migrations"] == "unapplied"


@pytest.mark.django_db(transaction=True)
def test_without_the_database_it_is_not_ready(client: Client) -> None:
    connection.close()
    real = connection.settings_dict["PORT"]
    connection.settings_dict["PORT"] = "1"  # a socket that nobody listens on
    try:
        response = client.get("/readyz")
    finally:
        connection.close()
        connection.settings_dict["PORT"] = real
    assert response.status_code == 503
    assert response.json()["checks"] == {
        "database": "unreachable",
        "migrations": "unknown",
        "broker": "ok",
    }


# --- Errors -------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "ko", "en"])
def test_a_missing_page_speaks_the_language_of_its_address(client: Client, language: str) -> None:
    response = client.get(f"/{language}/nothing-here/")
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.django_db
def test_a_broken_page_shows_no_insides(
    client: Client, monkeypatch: pytest.MonkeyPatch, forum: object
) -> None:
    client.raise_request_exception = False

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret insides")

    monkeypatch.setattr("core.views.get_language_from_request", broken)
    response = client.get("/")
    assert response.status_code == 500
    assert "secret insides" not in response.content.decode()
    assert "<h1" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example"])
def test_other_hosts_are_refused(client: Client, host: str, stranger: User) -> None:
    assert client.get("/vi/", headers={"host": host}).status_code == 400
