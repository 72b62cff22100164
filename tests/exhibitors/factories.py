"""Made-up halls, booths, prices and exhibitors."""

from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from exhibitors.geometry import rectangle
from exhibitors.models import (
    BookingPeriod,
    Booth,
    BoothPrice,
    BoothType,
    Exhibition,
    Exhibitor,
    Extra,
    ExtraPrice,
    Hall,
    Seller,
)
from tests.factories import FIRST_DAY, LAST_DAY, ForumFactory, OrganizationFactory, at, period, texts

BOOTH_CM = 300


class ExhibitionFactory(factory.django.DjangoModelFactory):
    """Two days in May 2031; booths can be had since yesterday."""

    class Meta:
        model = Exhibition

    forum = factory.SubFactory(ForumFactory)
    starts_at = at(8, day=FIRST_DAY)
    ends_at = at(18, day=LAST_DAY)
    booking_opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    terms_vi, terms_ko, terms_en = texts("Terms {n}.")


class BookingPeriodFactory(factory.django.DjangoModelFactory):
    """The whole exhibition."""

    class Meta:
        model = BookingPeriod

    exhibition = factory.SubFactory(ExhibitionFactory)
    kind = BookingPeriod.Kind.WHOLE
    name_vi, name_ko, name_en = texts("Whole exhibition {n}")
    span = factory.LazyAttribute(
        lambda row: period(
            row.exhibition.starts_at,
            int((row.exhibition.ends_at - row.exhibition.starts_at).total_seconds() // 60),
        )
    )


class HallFactory(factory.django.DjangoModelFactory):
    """A hall of 60 by 40 metres."""

    class Meta:
        model = Hall

    forum = factory.SubFactory(ForumFactory)
    slug = factory.Sequence(lambda n: f"hall-{n}")
    name_vi, name_ko, name_en = texts("Hall {n}")
    width = 6000
    depth = 4000


class BoothTypeFactory(factory.django.DjangoModelFactory):
    """A booth of three by three metres for the whole exhibition."""

    class Meta:
        model = BoothType

    forum = factory.SubFactory(ForumFactory)
    slug = factory.Sequence(lambda n: f"booth-type-{n}")
    name_vi, name_ko, name_en = texts("Booth type {n}")


class BoothFactory(factory.django.DjangoModelFactory):
    """A booth in a row: the one with the next ``place`` stands beside it, wall to wall."""

    class Meta:
        model = Booth

    class Params:
        place = factory.Sequence(lambda n: n % 20)

    forum = factory.SelfAttribute("hall.forum")
    hall = factory.SubFactory(HallFactory)
    type = factory.SubFactory(BoothTypeFactory, forum=factory.SelfAttribute("..hall.forum"))
    number = factory.Sequence(lambda n: f"N{n}")
    shape = factory.LazyAttribute(lambda row: rectangle(row.place * BOOTH_CM, 500, BOOTH_CM, BOOTH_CM))


class ExhibitorFactory(factory.django.DjangoModelFactory):
    """A Vietnamese hospital that exhibits and reads English."""

    class Meta:
        model = Exhibitor

    forum = factory.SubFactory(ForumFactory)
    organization = factory.SubFactory(OrganizationFactory)
    slug = factory.Sequence(lambda n: f"exhibitor-{n}")
    contact_name = factory.Sequence(lambda n: f"Contact {n}")
    contact_email = factory.Sequence(lambda n: f"contact{n}@example.org")
    billing_name = factory.Sequence(lambda n: f"Hospital {n} Ltd")
    billing_address = "1 Hospital Street, Hanoi"


class BoothPriceFactory(factory.django.DjangoModelFactory):
    """1,000 dollars for the whole exhibition."""

    class Meta:
        model = BoothPrice

    type = factory.SubFactory(BoothTypeFactory)
    currency = "USD"
    amount = Decimal(1000)


class ExtraFactory(factory.django.DjangoModelFactory):
    """Screens, of which there are five."""

    class Meta:
        model = Extra

    forum = factory.SubFactory(ForumFactory)
    slug = factory.Sequence(lambda n: f"extra-{n}")
    name_vi, name_ko, name_en = texts("Screen {n}")
    stock = 5


class ExtraPriceFactory(factory.django.DjangoModelFactory):
    """90 dollars for a piece."""

    class Meta:
        model = ExtraPrice

    extra = factory.SubFactory(ExtraFactory)
    currency = "USD"
    amount = Decimal(90)


class SellerFactory(factory.django.DjangoModelFactory):
    """An invented company with an account for each currency."""

    class Meta:
        model = Seller
        skip_postgeneration_save = True

    forum = factory.SubFactory(ForumFactory)
    name_vi, name_ko, name_en = texts("Sample Events")
    address_vi, address_ko, address_en = texts("1 Sample Street")
    tax_code = "0101234567"
    email = "billing@forum.example"
    number_prefix = "VKAI"

    @factory.post_generation
    def accounts(self, create: bool, extracted: object, **kwargs: object) -> None:
        """Open the three accounts."""
        common = {"number": "0011012345678", "holder": "SAMPLE EVENTS"}
        self.accounts.create(currency="VND", bank="Sample Bank", bin="970403", **common)
        self.accounts.create(currency="KRW", bank="Sample Bank", swift="SAMPVNVX", **common)
        self.accounts.create(currency="USD", bank="Sample Bank", swift="SAMPVNVX", **common)
