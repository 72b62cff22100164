"""One mail to one reader, from decision to delivery."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Now, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.folding import fold
from core.i18n import NATIVE_NAMES
from outbox import kinds


class MessageQuerySet(models.QuerySet["Message"]):
    """What is due, and who holds it."""

    def due(self) -> MessageQuerySet:
        """Messages to send now: queued and their time has come, or claimed by a worker that died.

        Compared with the database's clock: the clocks of several workers need not agree.
        """
        return self.filter(
            Q(status=Message.Status.QUEUED, next_attempt_at__lte=Now())
            | Q(status=Message.Status.SENDING, lease_until__lt=Now())
        )

    def held(self, lease: uuid.UUID | None) -> MessageQuerySet:
        """Messages that the worker with this ``lease`` has claimed and that nobody took over since."""
        return self.filter(status=Message.Status.SENDING, lease=lease)


class Message(models.Model):
    """One mail to one reader.

    Life: queued → sending (claimed with a lease) → sent, or back to queued with a later
    ``next_attempt_at``, or failed with the mail server's words; or withdrawn before it went. Only
    ``outbox.services``, ``outbox.delivery`` and ``outbox.withdrawing`` change ``status``.

    ``context`` is a snapshot of JSON values: a mail says what was true when it was decided. It never
    holds a secret link; renderers build links from ids when they render.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        WITHDRAWN = "withdrawn", pgettext_lazy("mail", "withdrawn")

    class Problem(models.TextChoices):
        """What went wrong at the last try; ``last_error`` has the words of the server or the program."""

        AWAY = "away", _("The mail server could not be reached.")
        DEFERRED = "deferred", _("The mail server did not take it and may do so later.")
        REFUSED = "refused", _("The mail server refused it for good.")
        UNKNOWN = "unknown", _("This version of the site does not know the kind of mail.")
        UNWRITABLE = "unwritable", _("The mail could not be written.")
        INTERRUPTED = "interrupted", _("The worker ended again and again while sending it.")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    recipient = models.EmailField(_("recipient"), max_length=254)
    recipient_name = models.CharField(_("recipient's name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    context = models.JSONField(_("context"), default=dict)
    # The forum it speaks of, by number and without a foreign key: the outbox stands below the events.
    # None for what concerns an account alone, such as a sign-in code.
    forum_id = models.BigIntegerField(_("forum"), null=True, blank=True, editable=False)
    subject = models.CharField(
        _("subject"),
        max_length=300,
        blank=True,
        help_text=_("As it was rendered at the last attempt."),
    )
    # Name and address without case and accents, for the organizers' search.
    search_text = models.TextField(blank=True, editable=False)
    # What makes a repeated decision one mail: "registration.confirmed:<id>:<link version>".
    dedupe_key = models.CharField(_("dedupe key"), max_length=200, unique=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.QUEUED, editable=False
    )
    # How often it was handed to the mail server. A server that cannot be reached costs no attempt.
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    # The database sets it and compares it: the clocks of web and worker need not agree.
    next_attempt_at = models.DateTimeField(_("next attempt"), db_default=Now(), editable=False)
    lease = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    problem = models.CharField(
        _("problem"), max_length=12, choices=Problem.choices, blank=True, editable=False
    )
    last_error = models.TextField(_("last error"), blank=True, editable=False)
    resent_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resends",
        editable=False,
        verbose_name=_("sent again from"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at"]
        # Nobody adds, edits or deletes a message by hand.
        default_permissions = ("view",)
        permissions = [
            ("resend_message", _("Can send a message again")),
            ("view_message_of_no_forum", _("Can see messages that belong to no forum")),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="outbox_due",
                condition=Q(status__in=["queued", "sending"]),
            ),
            models.Index(fields=["-created_at"], name="outbox_recent"),
            models.Index(fields=["forum_id", "-created_at"], name="outbox_in_forum"),
            # The overview counts what is not sent; nearly all rows are.
            models.Index(
                fields=["forum_id", "status", "created_at"],
                name="outbox_unsent",
                condition=~Q(status="sent"),
            ),
            # The admin's search: a part of the address or the name without accents, or of the subject.
            GinIndex(
                OpClass("search_text", name="gin_trgm_ops"),
                OpClass(Upper("subject"), name="gin_trgm_ops"),
                name="outbox_search_folded",
            ),
            # The mails about one registration.
            models.Index(
                KeyTextTransform("registration", "context"),
                "created_at",
                name="outbox_about_registration",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_sent_has_time",
                condition=Q(status="sent", sent_at__isnull=False) | ~Q(status="sent"),
            ),
            models.CheckConstraint(
                name="outbox_sending_has_lease",
                condition=Q(status="sending", lease__isnull=False, lease_until__isnull=False)
                | ~Q(status="sending"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject or self.kind_title} → {self.recipient}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row with what organizers search it by."""
        if self._state.adding:
            self.search_text = self.searched_by()
        super().save(*args, **kwargs)

    @property
    def kind_title(self) -> str:
        """What organizers call this kind of mail, in the active language."""
        return kinds.title_of(self.kind)

    @property
    def is_settled(self) -> bool:
        """True when nothing more happens by itself: it was sent, or given up."""
        return self.status in {self.Status.SENT, self.Status.FAILED, self.Status.WITHDRAWN}

    def searched_by(self) -> str:
        """Return the texts by which the row is found; whoever writes one past ``save`` writes them too."""
        return fold(f"{self.recipient_name} {self.recipient}")


class WordingOverride(models.Model):
    """How one forum says an automatic mail in one language, where it says it in its own words.

    Only the subject, the paragraphs before the facts and those after them can be said otherwise
    (docs/decisions/own-words-in-mails.md). What is empty is said in the built-in words. Rows stay when
    they are reset, so that their history does.
    """

    # By number, as in Message.
    forum_id = models.BigIntegerField(_("forum"), editable=False)
    kind = models.CharField(_("kind"), max_length=80, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, editable=False)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    opening = models.TextField(_("opening"), blank=True)
    closing = models.TextField(_("closing"), blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("wording of a mail")
        verbose_name_plural = _("wording of mails")
        ordering = ["kind", "language"]
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["forum_id", "kind", "language"], name="wording_override_once"),
        ]

    def __str__(self) -> str:
        return f"{kinds.title_of(self.kind)} · {NATIVE_NAMES[self.language]}"

    @property
    def texts(self) -> dict[str, str]:
        """What is said otherwise, by part."""
        return {"subject": self.subject, "opening": self.opening, "closing": self.closing}

    @property
    def is_empty(self) -> bool:
        """True when everything is said in the built-in words."""
        return not any(self.texts.values())
