"""What stands beside a session in time: where a reader may go next."""

from __future__ import annotations

from dataclasses import dataclass

from events.agenda import Agenda, AgendaSession


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``before`` and ``after`` in the same room on the same day; ``meanwhile`` in other rooms."""

    before: AgendaSession | None
    after: AgendaSession | None
    meanwhile: tuple[AgendaSession, ...]

    def __bool__(self) -> bool:
        return bool(self.before or self.after or self.meanwhile)


def neighbours(session: AgendaSession, agenda: Agenda) -> Neighbours:
    """Find the neighbours of ``session``. Cancelled ones are nobody's."""
    zone = agenda.forum.zone
    day = session.start.astimezone(zone).date()
    others = [
        other
        for other in agenda.sessions
        if other is not session and not other.is_cancelled and other.start.astimezone(zone).date() == day
    ]
    in_room = [other for other in others if session.room is not None and other.room is session.room]
    before = [other for other in in_room if other.end <= session.start]
    after = [other for other in in_room if other.start >= session.end]
    return Neighbours(
        before=max(before, key=lambda other: other.end, default=None),
        after=min(after, key=lambda other: other.start, default=None),
        meanwhile=tuple(
            other
            for other in others
            if other.start < session.end and session.start < other.end and other not in in_room
        ),
    )
