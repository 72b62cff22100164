"""Every form against whatever anybody may send: an answer, never a 500."""

import string
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import form_token
from events.models import Forum
from registrations.links import link_path
from registrations.models import Registration
from tests.examples import examples
from tests.registrations.conftest import Register

# What HTTP can carry: a browser sends UTF-8, and half a surrogate pair is none.
anything = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x00\u202e\u200f😀<>\"'&{}%\n@"),
    max_size=400,
)
plain = st.text(string.ascii_letters + " ", min_size=1, max_size=30)
tokens = st.builds(form_token.draw) | st.just("forged") | anything
each_its_own = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

sent = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["guest", "press"]) | anything,
        "name": plain | anything,
        "email": st.emails() | anything,
        "organization_name": plain | anything,
        "country": st.sampled_from(["VN", "KR", "ZZ"]) | anything,
        "language": st.sampled_from(["vi", "ko", "en"]) | anything,
        "consent": st.sampled_from(["on", ""]) | anything,
        "consent_version": st.just("1") | st.integers().map(str) | anything,
        "form_token": tokens,
        "nobody_asked_for_this": anything,
        "latin_name": anything,
        "job_title": anything,
        "seats": anything,
        "invitation": anything,
        "look_up": st.just("1"),
    },
)


@pytest.fixture(autouse=True)
def _unlimited(settings: Any) -> None:
    settings.REGISTRATIONS_PER_MINUTE = 1_000_000


@each_its_own
@given(sent)
def test_the_form_survives_everything(forum: Forum, visitor: Client, typed: dict[str, str]) -> None:
    response = visitor.post("/en/register/", typed)

    # 429: so many codes that do not exist
    assert response.status_code in {200, 302, 409, 429}
    assert visitor.get("/en/register/sent/").status_code in {200, 302}
    assert visitor.get("/en/register/?correct=1").status_code == 200


@each_its_own
@given(
    name=anything,
    organization_name=anything,
    email=st.emails(domains=st.just("example.org")),
    language=st.sampled_from(["vi", "ko", "en"]),
)
def test_whatever_is_taken_can_be_stored_shown_and_mailed(
    forum: Forum, visitor: Client, name: str, organization_name: str, email: str, language: str
) -> None:
    typed = {
        "type": "guest",
        "name": name,
        "email": email,
        "organization_name": organization_name,
        "country": "VN",
        "language": language,
        "consent": "on",
        "consent_version": "1",
        "form_token": form_token.draw(),
    }

    response = visitor.post("/en/register/", typed)

    if response.status_code == 302:
        taken = Registration.objects.confirmed().with_email(forum, email).get()
        assert visitor.get(link_path(taken)).status_code == 200
        assert visitor.get("/en/register/sent/").status_code == 200


@each_its_own
@given(st.fixed_dictionaries({}, optional={"name": anything, "organization_name": anything}))
def test_a_correction_survives_everything(register: Register, visitor: Client, typed: dict[str, str]) -> None:
    mai = Registration.objects.first() or register()

    assert visitor.post(link_path(mai, page="edit"), typed).status_code in {200, 302}


@each_its_own
@given(code=anything, token=anything)
def test_any_address_is_an_answer(forum: Forum, visitor: Client, code: str, token: str) -> None:
    address = "/en/registration/{}/{}/".format(*(part.replace("/", "") or "-" for part in (code, token)))

    assert visitor.get(address.replace("?", "").replace("#", "")).status_code in {404, 429}
