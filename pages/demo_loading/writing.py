"""The draft of a mail to everybody with a ticket."""

from accounts.models import User
from events.models import Forum
from pages.demo.writing import BODY, SUBJECT, TITLE
from registrations.broadcasts import BroadcastText, save_broadcast
from registrations.groups import Group
from registrations.models import Registration


def load_draft(forum: Forum, *, by: User) -> None:
    """Begin a mail in a forum that has none; it is never sent by itself."""
    if forum.broadcasts.exists():
        return
    group = Group(statuses=(Registration.Status.CONFIRMED.value,))
    text = BroadcastText(TITLE, "service", SUBJECT, BODY)
    save_broadcast(None, forum=forum, text=text, group=group, version=0, by=by)
