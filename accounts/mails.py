"""The mails about accounts: codes, notices about changes, and what to do with an address nobody knows.

allauth decides when to write and calls :func:`send` with the name of its own template; the wording and
the form are ours, and the outbox delivers. A code rests in the outbox sealed and loses its meaning with
the minutes it is valid for.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import sealed
from accounts.models import ForumRole, User
from core import dates
from core.i18n import choose, current_language, texts_of
from outbox.kinds import MailContent, MailKind, register
from outbox.services import enqueue

# How long a code is valid, in seconds: the settings of allauth say the same of their own side.
CODE_SECONDS = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
_PURPOSE = "mailed code"

# allauth's template → what the code is for
CODES = {
    "account/email/login_code": "sign_in",
    "account/email/email_confirmation": "confirm",
    "account/email/email_confirmation_signup": "confirm",
    "account/email/password_reset_code": "reset_password",
}
# allauth's template → what happened to the account
NOTICES = {
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_set": _("A password was set for your account."),
    "account/email/password_reset": _("The password of your account was reset with a mailed code."),
    "account/email/email_changed": _("The e-mail address of your account was changed."),
    "account/email/email_confirm": _("The e-mail address of your account was confirmed."),
    "account/email/email_deleted": _("An e-mail address was removed from your account."),
    "mfa/email/totp_activated": _("An authenticator app was added to your account."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed from your account."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made for your account."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
}
HEADINGS = {
    "sign_in": _("Your sign-in code"),
    "confirm": _("Confirm your e-mail address"),
    "reset_password": _("Your code for a new password"),
}


def send(template_prefix: str, email: str, context: dict[str, Any]) -> None:
    """Write a mail of allauth's to the outbox, in the reader's language.

    Raises KeyError for a template this site has no words for, so that an update of allauth cannot
    start to send something that nobody has read.
    """
    if template_prefix in CODES:
        secret = sealed.seal(context["code"], purpose=_PURPOSE)
        _enqueue("account.code", email, {"purpose": CODES[template_prefix], "sealed": secret})
    elif template_prefix == "account/email/unknown_account":
        _enqueue("account.unknown", email, {})
    elif template_prefix == "account/email/account_already_exists":
        _enqueue("account.exists", email, {})
    else:
        NOTICES[template_prefix]
        snapshot = {
            "what": template_prefix,
            "at": context["timestamp"].isoformat(),
            "address": context["ip"],
            "browser": context["user_agent"],
        }
        _enqueue("account.notice", email, snapshot)


def send_role_given(given: ForumRole) -> None:
    """Tell a person which role she was given, in the transaction that gives it."""
    enqueue(
        kind="account.role_given",
        recipient=given.user.email,
        recipient_name=given.user.name,
        language=given.user.language,
        context={"role": given.role, "forum": texts_of(given.forum, "name")},
        dedupe_key=f"account.role_given:{given.pk}",
        forum_id=given.forum_id,
    )


def _enqueue(kind: str, email: str, snapshot: dict[str, Any]) -> None:
    reader = User.objects.filter(email__iexact=email).only("name", "language", "last_login").first()
    # Who never signed in has a language that somebody else guessed; the page she reads knows better.
    known = reader.language if reader and reader.last_login else current_language()
    with transaction.atomic():
        enqueue(
            kind=kind,
            recipient=email,
            recipient_name=reader.name if reader else "",
            language=known,
            context=snapshot,
            # Each request for a code is a decision of its own.
            dedupe_key=f"{kind}:{uuid.uuid4().hex}",
            forum_id=None,
        )


# --- What the templates need ------------------------------------------------------------------------


def _address_of(url_name: str) -> str:
    """The full address of a page, in the active language."""
    return f"{settings.SITE_URL}{reverse(url_name)}"


def _prepare_code(context: dict[str, Any], language: str) -> MailContent:
    code = sealed.unseal(context["sealed"], purpose=_PURPOSE, max_age_seconds=CODE_SECONDS)
    purpose = context["purpose"]
    return MailContent(
        {
            "heading": HEADINGS[purpose],
            "purpose": purpose,
            "code": code,
            "minutes": CODE_SECONDS // 60,
        }
    )


def _prepare_notice(context: dict[str, Any], language: str) -> MailContent:
    zone = ZoneInfo(settings.TIME_ZONE)
    moment = dates.moment(datetime.fromisoformat(context["at"]), zone, language)
    return MailContent(
        {
            "sentence": NOTICES[context["what"]],
            "moment": f"{moment} ({dates.zone_city(zone, language)})",
            "address": context["address"],
            "browser": context["browser"],
            "password_url": _address_of("account_reset_password"),
            "security_url": _address_of("mfa_index"),
        }
    )


def _prepare_unknown(context: dict[str, Any], language: str) -> MailContent:
    return MailContent({"signup_url": _address_of("account_signup")})


def _prepare_exists(context: dict[str, Any], language: str) -> MailContent:
    return MailContent(
        {"login_url": _address_of("account_login"), "password_url": _address_of("account_reset_password")}
    )


def _prepare_role_given(context: dict[str, Any], language: str) -> MailContent:
    return MailContent(
        {
            "role": ForumRole.Role(context["role"]).label,
            "forum": choose(context["forum"], language),
            "admin_url": _address_of("admin:index"),
        }
    )


# --- Samples: invented, in the shape that enqueue is given -------------------------------------------


def _sample_code(language: str) -> dict[str, Any]:
    return {"purpose": "sign_in", "sealed": sealed.seal("K7PX-2MQD", purpose=_PURPOSE)}


def _sample_notice(language: str) -> dict[str, Any]:
    return {
        "what": "account/email/password_changed",
        "at": timezone.now().isoformat(),
        "address": "192.0.2.7",
        "browser": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
    }


def _sample_role(language: str) -> dict[str, Any]:
    name = {"vi": "Diễn đàn", "ko": "포럼", "en": "Forum"}
    return {"role": ForumRole.Role.AGENDA_EDITOR.value, "forum": name}


def _sample_nothing(language: str) -> dict[str, Any]:
    return {}


def register_kinds() -> None:
    """Make the mails of this app known to the outbox."""
    for name, title, prepare, sample, words in (
        (
            "code",
            _("Code for signing in, confirming or a new password"),
            _prepare_code,
            _sample_code,
            {"minutes": "minutes"},
        ),
        (
            "unknown",
            _("No account has this address"),
            _prepare_unknown,
            _sample_nothing,
            {"link": "signup_url"},
        ),
        (
            "exists",
            _("An account has this address already"),
            _prepare_exists,
            _sample_nothing,
            {"link": "login_url"},
        ),
        (
            "notice",
            _("Something about an account was changed"),
            _prepare_notice,
            _sample_notice,
            {"change": "sentence", "time": "moment", "link": "security_url"},
        ),
        (
            "role_given",
            _("A role was given"),
            _prepare_role_given,
            _sample_role,
            {"role": "role", "forum": "forum", "link": "admin_url"},
        ),
    ):
        _kind(name, title, prepare, sample=sample, words=words)


def _kind(name: str, title: Any, prepare: Any, *, sample: Any, words: Mapping[str, str]) -> None:
    register(
        MailKind(
            name=f"account.{name}",
            title=title,
            template=f"accounts/mail/{name}",
            prepare=prepare,
            sample=sample,
            private=name == "code",
            placeholders={"address": "recipient", "site": "site_name", **words},
            # Whoever may give roles: what is said here is believed by all who work on the site.
            of_no_forum=name != "role_given",
            wording_right="accounts.add_forumrole",
        )
    )
