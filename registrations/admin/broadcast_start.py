"""Beginning a mail to people who were ticked in a list."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import forums_where
from events.models import Forum
from registrations.broadcasts import BroadcastText, save_broadcast
from registrations.groups import MOST_CHOSEN, Group
from registrations.models import Broadcast, Registration
from registrations.models.registration import LIVE


def begin_draft(people: QuerySet[Registration], *, by: User) -> Broadcast | None:
    """Return a new draft to ``people`` alone; None for too many, for none, and for people of two forums."""
    mine = people.filter(forum__in=forums_where(by, "registrations.add_broadcast"), erased_at=None)
    rows = list(mine.order_by("pk").values_list("pk", "forum_id", "status")[: MOST_CHOSEN + 1])
    if not 1 <= len(rows) <= MOST_CHOSEN or len({forum for _pk, forum, _status in rows}) > 1:
        return None
    statuses = {status for _pk, _forum, status in rows}
    group = Group(
        people=tuple(str(pk) for pk, _forum, _status in rows),
        # Who was ticked shall get it, also when her registration has ended.
        statuses=() if statuses <= set(LIVE) else tuple(sorted(statuses)),
    )
    text = BroadcastText(_("To people chosen in the list"), Broadcast.Purpose.SERVICE, {}, {})
    return save_broadcast(
        None, forum=Forum.objects.get(pk=rows[0][1]), text=text, group=group, version=0, by=by
    )
