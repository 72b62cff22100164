"""Questions in the admin: options beside them, conditions that can come true, answers that stay."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from events.models import Forum
from registrations.models import Answer, Question, RegistrationType
from tests.factories import RegistrationFactory
from tests.registrations.conftest import text_of
from tests.registrations.factories import QuestionFactory

QUESTIONS = "/admin/registrations/question/"


@pytest.fixture(autouse=True)
def _english(settings) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


def question_form(forum: Forum, question: Question | None = None, **changes: str) -> dict[str, str]:
    form = {"forum": str(forum.pk), "kind": "choice", "position": "5", "is_active": "on"}
    for field in ("name", "help"):
        form |= {f"{field}_{code}": "Visa letter" for code in ("vi", "ko", "en")}
    form |= {
        "options-TOTAL_FORMS": "1",
        "options-INITIAL_FORMS": "0",
        "options-0-position": "1",
        "options-0-is_active": "on",
        "options-0-question": str(question.pk) if question else "",
        **{f"options-0-name_{code}": "Yes" for code in ("vi", "ko", "en")},
    }
    return form | changes


def test_a_question_is_made_with_an_option_of_three_languages(
    desk_client: Client, forum: Forum, press: RegistrationType
) -> None:
    response = desk_client.post(f"{QUESTIONS}add/", question_form(forum, types=str(press.pk)))

    assert response.status_code == HTTPStatus.FOUND, text_of(response)
    made = Question.objects.get()
    assert [kind.slug for kind in made.types.all()] == ["press"]
    assert list(made.options.values_list("name_ko", flat=True)) == ["Yes"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"options-TOTAL_FORMS": "0"}, "Please write at least one option that can be chosen."),
        ({"options-0-is_active": ""}, "Please write at least one option that can be chosen."),
        ({"kind": "text"}, "This kind of answer has no options."),
    ],
)
def test_options_and_the_kind_of_answer_fit(
    desk_client: Client, forum: Forum, changes: dict[str, Any], sentence: str
) -> None:
    assert sentence in text_of(desk_client.post(f"{QUESTIONS}add/", question_form(forum, **changes)))
    assert not Question.objects.exists()


def test_a_condition_lies_before_its_question(desk_client: Client, forum: Forum) -> None:
    later = QuestionFactory(forum=forum, kind="choice", position=9, options=["Yes"])
    option = later.options.get()

    page = text_of(desk_client.post(f"{QUESTIONS}add/", question_form(forum, depends_on=str(option.pk))))

    assert "is not asked before this question. Please change the order." in page


def test_a_question_does_not_move_behind_what_follows_from_it(desk_client: Client, forum: Forum) -> None:
    first = QuestionFactory(forum=forum, kind="choice", position=1, options=["Yes"])
    QuestionFactory(forum=forum, position=2).depends_on.set(first.options.all())
    option = first.options.get()
    rows = {"options-INITIAL_FORMS": "1", "options-0-id": str(option.pk)}

    form = question_form(forum, first, position="3", **rows)
    page = text_of(desk_client.post(f"{QUESTIONS}{first.pk}/change/", form))

    assert "is asked after an answer to this question and must stay behind it." in page


def test_what_was_answered_keeps_its_kind_and_its_options(desk_client: Client, forum: Forum) -> None:
    question = QuestionFactory(forum=forum, kind="choice", position=1, options=["Yes"])
    option = question.options.get()
    answer = Answer.objects.create(registration=RegistrationFactory(forum=forum), question=question)
    answer.options.add(option)
    rows = {"options-INITIAL_FORMS": "1", "options-0-id": str(option.pk)}

    form = question_form(forum, question, **rows)
    other = text_of(desk_client.post(f"{QUESTIONS}{question.pk}/change/", form | {"kind": "multiple"}))
    form |= {"options-0-DELETE": "on", "kind": "dietary"}
    Question.objects.filter(pk=question.pk).update(kind="dietary")
    gone = text_of(desk_client.post(f"{QUESTIONS}{question.pk}/change/", form))

    assert "People have answered this already." in other
    assert "Somebody chose this option, so it stays." in gone
    assert question.options.count() == 1


def test_a_question_that_was_answered_is_not_deleted(desk_client: Client, forum: Forum) -> None:
    question = QuestionFactory(forum=forum)
    Answer.objects.create(registration=RegistrationFactory(forum=forum), question=question, text="Yes")

    desk_client.post(f"{QUESTIONS}{question.pk}/delete/", {"post": "yes"})

    assert Question.objects.filter(pk=question.pk).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_questions_costs_the_same_queries_with_any_number_of_rows(
    desk_client: Client, forum: Forum, assert_queries, rows: int
) -> None:
    before = QuestionFactory(forum=forum, kind="choice", position=0, options=["Yes"])
    for question in QuestionFactory.create_batch(rows, forum=forum, position=7):
        question.depends_on.set(before.options.all())
    desk_client.get(QUESTIONS)

    with assert_queries(10):
        desk_client.get(QUESTIONS)
