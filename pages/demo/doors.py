"""Where tickets are scanned at the demonstration forum."""

from dataclasses import dataclass

from pages.demo.records import T


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorRecord:
    """A door; ``room`` and ``types`` are slugs, no types let everybody in."""

    slug: str
    name: T
    kind: str
    room: str = ""
    types: tuple[str, ...] = ()
    capacity: int | None = None
    allows_re_entry: bool = True


DOORS: tuple[DoorRecord, ...] = (
    DoorRecord(
        slug="main-entrance",
        name=T(vi="Cửa chính", ko="정문", en="Main entrance"),
        kind="main",
    ),
    DoorRecord(
        slug="main-hall",
        name=T(vi="Cửa hội trường chính", ko="대회의장 입구", en="Main hall"),
        kind="room",
        room="main-hall",
    ),
    DoorRecord(
        slug="exhibition",
        name=T(vi="Khu triển lãm", ko="전시장 입구", en="Exhibition"),
        kind="exhibition",
        capacity=250,
    ),
    DoorRecord(
        slug="guests-of-honour",
        name=T(vi="Cửa khách mời danh dự", ko="귀빈실 입구", en="Guests of honour"),
        kind="vip",
        types=("vip", "staff"),
        capacity=40,
    ),
)
