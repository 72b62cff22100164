"""The doors of the demonstration."""

from events.models import Forum, Room
from pages.demo.doors import DOORS, DoorRecord
from registrations.models import Door, RegistrationType


def load_doors(forum: Forum) -> int:
    """Create the doors of a forum that has none, and return how many were created."""
    if forum.doors.exists():
        return 0
    for position, record in enumerate(DOORS, start=1):
        _create(record, forum, position)
    return len(DOORS)


def _create(record: DoorRecord, forum: Forum, position: int) -> None:
    door = Door.objects.create(
        forum=forum,
        slug=record.slug,
        **record.name.columns("name"),
        kind=record.kind,
        room=Room.objects.filter(venue=forum.venue, slug=record.room).first(),
        capacity=record.capacity,
        allows_re_entry=record.allows_re_entry,
        position=position,
    )
    door.types.set(RegistrationType.objects.filter(forum=forum, slug__in=record.types))
