"""Visitors whose badge an exhibitor scanned. Who they are is read from their registration, each time anew.

A lead keeps nothing of the person but what the exhibitor's staff wrote. So there is one place to correct, to
hide and to erase, and a consent that was taken back cannot leave a copy here.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Exhibitor
from leads.models.scanner import LeadScanner
from registrations.models import Consent, Registration
from registrations.models.codes import random_letters
from registrations.models.consents import Purpose

# Ten of 23 signs are 45 bits. Whoever guesses one sees that somebody is asked by an exhibitor, not who.
KEY_LENGTH = 10
LONGEST_NOTE = 2000
LONGEST_TAG = 30
MOST_TAGS = 12


def new_key() -> str:
    """Return a fresh word for the link that an exhibitor's screen shows."""
    return random_letters(KEY_LENGTH)


class LeadState(models.TextChoices):
    """What an exhibitor may see of a lead now."""

    OPEN = "open", _("contact shared")
    SEALED = "sealed", _("not confirmed yet")
    DECLINED = "declined", _("not shared")
    WITHDRAWN = "withdrawn", _("taken back")
    ERASED = "erased", _("erased")


class LeadQuerySet(models.QuerySet["Lead"]):
    """Leads as they stand: a state is no column, it follows from what the visitor agrees to."""

    def with_state(self) -> LeadQuerySet:
        """Annotate ``state`` (a :class:`LeadState`) and ``taken_back_at``, when the standing consent ended.

        What a visitor said about this exhibitor goes before what she agreed to about all of them.
        """
        standing = Consent.objects.filter(registration=OuterRef("registration"), kind=Purpose.EXHIBITORS)
        ended = standing.filter(withdrawn_at__gte=OuterRef("first_at")).order_by("-withdrawn_at")
        answer = Lead.Answer
        return self.annotate(
            agrees=Exists(standing.filter(withdrawn_at=None)),
            taken_back_at=Subquery(ended.values("withdrawn_at")[:1]),
            state=Case(
                When(registration__erased_at__isnull=False, then=Value(LeadState.ERASED.value)),
                When(answer=answer.NO, then=Value(LeadState.DECLINED.value)),
                When(answer=answer.WITHDRAWN, then=Value(LeadState.WITHDRAWN.value)),
                When(Q(answer=answer.YES) | Q(agrees=True), then=Value(LeadState.OPEN.value)),
                When(taken_back_at__isnull=False, then=Value(LeadState.WITHDRAWN.value)),
                default=Value(LeadState.SEALED.value),
                output_field=models.CharField(),
            ),
        )


class Lead(models.Model):
    """One visitor whom one exhibitor met, however often. ``number`` counts the exhibitor's leads."""

    class Answer(models.TextChoices):
        """What the visitor said about this exhibitor."""

        NONE = "", _("nothing yet")
        YES = "yes", _("yes")
        NO = "no", _("no")
        WITHDRAWN = "withdrawn", _("taken back")

    class Rating(models.IntegerChoices):
        LITTLE = 1, _("little interest")
        SOME = 2, _("interested")
        MUCH = 3, _("very interested")

    exhibitor = models.ForeignKey(
        Exhibitor, models.PROTECT, related_name="leads", verbose_name=_("exhibitor")
    )
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="leads", verbose_name=_("registration")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    first_at = models.DateTimeField(_("first scan"), editable=False)
    last_at = models.DateTimeField(_("last scan"), editable=False)
    answer = models.CharField(
        _("the visitor’s answer"), max_length=9, choices=Answer.choices, blank=True, editable=False
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    # When she was asked by mail; once for each lead.
    asked_at = models.DateTimeField(_("asked by mail"), null=True, blank=True, editable=False)
    rating = models.PositiveSmallIntegerField(_("rating"), choices=Rating.choices, null=True, blank=True)
    tags = ArrayField(
        models.CharField(max_length=LONGEST_TAG), verbose_name=_("tags"), default=list, blank=True
    )
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)
    # {"<id of the question>": ["the words of an answer", …]}
    answers = models.JSONField(_("quick questions"), default=dict, blank=True)
    # Counted up with each change, so that two people who edit one lead notice each other.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LeadQuerySet.as_manager()

    # Annotated by with_state.
    state: str
    taken_back_at: Any

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering = ["-last_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "registration"], name="lead_once"),
            models.UniqueConstraint(fields=["exhibitor", "number"], name="lead_number_once"),
            models.CheckConstraint(
                name="lead_rating", condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=3)
            ),
            models.CheckConstraint(
                name="lead_answered_at", condition=Q(answer="") | Q(answered_at__isnull=False)
            ),
            models.CheckConstraint(name="lead_ends_after_beginning", condition=Q(last_at__gte=F("first_at"))),
        ]
        indexes = [models.Index(fields=["exhibitor", "-last_at"], name="lead_recent")]

    def __str__(self) -> str:
        # Without a name: this stands in the audit trail, which outlives the personal data.
        return f"{self.exhibitor} · {self.number}"

    @property
    def forum_id(self) -> int:
        """The forum of its exhibition."""
        return self.exhibitor.forum_id


class LeadVisit(models.Model):
    """One scan of a badge. The scanner names it, so that sending it twice is once."""

    id = models.UUIDField(primary_key=True, editable=False)
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="visits", verbose_name=_("lead"))
    scanner = models.ForeignKey(
        LeadScanner,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("lead scanner"),
    )
    # By the server's clock; what the telephone's clock said stands beside it.
    at = models.DateTimeField(_("scanned"))
    device_at = models.DateTimeField(_("scanned, by the device’s clock"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    is_offline = models.BooleanField(_("without network"), default=False)
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)
    # Which of the telephone's edits of this scan is in the lead already.
    edit = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("visit at a booth")
        verbose_name_plural = _("visits at booths")
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.lead)


class LeadQuestion(models.Model):
    """What an exhibitor's staff tick after a talk. In the exhibitor's own words, in one language."""

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("yes or no")
        SINGLE = "single", _("one of several")
        MULTI = "multi", _("any of several")

    exhibitor = models.ForeignKey(
        Exhibitor, models.CASCADE, related_name="lead_questions", verbose_name=_("exhibitor")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.YES_NO)
    text = models.CharField(_("question"), max_length=160)
    options = ArrayField(
        models.CharField(max_length=80), verbose_name=_("answers to choose from"), default=list, blank=True
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("is asked"), default=True)

    class Meta:
        verbose_name = _("quick question")
        verbose_name_plural = _("quick questions")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="lead_question_has_options",
                condition=Q(kind="yes_no") | Q(options__len__gte=2),
                violation_error_message=_("Please give at least two answers to choose from."),
            )
        ]

    def __str__(self) -> str:
        return self.text
