"""Three columns per text. A speaker's name is not translated but written in scripts (see the model)."""

from modeltranslation.translator import TranslationOptions, register

from speakers.models import Speaker


@register(Speaker)
class SpeakerTexts(TranslationOptions):
    fields = ("position", "affiliation", "biography")
