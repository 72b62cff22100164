"""Three columns per text."""

from modeltranslation.translator import TranslationOptions, register

from accounts.models import Organization


@register(Organization)
class OrganizationTexts(TranslationOptions):
    fields = ("name",)
