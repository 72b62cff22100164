"""Three columns per text."""

from modeltranslation.translator import TranslationOptions, register

from registrations.models import (
    Broadcast,
    ConsentPurpose,
    DecisionReason,
    Door,
    Question,
    QuestionOption,
    RegistrationType,
)


@register(RegistrationType)
class RegistrationTypeTexts(TranslationOptions):
    fields = ("name", "description")


@register(Question)
class QuestionTexts(TranslationOptions):
    fields = ("name", "help")


@register(QuestionOption)
class QuestionOptionTexts(TranslationOptions):
    fields = ("name",)


@register(ConsentPurpose)
class ConsentPurposeTexts(TranslationOptions):
    fields = ("wording",)


@register(DecisionReason)
class DecisionReasonTexts(TranslationOptions):
    fields = ("name",)


@register(Door)
class DoorTexts(TranslationOptions):
    fields = ("name",)


@register(Broadcast)
class BroadcastTexts(TranslationOptions):
    fields = ("subject", "body")
