"""Made-up rows of what registering is made of: quotas, classes, codes, questions, purposes."""

from typing import Any

import factory

from registrations.models import (
    ConsentPurpose,
    Invitation,
    PriorityClass,
    Question,
    QuestionOption,
    Quota,
)
from tests.factories import ForumFactory, RegistrationTypeFactory, in_three_languages, texts


class QuotaFactory(factory.django.DjangoModelFactory):
    """Ten places that several kinds of attendance share."""

    class Meta:
        model = Quota

    forum = factory.SubFactory(ForumFactory)
    name = factory.Sequence(lambda n: f"Quota {n}")
    capacity = 10


class PriorityClassFactory(factory.django.DjangoModelFactory):
    """A class that comes before whoever is in none."""

    class Meta:
        model = PriorityClass

    forum = factory.SubFactory(ForumFactory)
    name = factory.Sequence(lambda n: f"Class {n}")
    rank = factory.Sequence(lambda n: 10 + n % 80)


class InvitationFactory(factory.django.DjangoModelFactory):
    """A code for one use that holds no place."""

    class Meta:
        model = Invitation

    forum = factory.SelfAttribute("type.forum")
    type = factory.SubFactory(RegistrationTypeFactory, visibility="invited")


class QuestionFactory(factory.django.DjangoModelFactory):
    """A question to everybody, one line. ``options=["Yes", "No"]`` adds some, in English alone."""

    class Meta:
        model = Question
        skip_postgeneration_save = True

    forum = factory.SubFactory(ForumFactory)
    name_vi, name_ko, name_en = texts("Question {n}")
    kind = Question.Kind.TEXT
    position = factory.Sequence(lambda n: n % 1000)

    @factory.post_generation
    def options(self: Question, create: bool, extracted: list[str] | None, **_: Any) -> None:
        """Add options in their order."""
        for position, name in enumerate(extracted or () if create else ()):
            row = in_three_languages("name", name)
            QuestionOption.objects.create(question=self, position=position, **row)


class ConsentPurposeFactory(factory.django.DjangoModelFactory):
    """The newsletter, asked on the form."""

    class Meta:
        model = ConsentPurpose

    forum = factory.SubFactory(ForumFactory)
    kind = "newsletter"
    wording_vi, wording_ko, wording_en = texts("Write me news {n}.")
