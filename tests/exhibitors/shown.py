"""What visitors see of an exhibition, made up for tests."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from events.models import Forum
from exhibitors.geometry import rectangle
from exhibitors.models import BookedBooth, BookingPeriod, Booth, BoothBooking, Exhibitor, HallFeature, Product
from tests.exhibitors.factories import ExhibitorFactory, HallFactory
from tests.factories import OrganizationFactory, in_three_languages, texts


class HallFeatureFactory(factory.django.DjangoModelFactory):
    """An aisle along the front of a hall."""

    class Meta:
        model = HallFeature

    hall = factory.SubFactory(HallFactory)
    kind = "aisle"
    name_vi, name_ko, name_en = texts("Aisle {n}")
    shape = factory.LazyFunction(lambda: rectangle(0, 3_800, 6_000, 200))


class ProductFactory(factory.django.DjangoModelFactory):
    """Something an exhibitor shows."""

    class Meta:
        model = Product

    exhibitor = factory.SubFactory(ExhibitorFactory)
    slug = factory.Sequence(lambda n: f"product-{n}")
    name_vi, name_ko, name_en = texts("Product {n}")
    tagline_vi, tagline_ko, tagline_en = texts("What product {n} is")
    description_vi, description_ko, description_en = texts("More about product {n}")


def company(forum: Forum, slug: str, name: str, country: str = "KR", **fields: Any) -> Exhibitor:
    """Return a published exhibitor of this name."""
    said = in_three_languages("tagline", f"{name} in a line")
    said |= in_three_languages("description", f"About {name}")
    return ExhibitorFactory(
        forum=forum,
        slug=slug,
        organization=OrganizationFactory(country=country, **in_three_languages("name", name)),
        **{"is_published": True, **said, **fields},
    )


def claim(exhibitor: Exhibitor, booth: Booth, status: str = "confirmed", **fields: Any) -> BoothBooking:
    """Return a claim of an exhibitor on a booth for the whole exhibition."""
    period = BookingPeriod.objects.get(exhibition=exhibitor.forum_id, kind="whole")
    booking = BoothBooking.objects.create(
        exhibitor=exhibitor,
        type=booth.type,
        period=period,
        span=period.span,
        status=status,
        **{
            "expires_at": timezone.now() + timedelta(hours=1),
            "terms_version": 1,
            "terms_accepted_at": timezone.now(),
            **fields,
        },
    )
    BookedBooth.objects.create(booking=booking, booth=booth, span=period.span)
    return booking
