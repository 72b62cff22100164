"""Three columns per text."""

from modeltranslation.translator import TranslationOptions, register

from exhibitors.models import (
    BookingPeriod,
    BoothType,
    Circular,
    Exhibition,
    Exhibitor,
    ExhibitorDocument,
    ExhibitorTask,
    Extra,
    Hall,
    HallFeature,
    Product,
    Seller,
)


@register(Exhibition)
class ExhibitionTexts(TranslationOptions):
    fields = ("terms",)


@register(BookingPeriod)
class BookingPeriodTexts(TranslationOptions):
    fields = ("name",)


@register(Hall)
class HallTexts(TranslationOptions):
    fields = ("name",)


@register(HallFeature)
class HallFeatureTexts(TranslationOptions):
    fields = ("name",)


@register(BoothType)
class BoothTypeTexts(TranslationOptions):
    fields = ("name", "equipment")


@register(Exhibitor)
class ExhibitorTexts(TranslationOptions):
    fields = ("tagline", "description")


@register(Product)
class ProductTexts(TranslationOptions):
    fields = ("name", "tagline", "description")


@register(Extra)
class ExtraTexts(TranslationOptions):
    fields = ("name", "description")


@register(ExhibitorTask)
class ExhibitorTaskTexts(TranslationOptions):
    fields = ("name", "explanation")


@register(ExhibitorDocument)
class ExhibitorDocumentTexts(TranslationOptions):
    fields = ("name", "note")


@register(Circular)
class CircularTexts(TranslationOptions):
    fields = ("subject", "body")


@register(Seller)
class SellerTexts(TranslationOptions):
    fields = ("name", "address", "note")
