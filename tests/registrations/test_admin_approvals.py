"""The approval desk: one application after the other, several at once, two organizers at once."""

import threading
from http import HTTPStatus
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from accounts.models import AuditEntry, ForumRole, User
from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.admin.deciding import Outcome, decide
from registrations.models import Answer, Registration, RegistrationType
from registrations.services import deciding, ending
from registrations.services.statuses import move
from tests.conftest import organizer
from tests.crowd import at_once
from tests.factories import (
    DecisionReasonFactory,
    ForumFactory,
    RegistrationFactory,
)
from tests.registrations.conftest import Register, text_of
from tests.registrations.factories import QuestionFactory

PAGE = "/admin/registrations/registration/approvals/"
SEVERAL = f"{PAGE}several/"


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


def status(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).status


def post(client: Client, registration: Registration, do: str, query: str = "", **data: str) -> Any:
    return client.post(
        f"{PAGE}{query}", {"registration": str(registration.pk), "do": do, **data}, follow=True
    )


def opened(response: Any) -> str | None:
    """Return the name of the person whose application is open."""
    one = response.context["one"]
    return one.name if one else None


# --- The queue ------------------------------------------------------------------------------------


def test_the_oldest_application_is_open_with_answers_places_and_neighbours(
    desk_client: Client, apply: Register, passes: RegistrationType
) -> None:
    anh, binh = apply("Anh", job_title="Editor", latin_name="Anh Tran"), apply("Binh")
    question = QuestionFactory(forum=passes.forum, kind="choice", options=["Print", "Radio"])
    question.types.set([passes])
    Answer.objects.create(registration=anh, question=question).options.set([question.options.last()])

    page = desk_client.get(PAGE)

    assert opened(page) == "Anh"
    turn = page.context["turn"]
    assert (turn.place, turn.total, turn.previous, turn.next) == (1, 2, "", str(binh.pk))
    for words in ("Editor", "Anh Tran", "Radio", "2 of 2 places left", "1 of 2"):
        assert words in text_of(page), words


def test_only_people_of_this_forum_who_wait_for_a_decision_are_in_the_queue(
    desk: User, desk_client: Client, apply: Register, register: Register, forum: Forum
) -> None:
    anh, binh = apply("Anh"), apply("Binh")
    services.approve(anh, by=desk)
    register(name="Guest", email="guest@example.org")
    RegistrationFactory(forum=ForumFactory(is_current=False), status="pending", name="Elsewhere")

    page = desk_client.get(PAGE)

    assert [row.name for row in page.context["turn"].rows] == ["Binh"]
    assert opened(desk_client.get(PAGE, {"open": str(binh.pk)})) == "Binh"
    gone = desk_client.get(PAGE, {"open": str(anh.pk)})
    assert opened(gone) == "Binh"
    assert "does not wait any more" in text_of(gone)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Ánh Đào", "Binh"]),
        ({"country": "KR"}, ["Binh"]),
        ({"country": "DE"}, ["Ánh Đào", "Binh"]),
        ({"text": "anh dao"}, ["Ánh Đào"]),
        ({"text": "minh hoa"}, ["Ánh Đào", "Binh"]),
        ({"text": "nobody"}, []),
        ({"type": "999999999999999999999999"}, ["Ánh Đào", "Binh"]),
        ({"page": "9", "open": "x"}, ["Ánh Đào", "Binh"]),
    ],
)
def test_the_queue_is_filtered_and_what_is_made_up_is_left_out(
    desk_client: Client, apply: Register, query: dict[str, str], found: list[str]
) -> None:
    apply("Ánh Đào", email="anh@example.org")
    apply("Binh", country="KR")

    page = desk_client.get(PAGE, query)

    assert page.status_code == HTTPStatus.OK
    assert [row.name for row in (page.context["turn"].rows if found else ())] == found
    assert ("No application fits" in text_of(page)) == (not found)


def test_neighbours_are_found_across_the_edge_of_a_page(
    desk_client: Client, forum: Forum, passes: RegistrationType
) -> None:
    people = [RegistrationFactory(forum=forum, type=passes, status="pending") for _ in range(27)]
    people.sort(key=lambda one: (one.created_at, one.pk))

    for here, place in ((24, 25), (25, 26)):
        turn = desk_client.get(PAGE, {"open": str(people[here].pk)}).context["turn"]
        assert (turn.place, turn.previous, turn.next) == (
            place,
            str(people[here - 1].pk),
            str(people[here + 1].pk),
        )
    assert opened(desk_client.get(PAGE, {"page": "2"})) == people[25].name


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_costs_the_same_queries_with_any_number_of_applications(
    desk_client: Client, apply: Register, forum: Forum, assert_queries: Any, rows: int
) -> None:
    question = QuestionFactory(forum=forum, kind="choice", options=["Print"])
    for number in range(rows):
        one = apply(f"Person{number}")
        Answer.objects.create(registration=one, question=question).options.set(question.options.all())
    DecisionReasonFactory.create_batch(rows, forum=forum)
    desk_client.get(PAGE)

    with assert_queries(15):
        desk_client.get(PAGE)


@pytest.mark.parametrize(
    "role", [ForumRole.Role.CHECK_IN, ForumRole.Role.VIEWER, ForumRole.Role.AGENDA_EDITOR]
)
def test_who_may_not_decide_sees_and_decides_nothing(
    sign_in: Any, forum: Forum, apply: Register, role: ForumRole.Role
) -> None:
    anh, client = apply("Anh"), sign_in(organizer(forum, role, "Someone"))

    assert client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
    assert post(client, anh, "approve").status_code == HTTPStatus.FORBIDDEN
    assert (
        client.post(SEVERAL, {"do": "approve", "chosen": [str(anh.pk)]}).status_code == HTTPStatus.FORBIDDEN
    )
    assert client.post(f"/admin/registrations/registration/{anh.pk}/do/approve/").status_code in {403, 404}
    assert status(anh) == "pending"


def test_an_owner_of_another_forum_is_a_stranger_here(sign_in: Any, apply: Register, forum: Forum) -> None:
    anh, elsewhere = apply("Anh"), ForumFactory(is_current=False)
    client = sign_in(organizer(elsewhere, ForumRole.Role.OWNER, "Elsa"))

    assert client.get(PAGE).status_code == HTTPStatus.NOT_FOUND
    assert post(client, anh, "approve", f"?forum={elsewhere.slug}").status_code == HTTPStatus.NOT_FOUND
    assert status(anh) == "pending"


# --- Deciding -------------------------------------------------------------------------------------


def test_after_a_decision_the_next_application_opens_and_then_the_first_again(
    desk_client: Client, apply: Register
) -> None:
    anh, binh, chi = apply("Anh"), apply("Binh"), apply("Chi")

    page = post(desk_client, binh, "approve")
    assert (status(binh), opened(page)) == ("confirmed", "Chi")
    assert "Binh is approved" in text_of(page)

    page = post(desk_client, chi, "decline", reason="No card")
    assert (status(chi), opened(page)) == ("declined", "Anh")

    page = post(desk_client, anh, "approve")
    assert opened(page) is None
    assert "No application waits." in text_of(page)


def test_the_filters_stay_after_a_decision(desk_client: Client, apply: Register) -> None:
    anh, _binh, chi = apply("Anh"), apply("Binh", country="KR"), apply("Chi")

    page = post(desk_client, anh, "approve", "?country=VN")

    assert opened(page) == chi.name
    assert [row.name for row in page.context["turn"].rows] == ["Chi"]


def test_declining_needs_a_reason_and_keeps_the_application_open(
    desk_client: Client, apply: Register
) -> None:
    anh = apply("Anh")

    page = post(desk_client, anh, "decline", reason=" ")

    assert (status(anh), opened(page)) == ("pending", "Anh")
    assert "Please choose or write a reason." in text_of(page)
    assert "<details open>" in text_of(page)


def test_a_kept_reason_is_mailed_in_the_language_of_the_person_and_own_words_replace_it(
    desk_client: Client, apply: Register, forum: Forum
) -> None:
    kept = DecisionReasonFactory(
        forum=forum, name_vi="Không có thẻ", name_ko="기자증 없음", name_en="No card"
    )
    ha_na, binh = apply("Hana", language="ko"), apply("Binh")

    post(desk_client, ha_na, "decline", kept=str(kept.pk))
    post(desk_client, binh, "decline", kept=str(kept.pk), reason="Thẻ đã hết hạn")

    reasons = Message.objects.filter(kind="registration.declined").values_list("recipient", "context__reason")
    assert dict(reasons) == {"hana@example.org": "기자증 없음", "binh@example.org": "Thẻ đã hết hạn"}


def test_a_kept_reason_of_another_forum_is_none(desk_client: Client, apply: Register) -> None:
    anh, other = apply("Anh"), DecisionReasonFactory(forum=ForumFactory(is_current=False))

    post(desk_client, anh, "decline", kept=str(other.pk), reason="x")

    assert status(anh) == "pending"


def test_where_no_place_is_left_the_application_stays_open_and_may_be_put_on_the_waiting_list(
    desk: User, desk_client: Client, apply: Register
) -> None:
    for name in ("Mot", "Hai"):
        services.approve(apply(name), by=desk)
    anh, _binh = apply("Anh"), apply("Binh")

    page = post(desk_client, anh, "approve")
    assert (status(anh), opened(page)) == ("pending", "Anh")
    assert "“Pass” has no place left now. You can put the person on the waiting list." in text_of(page)

    assert status(anh) == "pending"
    page = post(desk_client, anh, "wait", reason="All places are taken.")
    assert (status(anh), opened(page)) == ("waiting", "Binh")
    assert AuditEntry.objects.get(action="registration.put_on_waiting_list").reason == "All places are taken."


def test_nobody_waits_while_places_are_left(desk_client: Client, apply: Register) -> None:
    anh = apply("Anh")

    assert "has places left" in text_of(post(desk_client, anh, "wait", reason="later"))
    assert status(anh) == "pending"


@pytest.mark.parametrize(
    "data", [{}, {"do": "approve"}, {"do": "nonsense", "registration": "x"}, {"registration": "\x00"}]
)
def test_made_up_decisions_are_a_404(desk_client: Client, forum: Forum, data: dict[str, str]) -> None:
    assert desk_client.post(PAGE, data).status_code == HTTPStatus.NOT_FOUND


# --- Two organizers at once -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("approve", "approve", "Oanh approved the application of Anh already"),
        ("approve", "decline", "Oanh approved the application of Anh already"),
        ("decline", "approve", "Oanh declined the application of Anh already"),
        ("decline", "decline", "Oanh declined the application of Anh already"),
    ],
)
def test_the_second_organizer_is_told_what_the_first_decided(
    owner_client: Client, desk_client: Client, apply: Register, first: str, second: str, sentence: str
) -> None:
    anh, _binh = apply("Anh"), apply("Binh")
    post(owner_client, anh, first, reason="No card")

    page = post(desk_client, anh, second, reason="Another reason")

    assert sentence in text_of(page)
    assert opened(page) == "Binh"
    assert status(anh) == {"approve": "confirmed", "decline": "declined"}[first]
    assert Message.objects.filter(recipient="anh@example.org").count() == 2


def test_who_withdrew_meanwhile_is_told_of(desk_client: Client, apply: Register) -> None:
    anh = apply("Anh")
    services.cancel_registration(anh, by=None)

    assert "The application of Anh was withdrawn meanwhile" in text_of(post(desk_client, anh, "approve"))


def test_the_same_decision_sent_twice_is_one(desk_client: Client, apply: Register) -> None:
    anh = apply("Anh")

    pages = [text_of(post(desk_client, anh, "approve")) for _ in range(2)]

    assert all("Anh is approved" in page for page in pages)
    assert AuditEntry.objects.filter(action="registration.confirmed").count() == 1


def both_decide(person: Registration, owner: User, desk: User) -> list[Outcome]:
    """Let Oanh approve and Dung decline in the same moment; return what each is told."""
    outcomes: list[Outcome] = []
    ends = at_once(
        [
            lambda: outcomes.append(decide(person, "approve", by=owner, reason="")),
            lambda: outcomes.append(decide(person, "decline", by=desk, reason="No card")),
        ]
    )
    assert ends == {"done": 2}
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_in_the_same_moment_one_does_and_the_other_reads_it(
    owner: User, desk: User, register: Register, passes: RegistrationType
) -> None:
    person = register(type=passes, name="Anh")

    outcomes = both_decide(person, owner, desk)

    done, met = sorted(outcomes, key=lambda one: not one.is_done)
    assert (done.is_done, met.is_done) == (True, False)
    approved = "is approved" in done.sentence
    assert status(person) == ("confirmed" if approved else "declined")
    assert ("Oanh approved" if approved else "Dung declined") in met.sentence
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_decide(
    monkeypatch: pytest.MonkeyPatch, owner: User, desk: User, register: Register, passes: RegistrationType
) -> None:
    """The negative control: the race is real."""
    person = register(type=passes, name="Anh")
    both, approved = threading.Barrier(2, timeout=10), threading.Event()

    def slow_move(row: Registration, to: str, **facts: Any) -> None:
        both.wait()
        # The other way round the database itself refuses the second: what has ended is not confirmed.
        if to == "declined":
            approved.wait(timeout=10)
        move(row, Registration.Status(to), **facts)
        approved.set()

    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *_args, **_options: self.all())
    monkeypatch.setattr(deciding, "move", slow_move)
    monkeypatch.setattr(ending, "move", slow_move)

    both_decide(person, owner, desk)

    assert AuditEntry.objects.filter(changes__status__0="pending").count() == 2
    assert Message.objects.count() == 3


# --- Several at once ------------------------------------------------------------------------------


def test_several_are_asked_once_then_decided_the_oldest_first_and_told_who_could_not(
    owner: User, desk_client: Client, apply: Register
) -> None:
    people = [apply(name) for name in ("Anh", "Binh", "Chi", "Dao")]
    # In another order than they applied.
    sent = {"do": "approve", "chosen": [str(one.pk) for one in reversed(people)]}

    question = desk_client.post(SEVERAL, sent)
    assert [one.name for one in question.context["chosen"]] == ["Anh", "Binh", "Chi", "Dao"]
    assert "2 of 2 places left" in text_of(question)
    assert {status(one) for one in people} == {"pending"}

    services.decline(people[3], by=owner, reason="No card")
    result = desk_client.post(SEVERAL, sent | {"confirmed": "yes"})

    assert [status(one) for one in people] == ["confirmed", "confirmed", "pending", "declined"]
    assert [one.registration.name for one in result.context["done"]] == ["Anh", "Binh"]
    told = {one.registration.name: one.sentence for one in result.context["left"]}
    assert "no place left" in told["Chi"]
    assert "Oanh declined" in told["Dao"]


def test_several_are_declined_with_one_reason_each_in_her_language(
    desk_client: Client, apply: Register, forum: Forum
) -> None:
    kept = DecisionReasonFactory(
        forum=forum, name_vi="Không có thẻ", name_ko="기자증 없음", name_en="No card"
    )
    people = [apply("Anh"), apply("Hana", language="ko")]
    sent = {"do": "decline", "chosen": [str(one.pk) for one in people], "confirmed": "yes"}

    assert "Please choose or write a reason." in text_of(desk_client.post(SEVERAL, sent))
    assert {status(one) for one in people} == {"pending"}
    desk_client.post(SEVERAL, sent | {"kept": str(kept.pk)})

    reasons = Message.objects.filter(kind="registration.declined").values_list("context__reason", flat=True)
    assert sorted(reasons) == ["Không có thẻ", "기자증 없음"]


@pytest.mark.parametrize(
    "data", [{}, {"do": "approve"}, {"do": "approve", "chosen": ["x", "\x00"]}, {"do": "nonsense"}]
)
def test_nobody_chosen_leads_back_with_a_word(
    desk_client: Client, forum: Forum, data: dict[str, Any]
) -> None:
    assert "Choose 1 to 100 applications." in text_of(desk_client.post(SEVERAL, data, follow=True))


def test_people_of_another_forum_are_not_decided_about_from_here(desk_client: Client, forum: Forum) -> None:
    other = RegistrationFactory(forum=ForumFactory(is_current=False), status="pending")

    desk_client.post(SEVERAL, {"do": "approve", "chosen": [str(other.pk)], "confirmed": "yes"})

    assert status(other) == "pending"
