"""What outlives one forum: organizations, topics, people on stage, and the venue with its rooms."""

from dataclasses import dataclass

from accounts.models import Organization
from events.models import Room, Topic, Venue
from pages.demo.agenda import SPEAKERS
from pages.demo.organizations import ORGANIZATIONS
from pages.demo.tracks import TOPICS
from pages.demo.venue import ROOMS, VENUE, WALKS
from speakers.models import Speaker


@dataclass(frozen=True, slots=True)
class Shared:
    """The loaded rows by slug."""

    venue: Venue
    rooms: dict[str, Room]
    topics: dict[str, Topic]
    speakers: dict[str, Speaker]


def load_shared() -> Shared:
    """Create the rows that are missing; a row that exists stays as organizers have left it."""
    venue = _load_venue()
    rooms = _load_rooms(venue)
    _load_walks(venue, rooms)
    return Shared(
        venue=venue,
        rooms=rooms,
        topics=_load_topics(),
        speakers=_load_speakers(_load_organizations()),
    )


def _load_venue() -> Venue:
    directions = VENUE.description.followed_by(VENUE.directions).followed_by(VENUE.accessibility)
    venue, _ = Venue.objects.get_or_create(
        slug=VENUE.slug,
        defaults={
            **VENUE.name.columns("name"),
            **VENUE.city.columns("city"),
            **VENUE.address.columns("address"),
            **directions.columns("directions"),
            "country": VENUE.country,
            "walking_minutes": VENUE.walking_minutes,
            "is_demo": VENUE.is_demo,
        },
    )
    return venue


def _load_rooms(venue: Venue) -> dict[str, Room]:
    rooms = {}
    for position, record in enumerate(ROOMS, start=1):
        rooms[record.slug], _ = Room.objects.get_or_create(
            venue=venue,
            slug=record.slug,
            defaults={
                **record.name.columns("name"),
                **record.floor.columns("floor"),
                "capacity": record.capacity,
                "interpretation_channels": record.booths,
                "position": position,
            },
        )
    return rooms


def _load_walks(venue: Venue, rooms: dict[str, Room]) -> None:
    """Write the walks of a venue that has none yet."""
    if not venue.walks.exists():
        for record in WALKS:
            first, second = (rooms[slug] for slug in record.rooms)
            venue.walks.create(first_room=first, second_room=second, minutes=record.minutes)


def _load_topics() -> dict[str, Topic]:
    return {
        record.slug: Topic.objects.get_or_create(slug=record.slug, defaults=record.name.columns("name"))[0]
        for record in TOPICS
    }


def _load_organizations() -> dict[str, Organization]:
    return {
        record.slug: Organization.objects.get_or_create(
            slug=record.slug,
            defaults={
                **record.name.columns("name"),
                "kind": record.kind,
                "country": record.country,
                "is_demo": record.is_demo,
            },
        )[0]
        for record in ORGANIZATIONS
    }


def _load_speakers(organizations: dict[str, Organization]) -> dict[str, Speaker]:
    names = {record.slug: record.name for record in ORGANIZATIONS}
    return {
        record.slug: Speaker.objects.get_or_create(
            slug=record.slug,
            defaults={
                "name": record.name,
                "latin_name": record.latin_name,
                "hangul_name": record.hangul_name,
                "country": record.country,
                "organization": organizations[record.organization],
                **names[record.organization].columns("affiliation"),
                **record.position.columns("position"),
                **record.biography.columns("biography"),
                "is_demo": record.is_demo,
            },
        )[0]
        for record in SPEAKERS
    }
