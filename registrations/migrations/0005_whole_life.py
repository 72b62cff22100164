"""Quotas, approval, invitations, questions, delegations, waiting lists, doors and documents."""

import uuid

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.private_files
import registrations.models.certificates
import registrations.models.documents
import registrations.models.invitations
import registrations.models.questions


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0013_cme"),
        ("registrations", "0004_seat_bookings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        storage=core.private_files.private_files,
                        upload_to=registrations.models.questions.answer_path,
                        verbose_name="file",
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="name of the file")),
                ("suffix", models.CharField(blank=True, editable=False, max_length=8)),
                ("content_type", models.CharField(blank=True, editable=False, max_length=100)),
                (
                    "answered_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="answered"),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "ordering": ["question__position", "question_id"],
            },
        ),
        migrations.CreateModel(
            name="Broadcast",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(help_text="For organizers.", max_length=120, verbose_name="title"),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("service", "about the forum people registered for"),
                            ("news", "news and offers; only to those who agreed"),
                        ],
                        default="service",
                        max_length=10,
                        verbose_name="purpose",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=150, verbose_name="subject")),
                (
                    "subject_vi",
                    models.CharField(blank=True, max_length=150, null=True, verbose_name="subject"),
                ),
                (
                    "subject_ko",
                    models.CharField(blank=True, max_length=150, null=True, verbose_name="subject"),
                ),
                (
                    "subject_en",
                    models.CharField(blank=True, max_length=150, null=True, verbose_name="subject"),
                ),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("body_vi", models.TextField(blank=True, null=True, verbose_name="text")),
                ("body_ko", models.TextField(blank=True, null=True, verbose_name="text")),
                ("body_en", models.TextField(blank=True, null=True, verbose_name="text")),
                ("chosen", models.JSONField(blank=True, default=dict, verbose_name="group")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("scheduled", "scheduled"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("stopped", "stopped"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("send_at", models.DateTimeField(blank=True, null=True, verbose_name="send at")),
                ("total", models.PositiveIntegerField(default=0, editable=False, verbose_name="people")),
                (
                    "written",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="handed to the outbox"
                    ),
                ),
                ("cursor", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="written"
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sending began"),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="finished"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "mail to a group",
                "verbose_name_plural": "mails to groups",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("attendance", "certificate of attendance"),
                            ("cme", "certificate of continuing medical education"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=registrations.models.certificates.new_certificate_code,
                        max_length=16,
                        unique=True,
                        verbose_name="certificate code",
                    ),
                ),
                ("facts", models.JSONField(verbose_name="what it says")),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="issued")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                ("revoke_reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ["-issued_at"],
            },
        ),
        migrations.CreateModel(
            name="CheckInDevice",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("enrolment_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("enrolment_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("secret_hash", models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="added"
                    ),
                ),
                (
                    "enrolled_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="enrolled"),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="revoked"),
                ),
                (
                    "last_seen_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last seen"),
                ),
                (
                    "clock_ahead_ms",
                    models.IntegerField(default=0, editable=False, verbose_name="clock ahead (ms)"),
                ),
                (
                    "scans_waiting",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="scans not sent yet"),
                ),
            ],
            options={
                "verbose_name": "check-in device",
                "verbose_name_plural": "check-in devices",
                "ordering": ["door__position", "name"],
            },
        ),
        migrations.CreateModel(
            name="ConsentPurpose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("privacy", "use of personal data for the forum"),
                            ("exhibitors", "contact by exhibitors"),
                            ("photographs", "photographs and recordings"),
                            ("newsletter", "newsletter"),
                            ("participants", "list of participants"),
                        ],
                        max_length=12,
                        verbose_name="purpose",
                    ),
                ),
                ("wording", models.TextField(verbose_name="wording")),
                ("wording_vi", models.TextField(null=True, verbose_name="wording")),
                ("wording_ko", models.TextField(null=True, verbose_name="wording")),
                ("wording_en", models.TextField(null=True, verbose_name="wording")),
                (
                    "version",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="version of the wording"
                    ),
                ),
                ("is_offered", models.BooleanField(default=True, verbose_name="asked on the form")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "purpose of consent",
                "verbose_name_plural": "purposes of consent",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name of the delegation")),
                ("country", models.CharField(max_length=2, verbose_name="country (ISO 3166)")),
                ("lead_name", models.CharField(max_length=120, verbose_name="name of the lead")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail of the lead")),
                (
                    "language",
                    models.CharField(
                        choices=[("vi", "Vietnamese"), ("ko", "Korean"), ("en", "English")],
                        max_length=2,
                        verbose_name="language of mails",
                    ),
                ),
                (
                    "precedence",
                    models.PositiveSmallIntegerField(
                        default=100,
                        help_text="Smaller numbers come first.",
                        verbose_name="order of precedence",
                    ),
                ),
                (
                    "max_members",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Registered, waiting and reserved together.",
                        verbose_name="most members",
                    ),
                ),
                (
                    "replacements_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty means until the forum begins.",
                        null=True,
                        verbose_name="members may be replaced until",
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="For organizers.", verbose_name="note")),
                ("link_version", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("form_token", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="made"
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed"),
                ),
                (
                    "erased_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="personal data erased"
                    ),
                ),
            ],
            options={
                "verbose_name": "delegation",
                "verbose_name_plural": "delegations",
                "ordering": ["precedence", "name", "created_at"],
            },
        ),
        migrations.CreateModel(
            name="DocumentBatch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("badges", "badges"),
                            ("tickets", "tickets"),
                            ("certificates", "certificates"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("layout", models.CharField(blank=True, max_length=20, verbose_name="paper")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("vi", "Vietnamese"), ("ko", "Korean"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("chosen", models.JSONField(default=list)),
                ("total", models.PositiveIntegerField(default=0, verbose_name="how many")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="made")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("working", "being made"),
                            ("ready", "ready"),
                            ("failed", "failed"),
                            ("stopped", "stopped"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="what went wrong")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        storage=core.private_files.private_files,
                        upload_to=registrations.models.documents.batch_path,
                        verbose_name="file",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for"),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                (
                    "expires_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="can be fetched until"),
                ),
            ],
            options={
                "verbose_name": "file of documents",
                "verbose_name_plural": "files of documents",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Door",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="short name in addresses")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("name_vi", models.CharField(max_length=120, null=True, verbose_name="name")),
                ("name_ko", models.CharField(max_length=120, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=120, null=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("main", "main entrance"),
                            ("room", "session room"),
                            ("exhibition", "exhibition"),
                            ("vip", "guests of honour"),
                        ],
                        default="main",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: that of the room, if any.",
                        null=True,
                        verbose_name="most people inside",
                    ),
                ),
                ("allows_re_entry", models.BooleanField(default=True, verbose_name="may be entered again")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("inside", models.PositiveIntegerField(default=0, editable=False, verbose_name="inside now")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "door",
                "verbose_name_plural": "doors",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=registrations.models.invitations.new_invitation_code,
                        max_length=32,
                        verbose_name="code",
                    ),
                ),
                (
                    "max_uses",
                    models.PositiveIntegerField(
                        default=1,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="how often",
                    ),
                ),
                ("uses", models.PositiveIntegerField(default=0, editable=False, verbose_name="used")),
                (
                    "places",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="places taken with it"
                    ),
                ),
                (
                    "reserves_places",
                    models.BooleanField(default=False, verbose_name="holds the places that are left"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="may be used")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="valid until")),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="For organizers.", max_length=200, verbose_name="note"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("vi", "Vietnamese"), ("ko", "Korean"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "precedence",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="order of precedence"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="made"
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent")),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PriorityClass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(help_text="For organizers.", max_length=120, verbose_name="name")),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        help_text="Smaller numbers come first. Without a class the rank is 100.",
                        verbose_name="rank",
                    ),
                ),
            ],
            options={
                "verbose_name": "priority class",
                "verbose_name_plural": "priority classes",
                "ordering": ["rank"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "one line"),
                            ("prose", "several lines"),
                            ("choice", "one of several options"),
                            ("multiple", "any of several options"),
                            ("date", "a date"),
                            ("phone", "a telephone number"),
                            ("file", "a file (PDF or picture)"),
                            ("dietary", "dietary needs"),
                            ("access", "access needs"),
                        ],
                        default="text",
                        max_length=10,
                        verbose_name="kind of answer",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="question")),
                ("name_vi", models.CharField(max_length=200, null=True, verbose_name="question")),
                ("name_ko", models.CharField(max_length=200, null=True, verbose_name="question")),
                ("name_en", models.CharField(max_length=200, null=True, verbose_name="question")),
                ("help", models.CharField(blank=True, max_length=300, verbose_name="explanation")),
                (
                    "help_vi",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="explanation"),
                ),
                (
                    "help_ko",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="explanation"),
                ),
                (
                    "help_en",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="explanation"),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                ("is_active", models.BooleanField(default=True, verbose_name="is asked")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="QuestionOption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="option")),
                ("name_vi", models.CharField(max_length=160, null=True, verbose_name="option")),
                ("name_ko", models.CharField(max_length=160, null=True, verbose_name="option")),
                ("name_en", models.CharField(max_length=160, null=True, verbose_name="option")),
                ("is_active", models.BooleanField(default=True, verbose_name="can be chosen")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "option",
                "verbose_name_plural": "options",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(help_text="For organizers.", max_length=120, verbose_name="name")),
                ("capacity", models.PositiveIntegerField(verbose_name="places")),
                (
                    "taken",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="places taken"),
                ),
                (
                    "held",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="places held for invitations"
                    ),
                ),
            ],
            options={
                "verbose_name": "shared quota",
                "verbose_name_plural": "shared quotas",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(blank=True, max_length=16, verbose_name="ticket code")),
                (
                    "direction",
                    models.CharField(
                        choices=[("in", "in"), ("out", "out")], max_length=3, verbose_name="direction"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("camera", "camera"), ("typed", "typed"), ("list", "found in the list")],
                        max_length=6,
                        verbose_name="how",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("admitted", "welcome"),
                            ("left", "has left"),
                            ("already_in", "is inside already"),
                            ("not_in", "was not inside"),
                            ("no_re_entry", "has been inside already"),
                            ("wrong_day", "not valid today"),
                            ("wrong_door", "not valid at this door"),
                            ("no_seat", "no seat in this session"),
                            ("full", "the room is full"),
                            ("cancelled", "cancelled"),
                            ("not_confirmed", "not confirmed"),
                            ("replaced", "an older ticket; a newer one was sent"),
                            ("forged", "not a genuine ticket"),
                            ("unknown", "unknown"),
                        ],
                        max_length=14,
                        verbose_name="answer",
                    ),
                ),
                (
                    "told",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("admitted", "welcome"),
                            ("left", "has left"),
                            ("already_in", "is inside already"),
                            ("not_in", "was not inside"),
                            ("no_re_entry", "has been inside already"),
                            ("wrong_day", "not valid today"),
                            ("wrong_door", "not valid at this door"),
                            ("no_seat", "no seat in this session"),
                            ("full", "the room is full"),
                            ("cancelled", "cancelled"),
                            ("not_confirmed", "not confirmed"),
                            ("replaced", "an older ticket; a newer one was sent"),
                            ("forged", "not a genuine ticket"),
                            ("unknown", "unknown"),
                        ],
                        max_length=14,
                        verbose_name="told at the door",
                    ),
                ),
                ("is_offline", models.BooleanField(default=False, verbose_name="without network")),
                ("at", models.DateTimeField(verbose_name="scanned")),
                (
                    "device_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="scanned, by the device’s clock"
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="received"),
                ),
            ],
            options={
                "verbose_name": "scan",
                "verbose_name_plural": "scans",
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="SeatWait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=100, verbose_name="rank")),
                (
                    "since",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="waiting since"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("offered", "seat offered"),
                            ("left", "left the list"),
                            ("expired", "offer expired"),
                            ("closed", "the session began or takes no bookings any more"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
            ],
            options={
                "verbose_name": "wait for a seat",
                "verbose_name_plural": "waits for seats",
                "ordering": ["rank", "since", "id"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left")),
                (
                    "left_by_itself",
                    models.BooleanField(default=False, verbose_name="not scanned when leaving"),
                ),
            ],
            options={
                "verbose_name": "visit",
                "verbose_name_plural": "visits",
                "ordering": ["-entered_at"],
            },
        ),
        migrations.AlterModelOptions(
            name="consent",
            options={
                "ordering": ["agreed_at", "id"],
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
            },
        ),
        migrations.RemoveConstraint(
            model_name="consent",
            name="consent_once",
        ),
        migrations.RemoveConstraint(
            model_name="registration",
            name="registration_one_live_per_email",
        ),
        migrations.RemoveConstraint(
            model_name="registration",
            name="registration_one_live_per_form",
        ),
        migrations.RemoveConstraint(
            model_name="registration",
            name="registration_cancelled_has_time",
        ),
        migrations.RemoveConstraint(
            model_name="registrationtype",
            name="registration_type_not_oversold",
        ),
        migrations.AddField(
            model_name="consent",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
        ),
        migrations.AddField(
            model_name="registration",
            name="arrived_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="arrived"),
        ),
        migrations.AddField(
            model_name="registration",
            name="decided_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided"),
        ),
        migrations.AddField(
            model_name="registration",
            name="job_title",
            field=models.CharField(blank=True, max_length=120, verbose_name="position"),
        ),
        migrations.AddField(
            model_name="registration",
            name="latin_name",
            field=models.CharField(
                blank=True,
                help_text="As in the passport.",
                max_length=120,
                verbose_name="name in Latin letters",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="offer_until",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="offered until"),
        ),
        migrations.AddField(
            model_name="registration",
            name="precedence",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="order of precedence"),
        ),
        migrations.AddField(
            model_name="registration",
            name="search_text",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="registration",
            name="took_over_from",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handed_on_to",
                to="registrations.registration",
                verbose_name="took over from",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="waiting_rank",
            field=models.PositiveSmallIntegerField(default=100, editable=False, verbose_name="rank"),
        ),
        migrations.AddField(
            model_name="registration",
            name="waiting_since",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="waiting since"),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="colour",
            field=models.CharField(
                default="#0f6b74",
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A#[0-9a-f]{6}\\Z", "A colour is written as #0f6b74."
                    )
                ],
                verbose_name="colour on the badge",
            ),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="currency",
            field=models.CharField(
                blank=True,
                choices=[("VND", "VND"), ("KRW", "KRW"), ("USD", "USD")],
                max_length=3,
                verbose_name="currency",
            ),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="has_waiting_list",
            field=models.BooleanField(default=True, verbose_name="keeps a waiting list when it is full"),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="held",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="places held for invitations"
            ),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="needs_approval",
            field=models.BooleanField(
                default=False,
                help_text="An application takes no place until it is approved.",
                verbose_name="an organizer approves each one",
            ),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="offer_hours",
            field=models.PositiveSmallIntegerField(
                default=48,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(720),
                ],
                verbose_name="hours in which an offered place must be accepted",
            ),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="price",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Not shown and not charged while the forum is free.",
                max_digits=14,
                null=True,
                verbose_name="price",
            ),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="valid_from",
            field=models.DateField(
                blank=True,
                help_text="Empty means the whole forum.",
                null=True,
                verbose_name="first day of admission",
            ),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="valid_until",
            field=models.DateField(blank=True, null=True, verbose_name="last day of admission"),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("public", "everybody"),
                    ("invited", "only with an invitation code"),
                    ("organizers", "only organizers choose it"),
                ],
                default="public",
                max_length=10,
                verbose_name="who may choose it",
            ),
        ),
        migrations.AddField(
            model_name="seatbooking",
            name="offer_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="offered until"),
        ),
        migrations.AlterField(
            model_name="consent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("privacy", "use of personal data for the forum"),
                    ("exhibitors", "contact by exhibitors"),
                    ("photographs", "photographs and recordings"),
                    ("newsletter", "newsletter"),
                    ("participants", "list of participants"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="registration",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
        ),
        migrations.AlterField(
            model_name="registration",
            name="status",
            field=models.CharField(
                choices=[
                    ("pending", "waiting for approval"),
                    ("waiting", "on the waiting list"),
                    ("offered", "place offered"),
                    ("confirmed", "confirmed"),
                    ("cancelled", "cancelled"),
                    ("declined", "declined"),
                    ("expired", "offer expired"),
                ],
                default="confirmed",
                editable=False,
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("registration", "kind"),
                name="consent_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    ("withdrawn_at__gte", models.F("agreed_at")),
                    _connector="OR",
                ),
                name="consent_withdrawn_after_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatbooking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("offer_until__isnull", True), ("released_at__isnull", True), _connector="OR"
                ),
                name="seat_offer_is_live",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="registration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="registrations.registration",
                verbose_name="registration",
            ),
        ),
        migrations.AddField(
            model_name="broadcast",
            name="created_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="written by",
            ),
        ),
        migrations.AddField(
            model_name="broadcast",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="broadcasts",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="issued_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="issued by",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="registration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="registrations.registration",
                verbose_name="registration",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="registrations.certificate",
                verbose_name="instead of",
            ),
        ),
        migrations.AddField(
            model_name="checkindevice",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="added by",
            ),
        ),
        migrations.AddField(
            model_name="checkindevice",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="check_in_devices",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="consentpurpose",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="consent_purposes",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegations",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="delegations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="account",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="delegation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="registrations.delegation",
                verbose_name="delegation",
            ),
        ),
        migrations.AddField(
            model_name="documentbatch",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked for by",
            ),
        ),
        migrations.AddField(
            model_name="documentbatch",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="batches",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="door",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="doors",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="door",
            name="room",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="doors",
                to="events.room",
                verbose_name="room",
            ),
        ),
        migrations.AddField(
            model_name="door",
            name="types",
            field=models.ManyToManyField(
                blank=True,
                help_text="Chosen none: to everybody with a ticket.",
                related_name="doors",
                to="registrations.registrationtype",
                verbose_name="open to",
            ),
        ),
        migrations.AddField(
            model_name="checkindevice",
            name="door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="devices",
                to="registrations.door",
                verbose_name="door",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="delegation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="registrations.delegation",
                verbose_name="delegation",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hand_overs",
                to="registrations.registration",
                verbose_name="instead of",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="registrations.registrationtype",
                verbose_name="type of attendance",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="invitation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="registrations",
                to="registrations.invitation",
                verbose_name="invitation",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("search_text", name="gin_trgm_ops"),
                name="registration_search_folded",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("status", "waiting")),
                fields=["type", "waiting_rank", "waiting_since", "id"],
                name="registration_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("status", "offered")), fields=["offer_until"], name="registration_offers"
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("status", "pending")),
                fields=["forum", "created_at"],
                name="registration_to_decide",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                models.F("forum"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(
                    ("status__in", ("pending", "waiting", "offered", "confirmed")),
                    models.Q(("email", ""), _negated=True),
                ),
                name="registration_one_live_per_email",
                violation_error_message="This address is already registered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("pending", "waiting", "offered", "confirmed"))),
                fields=("form_token",),
                name="registration_one_live_per_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cancelled_at__isnull", False), ("status__in", ("cancelled", "declined", "expired"))
                    ),
                    models.Q(
                        ("cancelled_at__isnull", True),
                        ("status__in", ("pending", "waiting", "offered", "confirmed")),
                    ),
                    _connector="OR",
                ),
                name="registration_cancelled_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "waiting"), _negated=True),
                    ("waiting_since__isnull", False),
                    _connector="OR",
                ),
                name="registration_waits_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("offer_until__isnull", False), ("status", "offered")),
                    models.Q(models.Q(("status", "offered"), _negated=True), ("offer_until__isnull", True)),
                    _connector="OR",
                ),
                name="registration_offer_has_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email", ""), _negated=True), ("delegation__isnull", False), _connector="OR"
                ),
                name="registration_without_email_in_delegation",
            ),
        ),
        migrations.AddField(
            model_name="priorityclass",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="priority_classes",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="priority_class",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registrations.priorityclass",
                verbose_name="class on waiting lists",
            ),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="priority_class",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registrations.priorityclass",
                verbose_name="class on waiting lists",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="types",
            field=models.ManyToManyField(
                blank=True,
                help_text="Chosen none: everybody is asked.",
                related_name="questions",
                to="registrations.registrationtype",
                verbose_name="asked of",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="registrations.question",
                verbose_name="question",
            ),
        ),
        migrations.AddField(
            model_name="questionoption",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="options",
                to="registrations.question",
                verbose_name="question",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="depends_on",
            field=models.ManyToManyField(
                blank=True,
                related_name="unlocks",
                to="registrations.questionoption",
                verbose_name="asked only after",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="options",
            field=models.ManyToManyField(
                blank=True, related_name="answers", to="registrations.questionoption", verbose_name="options"
            ),
        ),
        migrations.AddField(
            model_name="quota",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="quotas",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="registrationtype",
            name="quota",
            field=models.ForeignKey(
                blank=True,
                help_text="Places that this kind shares with others, beside its own limit.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="types",
                to="registrations.quota",
                verbose_name="shared quota",
            ),
        ),
        migrations.AddConstraint(
            model_name="registrationtype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("capacity__isnull", True),
                    (
                        "taken__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("capacity"), "-", models.F("held")
                        ),
                    ),
                    _connector="OR",
                ),
                name="registration_type_not_oversold",
                violation_error_message="There are more registrations than places.",
            ),
        ),
        migrations.AddConstraint(
            model_name="registrationtype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_from__lte", models.F("valid_until")),
                    _connector="OR",
                ),
                name="registration_type_valid_days",
                violation_error_message="The last day of admission must not be before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="registrationtype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("price__isnull", True),
                    models.Q(("price__gte", 0), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="registration_type_price_has_currency",
                violation_error_message="A price is not negative and has a currency.",
            ),
        ),
        migrations.AddConstraint(
            model_name="registrationtype",
            constraint=models.CheckConstraint(
                condition=models.Q(("offer_hours__gte", 1), ("offer_hours__lte", 720)),
                name="registration_type_offer_hours",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="device",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="scans",
                to="registrations.checkindevice",
                verbose_name="check-in device",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scans",
                to="registrations.door",
                verbose_name="door",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="scans",
                to="events.forum",
                verbose_name="forum",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="registration",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="scans",
                to="registrations.registration",
                verbose_name="registration",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="account",
            ),
        ),
        migrations.AddField(
            model_name="seatwait",
            name="registration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="seat_waits",
                to="registrations.registration",
                verbose_name="registration",
            ),
        ),
        migrations.AddField(
            model_name="seatwait",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="seat_waits",
                to="events.session",
                verbose_name="session",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="registrations.door",
                verbose_name="door",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="entry",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="visit_begun",
                to="registrations.scan",
                verbose_name="entry",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="exit",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="visit_ended",
                to="registrations.scan",
                verbose_name="exit",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="registration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="visits",
                to="registrations.registration",
                verbose_name="registration",
            ),
        ),
        migrations.AddConstraint(
            model_name="broadcast",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "scheduled"), _negated=True),
                    ("send_at__isnull", False),
                    _connector="OR",
                ),
                name="broadcast_scheduled_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("registration", "kind"),
                name="certificate_one_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentpurpose",
            constraint=models.UniqueConstraint(fields=("forum", "kind"), name="consent_purpose_once"),
        ),
        migrations.AddConstraint(
            model_name="consentpurpose",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "privacy"), _negated=True), name="consent_purpose_optional"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("max_members__gte", 1)), name="delegation_has_room"
            ),
        ),
        migrations.AddConstraint(
            model_name="documentbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("done__lte", models.F("total"))), name="batch_done_within_total"
            ),
        ),
        migrations.AddConstraint(
            model_name="door",
            constraint=models.UniqueConstraint(fields=("forum", "slug"), name="door_slug_in_forum"),
        ),
        migrations.AddConstraint(
            model_name="door",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "room"), _negated=True), ("room__isnull", False), _connector="OR"
                ),
                name="door_of_room_has_room",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityclass",
            constraint=models.UniqueConstraint(fields=("forum", "rank"), name="priority_class_rank_in_forum"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                models.F("forum"),
                django.db.models.functions.text.Upper("code"),
                name="invitation_code_in_forum",
                violation_error_message="This code exists already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("uses__lte", models.F("max_uses"))),
                name="invitation_not_overused",
                violation_error_message="This code was used more often than that already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("places__lte", models.F("uses"))), name="invitation_places_are_uses"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("max_uses__gte", 1)), name="invitation_used_at_least_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True), ("replaces__isnull", False)),
                fields=("replaces",),
                name="invitation_one_hand_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("registration", "question"), name="answer_once"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("file", ""), models.Q(("file_name", ""), _negated=True), _connector="OR"),
                name="answer_file_has_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.UniqueConstraint(fields=("forum", "name"), name="quota_name_in_forum"),
        ),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "taken__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("capacity"), "-", models.F("held")
                        ),
                    )
                ),
                name="quota_not_oversold",
                violation_error_message="There are more registrations than places.",
            ),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(fields=["door", "-at"], name="scan_recent_at_door"),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(fields=["forum", "-at"], name="scan_recent"),
        ),
        migrations.AddIndex(
            model_name="seatwait",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["session", "rank", "since", "id"],
                name="seat_queue",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatwait",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("registration", "session"),
                name="seat_wait_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatwait",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("outcome", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="seat_wait_end_has_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["door", "-entered_at"], name="visit_recent"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True)),
                fields=("registration", "door"),
                name="visit_inside_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_at__isnull", True), ("left_at__gte", models.F("entered_at")), _connector="OR"
                ),
                name="visit_ends_after_beginning",
            ),
        ),
        migrations.RunSQL(
            "UPDATE registrations_registrationtype SET visibility = 'organizers' WHERE NOT is_public",
            "UPDATE registrations_registrationtype SET is_public = (visibility = 'public')",
        ),
        migrations.RemoveField(
            model_name="registrationtype",
            name="is_public",
        ),
    ]
