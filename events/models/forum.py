"""One edition of the conference."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.dates import months_later
from core.named import Named
from events.models.venue import Venue


def validate_zone(value: str) -> None:
    """Refuse a name that the time-zone database does not know."""
    if value not in available_timezones():
        raise ValidationError(_("“%(zone)s” is not a time zone."), params={"zone": value})


class ForumQuerySet(models.QuerySet["Forum"]):
    """Finding the forum that the site is about."""

    def current(self) -> ForumQuerySet:
        """The one forum the site shows, with its venue: at most one row, guaranteed by the database."""
        return self.filter(is_current=True).select_related("venue")


class Forum(Named):
    """One edition of the conference. The texts have three languages."""

    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80, help_text=_("Beside the mark."))
    subtitle = models.CharField(_("subtitle"), max_length=120, blank=True)
    description = models.TextField(_("description"), blank=True)
    hosts = models.TextField(_("hosts"), blank=True, help_text=_("One a line."))
    host_note = models.TextField(_("who organizes, in a sentence"), blank=True)
    practical = models.JSONField(
        _("practical information"),
        default=list,
        blank=True,
        help_text=_('A list of {"question": {"vi": …, "ko": …, "en": …}, "answer": {…}}.'),
    )
    privacy = models.TextField(_("what personal data is used for"), blank=True)
    consent_wording = models.TextField(_("sentence beside the consent box"), blank=True)
    # The database counts it up when the wording changes in any language; each consent remembers the one
    # it was given to.
    consent_version = models.PositiveSmallIntegerField(_("version of the wording"), default=1)
    personal_data_months = models.PositiveSmallIntegerField(
        _("months for which personal data is kept"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_(
            "So long after the last day. Then the names, addresses and mails of those who registered "
            "are erased; the figures stay. Say the same in the text above."
        ),
    )
    cme_accreditation = models.CharField(
        _("accreditation of CME credits"),
        max_length=250,
        blank=True,
        help_text=_("Who recognizes the credits, and under which number; stands on CME certificates."),
    )
    contact_email = models.EmailField(_("contact"), blank=True)
    ticket_prefix = models.CharField(_("prefix of ticket codes"), max_length=4, default="VK")
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="forums", verbose_name=_("venue"))
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Ho_Chi_Minh", validators=[validate_zone]
    )
    second_time_zone = models.CharField(
        _("second time zone"), max_length=64, default="Asia/Seoul", validators=[validate_zone]
    )
    first_day = models.DateField(_("first day"))
    # The day of the opening; the day before may hold a courtesy meeting and the moving in.
    main_day = models.DateField(_("day of the opening"))
    last_day = models.DateField(_("last day"))
    materials_deadline = models.DateTimeField(
        _("materials until"),
        null=True,
        blank=True,
        help_text=_("Until then speakers upload slides and materials on their own page."),
    )
    # Counted up by the database with each change of the draft; open editors ask whether it has grown.
    draft_revision = models.PositiveBigIntegerField(default=0, editable=False)
    # Another one for each state of kinds of attendance, questions and purposes: written by the database.
    form_revision = models.BigIntegerField(default=0, editable=False)
    is_current = models.BooleanField(_("shown on the site"), default=False)
    is_demo = models.BooleanField(_("demonstration data"), default=False)
    # Part of the key under which finished public pages are cached.
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        ordering = ["-first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], name="forum_one_current", condition=Q(is_current=True)
            ),
            models.CheckConstraint(
                name="forum_days_in_order",
                condition=Q(first_day__lte=F("main_day"), main_day__lte=F("last_day")),
                violation_error_message=_("The days must be in order: first, opening, last."),
            ),
            models.CheckConstraint(
                name="forum_keeps_personal_data_a_while", condition=Q(personal_data_months__gte=1)
            ),
        ]

    @property
    def zone(self) -> ZoneInfo:
        """Where the forum is held; times are shown in it first."""
        return ZoneInfo(self.time_zone)

    @property
    def second_zone(self) -> ZoneInfo:
        """The guests' zone, shown second wherever a time is the point."""
        return ZoneInfo(self.second_time_zone)

    def day_at(self, now: datetime) -> date:
        """The date where the forum is held."""
        return now.astimezone(self.zone).date()

    def is_over(self, now: datetime) -> bool:
        """True when the last day has ended where it is held: nobody registers for the past."""
        return self.day_at(now) > self.last_day

    @property
    def personal_data_until(self) -> date:
        """The day on which what is known of those who registered is erased."""
        return months_later(self.last_day, self.personal_data_months)


class OpeningHours(models.Model):
    """From when to when the house is open on a day, on the forum's clock."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="opening_hours", verbose_name=_("forum"))
    day = models.DateField(_("day"))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "day"],
                name="opening_hours_once_a_day",
                violation_error_message=_("This day has opening hours already."),
            ),
            models.CheckConstraint(
                name="opening_hours_in_order",
                condition=Q(opens__lt=F("closes")),
                violation_error_message=_("The house must open before it closes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.opens:%H:%M}–{self.closes:%H:%M}"
