"""What speakers say about their parts: whether they come, and when they cannot."""

from __future__ import annotations

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import Conflict, DomainError
from core.locking import short_transaction
from events.models import Forum, Session, SessionSpeaker
from events.services.forum_lock import lock_forum
from speakers.models import Speaker, Unavailability

Answer = SessionSpeaker.Answer
# Whoever needs more has misunderstood the form, or is a program.
MOST_ABSENCES = 30


class NoLongerPart(Conflict):
    """The organizers took her out of the session."""

    def __init__(self) -> None:
        super().__init__(_("The organizers have changed who takes part. Please look at your sessions again."))


def actor_label(speaker: Speaker) -> str:
    """Return how the audit trail calls a speaker who acts on her own page."""
    return f"{speaker.name} (speaker)"


def locked_speaker(speaker: Speaker) -> Speaker:
    """Lock a speaker's row until the transaction ends, and return it as it is now."""
    return Speaker.objects.select_for_update(no_key=True).get(pk=speaker.pk)


def answer_part(part: SessionSpeaker, *, speaker: Speaker, answer: str, note: str = "") -> SessionSpeaker:
    """Confirm or decline a part, with a few words; return it as it is now.

    The same answer again changes nothing. Raises NoLongerPart, Conflict when the
    session was cancelled meanwhile, and DomainError for what is no answer.
    """
    if answer not in (Answer.CONFIRMED, Answer.DECLINED):
        raise DomainError(_("Please say whether you come."), field="answer")
    with short_transaction():
        # The race: two clicks, or an organizer who takes the part away. The second sees the first. The forum
        # comes first as everywhere: the trigger that counts the draft's changes takes it after the part.
        lock_forum(part.session.forum_id)
        found = (
            SessionSpeaker.objects.select_for_update(of=("self",))
            .select_related("session__forum", "speaker")
            .filter(pk=part.pk, speaker=speaker)
            .first()
        )
        if found is None:
            raise NoLongerPart
        if found.session.state == Session.State.CANCELLED:
            raise Conflict(_("This session does not take place any more."))
        before = (found.answer, found.answer_note)
        if before == (answer, note):
            return found
        found.answer, found.answer_note, found.answered_at = answer, note, timezone.now()
        found.save(update_fields=["answer", "answer_note", "answered_at"])
        audit.record(
            f"session.part_{answer}",
            found.session,
            actor=None,
            actor_label=actor_label(speaker),
            changes={"answer": (before[0], answer), "answer_note": (before[1], note)},
            reason=note,
        )
    return found


def add_unavailability(
    speaker: Speaker, *, forum: Forum, period: DateTimeTZRange, note: str = ""
) -> Unavailability:
    """Note a time at which the speaker cannot be on stage; the same time again is one entry.

    Raises DomainError for a time outside the forum's days, and for more entries than anybody needs.
    """
    first, last = (edge.astimezone(forum.zone) for edge in (period.lower, period.upper))
    after_the_last = last.date() > forum.last_day and (last.hour, last.minute) != (0, 0)
    if first.date() < forum.first_day or after_the_last or (last.date() - forum.last_day).days > 1:
        raise DomainError(_("Only the days of the forum matter here."), field="day")
    with short_transaction():
        locked_speaker(speaker)  # the race: one form sent twice
        known = Unavailability.objects.filter(speaker=speaker)
        same = known.filter(period=period).first()
        if same is not None and same.note == note:
            return same
        if same is None and known.count() >= MOST_ABSENCES:
            raise DomainError(_("There are too many entries. Please write to the organizers instead."))
        entry = same or Unavailability(speaker=speaker, period=period)
        before = entry.note
        entry.note = note
        entry.save()
        changes = {"period": ("" if same is None else period, period), "note": (before, note)}
        audit.record(
            "speaker.unavailability_added",
            speaker,
            actor=None,
            actor_label=actor_label(speaker),
            changes={name: pair for name, pair in changes.items() if pair[0] != pair[1]},
        )
    return entry


def remove_unavailability(speaker: Speaker, *, entry_id: int) -> None:
    """Take an entry back. One that is gone already stays gone."""
    with short_transaction():
        locked_speaker(speaker)  # the race: one form sent twice
        for entry in Unavailability.objects.filter(speaker=speaker, pk=entry_id):
            audit.record(
                "speaker.unavailability_removed",
                speaker,
                actor=None,
                actor_label=actor_label(speaker),
                changes={"period": (entry.period, ""), "note": (entry.note, "")},
            )
            entry.delete()


def set_language(speaker: Speaker, *, language: str) -> None:
    """Write to the speaker in another language from now on."""
    with short_transaction():
        row = locked_speaker(speaker)
        if row.language != language:
            before, row.language = row.language, language
            row.save(update_fields=["language"])
            audit.record(
                "speaker.changed",
                row,
                actor=None,
                actor_label=actor_label(row),
                changes={"language": (before, language)},
            )
