"""How allauth writes its mails, builds its links and keeps its secrets here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from segno import make as make_qr

from accounts import mails, sealed
from accounts.models import User
from core.i18n import current_language
from core.throttle import client_address

# Sealed secrets of authenticator apps begin with this, so that an unsealed one is told from them.
_SEALED = "sealed:"


class AccountAdapter(DefaultAccountAdapter):
    """Mails go through the outbox, in the reader's language, with links built from SITE_URL."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a mail of allauth's into the outbox; ``template_prefix`` says which."""
        mails.send(template_prefix, email, context)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Remember the language in which somebody signed up: her mails are written in it."""
        user.language = current_language()
        return super().save_user(request, user, form, commit)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; the first time, the page's language becomes hers: so far it was somebody's guess."""
        if user.last_login is None and user.language != current_language():
            user.language = current_language()
            user.save(update_fields=["language"])
        super().login(request, user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits count, as everywhere on the site; a visitor cannot choose it."""
        return client_address(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Organizers go to their pages, everybody else to the home page in her language."""
        user = request.user
        return "/admin/" if isinstance(user, User) and user.is_staff else f"/{current_language()}/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The home page in the same language."""
        return f"/{current_language()}/"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The home page in the same language."""
        return f"/{current_language()}/"


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: secrets encrypted at rest, the QR code as a picture inside the page."""

    def encrypt(self, text: str) -> str:
        """Seal the secret of an authenticator app or of recovery codes."""
        return _SEALED + sealed.seal(text, purpose="second factor")

    def decrypt(self, encrypted_text: str) -> str:
        """Open what :meth:`encrypt` sealed."""
        if not encrypted_text.startswith(_SEALED):
            return encrypted_text
        return sealed.unseal(encrypted_text.removeprefix(_SEALED), purpose="second factor")

    def build_totp_svg(self, url: str) -> SafeString:
        """Return the QR code as an ``<svg>`` element, black on white in both colour schemes."""
        svg = make_qr(url, error="m").svg_inline(
            scale=4, border=3, svgclass="qr", lineclass=None, light="#fff"
        )
        return mark_safe(svg)  # noqa: S308 - drawn by segno from bits alone

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the browser that keeps a passkey calls the site."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}
