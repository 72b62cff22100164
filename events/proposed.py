"""A speaker's proposal beside what stands there now, field by field, for the organizer who decides."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.audit_reading import label_of
from events.agenda_changes.words import Pieces, marked
from events.models import Proposal
from events.services.proposals import subject_of


@dataclass(frozen=True, slots=True)
class ProposedField:
    """One text: now and proposed, with what differs marked.

    ``seen`` is what stood there when the speaker wrote, where that is no longer what stands there now.
    """

    label: str
    language: str
    old: Pieces
    new: Pieces
    seen: str | None


def proposed_fields(proposal: Proposal) -> list[ProposedField]:
    """Return every proposed text in the order in which people know them.

    Once the proposal is decided, the text before is the one that the speaker saw.
    """
    subject = subject_of(proposal)
    is_open = proposal.status == Proposal.Status.PENDING
    order = [field.name for field in subject._meta.concrete_fields]
    found = []
    for name in sorted(proposal.fields, key=order.index):
        seen = proposal.seen.get(name, "")
        now = (getattr(subject, name) or "") if is_open else seen
        old, new = marked(now, proposal.fields[name])
        found.append(
            ProposedField(
                label=label_of(type(subject), name),
                language=name.rpartition("_")[2],
                old=old,
                new=new,
                seen=seen if seen != now else None,
            )
        )
    return found
