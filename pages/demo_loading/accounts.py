"""The accounts of the demonstration: organizers with a role and a second factor each, and exhibitors."""

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import grant_role
from events.models import Forum
from exhibitors.models import Exhibitor
from pages.demo.accounts import (
    ACCOUNTS,
    EXHIBITOR_ACCOUNTS,
    PASSWORD,
    TOTP_SECRET,
    AccountRecord,
    ExhibitorAccountRecord,
)


@transaction.atomic
def load_accounts(forum: Forum, *, forum_is_new: bool) -> int:
    """
    Create the accounts that are missing and return how many those were.

    An account that exists keeps its password, second factor and roles, also if somebody changed them; only
    a new forum gives it its role there.
    """
    created = 0
    for record in ACCOUNTS:
        user = User.objects.filter(email=record.email).first()
        is_new = user is None
        if user is None:
            user = _create_account(record)
            created += 1
        if is_new or forum_is_new:
            grant_role(user=user, forum=forum, role=record.role, by=None)
    for exhibitor in EXHIBITOR_ACCOUNTS:
        created += _load_exhibitor(forum, exhibitor)
    return created


def _load_exhibitor(forum: Forum, record: ExhibitorAccountRecord) -> int:
    """Let an account look after its exhibitor, as long as nobody does; return how many were created."""
    exhibitor = Exhibitor.objects.filter(forum=forum, slug=record.organization).first()
    if exhibitor is None or exhibitor.managers.exists():
        return 0
    user = User.objects.filter(email=record.email).first()
    is_new = user is None
    user = user or _create_user(record)
    now = timezone.now()
    exhibitor.managers.create(
        email=user.email,
        name=user.name,
        language=user.language,
        user=user,
        invited_at=now,
        accepted_at=now,
        agreed_at=now,
    )
    return int(is_new)


def _create_account(record: AccountRecord) -> User:
    user = _create_user(record)
    TOTP.activate(user, TOTP_SECRET)
    return user


def _create_user(record: AccountRecord | ExhibitorAccountRecord) -> User:
    user = User.objects.create_user(record.email, PASSWORD, name=record.name, language=record.language)
    # Without a verified address allauth would first send a code to an inbox that nobody reads.
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
