"""The exhibition as visitors read it: who exhibits what, and where; read in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict

from core.collation import sort_key
from core.countries import HOSTS
from core.folding import contains
from core.i18n import Localized, current_language, localized
from events.agenda_filter import read_words
from events.models import Forum, Topic
from exhibitors.models import (
    BookedBooth,
    BookingPeriod,
    Booth,
    BoothBooking,
    BoothPrice,
    BoothType,
    Exhibition,
    Exhibitor,
    Hall,
    Product,
)
from exhibitors.plan import (
    Claim,
    Drawing,
    DrawnBooth,
    Occupant,
    State,
    bounds,
    draw,
    draw_booth,
    in_order,
    mark_of,
    state_of,
)

_CONFIRMED = BoothBooking.Status.CONFIRMED


@dataclass(frozen=True, slots=True)
class Entry:
    """An exhibitor in the list. ``booths`` are the numbers of booths that are surely its own."""

    exhibitor: Exhibitor
    name: Localized
    country: str
    topics: tuple[Topic, ...]
    products: tuple[Product, ...]
    booths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """What a type costs before VAT, as everybody may have it today.

    ``is_early`` when it will rise; ``period`` is empty for the whole exhibition, else says for how long.
    """

    amount: Decimal
    currency: str
    is_early: bool
    period: str


@dataclass(frozen=True, slots=True)
class ExhibitionFilter:
    """A choice; an empty part leaves nobody out. ``topic`` is a slug, ``country`` an ISO 3166 code."""

    topic: str = ""
    country: str = ""
    words: str = ""

    @property
    def is_active(self) -> bool:
        """True when somebody may be left out."""
        return self != ExhibitionFilter()

    def query_string(self) -> str:
        """Return the one spelling of this choice in an address, without the question mark."""
        parts = (("topic", self.topic), ("country", self.country), ("q", self.words))
        return urlencode([(name, value) for name, value in parts if value])

    def admits(self, entry: Entry) -> bool:
        """Say whether an exhibitor is shown; a topic of one of its products is one of its own."""
        return (
            (not self.topic or any(topic.slug == self.topic for topic in entry.topics))
            and self.country in {"", entry.country}
            and (not self.words or contains(_haystack(entry), self.words))
        )


@dataclass(frozen=True, slots=True)
class BoothRow:
    """A booth in the list, with what it costs."""

    booth: DrawnBooth
    prices: Sequence[Price]


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A type of booths, with what one costs."""

    type: BoothType
    prices: Sequence[Price]


@dataclass(frozen=True, slots=True)
class DrawnHall:
    """A hall with its drawing; ``rows`` are the booths that a filter leaves in the list.

    ``count`` is how many booths the hall has, and ``free`` how many of them are free.
    """

    hall: Hall
    drawing: Drawing
    rows: tuple[BoothRow, ...]
    count: int
    free: int

    def only(self, numbers: Container[str]) -> DrawnHall:
        """Return the hall with these booths alone, and the counts of them all."""
        booths = tuple(booth for booth in self.drawing.booths if booth.number in numbers)
        rows = tuple(row for row in self.rows if row.booth.number in numbers)
        return replace(self, drawing=replace(self.drawing, booths=booths), rows=rows)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that the exhibition's page says. ``entries`` are those that the filter leaves."""

    exhibition: Exhibition | None
    halls: tuple[DrawnHall, ...]
    entries: tuple[Entry, ...]
    topics: tuple[Topic, ...]
    countries: tuple[str, ...]
    types: tuple[TypeRow, ...]
    choice: ExhibitionFilter

    @property
    def is_empty(self) -> bool:
        """True while there is neither a hall nor an exhibitor."""
        return not (self.halls or self.entries or self.choice.is_active)


def read_catalogue(forum: Forum, query: QueryDict, *, now: datetime) -> Catalogue:
    """Return the exhibition of a forum as the visitor chose to see it. Twelve queries."""
    booths = list(Booth.objects.of_forum(forum))
    claims = claims_on(forum, now)
    everybody = _entries(forum, booths, claims)
    choice = _read_choice(query, everybody)
    admitted = {entry.exhibitor.pk for entry in everybody if choice.admits(entry)}
    periods = list(BookingPeriod.objects.filter(exhibition=forum.pk))
    drawn = defaultdict(list)
    at_booth = _occupants(everybody, claims)
    for booth in booths:
        there = at_booth.get(booth.pk, ())
        known = [Occupant(entry.exhibitor.slug, entry.name, entry.country) for entry in there]
        here = claims.get(booth.pk, ())
        drawn[booth.hall_id].append(
            draw_booth(
                booth,
                state_of(booth, here, periods),
                known,
                mark=mark_of(booth, here, periods, (one.slug for one in known)),
                is_dimmed=choice.is_active and not any(entry.exhibitor.pk in admitted for entry in there),
            )
        )
    types = tuple(BoothType.objects.filter(forum=forum))
    prices = _prices(types, now.astimezone(forum.zone).date())
    halls = Hall.objects.filter(forum=forum).prefetch_related("features")
    return Catalogue(
        exhibition=Exhibition.objects.filter(forum=forum).first(),
        halls=tuple(_hall(hall, drawn[hall.pk], prices) for hall in halls),
        entries=tuple(entry for entry in everybody if entry.exhibitor.pk in admitted),
        topics=_topics_of(everybody),
        countries=_countries_of(everybody),
        types=tuple(TypeRow(kind, prices.get(kind.pk, ())) for kind in types),
        choice=choice,
    )


def _hall(hall: Hall, booths: Iterable[DrawnBooth], prices: Mapping[int, Sequence[Price]]) -> DrawnHall:
    drawing = draw(hall, booths, hall.features.all())
    rows = (BoothRow(booth, prices.get(booth.type_id, ())) for booth in drawing.booths if not booth.is_dimmed)
    free = sum(booth.state is State.FREE for booth in drawing.booths)
    return DrawnHall(hall, drawing, tuple(rows), len(drawing.booths), free)


def read_entry(forum: Forum, slug: str, *, now: datetime) -> Entry | None:
    """Return a published exhibitor of a forum, or None. Six queries."""
    found = _published(forum).filter(slug=slug).first()
    if found is None:
        return None
    claims = claims_on(forum, now, of={found.pk, found.host_id} - {None})
    booths = list(Booth.objects.filter(pk__in=claims))
    return _entry(found, _numbers(found, booths, claims))


def _published(forum: Forum) -> QuerySet[Exhibitor]:
    """With topics and products."""
    products = Product.objects.prefetch_related("topics")
    return Exhibitor.objects.public(forum).prefetch_related("topics", Prefetch("products", products))


def claims_on(
    forum: Forum, now: datetime, *, of: Iterable[int | None] | None = None
) -> dict[int, list[Claim]]:
    """Return the live claims by booth; a hold or an offer whose time is over counts as none."""
    rows = BookedBooth.objects.filter(is_live=True, booth__forum=forum).exclude(
        booking__status__in=["held", "offered"], booking__expires_at__lte=now
    )
    if of is not None:
        rows = rows.filter(booking__exhibitor__in=of)
    found: dict[int, list[Claim]] = defaultdict(list)
    for booth, span, status, exhibitor in rows.order_by("span", "pk").values_list(
        "booth_id", "span", "booking__status", "booking__exhibitor_id"
    ):
        found[booth].append(Claim(*bounds(span), status == _CONFIRMED, exhibitor))
    return dict(found)


def _entries(forum: Forum, booths: Sequence[Booth], claims: Mapping[int, Sequence[Claim]]) -> list[Entry]:
    """Return the published exhibitors in the reader's order of names."""
    language = current_language()
    found = [_entry(exhibitor, _numbers(exhibitor, booths, claims)) for exhibitor in _published(forum)]
    return sorted(found, key=lambda entry: sort_key(str(entry.name), language))


def _entry(exhibitor: Exhibitor, booths: Iterable[str]) -> Entry:
    products = tuple(exhibitor.products.all())
    topics = {topic.pk: topic for topic in exhibitor.topics.all()}
    topics |= {topic.pk: topic for product in products for topic in product.topics.all()}
    return Entry(
        exhibitor=exhibitor,
        name=exhibitor.organization.display_name,
        country=exhibitor.organization.country,
        topics=tuple(sorted(topics.values(), key=lambda topic: topic.slug)),
        products=products,
        booths=tuple(sorted(set(booths), key=in_order)),
    )


def _numbers(
    exhibitor: Exhibitor, booths: Iterable[Booth], claims: Mapping[int, Sequence[Claim]]
) -> Iterable[str]:
    """Yield where an exhibitor surely stands: at its own booths, and at those of its host."""
    stands_with = {exhibitor.pk, exhibitor.host_id}
    for booth in booths:
        if any(
            claim.is_confirmed and claim.exhibitor_id in stands_with for claim in claims.get(booth.pk, ())
        ):
            yield booth.number


def entries_at(forum: Forum, booth: Booth, claims: Mapping[int, Sequence[Claim]]) -> list[Entry]:
    """Return who is known to stand at a booth: its owners, then their guests. Five queries, or none."""
    here = claims.get(booth.pk, ())
    owners = {claim.exhibitor_id for claim in here if claim.is_confirmed}
    if not owners:
        return []
    published = _published(forum).filter(Q(pk__in=owners) | Q(host__in=owners))
    entries = [_entry(exhibitor, [booth.number]) for exhibitor in published]
    return _occupants(entries, {booth.pk: here})[booth.pk]


def _occupants(entries: Iterable[Entry], claims: Mapping[int, Sequence[Claim]]) -> dict[int, list[Entry]]:
    """Return who is known to stand at each booth: its owners, then their guests."""
    entries = list(entries)
    own = {entry.exhibitor.pk: entry for entry in entries}
    guests = defaultdict(list)
    for entry in entries:
        if entry.exhibitor.host_id:
            guests[entry.exhibitor.host_id].append(entry)
    found: dict[int, list[Entry]] = {}
    for booth, here in claims.items():
        owners = dict.fromkeys(claim.exhibitor_id for claim in here if claim.is_confirmed)
        there = [own[pk] for pk in owners if pk in own]
        there += [guest for pk in owners for guest in guests[pk] if guest not in there]
        found[booth] = there
    return found


def _read_choice(query: QueryDict, entries: Iterable[Entry]) -> ExhibitionFilter:
    """Return the choice that an address makes; what is not possible is ignored."""
    topic, country = query.get("topic", ""), query.get("country", "")
    entries = list(entries)
    return ExhibitionFilter(
        topic=topic if any(one.slug == topic for entry in entries for one in entry.topics) else "",
        country=country if any(entry.country == country for entry in entries) else "",
        words=read_words(query),
    )


def _topics_of(entries: Iterable[Entry]) -> tuple[Topic, ...]:
    found = {topic.pk: topic for entry in entries for topic in entry.topics}
    language = current_language()
    return tuple(sorted(found.values(), key=lambda topic: sort_key(str(topic.display_name), language)))


def _countries_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return where exhibitors come from, the two hosts first."""
    found = {entry.country for entry in entries if entry.country}
    return tuple(sorted(found, key=lambda code: (HOSTS.index(code) if code in HOSTS else len(HOSTS), code)))


def _prices(types: Iterable[BoothType], today: date) -> dict[int, list[Price]]:
    """Return by type what anybody may have it for today, one price a currency, VND first as on invoices."""
    rows = BoothPrice.objects.filter(type__in=types, country="").exclude(rate=BoothPrice.Rate.MEMBER)
    found: dict[int, dict[str, dict[str, Price]]] = defaultdict(lambda: defaultdict(dict))
    # The cheapest comes last and stays.
    for row in rows.exclude(until__lt=today).order_by("-amount"):
        period = "" if row.period_kind == BookingPeriod.Kind.WHOLE else str(row.get_period_kind_display())
        is_early = row.rate == BoothPrice.Rate.EARLY
        found[row.type_id][row.period_kind][row.currency] = Price(row.amount, row.currency, is_early, period)
    currencies, kinds = list(BoothBooking.Currency.values), list(BookingPeriod.Kind.values)
    return {
        pk: sorted(
            by_kind[min(by_kind, key=kinds.index)].values(), key=lambda one: currencies.index(one.currency)
        )
        for pk, by_kind in found.items()
    }


def _haystack(entry: Entry) -> str:
    """Return what is searched: names in all languages, the rest as the reader sees it."""
    organization = entry.exhibitor.organization
    return "\n".join(
        (
            *(getattr(organization, f"name_{code}") or "" for code in ("vi", "ko", "en")),
            *(str(localized(entry.exhibitor, field)) for field in ("tagline", "description")),
            *(str(topic.display_name) for topic in entry.topics),
            *(
                str(localized(product, field))
                for product in entry.products
                for field in ("name", "tagline", "description")
            ),
            *entry.booths,
        )
    )
