"""What exhibitors have to do by when, and how far each of them is."""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.named import Named
from core.private_files import private_files
from events.models import Forum
from exhibitors.models.exhibitor import Exhibitor
from exhibitors.models.hall import BoothType


class ExhibitorTask(Named):
    """Something that exhibitors do by a moment. ``name`` and ``explanation`` have three languages.

    Without ``types`` it is for all booths. Tasks of the kinds in ``BY_FACTS`` are done as soon as the facts
    say so; what is handed in for the others waits for organizers, unless ``is_checked`` is off.
    """

    class Kind(models.TextChoices):
        LOGO = "logo", _("logo")
        DESCRIPTION = "description", _("description in three languages")
        PRODUCTS = "products", _("products")
        STAFF = "staff", _("names of the staff")
        DELIVERY = "delivery", _("delivery of material")
        INSURANCE = "insurance", _("certificate of insurance")
        UPLOAD = "upload", _("a file")
        TICK = "tick", _("a tick")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="exhibitor_tasks", verbose_name=_("forum"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("title"), max_length=120)
    explanation = models.TextField(_("explanation"), blank=True)
    due_at = models.DateTimeField(_("deadline"))
    types = models.ManyToManyField(
        BoothType,
        related_name="tasks",
        blank=True,
        verbose_name=_("booth types"),
        help_text=_("Empty means for all of them."),
    )
    is_required = models.BooleanField(
        _("required"),
        default=True,
        help_text=_("A voluntary task is never late and nobody is reminded of it."),
    )
    is_checked = models.BooleanField(
        _("organizers look at it"),
        default=True,
        help_text=_("Otherwise it is done with what the exhibitor hands in."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("task of exhibitors")
        verbose_name_plural = _("tasks of exhibitors")
        ordering = ["due_at", "position", "id"]


# Done by themselves; of these, names of the staff are known to an app above, which says how far they are.
BY_FACTS: Final = frozenset(
    {
        ExhibitorTask.Kind.LOGO,
        ExhibitorTask.Kind.DESCRIPTION,
        ExhibitorTask.Kind.PRODUCTS,
        ExhibitorTask.Kind.STAFF,
    }
)
WITH_FILE: Final = frozenset({ExhibitorTask.Kind.INSURANCE, ExhibitorTask.Kind.UPLOAD})


def task_file_path(entry: TaskEntry, name: str) -> str:
    """Return where a file is kept: under a random name, with the ending of what it is."""
    return f"exhibitor-tasks/{uuid.uuid4()}{name}"


class TaskEntry(models.Model):
    """How far one exhibitor is with one task, as soon as anybody did anything about it.

    ``details`` are those of a delivery. ``due_at`` is a deadline of the exhibitor's own.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("to do")
        SUBMITTED = "submitted", _("handed in")
        ACCEPTED = "accepted", _("accepted")
        SENT_BACK = "sent_back", _("sent back")

    task = models.ForeignKey(ExhibitorTask, models.CASCADE, related_name="entries", verbose_name=_("task"))
    exhibitor = models.ForeignKey(
        Exhibitor, models.CASCADE, related_name="task_entries", verbose_name=_("exhibitor")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPEN, editable=False
    )
    file = models.FileField(_("file"), upload_to=task_file_path, storage=private_files, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True, editable=False)
    content_type = models.CharField(_("type of file"), max_length=100, blank=True, editable=False)
    details = models.JSONField(_("details"), default=dict, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("handed in by"),
    )
    # Why it was sent back.
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    is_waived = models.BooleanField(_("need not be done"), default=False, editable=False)
    waive_reason = models.CharField(_("why it need not be done"), max_length=300, blank=True, editable=False)
    due_at = models.DateTimeField(_("deadline of its own"), null=True, blank=True, editable=False)
    due_reason = models.CharField(
        _("why the deadline is another one"), max_length=300, blank=True, editable=False
    )
    # Counted up with each change, so that nobody decides about what was replaced meanwhile.
    revision = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("state of a task")
        verbose_name_plural = _("states of tasks")
        ordering = ["task", "exhibitor"]
        constraints = [
            models.UniqueConstraint(fields=["task", "exhibitor"], name="task_entry_once"),
            models.CheckConstraint(
                name="task_entry_handed_in_when",
                condition=Q(status__in=["open", "sent_back"]) | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="task_entry_sent_back_why", condition=~Q(status="sent_back") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="task_entry_waived_why", condition=Q(is_waived=False) | ~Q(waive_reason="")
            ),
            models.CheckConstraint(
                name="task_entry_deadline_why", condition=Q(due_at__isnull=True) | ~Q(due_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor}: {self.task}"

    @property
    def forum_id(self) -> int:
        """The forum whose task it is."""
        return self.exhibitor.forum_id


class TaskReminder(models.Model):
    """That an exhibitor was reminded of a task: once a week before, once a day before, once when late.

    A deadline that is moved is another one, of which the exhibitor is reminded anew.
    """

    class Stage(models.TextChoices):
        WEEK = "week", _("a week before")
        DAY = "day", _("a day before")
        LATE = "late", _("when late")

    task = models.ForeignKey(ExhibitorTask, models.CASCADE, related_name="reminders")
    exhibitor = models.ForeignKey(Exhibitor, models.CASCADE, related_name="task_reminders")
    stage = models.CharField(max_length=6, choices=Stage.choices)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "exhibitor", "stage", "due_at"], name="task_reminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} {self.task_id} {self.stage}"
