"""The mails about a registration, on its page in the admin."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models.fields.json import KT
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.http import urlencode

from accounts.mail_scope import VIEW
from accounts.permissions import can
from outbox.models import Message
from registrations.models import Registration

register = template.Library()
# As many as fit below the fields; all of them are in the outbox.
MOST = 10


@register.inclusion_tag("admin/registrations/registration/mails.html", takes_context=True)
def mails_about(context: RequestContext, registration: Registration | None) -> dict[str, Any]:
    """Show the last mails to whoever may see them; nothing on the page of a new registration."""
    if registration is None or not can(context["request"].user, VIEW, registration):
        return {"shown": False}
    about = Message.objects.alias(person=KT("context__registration")).filter(person=str(registration.pk))
    asked = urlencode({"about": f"registration:{registration.pk}"})
    return {
        "shown": True,
        "mails": about.filter(forum_id=registration.forum_id).defer("context")[:MOST],
        "zone": registration.forum.zone,
        "outbox_url": f"{reverse('admin:outbox_message_changelist')}?{asked}",
    }
