"""Where a task that is done by itself is done, and the card of the tasks on an exhibitor's first page."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exhibitors.duties.reading import Line, tasks_of
from exhibitors.models import Exhibitor, ExhibitorTask
from exhibitors.portal_cards import Card

Kind = ExhibitorTask.Kind
# Addresses of exhibitors' own pages; the last one is that of an app above.
_PLACES = {
    Kind.LOGO: "exhibitors:profile",
    Kind.DESCRIPTION: "exhibitors:profile",
    Kind.PRODUCTS: "exhibitors:products",
    Kind.STAFF: "leads:staff",
}


def place_of(line: Line) -> str:
    """Return the address of the page where such a task is done; "" for what is handed in on its own page."""
    name = _PLACES.get(Kind(line.task.kind)) if line.by_facts else None
    if name is None:
        return ""
    try:
        return reverse(name, args=[line.exhibitor.slug])
    except NoReverseMatch:
        return ""


def tasks_card(exhibitor: Exhibitor) -> Card | None:
    """Return what the first page says of the tasks; None for an exhibitor that has none."""
    now = timezone.now()
    tasks = tasks_of(exhibitor, now=now)
    if not tasks.lines:
        return None
    late, following = len(tasks.late), tasks.next
    if following is None:
        text = _("Everything that was asked for is done.")
    elif late:
        text = ngettext("%(number)d task is late.", "%(number)d tasks are late.", late) % {"number": late}
        text += " " + _("Next: %(task)s.") % {"task": following.task.display_name}
    else:
        text = _("Next: %(task)s.") % {"task": following.task.display_name}
    return Card(
        title=_("Tasks: %(done)d of %(all)d done") % {"done": tasks.done, "all": len(tasks.lines)},
        text=text,
        url=reverse("exhibitors:tasks", args=[exhibitor.slug]),
        state="done" if following is None else "late" if late else "open",
        due=following.due_at if following else None,
        order=30,
    )
