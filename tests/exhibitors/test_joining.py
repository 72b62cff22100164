"""An organization signs up: one form, one mailed code, and on to the booth; nobody learns of anybody else."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Organization, User
from core.errors import DomainError
from core.i18n import texts_of
from events.models import Forum
from exhibitors.joining import ExhibitsAlready, SignUp, ask_managers, join
from exhibitors.models import Exhibitor, ExhibitorManager
from outbox.models import Message
from tests.accounts.test_signing_in import mailed_code
from tests.conftest import CountQueries, SignIn
from tests.exhibitors.conftest import Fair
from tests.exhibitors.test_portal import manager_of
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("in_english")

JOIN = "/en/exhibitor/join/"
CONFIRM = "/en/accounts/login/code/confirm/"
FILLED = {
    "name_en": "Demo Medical",
    "country": "KR",
    "contact_name": "Kim Dan-hui",
    "email": "danhui@example.org",
    "phone": "010-1234-5678",
    "consent": "on",
}


def sign_up(**changes: Any) -> SignUp:
    facts: dict[str, Any] = {
        "names": {"vi": "", "ko": "", "en": "Demo Medical"},
        "country": "KR",
        "contact_name": "Kim Dan-hui",
        "email": "danhui@example.org",
        "phone": "+821012345678",
        "language": "ko",
    }
    return SignUp(**(facts | changes))


def sent(browser: Client, **changes: str) -> str:
    """Send the form and type the code that comes; return where that leads."""
    data = FILLED | changes
    answer = browser.post(f"{JOIN}?booth=A1&period=7&beside=A2&next=//evil.example", data)
    assert answer.status_code == 302, answer.content.decode()
    confirm = answer["Location"]
    assert confirm.startswith(CONFIRM)
    code = mailed_code(data["email"])
    return str(browser.post(confirm, {"code": code})["Location"])


def test_one_form_and_one_code_lead_back_to_the_booth(fair: Fair, client: Client) -> None:
    finish = sent(client)
    answer = client.get(finish)
    exhibitor = Exhibitor.objects.get()
    assert answer["Location"] == "/en/booths/A1/?period=7&beside=A2&exhibitor=demo-medical"
    assert client.get(answer["Location"].split("?")[0]).status_code == 200
    assert (exhibitor.slug, exhibitor.is_published, exhibitor.contact_phone) == (
        "demo-medical",
        False,
        "+821012345678",
    )
    assert (texts_of(exhibitor.organization, "name")["en"], exhibitor.organization.country) == (
        "Demo Medical",
        "KR",
    )
    manager = exhibitor.managers.get()
    user = User.objects.get(email="danhui@example.org")
    assert (manager.user, manager.agreed_at is None) == (user, False)
    assert (user.name, user.has_usable_password()) == ("Kim Dan-hui", False)
    # Back, and once more: the same exhibitor.
    assert client.get(finish)["Location"] == answer["Location"]
    assert Exhibitor.objects.count() == 1


def test_without_a_booth_it_leads_to_the_first_page(fair: Fair, client: Client) -> None:
    confirm = client.post(JOIN, FILLED)["Location"]
    finish = client.post(confirm, {"code": mailed_code(FILLED["email"])})["Location"]
    assert client.get(finish)["Location"] == "/en/exhibitor/demo-medical/"


def test_a_booth_with_a_number_that_no_database_holds_is_none(fair: Fair, client: Client) -> None:
    assert client.get("/en/exhibitor/join/?booth=%00").status_code == 200


def test_the_answer_is_the_same_whether_an_account_exists(fair: Fair) -> None:
    UserFactory(email="known@example.org")
    answers, kinds = [], []
    for address in ("known@example.org", "unknown@example.org"):
        answer = Client().post(JOIN, FILLED | {"email": address})
        answers.append((answer.status_code, answer["Location"].split("?")[0]))
        kinds.append(list(Message.objects.filter(recipient=address).values_list("kind", flat=True)))
    assert answers[0] == answers[1]
    assert kinds[0] == kinds[1]
    assert len(kinds[0]) == 1


def test_nothing_is_founded_before_the_code(fair: Fair, client: Client) -> None:
    client.post(JOIN, FILLED)
    assert client.get(f"{JOIN}no-such-key/")["Location"] == JOIN
    assert not Exhibitor.objects.exists()
    assert not Organization.objects.filter(name_en="Demo Medical").exists()


def test_a_locked_account_gets_no_code(fair: Fair, client: Client) -> None:
    UserFactory(email=FILLED["email"], is_active=False)
    answer = client.post(JOIN, FILLED)
    assert answer["Location"].startswith(CONFIRM)
    client.post(answer["Location"], {"code": "AAA-AAA"})
    assert "_auth_user_id" not in client.session


def test_what_was_typed_stands_there_after_going_back(fair: Fair, client: Client) -> None:
    client.post(f"{JOIN}?booth=A1", FILLED)
    page = client.get(f"{JOIN}?booth=A1").content.decode()
    for text in ("Demo Medical", "Kim Dan-hui", "danhui@example.org", "010-1234-5678"):
        assert f'value="{text}"' in page
    # Agreeing is done each time.
    assert "checked" not in page


def test_two_windows_do_not_disturb_each_other(fair: Fair, client: Client) -> None:
    first = client.post(JOIN, FILLED)["Location"]
    client.post(JOIN, FILLED | {"name_en": "Second Clinic"})
    # The newer code counts; either window's way on is taken in turn.
    finish = client.post(first, {"code": mailed_code(FILLED["email"])})["Location"]
    client.get(finish)
    for key in client.session["exhibitor_sign_ups"]:
        client.get(f"{JOIN}{key}/")
    assert list(Exhibitor.objects.values_list("slug", flat=True)) == ["demo-medical", "second-clinic"]


def test_a_window_with_another_address_is_shown_the_form_again(fair: Fair, client: Client) -> None:
    client.post(JOIN, FILLED | {"email": "first@example.org"})
    first = next(iter(client.session["exhibitor_sign_ups"]))
    sent(client, email="second@example.org")
    assert client.get(f"{JOIN}{first}/")["Location"] == JOIN
    assert not ExhibitorManager.objects.filter(exhibitor__contact_email="first@example.org").exists()


def test_who_is_signed_in_with_a_proven_address_needs_no_code(fair: Fair, client: Client) -> None:
    client.get(sent(client))
    page = client.get(JOIN).content.decode()
    assert "You are signed in as danhui@example.org." in page
    data = {name: value for name, value in FILLED.items() if name != "email"}
    answer = client.post(JOIN, data | {"name_en": "Other Clinic"})
    assert client.get(answer["Location"])["Location"] == "/en/exhibitor/other-clinic/"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name_en", " ", "Please write what your organization is called."),
        ("name_en", "…—…", "Please write what your organization is called."),
        ("country", "XX", "Please choose your country or territory from the list."),
        ("contact_name", "", "Please write your name."),
        ("email", "nobody", "This is not a mail address."),
        ("phone", "call me", "This is no telephone number."),
        ("consent", "", "Without this the details may not be kept."),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(
    fair: Fair, client: Client, field: str, value: str, sentence: str
) -> None:
    answer = client.post(JOIN, FILLED | {field: value})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    kept = "danhui@example.org" if field != "email" else "Kim Dan-hui"
    assert f'value="{kept}"' in page
    assert not Message.objects.exists()


def test_codes_are_not_sent_without_end(fair: Fair) -> None:
    answers = [Client().post(JOIN, FILLED).status_code for _ in range(12)]
    assert answers[0] == 302
    assert answers[-1] == 429


def test_hangul_is_kept_as_the_korean_name(fair: Fair, client: Client) -> None:
    client.get(sent(client, name_en="데모 의료"))
    organization = Organization.objects.get(name_ko="데모 의료")
    assert texts_of(organization, "name")["en"] == ""
    assert Exhibitor.objects.get().slug == "exhibitor"


# --- The same organization ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["demo  MEDICAL", "Démo Medical.", "Demo-Medical"])
def test_an_organization_that_exhibits_is_not_given_away(fair: Fair, client: Client, name: str) -> None:
    manager = UserFactory(email="first@example.org")
    join(forum=fair.forum, sign_up=sign_up(email=manager.email), by=manager)
    finish = sent(client, name_en=name)
    answer = client.get(finish)
    assert answer.status_code == 409
    assert "This organization exhibits already" in answer.content.decode()
    assert "first@example.org" not in answer.content.decode()
    assert client.get("/en/exhibitor/demo-medical/").status_code == 404
    assert not Message.objects.filter(kind="exhibitor.manager_asked").exists()
    # Asking tells her managers, once.
    assert "They have been asked" in client.post(finish).content.decode()
    client.post(finish)
    mail = Message.objects.get(kind="exhibitor.manager_asked")
    assert mail.recipient == "first@example.org"


def test_where_nobody_looks_after_it_organizers_are_asked(fair: Fair) -> None:
    exhibitor = fair.exhibitor()
    ask_managers(exhibitor, name="Kim", by=UserFactory(email="kim@example.org"))
    mail = Message.objects.get(kind="exhibition.message")
    assert "kim@example.org" in mail.context["text"]


def test_a_known_organization_keeps_its_names(fair: Fair) -> None:
    known = Organization.objects.create(slug="demo", name_en="Demo Medical", name_ko="데모", country="KR")
    exhibitor = join(forum=fair.forum, sign_up=sign_up(names={"ko": "데모", "en": "Other"}), by=UserFactory())
    known.refresh_from_db()
    assert exhibitor.organization == known
    assert texts_of(known, "name")["en"] == "Demo Medical"


def test_another_country_is_another_organization(fair: Fair) -> None:
    join(forum=fair.forum, sign_up=sign_up(), by=UserFactory())
    other = join(forum=fair.forum, sign_up=sign_up(country="VN"), by=UserFactory())
    assert other.slug.startswith("demo-medical-")
    assert Organization.objects.filter(name_en="Demo Medical").count() == 2


def test_reserved_addresses_are_nobody_s(fair: Fair) -> None:
    exhibitor = join(forum=fair.forum, sign_up=sign_up(names={"en": "Join"}), by=UserFactory())
    assert exhibitor.slug != "join"


def test_one_account_signs_up_ten_organizations_at_most(fair: Fair) -> None:
    user = UserFactory()
    for number in range(10):
        join(forum=fair.forum, sign_up=sign_up(names={"en": f"Clinic {number}"}), by=user)
    with pytest.raises(DomainError, match="You look after many"):
        join(forum=fair.forum, sign_up=sign_up(names={"en": "Clinic 10"}), by=user)


def test_the_number_of_queries_does_not_grow(
    fair: Fair, sign_in: SignIn, assert_queries: CountQueries
) -> None:
    for count in (1, 3):
        user = UserFactory()
        for number in range(count):
            manager_of(fair.exhibitor(), user)
            Organization.objects.create(slug=f"more-{count}-{number}", name_en="More", country="KR")
        with assert_queries(13):
            join(forum=fair.forum, sign_up=sign_up(names={"en": f"New {count}"}), by=user)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_the_same_organization_up_one_is_told(transactional_db: None, forum: Forum) -> None:
    people = [UserFactory(), UserFactory(), UserFactory()]
    told: list[str] = []
    start = threading.Barrier(len(people))

    def sign(user: User) -> None:
        try:
            start.wait(10)
            join(forum=forum, sign_up=sign_up(), by=user)
            told.append("founded")
        except ExhibitsAlready:
            told.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == ["founded", "told", "told"]
    assert Exhibitor.objects.count() == 1
    assert Organization.objects.filter(name_en="Demo Medical").count() == 1
    assert ExhibitorManager.objects.count() == 1
