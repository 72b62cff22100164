"""Records in the audit trail what matters for the safety of accounts: sign-ins of staff, second factors.

Also notes a first second factor as proved in the session that set it up: whoever typed the app's code
or touched the key need not do so again a moment later.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import (
    email_changed,
    password_changed,
    password_reset,
    password_set,
    user_logged_in,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.http import HttpRequest

from accounts.models import User
from accounts.second_factor import FACTORS
from core.audit import record


def connect() -> None:
    """Listen from now on; called once when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")
    authenticator_added.connect(_factor_added, dispatch_uid="accounts.factor_added")
    authenticator_removed.connect(_factor_removed, dispatch_uid="accounts.factor_removed")
    authenticator_reset.connect(_factor_reset, dispatch_uid="accounts.factor_reset")
    for signal in (password_changed, password_set, password_reset):
        signal.connect(_password_changed, dispatch_uid=f"accounts.password.{id(signal)}")
    email_changed.connect(_email_changed, dispatch_uid="accounts.email_changed")


def _signed_in(sender: Any, user: User, **kwargs: Any) -> None:
    # Visitors' sign-ins are their own affair and would bury the trail.
    if user.is_staff:
        record("user.signed_in", user, actor=user)


def _factor_added(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    record("user.second_factor_added", user, actor=user, changes={"kind": ("", authenticator.type)})
    # The first one only: with a password alone nobody adds a second key and passes for its owner.
    first = (
        not Authenticator.objects.filter(user=user, type__in=FACTORS).exclude(pk=authenticator.pk).exists()
    )
    if first and authenticator.type in FACTORS:
        # "reauthenticated": or else the recovery codes would ask for a code once more at once.
        record_authentication(
            request, user, method="mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
        )


def _factor_removed(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("user.second_factor_removed", user, actor=user, changes={"kind": (authenticator.type, "")})


def _factor_reset(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("user.recovery_codes_renewed", user, actor=user, changes={"kind": ("", authenticator.type)})


def _password_changed(sender: Any, user: User, **kwargs: Any) -> None:
    record("user.password_changed", user, actor=user)


def _email_changed(
    sender: Any, user: User, from_email_address: Any, to_email_address: Any, **kwargs: Any
) -> None:
    before = from_email_address.email if from_email_address else ""
    record("user.email_changed", user, actor=user, changes={"email": (before, to_email_address.email)})
