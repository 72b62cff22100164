"""The shapes of the demonstration data: a text in three languages and one record per kind of thing."""

import re
from dataclasses import dataclass, fields
from typing import Literal

Language = Literal["vi", "ko", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "ko", "en")

Kind = Literal[
    "opening", "keynote", "talk", "panel", "workshop", "ceremony", "exhibition", "break", "meeting"
]
Role = Literal["speaker", "chair", "moderator", "panelist", "delegate"]
Visibility = Literal["public", "registered", "invitation", "confidential"]

_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def as_paragraphs(written: str) -> str:
    """
    The text as a reader gets it: a blank line parts paragraphs, any other white space is one space.

    Lets a long text stand in the source as indented lines, the way an editor of prose wants to see it.
    """
    parts = (" ".join(part.split()) for part in _BLANK_LINE.split(written.strip()))
    return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class T:
    """One text in the three languages of the forum; all three must be written."""

    vi: str
    ko: str
    en: str

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, as_paragraphs(getattr(self, field.name)))

    def followed_by(self, other: "T") -> "T":
        """This text and, as further paragraphs, the other."""
        return T(
            vi=f"{self.vi}\n\n{other.vi}",
            ko=f"{self.ko}\n\n{other.ko}",
            en=f"{self.en}\n\n{other.en}",
        )

    def in_language(self, language: Language) -> str:
        """The text in one language."""
        return str(getattr(self, language))

    def columns(self, name: str) -> dict[str, str]:
        """The text as the three translated columns of a model field: name_vi, name_ko, name_en."""
        return {f"{name}_{language}": self.in_language(language) for language in LANGUAGES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A heading and the text below it: a question with its answer, a section of a notice."""

    key: str
    heading: T
    body: T


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumRecord:
    """The forum; each paragraph of `hosts` names one host, the reader's own country first."""

    slug: str
    name: T
    short_name: T
    subtitle: T
    description: T
    hosts: T
    host_note: T
    cme_accreditation: T
    contact_email: str
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueRecord:
    slug: str
    name: T
    address: T
    city: T
    country: str
    walking_minutes: int
    description: T
    directions: T
    accessibility: T
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRecord:
    """A room: how many people it may hold, and how many languages it can interpret into."""

    slug: str
    name: T
    floor: T
    capacity: int
    booths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkRecord:
    """How long the walk between two rooms takes where it is not the venue's usual time."""

    rooms: tuple[str, str]
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRecord:
    """When the house is open; `day` as in SessionRecord, HH:MM in Hanoi."""

    day: Literal[-1, 0, 1]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRecord:
    """When a speaker cannot be on stage; `day` as in SessionRecord, HH:MM in Hanoi."""

    speaker: str
    day: Literal[-1, 0, 1]
    start: str
    end: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """A strand of the programme; `weave` is the name by which the style sheet draws it."""

    slug: str
    weave: str
    name: T
    description: T


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRecord:
    slug: str
    name: T


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationRecord:
    """`kind` is one of ministry, hospital, university (or institute), company, other."""

    slug: str
    name: T
    kind: str
    country: str
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRecord:
    """
    A person on stage.

    `name` is how the person writes it, `latin_name` is for badges and bar codes (no diacritics),
    `hangul_name` is for Korean pages.
    """

    slug: str
    name: str
    latin_name: str
    hangul_name: str
    country: str
    organization: str
    position: T
    biography: T
    is_demo: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part in one session."""

    speaker: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """
    One item of the agenda.

    `day` counts from the forum day (-1, 0, +1); `start` and `end` are HH:MM in Hanoi. What takes place
    in a foyer has no room; its note says where it is.
    `spoken` are the languages on stage, `interpreted` those offered through headsets; `note` is one
    line under the title; `cme_credits` a decimal number. `is_demo` is False only where who, what and why
    are facts.
    """

    slug: str
    day: Literal[-1, 0, 1]
    start: str
    end: str
    kind: Kind
    title: T
    abstract: T
    room: str | None = None
    note: T | None = None
    spoken: tuple[Language, ...] = ()
    interpreted: tuple[Language, ...] = ()
    track: str | None = None
    topics: tuple[str, ...] = ()
    visibility: Visibility = "public"
    seat_limit: int | None = None
    cme_credits: str | None = None
    people: tuple[Part, ...] = ()
    is_demo: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationTypeRecord:
    """A kind of attendance; `capacity` is the number of places, `colour` that of its badges."""

    slug: str
    name: T
    description: T
    capacity: int
    colour: str
    visibility: str = "public"
    needs_approval: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRecord:
    """Something an exhibitor shows; `topics` are slugs."""

    slug: str
    name: T
    tagline: T
    description: T
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitorRecord:
    """
    An organization's part in the exhibition.

    `booths` are numbers; `status` is that of the claim on them, and empty for who has none: a guest of
    `host`, or somebody who has not chosen yet. A shared booth is claimed for the day `period` names.
    """

    organization: str
    tagline: T
    description: T
    topics: tuple[str, ...]
    products: tuple[ProductRecord, ...]
    booths: tuple[str, ...] = ()
    status: str = ""
    period: str = "whole"
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoothTypeRecord:
    """
    A class of booths; measures in centimetres.

    `prices` are the standard ones before VAT by currency, for `period_kind`; early birds and members
    pay less.
    """

    slug: str
    name: T
    equipment: T
    width: int
    depth: int
    staff_passes: int
    colour: str
    prices: dict[str, int]
    period_kind: str = "whole"
    is_shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRecord:
    """A row of booths from left to right: where its first one stands, how far apart their edges are."""

    letter: str
    count: int
    type: str
    x: int
    y: int
    gap: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureRecord:
    """Something else in a hall; `place` is x, y, width and depth in centimetres."""

    kind: str
    place: tuple[int, int, int, int]
    name: T | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HallRecord:
    """A hall with what stands in it, in centimetres."""

    slug: str
    name: T
    width: int
    depth: int
    rows: tuple[RowRecord, ...]
    features: tuple[FeatureRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraRecord:
    """What can be had with a booth; `prices` before VAT by currency."""

    slug: str
    name: T
    description: T
    stock: int | None
    prices: dict[str, int]
