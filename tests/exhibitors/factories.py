"""Made-up halls, booths and exhibitors for tests; booths of a factory stand beside each other."""

from datetime import timedelta

import factory
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from exhibitors.geometry import rectangle
from exhibitors.models import (
    BookedBooth,
    BookingPeriod,
    Booth,
    BoothBooking,
    BoothPrice,
    BoothType,
    Exhibition,
    Exhibitor,
    Extra,
    ExtraPrice,
    Hall,
    HallFeature,
    Product,
)
from tests.factories import ForumFactory, OrganizationFactory, at, texts

WHOLE = DateTimeTZRange(at(8), at(18), "[)")
# So many booths of 3 × 3 m stand in a row of BoothFactory.
IN_A_ROW = 30


class ExhibitionFactory(factory.django.DjangoModelFactory):
    """On the forum's main day; booths can be had now."""

    class Meta:
        model = Exhibition

    forum = factory.SubFactory(ForumFactory)
    starts_at = at(8)
    ends_at = at(18)
    booking_opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    terms_vi = "Điều khoản"
    terms_ko = "약관"
    terms_en = "Terms"


class BookingPeriodFactory(factory.django.DjangoModelFactory):
    """The whole exhibition."""

    class Meta:
        model = BookingPeriod

    exhibition = factory.SubFactory(ExhibitionFactory)
    kind = "whole"
    span = WHOLE
    name_vi, name_ko, name_en = texts("Whole exhibition {n}")


class HallFactory(factory.django.DjangoModelFactory):
    """A hall of 100 × 50 m."""

    class Meta:
        model = Hall

    forum = factory.SubFactory(ForumFactory)
    slug = factory.Sequence(lambda n: f"hall-{n}")
    name_vi, name_ko, name_en = texts("Hall {n}")
    width = 10_000
    depth = 5_000


class HallFeatureFactory(factory.django.DjangoModelFactory):
    """An aisle along the front of a hall."""

    class Meta:
        model = HallFeature

    hall = factory.SubFactory(HallFactory)
    kind = "aisle"
    name_vi, name_ko, name_en = texts("Aisle {n}")
    shape = factory.LazyFunction(lambda: rectangle(0, 4_800, 10_000, 200))


class BoothTypeFactory(factory.django.DjangoModelFactory):
    """Booths of 3 × 3 m, each for one exhibitor."""

    class Meta:
        model = BoothType

    forum = factory.SubFactory(ForumFactory)
    slug = factory.Sequence(lambda n: f"booth-type-{n}")
    name_vi, name_ko, name_en = texts("Standard {n}")
    equipment_vi = "Bàn\nHai ghế"
    equipment_ko = "테이블\n의자 두 개"
    equipment_en = "Table\nTwo chairs"


class BoothFactory(factory.django.DjangoModelFactory):
    """The next free booth of a hall, 3 × 3 m with half a metre around."""

    class Meta:
        model = Booth

    hall = factory.SubFactory(HallFactory)
    forum = factory.SelfAttribute("hall.forum")
    type = factory.SubFactory(BoothTypeFactory, forum=factory.SelfAttribute("..hall.forum"))
    number = factory.Sequence(lambda n: f"T{n}")

    @factory.lazy_attribute
    def shape(self) -> dict[str, int]:
        """Return the place after the booths that the hall has."""
        row, column = divmod(self.hall.booths.count(), IN_A_ROW)
        return rectangle(50 + column * 325, 50 + row * 350, 300, 300)


class BoothPriceFactory(factory.django.DjangoModelFactory):
    """A hundred dollars for the whole exhibition."""

    class Meta:
        model = BoothPrice

    type = factory.SubFactory(BoothTypeFactory)
    currency = "USD"
    amount = 100


class ExtraFactory(factory.django.DjangoModelFactory):
    """Something of which there are ten."""

    class Meta:
        model = Extra

    forum = factory.SubFactory(ForumFactory)
    slug = factory.Sequence(lambda n: f"extra-{n}")
    name_vi, name_ko, name_en = texts("Screen {n}")
    stock = 10


class ExtraPriceFactory(factory.django.DjangoModelFactory):
    """Five dollars each."""

    class Meta:
        model = ExtraPrice

    extra = factory.SubFactory(ExtraFactory)
    currency = "USD"
    amount = 5


class ExhibitorFactory(factory.django.DjangoModelFactory):
    """A hospital that exhibits, shown to visitors."""

    class Meta:
        model = Exhibitor

    forum = factory.SubFactory(ForumFactory)
    organization = factory.SubFactory(OrganizationFactory)
    slug = factory.Sequence(lambda n: f"exhibitor-{n}")
    tagline_vi, tagline_ko, tagline_en = texts("Tagline {n}")
    description_vi, description_ko, description_en = texts("Description {n}")
    contact_name = "Trần Thị Triển Lãm"
    contact_email = factory.Sequence(lambda n: f"exhibitor{n}@example.org")
    is_published = True


class ProductFactory(factory.django.DjangoModelFactory):
    """Something an exhibitor shows."""

    class Meta:
        model = Product

    exhibitor = factory.SubFactory(ExhibitorFactory)
    slug = factory.Sequence(lambda n: f"product-{n}")
    name_vi, name_ko, name_en = texts("Product {n}")
    tagline_vi, tagline_ko, tagline_en = texts("What product {n} is")
    description_vi, description_ko, description_en = texts("More about product {n}")


class BoothBookingFactory(factory.django.DjangoModelFactory):
    """A confirmed claim of an exhibitor; ``booth`` is the one claimed."""

    class Meta:
        model = BoothBooking
        skip_postgeneration_save = True

    exhibitor = factory.SubFactory(ExhibitorFactory)
    type = factory.SubFactory(BoothTypeFactory, forum=factory.SelfAttribute("..exhibitor.forum"))
    period = factory.SubFactory(
        BookingPeriodFactory, exhibition__forum=factory.SelfAttribute("...exhibitor.forum")
    )
    span = factory.SelfAttribute("period.span")
    status = "confirmed"
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=1))
    terms_version = 1
    terms_accepted_at = factory.LazyFunction(timezone.now)
    currency = "USD"
    amount = 110

    @factory.post_generation
    def booth(self: BoothBooking, create: bool, extracted: Booth | None, **_: object) -> None:
        """Claim a booth."""
        if create and extracted is not None:
            BookedBooth.objects.create(booking=self, booth=extracted, span=self.span)
