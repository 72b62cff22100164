"""
The organizers of the demonstration, with one password and one second factor for all of them.

Both are public, so these accounts belong on a developer's machine and nowhere else.
"""

from dataclasses import dataclass

from pages.demo.records import Language

PASSWORD = "forum-demo"  # noqa: S105 - meant to be read by everybody
# A TOTP secret in base32 (RFC 6238): type it, or scan it, into any authenticator app.
TOTP_SECRET = "FORUMDEMOFORUMDEMOFORUMDEMO23456"  # noqa: S105 - likewise


# Who accepted the warning of the demonstration that is accepted.
AGENDA_EDITOR = "agenda@forum.example"


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An organizer's account; `role` is the name of a role in a forum."""

    email: str
    name: str
    role: str
    language: Language


ACCOUNTS: tuple[AccountRecord, ...] = (
    AccountRecord("owner@forum.example", "Lý Chủ Dụ", "owner", "vi"),
    AccountRecord(AGENDA_EDITOR, "Mai Thị Lịch Dụ", "agenda_editor", "vi"),
    AccountRecord("desk@forum.example", "문예시", "registration_desk", "ko"),
    AccountRecord("viewer@forum.example", "Alex Sample", "viewer", "en"),
)
