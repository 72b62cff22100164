"""What organizers do about one exhibitor's task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exhibitors.duties import deciding
from exhibitors.duties.reading import Line, State
from exhibitors.forms.task_deeds import DeadlineForm, SendBackForm, WaiveForm
from exhibitors.models import TaskEntry

Status = TaskEntry.Status


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done. ``do`` is given the line, the organizer, the form and the revision seen."""

    name: str
    title: str | Promise
    button: str | Promise
    done: str | Promise
    do: Callable[[Line, User, Mapping[str, Any], int], object]
    is_possible: Callable[[Line], bool]
    form: Callable[..., forms.Form] | None = None
    is_first: bool = False


def _status(line: Line) -> str:
    return line.entry.status if line.entry else Status.OPEN.value


def _is_open(line: Line) -> bool:
    return line.state != State.WAIVED


DEEDS = (
    Deed(
        name="accept",
        title=_("Accept"),
        button=_("Accept"),
        done=_("Accepted."),
        do=lambda line, by, said, seen: deciding.accept(
            line.task, exhibitor=line.exhibitor, by=by, revision=seen
        ),
        is_possible=lambda line: _is_open(line) and not line.by_facts and _status(line) == Status.SUBMITTED,
        is_first=True,
    ),
    Deed(
        name="send-back",
        title=_("Send back …"),
        button=_("Send back with this reason"),
        done=_("Sent back; the exhibitor is told by mail."),
        do=lambda line, by, said, seen: deciding.send_back(
            line.task, exhibitor=line.exhibitor, by=by, reason=said["reason"], revision=seen
        ),
        is_possible=lambda line: (
            _is_open(line) and not line.by_facts and _status(line) in {Status.SUBMITTED, Status.ACCEPTED}
        ),
        form=SendBackForm,
    ),
    Deed(
        name="deadline",
        title=_("Move the deadline for this exhibitor …"),
        button=_("Move the deadline"),
        done=_("The deadline is moved."),
        do=lambda line, by, said, seen: deciding.move_deadline(
            line.task, exhibitor=line.exhibitor, due_at=said["due_at"], by=by, reason=said["reason"]
        ),
        is_possible=lambda line: not line.is_settled,
        form=DeadlineForm,
    ),
    Deed(
        name="waive",
        title=_("This exhibitor need not do it …"),
        button=_("Waive it with this reason"),
        done=_("Waived for this exhibitor."),
        do=lambda line, by, said, seen: deciding.waive(
            line.task, exhibitor=line.exhibitor, by=by, reason=said["reason"]
        ),
        is_possible=lambda line: line.state not in {State.WAIVED, State.DONE},
        form=WaiveForm,
    ),
    Deed(
        name="demand",
        title=_("Ask for it after all"),
        button=_("Ask for it after all"),
        done=_("The exhibitor has to do it again."),
        do=lambda line, by, said, seen: deciding.demand_again(line.task, exhibitor=line.exhibitor, by=by),
        is_possible=lambda line: line.state == State.WAIVED,
    ),
)
