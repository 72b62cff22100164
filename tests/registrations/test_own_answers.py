"""Answers changed with the secret link: what stays, what goes, until when."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import AuditEntry, User
from core.i18n import texts_of
from core.private_files import private_files
from events.models import Forum
from registrations import services
from registrations.links import link_path
from registrations.models import Answer, Question, QuestionOption, Registration, RegistrationType
from registrations.own_answers import changeable_until, own_questions
from registrations.questions import AnswerGiven, StoredFile, save_answers
from registrations.services.answering import ChangedElsewhere, TooLate
from tests.conftest import Clock
from tests.registrations.conftest import Register, text_of
from tests.registrations.factories import QuestionFactory
from tests.registrations.test_questions import pdf


@pytest.fixture
def stay(forum: Forum) -> Question:
    """Give a question that must be answered, with two options."""
    return QuestionFactory(
        forum=forum, kind="choice", position=1, is_required=True, options=["Hotel", "Friends"]
    )


@pytest.fixture
def hotel(forum: Forum, stay: Question) -> Question:
    """Give the question that follows for those who stay at a hotel."""
    question = QuestionFactory(forum=forum, position=2, is_required=True)
    question.depends_on.set([option(stay, "Hotel")])
    return question


@pytest.fixture
def mai(register: Register, stay: Question, hotel: Question) -> Registration:
    """Give Mai, who stays at the Metropole."""
    given = {stay: AnswerGiven(options=(option(stay, "Hotel").pk,)), hotel: AnswerGiven(text="Metropole")}
    return register(answers=given)


def option(question: Question, name: str) -> QuestionOption:
    return question.options.get(name_en=name)


def english(named: Question | QuestionOption) -> str:
    return texts_of(named, "name")["en"]


def path_of(registration: Registration, page: str = "answers") -> str:
    return link_path(registration, page=page, language="en")


def typed(registration: Registration, answers: dict[Question, Any], **more: Any) -> dict[str, Any]:
    """Return the form as it is sent from a page that was just opened."""
    seen = own_questions(registration).seen
    return {"seen": seen} | {f"q{question.pk}": value for question, value in answers.items()} | more


def stored(registration: Registration) -> dict[Question, str]:
    """Return what is kept, as one text for each question."""
    return {
        answer.question: " ".join(
            [*(english(one) for one in answer.options.all()), *filter(None, [answer.text, answer.file_name])]
        )
        for answer in registration.answers.all()
    }


def test_the_page_shows_what_was_answered_and_takes_another_answer(
    visitor: Client, mai: Registration, stay: Question, hotel: Question
) -> None:
    page = text_of(visitor.get(path_of(mai)))
    assert 'value="Metropole"' in page
    assert "Metropole" in text_of(visitor.get(path_of(mai, "detail")))
    same = {stay: option(stay, "Hotel").pk}

    response = visitor.post(path_of(mai), typed(mai, same | {hotel: "Hilton"}), follow=True)

    assert "Your answers are as you wrote them now." in text_of(response)
    assert stored(mai) == {stay: "Hotel", hotel: "Hilton"}
    entry = AuditEntry.objects.get(action="registration.answers_changed")
    assert (entry.changes, entry.actor_label) == ({english(hotel): ["Metropole", "Hilton"]}, "ticket holder")


def test_the_same_again_changes_nothing_whatever_window_it_comes_from(
    visitor: Client, mai: Registration, stay: Question, hotel: Question
) -> None:
    form = typed(mai, {stay: option(stay, "Hotel").pk, hotel: "Hilton"})

    assert [visitor.post(path_of(mai), form).status_code for _time in range(2)] == [302, 302]

    assert AuditEntry.objects.filter(action="registration.answers_changed").count() == 1


def test_a_second_window_is_told_and_may_insist(
    visitor: Client, mai: Registration, stay: Question, hotel: Question
) -> None:
    first, second = (
        typed(mai, {stay: option(stay, "Hotel").pk, hotel: name}) for name in ("Hilton", "Sofitel")
    )
    visitor.post(path_of(mai), first)

    response = visitor.post(path_of(mai), second)

    page = text_of(response)
    assert response.status_code == 409
    assert "changed in another window" in page
    assert 'value="Sofitel"' in page
    assert stored(mai)[hotel] == "Hilton"
    seen = own_questions(mai).seen
    assert f'value="{seen}"' in page
    assert visitor.post(path_of(mai), second | {"seen": seen}).status_code == 302
    assert stored(mai)[hotel] == "Sofitel"


def test_the_rules_of_the_form_hold_here_too(
    visitor: Client, mai: Registration, stay: Question, hotel: Question
) -> None:
    nothing = text_of(visitor.post(path_of(mai), typed(mai, {})))
    assert f'id="id_q{stay.pk}_error"' in nothing
    assert stored(mai) == {stay: "Hotel", hotel: "Metropole"}

    # Not asked any more after this answer, so that it is neither checked nor kept.
    visitor.post(path_of(mai), typed(mai, {stay: option(stay, "Friends").pk, hotel: "x" * 999}))

    assert stored(mai) == {stay: "Friends"}


def test_what_is_no_longer_asked_or_offered_stays_as_it_was(
    visitor: Client, mai: Registration, stay: Question, hotel: Question
) -> None:
    Question.objects.filter(pk=hotel.pk).update(is_active=False)
    QuestionOption.objects.filter(question=stay, name_en="Hotel").update(is_active=False)
    page = text_of(visitor.get(path_of(mai)))
    assert "Hotel" in page

    visitor.post(path_of(mai), typed(mai, {stay: option(stay, "Hotel").pk}))
    assert stored(mai) == {stay: "Hotel", hotel: "Metropole"}
    visitor.post(path_of(mai), typed(mai, {stay: option(stay, "Friends").pk}))

    assert stored(mai) == {stay: "Friends", hotel: "Metropole"}
    assert "Hotel" not in text_of(visitor.get(path_of(mai)))


class TestFiles:
    @pytest.fixture
    def card(self, forum: Forum) -> Question:
        """Give a question whose answer is a file and may be left out."""
        return QuestionFactory(forum=forum, kind="file")

    @pytest.fixture
    def kim(self, register: Register, card: Question) -> Registration:
        """Give Kim, who sent in a card."""
        person = register(name="Kim", email="kim@example.org")
        name = private_files().save("answers/card-of-kim.pdf", ContentFile(b"%PDF-1.7 card %%EOF"))
        file = StoredFile(name, "card.pdf", ".pdf", "application/pdf")
        save_answers(person, {card: AnswerGiven(file=file)})
        return person

    def file_of(self, registration: Registration) -> str:
        return Answer.objects.get(registration=registration).file.name or ""

    def test_it_is_kept_without_a_word(self, visitor: Client, kim: Registration, card: Question) -> None:
        before = self.file_of(kim)
        assert "We have “card.pdf”." in text_of(visitor.get(path_of(kim)))

        visitor.post(path_of(kim), typed(kim, {card: ""}))

        assert self.file_of(kim) == before
        assert not AuditEntry.objects.filter(action="registration.answers_changed").exists()

    @pytest.mark.django_db(transaction=True)
    def test_it_is_replaced_and_the_old_one_deleted(
        self, visitor: Client, kim: Registration, card: Question
    ) -> None:
        before = self.file_of(kim)

        visitor.post(path_of(kim), typed(kim, {card: pdf("new.pdf")}))

        assert stored(kim) == {card: "new.pdf"}
        assert private_files().exists(self.file_of(kim))
        assert not private_files().exists(before)

    def test_a_bad_one_leaves_the_old_one(self, visitor: Client, kim: Registration, card: Question) -> None:
        before = self.file_of(kim)

        page = text_of(visitor.post(path_of(kim), typed(kim, {card: pdf("new.pdf", b"MZ no PDF")})))

        assert f'id="id_q{card.pk}_error"' in page
        assert self.file_of(kim) == before

    @pytest.mark.django_db(transaction=True)
    def test_it_is_removed(self, visitor: Client, kim: Registration, card: Question) -> None:
        before = self.file_of(kim)

        visitor.post(path_of(kim), typed(kim, {}, **{f"q{card.pk}_remove": "on"}))

        assert stored(kim) == {}
        assert not private_files().exists(before)

    def test_one_that_must_be_there_is_kept_or_replaced_only(
        self, visitor: Client, kim: Registration, card: Question
    ) -> None:
        Question.objects.filter(pk=card.pk).update(is_required=True)
        assert f"q{card.pk}_remove" not in text_of(visitor.get(path_of(kim)))

        visitor.post(path_of(kim), typed(kim, {}, **{f"q{card.pk}_remove": "on"}))

        assert stored(kim) == {card: "card.pdf"}


class TestUntilWhen:
    def test_until_the_forum_begins(
        self, visitor: Client, mai: Registration, stay: Question, hotel: Question, clock: Clock
    ) -> None:
        form = typed(mai, {stay: option(stay, "Hotel").pk, hotel: "Hilton"})
        clock.instant = changeable_until(mai.forum) - timedelta(seconds=1)
        assert visitor.get(path_of(mai)).status_code == 200
        own = own_questions(mai)
        clock.advance(seconds=1)

        assert visitor.post(path_of(mai), form)["Location"] == path_of(mai, "detail")
        assert "The forum has begun." in text_of(visitor.get(path_of(mai, "detail")))
        with pytest.raises(TooLate):
            services.change_answers(mai, own.asked, {hotel: AnswerGiven(text="Hilton")}, seen=own.seen)
        assert stored(mai)[hotel] == "Metropole"

    def test_whoever_cancelled_changes_nothing(self, visitor: Client, mai: Registration) -> None:
        services.cancel_registration(mai, by=None)

        assert visitor.get(path_of(mai)).status_code == 302

    def test_what_was_decided_on_stays_and_needs_do_not(
        self,
        visitor: Client,
        forum: Forum,
        apply: Register,
        desk: User,
        stay: Question,
        hotel: Question,
        passes: RegistrationType,
    ) -> None:
        diet = QuestionFactory(forum=forum, kind="dietary", position=3, options=["Halal"])
        given = {stay: AnswerGiven(options=(option(stay, "Friends").pk,))}
        kim = apply("Kim", answers=given)
        form = typed(kim, {stay: option(stay, "Hotel").pk, hotel: "Hilton"})
        stale = own_questions(kim)
        services.approve(kim, by=desk)
        kim = Registration.objects.get(pk=kim.pk)

        page = text_of(visitor.get(path_of(kim)))
        assert [f'name="q{one.pk}"' in page for one in (stay, hotel, diet)] == [False, False, True]
        assert "What stays as it is" in page
        with pytest.raises(TooLate):
            services.change_answers(kim, stale.asked, {}, seen=stale.seen)
        halal = {f"q{diet.pk}": str(option(diet, "Halal").pk), f"q{diet.pk}_besides": "no nuts"}
        visitor.post(path_of(kim), form | halal)

        assert stored(kim) == {stay: "Friends", diet: "Halal no nuts"}
        # What somebody needs to eat is nothing for the trail.
        entry = AuditEntry.objects.get(action="registration.answers_changed")
        assert entry.changes == {english(diet): ["", "•••"]}

    def test_a_decision_in_between_is_not_passed_by(
        self, apply: Register, desk: User, stay: Question
    ) -> None:
        kim = apply("Kim", answers={stay: AnswerGiven(options=(option(stay, "Friends").pk,))})
        own = own_questions(kim)
        services.change_answers(
            kim, own.asked, {stay: AnswerGiven(options=(option(stay, "Hotel").pk,))}, seen=own.seen
        )
        with pytest.raises(ChangedElsewhere):
            services.change_answers(kim, own.asked, {}, seen=own.seen)

        assert stored(kim) == {stay: "Hotel"}


def test_another_kind_asks_what_was_never_asked(
    visitor: Client, forum: Forum, mai: Registration, press: RegistrationType
) -> None:
    question = QuestionFactory(forum=forum, is_required=True, position=9)
    question.types.set([press])

    response = visitor.post(path_of(mai, "change_type"), {"type": "press"})

    assert response["Location"] == path_of(mai)
    assert "Questions to you are still open." in text_of(visitor.get(path_of(mai, "detail")))
