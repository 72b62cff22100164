"""Three columns per text."""

from modeltranslation.translator import TranslationOptions, register

from events.models import AgendaDigest, Forum, Room, RoomBulletin, Session, Topic, Track, Venue


@register(Forum)
class ForumTexts(TranslationOptions):
    fields = (
        "name",
        "short_name",
        "subtitle",
        "description",
        "hosts",
        "host_note",
        "privacy",
        "consent_wording",
        "cme_accreditation",
    )


@register(Venue)
class VenueTexts(TranslationOptions):
    fields = ("name", "city", "address", "directions")


@register(Room)
class RoomTexts(TranslationOptions):
    fields = ("name", "floor")


@register(Track)
class TrackTexts(TranslationOptions):
    fields = ("name", "description")


@register(Topic)
class TopicTexts(TranslationOptions):
    fields = ("name",)


@register(Session)
class SessionTexts(TranslationOptions):
    fields = ("title", "abstract", "note")


@register(AgendaDigest)
class AgendaDigestTexts(TranslationOptions):
    fields = ("introduction",)


@register(RoomBulletin)
class RoomBulletinTexts(TranslationOptions):
    fields = ("message",)
