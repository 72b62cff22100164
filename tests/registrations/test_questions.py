"""Questions of the form: to whom they are put, what is taken for an answer, what is kept."""

import io
import string
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.private_files import private_files
from events.models import Forum
from registrations.answer_files import FOLDER
from registrations.models import Answer, Question, QuestionOption, Registration, RegistrationType
from registrations.questions import AnswerGiven, AskedQuestion, put_to, questions_of, save_answers
from tests.factories import ForumFactory, RegistrationFactory
from tests.registrations.conftest import Answers, text_of
from tests.registrations.factories import QuestionFactory

FORM = "/en/register/"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Begin without the files of other tests."""
    for name in kept_files():
        private_files().delete(f"{FOLDER}/{name}")


def option(question: Question, name: str) -> QuestionOption:
    return question.options.get(name_en=name)


def kept_files() -> list[str]:
    storage = private_files()
    return storage.listdir(FOLDER)[1] if storage.exists(FOLDER) else []


def pdf(name: str = "card.pdf", content: bytes = b"%PDF-1.7 card %%EOF") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(kind: str = "PNG", name: str = "card.png") -> SimpleUploadedFile:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    Image.new("RGB", (40, 30), "teal").save(written, kind, exif=exif)
    return SimpleUploadedFile(name, written.getvalue())


# --- To whom a question is put --------------------------------------------------------------------


def asked(pk: int, *, types: tuple[int, ...] = (), after: tuple[int, ...] = ()) -> AskedQuestion:
    return AskedQuestion(Question(pk=pk), (), frozenset(types), frozenset(after))


def test_a_follow_up_of_a_question_that_is_not_put_stays_away() -> None:
    """1 is for type 7 alone, 2 follows from option 10 of 1, and 3 from option 20 of 2."""
    chain = [asked(1, types=(7,)), asked(2, after=(10,)), asked(3, after=(20,))]
    chosen = {"q1": (10,), "q2": (20,)}

    assert [one.question.pk for one in put_to(chain, 7, chosen)] == [1, 2, 3]
    assert [one.question.pk for one in put_to(chain, 8, chosen)] == []
    assert [one.question.pk for one in put_to(chain, 7, {"q2": (20,)})] == [1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.frozensets(st.integers(1, 3)), st.frozensets(st.integers(1, 6))), max_size=5),
    st.dictionaries(st.integers(1, 5), st.frozensets(st.integers(1, 6)), max_size=5),
)
def test_every_question_put_has_its_condition_met_by_an_earlier_one_that_was_put(
    rows: list[tuple[frozenset[int], frozenset[int]]], answers: dict[int, frozenset[int]]
) -> None:
    chain = [asked(pk, types=tuple(types), after=tuple(after)) for pk, (types, after) in enumerate(rows, 1)]
    chosen = {f"q{pk}": tuple(options) for pk, options in answers.items()}

    put = list(put_to(chain, 1, chosen))

    for one in chain:
        before = [other for other in put if other.question.pk < one.question.pk]
        unlocked = {pk for other in before for pk in chosen.get(other.field, ())}
        wanted = one.is_for(1) and (not one.after or bool(one.after & unlocked))
        assert (one in put) is wanted


def test_questions_are_read_with_options_types_and_conditions_in_one_query(
    forum: Forum, press: RegistrationType, guest: RegistrationType, assert_queries: Any
) -> None:
    first = QuestionFactory(forum=forum, kind="choice", position=1, options=["Yes", "No"])
    option(first, "No").delete()
    second = QuestionFactory(forum=forum, position=2)
    second.depends_on.set(first.options.all())
    second.types.set([press])
    QuestionFactory(forum=forum, position=3).types.set([guest])
    QuestionFactory(forum=forum, is_active=False)
    QuestionFactory(forum=ForumFactory(is_current=False))

    with assert_queries(1):
        found = questions_of(forum, [press.pk])

    assert [(one.question, one.types, one.after) for one in found] == [
        (first, frozenset(), frozenset()),
        (second, frozenset({press.pk}), frozenset({option(first, "Yes").pk})),
    ]
    assert [str(one.label) for one in found[0].options] == ["Yes (tiếng Việt)"]


def test_any_number_of_answers_is_kept_with_two_queries(forum: Forum, assert_queries: Any) -> None:
    registration = RegistrationFactory(forum=forum)
    texts = {question: AnswerGiven(text="Yes") for question in QuestionFactory.create_batch(3, forum=forum)}
    several = QuestionFactory(forum=forum, kind="multiple", options=["A", "B", "C"])
    keys = tuple(several.options.values_list("pk", flat=True))

    with assert_queries(2):
        save_answers(registration, texts | {several: AnswerGiven(options=keys[:2])})
    with assert_queries(0):
        save_answers(registration, {})

    assert registration.answers.count() == 4
    assert set(Answer.objects.get(question=several).options.values_list("pk", flat=True)) == set(keys[:2])


# --- What is taken for an answer ------------------------------------------------------------------


def sent(visitor: Client, answers: Answers, question: Question, value: Any, **more: Any) -> Any:
    return visitor.post(FORM, answers(**{f"q{question.pk}": value}, **more))


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  Two   lines\n of text ", "Two lines of text"),
        ("prose", " One\r\n\r\nTwo ", "One\n\nTwo"),
        ("date", "1990-02-28", "1990-02-28"),
        ("phone", "0912 345 678", "+84912345678"),
        ("phone", "+82 10-1234-5678", "+821012345678"),
    ],
)
def test_an_answer_is_kept_in_one_form(
    forum: Forum, visitor: Client, answers: Answers, kind: str, typed: str, kept: str
) -> None:
    question = QuestionFactory(forum=forum, kind=kind, is_required=True)

    response = sent(visitor, answers, question, typed)

    assert response.status_code == 302, text_of(response)
    assert Answer.objects.get(question=question).text == kept


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("text", "x" * 301, "at most 300 characters fit, and there are 301."),
        ("prose", "x" * 3001, "at most 3000 characters fit, and there are 3001."),
        ("text", "a\x00b", "invisible control character"),
        ("date", "1990-02-30", "This day does not exist."),
        ("date", "1200-02-01", "Please check the year."),
        ("phone", "12", "We cannot call this number."),
        ("phone", "not a number", "We cannot call this number."),
        ("choice", "999999", "Select a valid choice."),
        ("text", "", "This field is required."),
        ("file", "", "Please choose a file."),
    ],
)
def test_what_is_no_answer_is_told_beside_the_question(
    forum: Forum, visitor: Client, answers: Answers, kind: str, typed: str, sentence: str
) -> None:
    question = QuestionFactory(forum=forum, kind=kind, is_required=True, options=["Yes"])

    page = text_of(sent(visitor, answers, question, typed))

    assert sentence in page
    assert f'id="id_q{question.pk}_error"' in page
    assert not Registration.objects.exists()


def test_needs_may_be_written_instead_of_chosen(forum: Forum, visitor: Client, answers: Answers) -> None:
    question = QuestionFactory(forum=forum, kind="dietary", is_required=True, options=["Halal"])

    nothing = sent(visitor, answers, question, [])
    response = sent(visitor, answers, question, [], **{f"q{question.pk}_besides": "No peanuts"})

    assert "This field is required." in text_of(nothing)
    assert response.status_code == 302
    assert Answer.objects.get().text == "No peanuts"


def test_what_was_not_asked_is_neither_checked_nor_kept(
    forum: Forum, visitor: Client, answers: Answers, press: RegistrationType
) -> None:
    others = QuestionFactory(forum=forum, kind="phone", position=1, is_required=True)
    others.types.set([press])
    first = QuestionFactory(forum=forum, kind="choice", position=2, options=["Yes", "No"])
    follows = QuestionFactory(forum=forum, kind="date", position=3, is_required=True)
    follows.depends_on.set([option(first, "Yes")])
    typed = {f"q{others.pk}": "nonsense", f"q{follows.pk}": "never"}

    response = sent(visitor, answers, first, str(option(first, "No").pk), **typed)

    assert response.status_code == 302, text_of(response)
    answer = Answer.objects.get()
    assert (answer.question, [str(one.pk) for one in answer.options.all()]) == (
        first,
        [str(option(first, "No").pk)],
    )


def test_a_condition_that_is_met_asks_and_demands(forum: Forum, visitor: Client, answers: Answers) -> None:
    first = QuestionFactory(forum=forum, kind="choice", position=2, options=["Yes", "No"])
    follows = QuestionFactory(forum=forum, kind="date", position=3, is_required=True)
    follows.depends_on.set([option(first, "Yes")])

    page = text_of(sent(visitor, answers, first, str(option(first, "Yes").pk)))

    assert f'href="#id_q{follows.pk}"' in page
    assert not Registration.objects.exists()


@settings(max_examples=40, deadline=None)
@given(st.text(string.printable + "ạ가😀\u202e\x00", max_size=60))
def test_any_telephone_number_is_one_or_is_refused(typed: str) -> None:
    from django.core.exceptions import ValidationError

    from registrations.forms.questions import TelephoneField

    try:
        number = TelephoneField(country="VN", required=False).clean(typed)
    except ValidationError:
        return
    assert number == "" or (number[0] == "+" and number[1:].isdigit())


# --- Files ----------------------------------------------------------------------------------------


def test_a_pdf_is_kept_as_it_is_under_a_name_of_our_own(
    forum: Forum, visitor: Client, answers: Answers
) -> None:
    question = QuestionFactory(forum=forum, kind="file", is_required=True)

    response = sent(visitor, answers, question, pdf("../../Thẻ nhà báo.pdf"))

    assert response.status_code == 302, text_of(response)
    answer = Answer.objects.get()
    assert (answer.file_name, answer.content_type) == ("Thẻ nhà báo.pdf", "application/pdf")
    assert answer.file.name == f"{FOLDER}/{kept_files()[0]}"
    assert answer.file.read() == b"%PDF-1.7 card %%EOF"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_written_anew_without_what_hides_in_it(
    forum: Forum, visitor: Client, answers: Answers, kind: str
) -> None:
    question = QuestionFactory(forum=forum, kind="file")

    sent(visitor, answers, question, picture(kind, "card.exe"))

    answer = Answer.objects.get()
    content = answer.file.read()
    assert (answer.content_type, str(answer.file.name)[-4:]) == ("image/jpeg", ".jpg")
    assert Image.open(io.BytesIO(content)).size == (40, 30)
    assert b"secret" not in content


def polyglot() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("run.js", "alert(1)")
    return b"%PDF-1.7\n" + archive.getvalue() + b"\n%%EOF"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ an executable", "Please choose a PDF, or a picture as JPEG, PNG or WebP."),
        (b"<svg onload='alert(1)'/>", "Please choose a PDF, or a picture as JPEG, PNG or WebP."),
        (b"%PDF-1.7 cut off", "The PDF is damaged."),
        (polyglot(), "The PDF is damaged."),
        (picture().read()[:60], "The picture is damaged."),
        (b"", "The file is empty."),
    ],
)
def test_a_file_that_is_something_else_is_refused_and_not_kept(
    forum: Forum, visitor: Client, answers: Answers, content: bytes, sentence: str
) -> None:
    question = QuestionFactory(forum=forum, kind="file")

    page = text_of(sent(visitor, answers, question, pdf(content=content)))

    assert sentence in page
    assert kept_files() == []


def test_the_file_of_a_form_that_is_refused_or_sent_twice_does_not_stay(
    forum: Forum, visitor: Client, answers: Answers, press: RegistrationType
) -> None:
    question = QuestionFactory(forum=forum, kind="file")
    RegistrationType.objects.filter(pk=press.pk).update(capacity=0, has_waiting_list=False)
    twice = answers()

    sent(visitor, answers, question, pdf(), type="press")
    after_refusal = kept_files()
    for _time in range(2):
        visitor.post(FORM, twice | {f"q{question.pk}": pdf()})

    assert after_refusal == []
    assert len(kept_files()) == 1
    assert Registration.objects.count() == 1


def test_a_file_goes_with_its_answer(
    forum: Forum, visitor: Client, answers: Answers, django_capture_on_commit_callbacks: Any
) -> None:
    question = QuestionFactory(forum=forum, kind="file")
    sent(visitor, answers, question, pdf())

    with django_capture_on_commit_callbacks(execute=True):
        Answer.objects.all().delete()

    assert kept_files() == []
