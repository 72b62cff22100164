"""What registration forms are made of, read once for each state it has.

Kinds of attendance, questions and purposes change a few times before a forum, and are needed with each of
many thousand registrations. Each process keeps them for the ``Forum.form_revision`` that it read with the
forum; triggers give the forum another one whenever an organizer, an import or a script changes anything
they are made of. Counts of places are not among them: those are read anew each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from events.models import Forum
from registrations.models import ConsentPurpose, RegistrationType
from registrations.questions import AskedQuestion, active_questions


@dataclass(frozen=True, slots=True)
class FormParts:
    """All kinds of attendance, active questions and offered purposes of a forum, in order.

    Shared by all requests: nobody changes these rows, and nobody believes their counts.
    """

    kinds: Sequence[RegistrationType]
    questions: Sequence[AskedQuestion]
    purposes: Sequence[ConsentPurpose]

    def offered_at(self, forum: Forum, now: datetime) -> list[RegistrationType]:
        """Return the kinds that every visitor may choose at ``now``, full ones included."""
        return [] if forum.is_over(now) else [kind for kind in self.kinds if kind.is_offered_at(now)]


# By the key of the forum; a site has few of them.
_kept: dict[int, tuple[int, FormParts]] = {}


def form_parts(forum: Forum) -> FormParts:
    """Return what the forms of ``forum`` are made of; three queries after a change, none later."""
    kept = _kept.get(forum.pk)
    if kept is not None and kept[0] == forum.form_revision:
        return kept[1]
    # Read after the number, so what is kept under it is never older than it says.
    parts = FormParts(
        kinds=list(RegistrationType.objects.filter(forum=forum)),
        questions=active_questions(forum),
        purposes=list(ConsentPurpose.objects.filter(forum=forum, is_offered=True)),
    )
    _kept[forum.pk] = (forum.form_revision, parts)
    return parts
