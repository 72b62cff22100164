"""Which mails of the outbox an organizer may see: those of the forums where she writes to people."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import can, forums_where
from outbox.models import Message

VIEW = "outbox.view_message"
RESEND = "outbox.resend_message"
# Mails that belong to no forum: sign-in codes, news about accounts, test mails.
VIEW_OF_NONE = "outbox.view_message_of_no_forum"


def messages_for(user: User | AnonymousUser) -> QuerySet[Message]:
    """Return the mails that ``user`` may see.

    The desk of one forum never sees whom another forum writes to; mails that belong to no forum are for
    owners, who look after accounts.
    """
    if user.is_superuser:
        return Message.objects.all()
    visible = Q(forum_id__in=forums_where(user, VIEW).values("pk"))
    if can(user, VIEW_OF_NONE):
        visible |= Q(forum_id__isnull=True)
    return Message.objects.filter(visible)
