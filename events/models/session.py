"""One item of the agenda, as organizers edit it. The public reads releases, never these rows."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import forums_where
from core.i18n import Localized, localized
from events.models.forum import Forum
from events.models.strand import Topic, Track
from events.models.venue import Room
from speakers.models import Speaker


class SessionQuerySet(models.QuerySet["Session"]):
    """Reading the draft."""

    def visible_to(self, user: User | AnonymousUser) -> SessionQuerySet:
        """Leave out the confidential sessions of forums where ``user`` may not see them.

        The right lies with a role, so it also hides them from most organizers.
        """
        return self.filter(
            ~Q(visibility=Session.Visibility.CONFIDENTIAL)
            | Q(forum__in=forums_where(user, "events.view_confidential_session"))
        )

    def announced(self) -> SessionQuerySet:
        """What a release tells the public: with a time, not confidential; cancelled ones included."""
        return self.filter(period__isnull=False).exclude(visibility=Session.Visibility.CONFIDENTIAL)

    def scheduled(self) -> SessionQuerySet:
        """Sessions with a time, in order of time and room; cancelled ones are left out."""
        return (
            self.filter(period__isnull=False)
            .exclude(state=Session.State.CANCELLED)
            .order_by("period__startswith", "room__position", "id")
        )


class Session(models.Model):
    """One item of the agenda. ``title``, ``abstract`` and ``note`` have three languages.

    ``period`` is a half-open range of instants [start, end); None while the session is unscheduled.
    ``version`` grows with each change, so that an editor who saw an older one is told.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", _("opening")
        KEYNOTE = "keynote", _("keynote")
        TALK = "talk", _("talk")
        PANEL = "panel", _("panel")
        WORKSHOP = "workshop", _("workshop")
        CEREMONY = "ceremony", _("ceremony")
        EXHIBITION = "exhibition", _("exhibition")
        BREAK = "break", _("break")
        MEETING = "meeting", _("bilateral meeting")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("public")
        REGISTERED = "registered", _("for registered people")
        INVITATION = "invitation", _("announced, by invitation")
        CONFIDENTIAL = "confidential", _("confidential")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="sessions", verbose_name=_("forum"))
    # The stable name of the session in calendars and exports, whatever its title becomes.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("short name in addresses"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.TALK)
    title = models.CharField(_("title"), max_length=250)
    abstract = models.TextField(_("abstract"), blank=True)
    note = models.CharField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("One line under the title, such as where to enter."),
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("room")
    )
    period = DateTimeRangeField(_("time"), null=True, blank=True)  # type: ignore[misc]  # stubs: null
    track = models.ForeignKey(
        Track, models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("track")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="sessions", verbose_name=_("topics"))
    # Usually one; a ceremony with two hosts has two.
    spoken_languages = ArrayField(
        models.CharField(max_length=2, choices=settings.LANGUAGES),
        default=list,
        blank=True,
        verbose_name=_("spoken languages"),
    )
    interpretation = ArrayField(
        models.CharField(max_length=2, choices=settings.LANGUAGES),
        default=list,
        blank=True,
        verbose_name=_("interpretation into"),
    )
    visibility = models.CharField(
        _("visibility"), max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.CONFIRMED, editable=False
    )
    seat_limit = models.PositiveIntegerField(_("seat limit"), null=True, blank=True)
    # Counted by the database when a seat is booked or given back (registrations.SeatBooking).
    seats_taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    # Continuing medical education: what attending earns, and how much of the session one must be there.
    cme_credits = models.DecimalField(
        _("CME credits"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    cme_minimum_percent = models.PositiveSmallIntegerField(
        _("presence needed for the credits (%)"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    recording_url = models.URLField(_("recording"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    is_demo = models.BooleanField(_("demonstration data"), default=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["period__startswith", "room__position", "id"]
        permissions = [("view_confidential_session", _("Can see confidential sessions"))]
        indexes = [GistIndex(fields=["period"], name="session_period")]
        constraints = [
            models.UniqueConstraint(fields=["forum", "slug"], name="session_slug_in_forum"),
            models.CheckConstraint(
                name="session_period_bounded",
                condition=Q(period__isnull=True)
                | Q(
                    period__isempty=False,
                    period__lower_inf=False,
                    period__upper_inf=False,
                    period__lower_inc=True,
                    period__upper_inc=False,
                ),
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                name="session_cme_is_possible",
                condition=(Q(cme_credits__isnull=True) | Q(cme_credits__gte=0))
                & Q(cme_minimum_percent__gte=1, cme_minimum_percent__lte=100),
            ),
            models.CheckConstraint(
                name="session_not_overbooked",
                condition=Q(seat_limit__isnull=True) | Q(seats_taken__lte=F("seat_limit")),
                violation_error_message=_("More seats are booked than this limit allows."),
            ),
            ExclusionConstraint(
                name="session_one_per_room",
                expressions=[("room", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(room__isnull=False, period__isnull=False) & ~Q(state="cancelled"),
                violation_error_message=_("This room holds another session at that time."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.display_title)

    @property
    def display_title(self) -> Localized:
        """The title in the active language."""
        return localized(self, "title")

    @property
    def starts_at(self) -> datetime | None:
        """The first instant, or None while unscheduled."""
        return self.period.lower if self.period else None

    @property
    def ends_at(self) -> datetime | None:
        """The first instant after the session, or None while unscheduled."""
        return self.period.upper if self.period else None


class SessionSpeaker(models.Model):
    """A speaker's role in a session."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        CHAIR = "chair", _("chair")
        MODERATOR = "moderator", _("moderator")
        PANELIST = "panelist", _("panelist")
        DELEGATE = "delegate", _("delegate")

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="session_speakers", verbose_name=_("session")
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, related_name="session_speakers", verbose_name=_("speaker")
    )

    class Answer(models.TextChoices):
        OPEN = "open", _("no answer yet")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.SPEAKER)
    answer = models.CharField(
        _("answer"), max_length=10, choices=Answer.choices, default=Answer.OPEN, editable=False
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answer_note = models.CharField(_("words with the answer"), max_length=300, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("person in a session")
        verbose_name_plural = _("people in a session")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "speaker", "role"], name="session_speaker_once"),
            models.CheckConstraint(
                name="session_speaker_answer_has_time",
                condition=Q(answer="open", answered_at__isnull=True)
                | (~Q(answer="open") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.get_role_display()})"


class SessionGuest(models.Model):
    """Somebody invited to a session that is not for everybody; known by the address she signs in with."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="guests", verbose_name=_("session"))
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(
                "session",
                Lower("email"),
                name="session_guest_once",
                violation_error_message=_("This person is invited already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email
