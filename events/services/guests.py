"""Who is invited to a session that is not for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from core import audit
from events.models import Session, SessionGuest
from events.services.sessions import locked_session


@dataclass(frozen=True, slots=True)
class Guest:
    """An invited person. She is known by the address she signs in with."""

    email: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


def set_guests(
    session: Session, *, by: User | None, expected_version: int, guests: Sequence[Guest]
) -> Session:
    """Make ``guests`` the session's guests; return the session as it is now.

    Two entries of one address are one guest; rows that stay keep their id. ``expected_version`` as in
    ``change_session``. When nothing differs, nothing is written and the version stays.
    """
    wanted = {guest.email.casefold(): guest for guest in guests}
    with locked_session(session, expected_version) as current:
        present = {row.email.casefold(): row for row in current.guests.all()}
        before = [Guest(row.email, row.name) for row in present.values()]
        for address, row in present.items():
            if address not in wanted:
                row.delete()
            elif row.name != wanted[address].name:
                row.name = wanted[address].name
                row.save(update_fields=["name"])
        SessionGuest.objects.bulk_create(
            SessionGuest(session=current, email=guest.email, name=guest.name)
            for address, guest in wanted.items()
            if address not in present
        )
        after = [Guest(row.email, row.name) for row in current.guests.all()]
        if before != after:
            current.version += 1
            current.save(update_fields=["version", "changed_at"])
            audit.record(
                "session.changed",
                current,
                actor=by,
                changes={
                    "guests": (", ".join(map(str, before)), ", ".join(map(str, after))),
                    "version": (current.version - 1, current.version),
                },
            )
    return current
