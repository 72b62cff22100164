"""Who may do what: one table from roles to rights, and the questions that are asked of it.

A right is written like a Django permission (``"events.change_session"``), so that the admin's own checks
work unchanged. A person holds it in one forum or another, through :class:`accounts.models.ForumRole`;
a superuser holds every right everywhere. What belongs to no forum (speakers, venues, organizations) is
open to whoever holds the right in any forum.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest

from accounts.models import ForumRole

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

Role = ForumRole.Role

# Rights beside the add, change, delete and view that every model has. Whoever asks for one finds here
# what it means; a test refuses any other word in the table.
OWN_RIGHTS: Mapping[str, str] = {
    "events.publish_agenda": "make the draft of the agenda the public one",
    "events.view_confidential_session": "see sessions that exist for those invited only",
    "exhibitors.decide_booking": "decide about booths: applications, moves, waiting lists",
    "exhibitors.keep_accounts": "record payments, issue invoices and credit notes",
    "outbox.resend_message": "send a mail once more",
    "outbox.view_message_of_no_forum": "see which mails about accounts were sent, such as sign-in codes",
    "registrations.decide_registration": "decide about applications and the order of waiting lists",
    "registrations.export_registration": "take everybody's details away as a file",
    "registrations.scan_ticket": "let people in at the doors",
    "registrations.withdraw_scan": "take a mistaken scan back",
}


def _see(*names: str) -> frozenset[str]:
    """Rights to look at models named ``app.model``."""
    return frozenset(name.replace(".", ".view_") for name in names)


def _keep(*names: str) -> frozenset[str]:
    """Rights to see, add, change and delete models named ``app.model``."""
    return frozenset(
        name.replace(".", f".{verb}_") for name in names for verb in ("view", "add", "change", "delete")
    )


# The programme and the number of places: nothing about a visitor as a person.
_PROGRAMME = _see(
    "events.forum",
    "events.venue",
    "events.room",
    "events.track",
    "events.topic",
    "events.session",
    "events.sessionspeaker",
    "events.openinghours",
    "events.walkingtime",
    "events.agendarelease",
    "events.roombulletin",
    "speakers.speaker",
    "speakers.unavailability",
    "accounts.organization",
    "registrations.registrationtype",
    # What everybody sees of the exhibition, drafts included; who has asked for a booth is not among it.
    "exhibitors.exhibition",
    "exhibitors.bookingperiod",
    "exhibitors.hall",
    "exhibitors.hallfeature",
    "exhibitors.boothtype",
    "exhibitors.boothprice",
    "exhibitors.booth",
    "exhibitors.extra",
    "exhibitors.extraprice",
    "exhibitors.exhibitor",
    "exhibitors.product",
)
_AGENDA = _PROGRAMME | {
    "events.change_forum",
    "events.publish_agenda",
    "events.view_agendadigest",
    "events.change_agendadigest",
    "events.view_confidential_session",
    *_keep(
        "events.roombulletin",
        "events.venue",
        "events.room",
        "events.track",
        "events.topic",
        "events.session",
        "events.sessionspeaker",
        "events.sessionguest",
        "events.openinghours",
        "events.walkingtime",
        "speakers.speaker",
        "speakers.unavailability",
        "accounts.organization",
    ),
    # What speakers send in: read and decided on, never written for them.
    *_see("events.proposal", "events.material"),
    "events.change_proposal",
    "events.change_material",
    "events.delete_material",
}
_DESK = _PROGRAMME | {
    "outbox.view_message",
    "outbox.resend_message",
    *_keep("registrations.registrationtype", "accounts.organization"),
    *_keep("registrations.quota", "registrations.priorityclass", "registrations.invitation"),
    *_keep("registrations.question", "registrations.questionoption"),
    *_see("registrations.consentpurpose"),
    *_keep("registrations.registration", "registrations.delegation"),
    *_keep("registrations.broadcast", "registrations.decisionreason"),
    "outbox.view_wordingoverride",
    "outbox.change_wordingoverride",
    "registrations.decide_registration",
    "registrations.export_registration",
    *_see("registrations.consent"),
    *_keep("registrations.door"),
    *_see("registrations.checkindevice", "registrations.scan"),
    "registrations.add_checkindevice",
    "registrations.change_checkindevice",
    "registrations.scan_ticket",
    "registrations.withdraw_scan",
    *_see("registrations.documentbatch", "registrations.certificate"),
    "registrations.add_documentbatch",
    "registrations.add_certificate",
    "registrations.change_certificate",
}
# Who stands at the doors of the halls is the first to know that one runs late.
_CHECK_IN = (
    _PROGRAMME
    | _see("registrations.registration", "registrations.door", "registrations.checkindevice")
    | _see("registrations.scan")
    | _keep("events.roombulletin")
    | {"registrations.scan_ticket"}
)
_EXHIBITION = _PROGRAMME | {
    *_keep(
        "exhibitors.exhibition",
        "exhibitors.bookingperiod",
        "exhibitors.hall",
        "exhibitors.hallfeature",
        "exhibitors.boothtype",
        "exhibitors.boothprice",
        "exhibitors.booth",
        "exhibitors.extra",
        "exhibitors.extraprice",
        "exhibitors.exhibitor",
        "exhibitors.product",
        "accounts.organization",
        "leads.passsetting",
    ),
    *_keep("exhibitors.exhibitortask", "exhibitors.exhibitordocument"),
    *_see("exhibitors.taskentry", "exhibitors.exhibitormessage"),
    "exhibitors.change_taskentry",
    "exhibitors.add_exhibitormessage",
    *_see("exhibitors.boothbooking", "exhibitors.invoice", "exhibitors.payment"),
    *_see("exhibitors.seller"),
    "exhibitors.add_seller",
    "exhibitors.change_seller",
    *_keep("exhibitors.bankaccount"),
    "exhibitors.keep_accounts",
    "exhibitors.decide_booking",
}
_OWNER = (
    _AGENDA
    | _DESK
    | _EXHIBITION
    | _keep("accounts.forumrole", "accounts.membership", "registrations.consentpurpose")
    | _see("accounts.user", "accounts.auditentry")
    | {"outbox.view_message_of_no_forum"}
)

RIGHTS: Mapping[str, frozenset[str]] = {
    Role.OWNER: _OWNER,
    Role.AGENDA_EDITOR: _AGENDA,
    Role.REGISTRATION_DESK: _DESK,
    Role.EXHIBITION_MANAGER: _EXHIBITION,
    # These two prepare what the next editions of the site will hold; until then they look.
    Role.MATCHMAKING_MANAGER: _PROGRAMME,
    Role.PRESS_OFFICER: _PROGRAMME,
    Role.CHECK_IN: _CHECK_IN,
    Role.VIEWER: _PROGRAMME,
}

# Under this name the rights are remembered on a user.
_REMEMBERED = "_rights_by_forum"
# Things inside a thing that belongs to a forum, and the attribute that leads there.
_INSIDE_OF = ("session", "registration", "release", "digest", "question")


def forum_id_of(obj: Any) -> int | None:
    """Return the primary key of the forum ``obj`` is or belongs to; None for what belongs to none."""
    if obj._meta.label == "events.Forum":
        return obj.pk
    if hasattr(obj, "forum_id"):
        return obj.forum_id
    for name in _INSIDE_OF:
        if getattr(obj, f"{name}_id", None) is not None:
            return forum_id_of(getattr(obj, name))
    return None


def rights_by_forum(user: User | AnonymousUser) -> Mapping[int, frozenset[str]]:
    """Return the rights of ``user`` in each forum where she has a role.

    One query, remembered on ``user`` and therefore for one request.
    """
    if not user.is_active or user.is_anonymous:
        return {}
    known: Mapping[int, frozenset[str]] | None = getattr(user, _REMEMBERED, None)
    if known is None:
        found: dict[int, frozenset[str]] = {}
        for forum_id, role in ForumRole.objects.filter(user_id=user.pk).values_list("forum_id", "role"):
            found[forum_id] = found.get(forum_id, frozenset()) | RIGHTS[role]
        known = found
        # By way of setattr: request.user is a lazy wrapper, which passes it on to the user inside.
        setattr(user, _REMEMBERED, found)
    return known


def forget(user: User) -> None:
    """Read the roles of ``user`` again next time, because they were changed."""
    if hasattr(user, _REMEMBERED):
        delattr(user, _REMEMBERED)


def can(user: User | AnonymousUser, right: str, obj: models.Model | None = None) -> bool:
    """Say whether ``user`` holds ``right`` for ``obj``: a forum, something in a forum, or anything.

    Without ``obj``, and for what belongs to no forum, the right in any forum is enough.
    """
    if not user.is_active or user.is_anonymous:
        return False
    if user.is_superuser:
        return True
    rights = rights_by_forum(user)
    forum_id = forum_id_of(obj) if obj is not None else None
    if forum_id is None:
        return any(right in held for held in rights.values())
    return right in rights.get(forum_id, frozenset())


def demand(user: User | AnonymousUser, right: str, obj: models.Model) -> None:
    """Let ``user`` pass when she holds ``right`` for ``obj``.

    Answers 404 (raises Http404) to a stranger, who shall not learn that the thing exists, and 403
    (PermissionDenied) to somebody with a role in its forum that lacks the right; for what belongs to no
    forum, to somebody with a role in any.
    """
    if can(user, right, obj):
        return
    forum_id = forum_id_of(obj)
    rights = rights_by_forum(user)
    if (forum_id in rights) if forum_id is not None else bool(rights):
        raise PermissionDenied
    raise Http404


def acting_user(request: HttpRequest) -> User:
    """Return the user of a request to the admin, which nobody else can make."""
    user = request.user
    if user.is_anonymous:
        raise PermissionDenied
    return user


def forum_model() -> type[models.Model]:
    """Return the model of forums by way of its relation: accounts stands below events in the house."""
    found = ForumRole._meta.get_field("forum").related_model
    assert isinstance(found, type)  # noqa: S101 - a lazy string only before the apps are loaded
    return found


def forums_where(user: User | AnonymousUser, right: str) -> models.QuerySet[Any]:
    """Return the forums where ``user`` holds ``right``, for ``filter(forum__in=…)``."""
    forums = forum_model()._default_manager.all()
    if user.is_active and user.is_superuser:
        return forums
    held = [pk for pk, rights in rights_by_forum(user).items() if right in rights]
    return forums.filter(pk__in=held) if held else forums.none()
