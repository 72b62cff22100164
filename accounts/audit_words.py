"""The actions of the audit trail in the reader's words. What is stored stays: ``"session.changed"``."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

# The second half of an action. An action that is not here is shown as it is stored.
VERBS: Mapping[str, str | Promise] = {
    "added": _("added"),
    "created": _("created"),
    "changed": _("changed"),
    "corrected": _("corrected"),
    "moved": _("moved"),
    "cancelled": _("cancelled"),
    "reinstated": _("reinstated"),
    "removed": _("removed"),
    "deleted": _("deleted"),
    "published": _("published"),
    "resent": _("sent again"),
    "link_sent": _("link sent"),
    "link_replaced": _("link replaced"),
    "exported": _("exported"),
    "signed_in": _("signed in"),
    "second_factor_added": _("second factor added"),
    "second_factor_removed": _("second factor removed"),
    "recovery_codes_renewed": _("recovery codes renewed"),
    "password_changed": _("password changed"),
    "email_changed": _("e-mail address changed"),
}


def action_in_words(action: str) -> str:
    """Return ``"changed"`` for ``"session.changed"``, in the active language."""
    return str(VERBS.get(action.rpartition(".")[2], action))


def kind_in_words(target_type: str) -> str:
    """Return ``"Session"`` for ``"events.session"``, in the active language."""
    try:
        return capfirst(str(apps.get_model(target_type)._meta.verbose_name))
    except (LookupError, ValueError):
        return target_type
