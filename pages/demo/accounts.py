"""
The organizers of the demonstration and two exhibitors, with one password for all of them and one second
factor for the organizers.

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


@dataclass(frozen=True, slots=True)
class ExhibitorAccountRecord:
    """The account of somebody who looks after an exhibitor, named by its organization's slug."""

    email: str
    name: str
    organization: str
    language: Language


# One with a confirmed booth and a co-exhibitor, one whom the organizers have asked something.
EXHIBITOR_ACCOUNTS: tuple[ExhibitorAccountRecord, ...] = (
    ExhibitorAccountRecord("exhibitor@forum.example", "Đặng Thị Gian Dụ", "vi-du-health", "vi"),
    ExhibitorAccountRecord("booth@forum.example", "부예시", "gyeonbon-university", "ko"),
)
