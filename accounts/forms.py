"""allauth's forms in the site's words: the label stands above the field, and nothing inside it.

A placeholder that repeats the label is read twice by screen readers and is gone when one types.
"""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Any] = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "password1": _("New password"),
    "password2": _("New password, again"),
    "oldpassword": _("Current password"),
    "code": _("Code"),
    "name": _("Name of the passkey"),
    "passwordless": _("Sign in with this passkey alone"),
}
HINTS: dict[str, Any] = {
    "password1": _("At least ten characters, and no word that everybody uses."),
    "name": _("So that you know it from others, such as “My phone”."),
    "passwordless": _("Without a password. The passkey then asks for your finger, your face or a PIN."),
}


class OurWords(forms.Form):
    """Labels and hints of the site, no placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = str(HINTS.get(name, ""))


class LoginForm(OurWords, account.LoginForm):
    """E-mail and password."""


class SignupForm(OurWords, account.SignupForm):
    """E-mail and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    """The password once more."""


class RequestLoginCodeForm(OurWords, account.RequestLoginCodeForm):
    """The address to which a code is mailed."""


class ConfirmLoginCodeForm(OurWords, account.ConfirmLoginCodeForm):
    """A mailed code for signing in."""


class ConfirmEmailVerificationCodeForm(OurWords, account.ConfirmEmailVerificationCodeForm):
    """A mailed code that confirms an address."""


class ConfirmPasswordResetCodeForm(OurWords, account.ConfirmPasswordResetCodeForm):
    """A mailed code for a new password."""


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    """The address of the account whose password was forgotten."""


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    """The new password after a mailed code."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """The old and the new password."""


class SetPasswordForm(OurWords, account.SetPasswordForm):
    """A first password."""


class ChangeEmailForm(OurWords, account.ChangeEmailForm):
    """Another address during the confirmation."""


class AddEmailForm(OurWords, account.AddEmailForm):
    """Another address for an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class AuthenticateForm(OurWords, mfa.AuthenticateForm):
    """The second factor: the app's code, or a recovery code."""


class MFAReauthenticateForm(OurWords, mfa.ReauthenticateForm):
    """The second factor once more."""


class ActivateTOTPForm(OurWords, AllauthActivateTOTPForm):
    """The first code of an authenticator app."""


class AddWebAuthnForm(OurWords, webauthn.AddWebAuthnForm):
    """A new passkey."""


class EditWebAuthnForm(OurWords, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""
