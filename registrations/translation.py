"""Three columns per text."""

from modeltranslation.translator import TranslationOptions, register

from registrations.models import RegistrationType


@register(RegistrationType)
class RegistrationTypeTexts(TranslationOptions):
    fields = ("name", "description")
