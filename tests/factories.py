"""Made-up rows for tests: every text in three languages, the same values in every run.

``SessionFactory(title_en="Screening")`` sets one language, ``in_three_languages("title", "Screening")``
all of them. Days are fixed and far ahead, so that no test depends on when it runs.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from accounts.models import ForumRole, Membership, Organization, User
from core.i18n import texts_of
from events.models import (
    Forum,
    Material,
    Proposal,
    Room,
    Session,
    SessionSpeaker,
    Star,
    Topic,
    Track,
    Venue,
)
from outbox.models import Message
from registrations.models import (
    Broadcast,
    Certificate,
    Consent,
    DecisionReason,
    DocumentBatch,
    Door,
    Registration,
    RegistrationType,
)
from speakers.models import Speaker

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_DAY = date(2031, 5, 13)
MAIN_DAY = date(2031, 5, 14)  # a Wednesday
LAST_DAY = date(2031, 5, 15)
PASSWORD = "correct horse battery staple"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def in_three_languages(field: str, text: str) -> dict[str, str]:
    """Return keyword arguments that fill a translated field: ``text``, marked with each language."""
    return {f"{field}_vi": f"{text} (tiếng Việt)", f"{field}_ko": f"{text} (한국어)", f"{field}_en": text}


def at(hour: int, minute: int = 0, *, day: date = MAIN_DAY) -> datetime:
    """Return an instant of the forum's days, given on the clock in Hanoi."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HANOI)


def period(start: datetime, minutes: int = 60) -> DateTimeTZRange:
    """Return the time of a session that begins at ``start``."""
    return DateTimeTZRange(start, start + timedelta(minutes=minutes))


def texts(pattern: str) -> tuple[factory.Sequence, factory.Sequence, factory.Sequence]:
    """Return a sequence each for Vietnamese, Korean and English; ``{n}`` is the row's number."""
    return (
        factory.Sequence(lambda n: f"{pattern.format(n=n)} (tiếng Việt)"),
        factory.Sequence(lambda n: f"{pattern.format(n=n)} (한국어)"),
        factory.Sequence(lambda n: pattern.format(n=n)),
    )


class UserFactory(factory.django.DjangoModelFactory):
    """A person with an account, a verified address and no password unless one is given.

    ``second_factor=True`` adds an authenticator app with TOTP_SECRET.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    language = "en"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        # A password costs a tenth of a second of hashing, so only those who sign in with it get one.
        return model_class.objects.create_user(password=fields.pop("password", None), **fields)

    @factory.post_generation
    def verified_address(self: User, create: bool, extracted: bool | None, **_: Any) -> None:
        """Let allauth know the address as verified; ``verified_address=False`` leaves it out."""
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)

    @factory.post_generation
    def second_factor(self: User, create: bool, extracted: bool | None, **_: Any) -> None:
        """Give the account an authenticator app when asked to."""
        if create and extracted and not Authenticator.objects.filter(user=self).exists():
            TOTP.activate(self, TOTP_SECRET)


class OrganizationFactory(factory.django.DjangoModelFactory):
    """A hospital in Vietnam."""

    class Meta:
        model = Organization

    slug = factory.Sequence(lambda n: f"organization-{n}")
    name_vi, name_ko, name_en = texts("Hospital {n}")
    kind = Organization.Kind.HOSPITAL
    country = "VN"
    website = factory.Sequence(lambda n: f"https://hospital{n}.example.org/")


class MembershipFactory(factory.django.DjangoModelFactory):
    """A person's part in an organization."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)


class VenueFactory(factory.django.DjangoModelFactory):
    """A house in Hanoi."""

    class Meta:
        model = Venue

    slug = factory.Sequence(lambda n: f"venue-{n}")
    name_vi, name_ko, name_en = texts("House {n}")
    city_vi, city_ko, city_en = "Hà Nội", "하노이", "Hanoi"
    address_vi, address_ko, address_en = texts("{n} Lake Street")
    directions_vi, directions_ko, directions_en = texts("Take bus {n}.")
    country = "VN"


class RoomFactory(factory.django.DjangoModelFactory):
    """A room of 100 seats."""

    class Meta:
        model = Room

    venue = factory.SubFactory(VenueFactory)
    slug = factory.Sequence(lambda n: f"room-{n}")
    name_vi, name_ko, name_en = texts("Room {n}")
    floor_vi, floor_ko, floor_en = "tầng 2", "2층", "2nd floor"
    capacity = 100
    position = factory.Sequence(lambda n: n % 1000)


class ForumFactory(factory.django.DjangoModelFactory):
    """The forum that the site shows: three days in May 2031 in Hanoi."""

    class Meta:
        model = Forum

    slug = factory.Sequence(lambda n: f"forum-{n}")
    name_vi, name_ko, name_en = texts("Forum {n}")
    short_name_vi, short_name_ko, short_name_en = texts("F{n}")
    subtitle_vi, subtitle_ko, subtitle_en = texts("Subtitle {n}")
    description_vi, description_ko, description_en = texts("What forum {n} is for.")
    hosts_vi, hosts_ko, hosts_en = texts("Ministry {n}")
    host_note_vi, host_note_ko, host_note_en = texts("Organized by ministry {n}.")
    privacy_vi, privacy_ko, privacy_en = texts("We use what you write for forum {n} alone.")
    consent_wording_vi, consent_wording_ko, consent_wording_en = texts("I agree to the terms of forum {n}.")
    contact_email = "contact@example.org"
    venue = factory.SubFactory(VenueFactory)
    first_day = FIRST_DAY
    main_day = MAIN_DAY
    last_day = LAST_DAY
    is_current = True


class ForumRoleFactory(factory.django.DjangoModelFactory):
    """A role of one user in one forum."""

    class Meta:
        model = ForumRole

    user = factory.SubFactory(UserFactory, is_staff=True, second_factor=True)
    forum = factory.SubFactory(ForumFactory)
    role = ForumRole.Role.OWNER


class TrackFactory(factory.django.DjangoModelFactory):
    """A strand of the programme."""

    class Meta:
        model = Track

    forum = factory.SubFactory(ForumFactory)
    slug = factory.Sequence(lambda n: f"track-{n}")
    name_vi, name_ko, name_en = texts("Track {n}")
    description_vi, description_ko, description_en = texts("About track {n}.")
    weave = Track.Weave.CHECK
    position = factory.Sequence(lambda n: n % 1000)


class TopicFactory(factory.django.DjangoModelFactory):
    """A subject."""

    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"topic-{n}")
    name_vi, name_ko, name_en = texts("Topic {n}")


class SpeakerFactory(factory.django.DjangoModelFactory):
    """A person on stage, from Vietnam, whose name Korean readers see in Hangul."""

    class Meta:
        model = Speaker

    slug = factory.Sequence(lambda n: f"speaker-{n}")
    name = factory.Sequence(lambda n: f"Nguyễn Thị {n}")
    hangul_name = factory.Sequence(lambda n: f"응우옌 티 {n}")
    country = "VN"
    position_vi, position_ko, position_en = texts("Head of department {n}")
    affiliation_vi, affiliation_ko, affiliation_en = texts("Hospital {n}")
    biography_vi, biography_ko, biography_en = texts("Works on screening since {n}.")
    email = factory.Sequence(lambda n: f"speaker{n}@example.org")


class SessionFactory(factory.django.DjangoModelFactory):
    """A talk of an hour on the main day, each in a room of its own, at 9:00 unless said otherwise.

    ``starts_at`` and ``minutes`` are the easy way to say when. ``speakers=[…]`` adds people in that
    order.
    """

    class Meta:
        model = Session
        skip_postgeneration_save = True

    class Params:
        starts_at = at(9)
        minutes = 60

    forum = factory.SubFactory(ForumFactory)
    slug = factory.Sequence(lambda n: f"session-{n}")
    kind = Session.Kind.TALK
    title_vi, title_ko, title_en = texts("Session {n}")
    abstract_vi, abstract_ko, abstract_en = texts("What session {n} is about.")
    note_vi, note_ko, note_en = texts("Enter by door {n}.")
    room = factory.SubFactory(RoomFactory, venue=factory.SelfAttribute("..forum.venue"))
    period = factory.LazyAttribute(lambda row: period(row.starts_at, row.minutes))
    track = factory.SubFactory(TrackFactory, forum=factory.SelfAttribute("..forum"))
    spoken_languages = factory.LazyFunction(lambda: ["vi"])
    interpretation = factory.LazyFunction(lambda: ["ko", "en"])

    @factory.post_generation
    def speakers(self: Session, create: bool, extracted: list[Speaker] | None, **_: Any) -> None:
        """Put people into the session, in their order."""
        for position, speaker in enumerate(extracted or () if create else ()):
            SessionSpeaker.objects.create(session=self, speaker=speaker, position=position)


class SessionSpeakerFactory(factory.django.DjangoModelFactory):
    """A speaker's role in a session."""

    class Meta:
        model = SessionSpeaker

    session = factory.SubFactory(SessionFactory)
    speaker = factory.SubFactory(SpeakerFactory)
    position = factory.Sequence(lambda n: n % 1000)


class ProposalFactory(factory.django.DjangoModelFactory):
    """A speaker's proposal of another position that waits; ``portrait=ContentFile(…)`` adds a picture."""

    class Meta:
        model = Proposal

    speaker = factory.SubFactory(SpeakerFactory)
    fields = factory.LazyFunction(lambda: {"position_en": "Professor"})
    seen = factory.LazyAttribute(
        lambda row: {name: getattr(row.session or row.speaker, name) for name in row.fields}
    )
    session = None


class StarFactory(factory.django.DjangoModelFactory):
    """A session that a person marked."""

    class Meta:
        model = Star

    user = factory.SubFactory(UserFactory)
    session = factory.SubFactory(SessionFactory)


class MaterialFactory(factory.django.DjangoModelFactory):
    """Slides that only organizers and their speaker see."""

    class Meta:
        model = Material

    session = factory.SubFactory(SessionFactory)
    speaker = factory.SubFactory(SpeakerFactory)
    title = factory.Sequence(lambda n: f"Slides {n}")
    suffix = ".pdf"
    content_type = "application/pdf"
    file = factory.django.FileField(data=b"%PDF-1.7 slides %%EOF", filename="slides.pdf")
    size = 21


class RegistrationTypeFactory(factory.django.DjangoModelFactory):
    """A kind of attendance without limit and without a waiting list, on the public form."""

    class Meta:
        model = RegistrationType

    forum = factory.SubFactory(ForumFactory)
    slug = factory.Sequence(lambda n: f"type-{n}")
    name_vi, name_ko, name_en = texts("Attendance {n}")
    description_vi, description_ko, description_en = texts("All days of attendance {n}.")
    has_waiting_list = False
    position = factory.Sequence(lambda n: n % 1000)


class DecisionReasonFactory(factory.django.DjangoModelFactory):
    """A sentence that is kept for declining."""

    class Meta:
        model = DecisionReason

    forum = factory.SubFactory(ForumFactory)
    name_vi, name_ko, name_en = texts("No press card {n}.")


class RegistrationFactory(factory.django.DjangoModelFactory):
    """A confirmed registration; ``status=Registration.Status.CANCELLED`` makes a cancelled one."""

    class Meta:
        model = Registration

    class Params:
        cancelled = factory.LazyAttribute(lambda row: row.status == Registration.Status.CANCELLED)

    forum = factory.SubFactory(ForumFactory)
    type = factory.SubFactory(RegistrationTypeFactory, forum=factory.SelfAttribute("..forum"))
    code = factory.Sequence(lambda n: f"VK-{n:06d}")
    name = factory.Sequence(lambda n: f"Trần Văn {n}")
    email = factory.Sequence(lambda n: f"guest{n}@example.org")
    organization_name = factory.Sequence(lambda n: f"University {n}")
    country = "VN"
    language = "vi"
    status = Registration.Status.CONFIRMED
    cancelled_at = factory.Maybe("cancelled", datetime(2031, 1, 2, 3, 4, tzinfo=UTC), None)
    cancel_reason = factory.Maybe("cancelled", "ill", "")


class ConsentFactory(factory.django.DjangoModelFactory):
    """An agreement to the use of personal data."""

    class Meta:
        model = Consent

    registration = factory.SubFactory(RegistrationFactory)
    kind = Consent.Kind.PRIVACY
    version = 1
    wording = "I agree."
    language = "en"


class MessageFactory(factory.django.DjangoModelFactory):
    """A mail that waits in the outbox."""

    class Meta:
        model = Message

    kind = "test.plain"
    recipient = factory.Sequence(lambda n: f"reader{n}@example.org")
    recipient_name = factory.Sequence(lambda n: f"Reader {n}")
    language = "en"
    context = factory.LazyFunction(lambda: {"words": "Hello"})
    dedupe_key = factory.Sequence(lambda n: f"test:{n}")


class BroadcastFactory(factory.django.DjangoModelFactory):
    """A draft of a mail to everybody, in three languages."""

    class Meta:
        model = Broadcast

    forum = factory.SubFactory(ForumFactory)
    title = factory.Sequence(lambda n: f"Mail {n}")
    subject_vi, subject_ko, subject_en = texts("News {n}")
    body_vi, body_ko, body_en = "Chào {name}", "{name} 님께", "Dear {name}"


class DoorFactory(factory.django.DjangoModelFactory):
    """The main entrance, open to everybody with a ticket, as often as they like."""

    class Meta:
        model = Door

    forum = factory.SubFactory(ForumFactory)
    slug = factory.Sequence(lambda n: f"door-{n}")
    name_vi, name_ko, name_en = texts("Door {n}")
    position = factory.Sequence(lambda n: n % 1000)


class DocumentBatchFactory(factory.django.DjangoModelFactory):
    """A file of badges that nobody has begun to make."""

    class Meta:
        model = DocumentBatch

    forum = factory.SubFactory(ForumFactory)
    kind = DocumentBatch.Kind.BADGES
    layout = "label"
    language = "en"
    chosen = factory.LazyFunction(lambda: ["0d1f6a52-6d0e-4f0b-9a0b-3f0e6a1c2b4d"])
    total = 1
    created_by = factory.SubFactory(UserFactory)


class CertificateFactory(factory.django.DjangoModelFactory):
    """A valid certificate of attendance on the second day."""

    class Meta:
        model = Certificate

    registration = factory.SubFactory(RegistrationFactory)
    forum = factory.SelfAttribute("registration.forum")
    kind = Certificate.Kind.ATTENDANCE
    facts = factory.LazyAttribute(
        lambda row: {
            "name": row.registration.name,
            "latin_name": row.registration.latin_name,
            "organization": row.registration.organization_name,
            "forum": {name: texts_of(row.forum, name) for name in ("name", "hosts", "cme_accreditation")},
            "place": texts_of(row.forum.venue, "city"),
            "forum_days": [row.forum.first_day.isoformat(), row.forum.last_day.isoformat()],
            "days": [MAIN_DAY.isoformat()],
        }
    )
