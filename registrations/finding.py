"""What is whose: by the address somebody types, and by an account's proven addresses."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_logged_in
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from accounts.addresses import proven_addresses
from accounts.models import User
from core.locking import Busy, short_transaction
from core.throttle import over_limit
from events.models import Forum
from outbox.wake import call_on_commit
from registrations import services
from registrations.delegations.opening import DelegationClosed, send_link
from registrations.errors import NotLive
from registrations.models import Certificate, Delegation, LinkRequest, Registration
from registrations.services.statuses import VISITOR

TASK = "registrations.tasks.answer_link_requests"
# How many questions one round answers.
MOST_ANSWERS = 200
# So often one address gets its link when somebody asks for it; whoever asks more often gets no further mail.
MAILS, MAIL_SECONDS = 3, 3600
# Who leads more than so many, the latest first, gets no link to the others: it would be a heap of mails.
MOST_DELEGATIONS = 5


def ask_for_links(email: str, forum: Forum) -> None:
    """Have their links mailed to whoever registered with ``email`` or leads a delegation with it.

    Nothing is looked up here: a known address costs what an unknown one does, so that the waiting time
    tells nobody who is registered.
    """
    if over_limit("find-registration", email.lower(), limit=MAILS, seconds=MAIL_SECONDS) is not None:
        return
    with transaction.atomic():
        LinkRequest.objects.create(forum=forum, email=email)
        call_on_commit(TASK)


def answer_requests() -> int:
    """Mail the links that were asked for, and say how many questions were answered."""
    return sum(_answer(pk) for pk in list(LinkRequest.objects.values_list("pk", flat=True)[:MOST_ANSWERS]))


def _answer(pk: int) -> bool:
    """Answer one question, unless another worker does; where somebody is at work, the next round tries."""
    with suppress(Busy), short_transaction():
        found = LinkRequest.objects.select_for_update(skip_locked=True, of=("self",))
        request = found.select_related("forum__venue").filter(pk=pk).first()
        if request is not None:
            request.delete()
            mail_links_to(request.email, request.forum)
            return True
    return False


def mail_links_to(email: str, forum: Forum) -> None:
    """Mail their links to whoever registered with ``email`` or leads a delegation with it. Raises Busy."""
    found = Registration.objects.live().with_email(forum, email).select_related("forum__venue").first()
    if found is not None:
        # Ended between the two statements: there is no link to send any more.
        with suppress(NotLive):
            services.send_link_again(found, by=None, label=VISITOR)
    led = Delegation.objects.alias(address=Lower("email")).filter(forum=forum, erased_at=None)
    led = led.filter(address=email.lower()).select_related("forum__venue").order_by("-created_at", "pk")
    for delegation in led[:MOST_DELEGATIONS]:
        # Erased meanwhile.
        with suppress(DelegationClosed):
            send_link(delegation, by=None, label=VISITOR)


def registrations_of_account(user: User) -> list[Registration]:
    """Return what an account has in all forums, the latest forum first, ended ones last. Two queries.

    Its own, and those that were made with an address of which it proved that it is its own. Each says
    ``has_certificates``: whether there is one to download.
    """
    rows = Registration.objects.alias(address=Lower("email")).filter(erased_at=None)
    hers = rows.filter(Q(user=user) | Q(address__in=proven_addresses(user)))
    valid = Certificate.objects.filter(registration=OuterRef("pk"), revoked_at=None)
    found = hers.select_related("type", "forum__venue").annotate(has_certificates=Exists(valid))
    found = found.order_by("-forum__first_day", "created_at")
    return sorted(found, key=lambda row: not row.is_live)


def claim_registrations(user: User) -> int:
    """Put the registrations made with a proven address of ``user`` into her account; return how many.

    They stay there when she changes her address later. One that is in another account stays there.
    """
    rows = Registration.objects.alias(address=Lower("email")).filter(user=None, erased_at=None)
    return rows.filter(address__in=proven_addresses(user)).update(user=user)


def connect() -> None:
    """Called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="registrations.signed_in")
    email_confirmed.connect(_confirmed, dispatch_uid="registrations.confirmed")


def _signed_in(user: User, **kwargs: Any) -> None:
    claim_registrations(user)


def _confirmed(email_address: EmailAddress, **kwargs: Any) -> None:
    claim_registrations(email_address.user)
