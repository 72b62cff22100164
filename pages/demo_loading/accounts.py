"""The organizers' accounts of the demonstration, with a role and a second factor each."""

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from accounts.models import User
from accounts.services import grant_role
from events.models import Forum
from pages.demo.accounts import ACCOUNTS, PASSWORD, TOTP_SECRET, AccountRecord


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
    return created


def _create_account(record: AccountRecord) -> User:
    user = User.objects.create_user(record.email, PASSWORD, name=record.name, language=record.language)
    # Without a verified address allauth would first send a code to an inbox that nobody reads.
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    TOTP.activate(user, TOTP_SECRET)
    return user
