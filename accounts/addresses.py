"""Which addresses are known to be a person's own."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser

from accounts.models import User


def proven_addresses(user: User | AnonymousUser) -> frozenset[str]:
    """Return the addresses that ``user`` has shown to be hers, in lower case. One query for an account.

    What was only typed opens nothing: anybody may type anybody's address.
    """
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    found = EmailAddress.objects.filter(user_id=user.pk, verified=True).values_list("email", flat=True)
    return frozenset(email.lower() for email in found)
