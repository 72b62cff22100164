"""What a kind of attendance asks beside the person's details, and the answers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.named import Named
from core.private_files import private_files
from events.models import Forum
from registrations.models.places import RegistrationType
from registrations.models.registration import Registration

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile


def answer_path(answer: Answer, filename: str) -> str:
    """Where an answer's file lies: nothing of what a person typed is in the path."""
    return f"answers/{uuid.uuid4()}{answer.suffix}"


class Question(Named):
    """A question of the registration form. ``name`` (the question) and ``help`` have three languages."""

    class Kind(models.TextChoices):
        TEXT = "text", _("one line")
        PROSE = "prose", _("several lines")
        CHOICE = "choice", _("one of several options")
        MULTIPLE = "multiple", _("any of several options")
        DATE = "date", _("a date")
        PHONE = "phone", _("a telephone number")
        FILE = "file", _("a file (PDF or picture)")
        DIETARY = "dietary", _("dietary needs")
        ACCESS = "access", _("access needs")

    # Those whose answers are chosen from options; the last two also take a line of text.
    WITH_OPTIONS = (Kind.CHOICE, Kind.MULTIPLE, Kind.DIETARY, Kind.ACCESS)

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="questions", verbose_name=_("forum"))
    types = models.ManyToManyField(
        RegistrationType,
        blank=True,
        related_name="questions",
        verbose_name=_("asked of"),
        help_text=_("Chosen none: everybody is asked."),
    )
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind.choices, default=Kind.TEXT)
    name = models.CharField(_("question"), max_length=200)
    help = models.CharField(_("explanation"), max_length=300, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_active = models.BooleanField(_("is asked"), default=True)
    # Asked only when one of these options of an earlier question was chosen.
    depends_on = models.ManyToManyField(
        "registrations.QuestionOption",
        blank=True,
        related_name="unlocks",
        verbose_name=_("asked only after"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "id"]


class QuestionOption(Named):
    """An answer that can be chosen. ``name`` has three languages."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options", verbose_name=_("question"))
    name = models.CharField(_("option"), max_length=160)
    is_active = models.BooleanField(_("can be chosen"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["position", "id"]


class Answer(models.Model):
    """What one person answered: a text (dates as ``2026-11-23``, telephones as E.164), options or a file."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="answers", verbose_name=_("registration")
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("question"))
    text = models.TextField(_("text"), blank=True)
    options = models.ManyToManyField(
        QuestionOption, blank=True, related_name="answers", verbose_name=_("options")
    )
    file = models.FileField(_("file"), upload_to=answer_path, storage=private_files, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    suffix = models.CharField(max_length=8, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__position", "question_id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="answer_once"),
            models.CheckConstraint(name="answer_file_has_name", condition=Q(file="") | ~Q(file_name="")),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.text or self.file_name}"

    @property
    def stored_file(self) -> FieldFile | None:
        """The file, if the answer is one."""
        return self.file or None
