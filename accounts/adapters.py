"""How allauth writes mails and treats second factors here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Mails go through the outbox."""


class MFAAdapter(DefaultMFAAdapter):
    """Second factors."""
