"""What a file would do to a draft.

A row is a session that is here already when the file's uid is that session's, or when a file without uids
(or one of ours) gives its short name. What a row does not say stays as it is; what the draft has and the
file does not name stays too. A row is refused for one reason, the first that is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import dates
from core.i18n import choose, current_language
from core.table_text import plain
from events.imports import values
from events.imports.draft import Draft, Occupied, SessionState
from events.imports.limits import UnreadableSchedule
from events.imports.matching import Match, match_rows
from events.imports.people import People
from events.imports.places import Places
from events.imports.plan import Plan, Planned, ShownDay, ShownText
from events.imports.room_times import refused_rooms
from events.imports.rows import Place, Refused, Row, ScheduleFile, Sentence, Texts
from events.imports.values import BadValue
from events.models import Session, SessionSpeaker, Track
from events.services.clashes import TAKEN, TAKEN_BY

LONGEST = {"title": 250, "note": 200}


def needs_language(file: ScheduleFile) -> bool:
    """True when somebody has to say in which language the file's texts are."""
    return not file.language and any("" in row.title for row in file.rows)


def make_plan(file: ScheduleFile, draft: Draft, *, language: str = "") -> Plan:
    """Return what importing ``file`` into ``draft`` would do.

    ``language`` is that of the file's texts; what the file says itself goes first. Raises
    UnreadableSchedule when nobody knows it.
    """
    if needs_language(file) and not language:
        raise UnreadableSchedule(Sentence(_("The file does not say in which language its texts are.")))
    return _Planner(file, draft, file.language or language).plan()


class _Planner:
    def __init__(self, file: ScheduleFile, draft: Draft, language: str) -> None:
        self.file, self.draft, self.language = file, draft, language
        self.zone = values.zone_of(file.conference.zone) or draft.zone
        self.refused = list(file.refused)
        self.rooms = Places(
            draft.rooms, file.rooms, language=language, fallback="room", columns=_room_columns
        )
        self.tracks = Places(
            draft.tracks, file.tracks, language=language, fallback="track", columns=_track_columns
        )
        self.topics = Places(
            draft.topics, file.topics, language=language, fallback="topic", columns=_topic_columns
        )

    def plan(self) -> Plan:
        matches = list(self._matches())
        self.people = People(
            self.draft, ((match.row, match.session) for match in matches), language=self.language
        )
        planned = list(self._planned(matches))
        matched = {match.session.uid for match in matches if match.session is not None}
        staying = [session for session in self.draft.sessions if session.uid not in matched]
        # Sessions whose row was refused for another reason stay where they are as well.
        kept = {one.before.uid for one in planned if one.before is not None}
        staying += [s for s in self.draft.sessions if s.uid in matched and s.uid not in kept]
        taken = refused_rooms(planned, staying, self.draft.occupied)
        self.refused += [
            Refused(planned[place].line, planned[place].label, self._room_taken(other))
            for place, other in taken.items()
        ]
        return self._result([one for place, one in enumerate(planned) if place not in taken], len(matched))

    def _result(self, planned: list[Planned], matched: int) -> Plan:
        additions = tuple(one for one in planned if one.before is None)
        changes = tuple(one for one in planned if one.changed)
        written = [one.after for one in (*additions, *changes)]
        people = {slug for session in written for slug, _role in session.people}
        return Plan(
            additions=additions,
            changes=changes,
            unchanged=len(planned) - len(additions) - len(changes),
            refused=tuple(sorted(self.refused, key=lambda row: row.line)),
            untouched=len(self.draft.sessions) - matched,
            rooms=self.rooms.new({session.room for session in written}),
            tracks=self.tracks.new({session.track for session in written}),
            topics=self.topics.new({slug for session in written for slug in session.topics}),
            people=self.people.new(people),
            notices=(*self.file.notices, *self.people.notices(people)),
        )

    def _matches(self) -> Iterator[Match]:
        for match in match_rows(self.file.rows, self.draft):
            if isinstance(match, Refused):
                self.refused.append(match)
            else:
                yield match

    def _planned(self, matches: list[Match]) -> Iterator[Planned]:
        for match in matches:
            try:
                yield Planned(match.row.line, self._after(match), match.session)
            except BadValue as error:
                self.refused.append(Refused(match.row.line, match.row.label[:250], error.reason))

    # --- one session --------------------------------------------------------------------------------

    def _after(self, match: Match) -> SessionState:
        row, before = match.row, match.session or SessionState(match.uid, match.slug)
        start, end = self._times(row, before)
        after = replace(
            before,
            kind=_known(Session.Kind.values, row.kind) or before.kind,
            visibility=_known(Session.Visibility.values, row.visibility) or before.visibility,
            state=_known(Session.State.values, row.state) or before.state,
            title=self._texts(row.title, before.title),
            abstract=self._texts(row.abstract, before.abstract),
            note=self._texts(row.note, before.note),
            start=start,
            end=end,
            spoken=row.spoken or before.spoken,
            interpretation=row.interpretation or before.interpretation,
            seat_limit=before.seat_limit if row.seat_limit is None else row.seat_limit,
            recording=row.recording or before.recording,
            room=self.rooms.slug_of(row.room) or before.room,
            track=self.tracks.slug_of(row.track) or before.track,
            topics=tuple(sorted({self.topics.slug_of(word) for word in row.topics})) or before.topics,
            people=self._people(row) or before.people,
            is_demo=row.is_demo if match.session is None else before.is_demo,
        )
        self._check_texts(after)
        return after

    def _times(self, row: Row, before: SessionState) -> tuple[datetime | None, datetime | None]:
        if row.start is None:
            return before.start, before.end
        start = self._instant(row.start)
        end = self._instant(row.end) if row.end else start + (row.duration or values.LONGEST_SESSION)
        if not start < end <= start + values.LONGEST_SESSION:
            raise BadValue(
                Sentence(
                    _("It must end after it begins, and last %(days)s days at most."),
                    {"days": values.LONGEST_SESSION.days},
                )
            )
        on = start.astimezone(self.draft.zone).date()
        if not self.draft.first_day <= on <= self.draft.last_day:
            days = _ShownDays(self.draft)
            raise BadValue(
                Sentence(
                    _("It is on %(day)s, and the forum on %(days)s."), {"day": ShownDay(on), "days": days}
                )
            )
        return start, end

    def _instant(self, moment: datetime) -> datetime:
        """Return the instant, in UTC: a time without a zone is one on the file's or the forum's clock."""
        if moment.tzinfo is None:
            if not values.exists_in(moment, self.zone):
                raise BadValue(
                    Sentence(_("The clocks are put forward at this hour, so this time does not exist."))
                )
            moment = moment.replace(tzinfo=self.zone)
        return moment.astimezone(UTC)

    def _texts(self, stated: Texts, before: Texts) -> Texts:
        """Return a text with what the file says of it.

        Where a language has no text, our own files show the one that its readers are shown; that is no
        translation.
        """
        found = dict(before)
        for code, text in stated.items():
            language = code or self.language
            if plain(str(choose(before, language))) != text:
                found[language] = text
        return {code: text for code, text in found.items() if text}

    def _people(self, row: Row) -> tuple[tuple[str, str], ...]:
        parts: dict[tuple[str, str], None] = {}
        for person in row.people:
            slug = self.people.slug_of(person)
            if not slug:
                raise BadValue(
                    Sentence(_("Nobody here has the short name “%(slug)s”."), {"slug": person.slug[:60]})
                )
            role = _known(SessionSpeaker.Role.values, person.role) or SessionSpeaker.Role.SPEAKER.value
            parts[slug, role] = None
        return tuple(parts)

    def _check_texts(self, after: SessionState) -> None:
        if not after.title:
            raise BadValue(Sentence(_("The title is missing.")))
        for name, longest in LONGEST.items():
            texts: Texts = getattr(after, name)
            if any(len(text) > longest for text in texts.values()):
                raise BadValue(
                    Sentence(
                        _("The %(field)s is longer than %(n)s characters."),
                        {"field": Session._meta.get_field(name).verbose_name, "n": longest},  # type: ignore[union-attr]
                    )
                )

    def _room_taken(self, other: Occupied) -> Sentence:
        names = {place.slug: place.name for place in self.draft.rooms}
        new = {thing.slug: thing for thing in self.rooms.wanted.values()}
        room: Any = ShownText(names[other.room]) if other.room in names else new[other.room].label
        facts = {
            "room": room,
            "title": ShownText(other.title),
            "day": ShownDay(other.start.astimezone(self.draft.zone).date()),
            "start": dates.clock(other.start, self.draft.zone),
            "end": dates.clock(other.end, self.draft.zone),
        }
        return Sentence(TAKEN_BY if other.title else TAKEN, facts)


class _ShownDays:
    """From the first to the last day, in the language of whoever reads it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def __str__(self) -> str:
        return dates.day_range(self.draft.first_day, self.draft.last_day, current_language())


def _known(known: list[str], word: str) -> str:
    if word and word not in known:
        raise BadValue(
            Sentence(
                _("“%(word)s” is not known here. Known are: %(known)s."),
                {"word": word[:60], "known": ", ".join(known)},
            )
        )
    return word


def _room_columns(place: Place, names: Mapping[str, Any]) -> dict[str, Any]:
    floors = {f"floor_{code}": text for code, text in place.detail.items()}
    return {**names, **floors, "capacity": place.capacity}


def _track_columns(place: Place, names: Mapping[str, Any]) -> dict[str, Any]:
    descriptions = {f"description_{code}": text for code, text in place.detail.items()}
    return {**names, **descriptions, "weave": place.weave if place.weave in Track.Weave.values else ""}


def _topic_columns(_place: Place, names: Mapping[str, Any]) -> dict[str, Any]:
    return dict(names)
