"""Loads the whole demonstration: what is there stays, what is missing is added."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from events.models import AgendaRelease, Forum
from events.services import NothingToPublish, publish_agenda
from pages.demo.accounts import AGENDA_EDITOR
from pages.demo.forum import FORUM
from pages.demo.registration_setup import INVITATION_CODE
from pages.demo_loading.accounts import load_accounts
from pages.demo_loading.contributions import load_contributions
from pages.demo_loading.delegations import load_delegations
from pages.demo_loading.doors import load_doors
from pages.demo_loading.exhibition import load_exhibition
from pages.demo_loading.forum import ACTOR, create_forum
from pages.demo_loading.guests import load_guests
from pages.demo_loading.invoices import load_invoices
from pages.demo_loading.leads import load_leads
from pages.demo_loading.planning import accept_warning
from pages.demo_loading.rebase import move_forum
from pages.demo_loading.registration_setup import load_invitation, load_registration_setup
from pages.demo_loading.shared import load_shared
from pages.demo_loading.writing import load_draft


def load_demonstration(
    *, with_accounts: bool, with_guests: bool, rebase: bool = False, today: date | None = None
) -> list[str]:
    """
    Load what is missing and return what was done, a sentence for each thing; nothing to do, no sentence.

    A forum that exists is left as organizers have edited it. With `rebase` it is moved so that its
    opening is as far ahead as a fresh one's. `today` is a day in Hanoi. `with_accounts` creates
    organizers whose password is public, `with_guests` sends mails to invented addresses.
    """
    forum, done = _load_forum(today=today or timezone.localdate(), with_accounts=with_accounts, rebase=rebase)
    if with_guests and (registered := load_guests(forum)):
        done.append(f"Registered {registered} invented guests.")
    if with_guests and (opened := load_delegations(forum)):
        done.append(f"Opened {opened} invented delegations.")
    if with_guests and (met := load_leads(forum)):
        done.append(f"Gave invented staff their passes and let them meet {met} invented guests.")
    if with_guests and (issued := load_invoices(forum)):
        done.append(f"Issued invoices to {issued} invented exhibitors.")
    if with_guests and load_contributions(forum):
        done.append("Sent in what two invented speakers propose and show.")
    return done


@transaction.atomic
def _load_forum(*, today: date, with_accounts: bool, rebase: bool) -> tuple[Forum, list[str]]:
    done = []
    forum = Forum.objects.filter(slug=FORUM.slug).first()
    is_new = forum is None
    if forum is None:
        forum = create_forum(shared=load_shared(), today=today)
        done.append(_described(forum))
    elif rebase and (days := move_forum(forum, today=today)):
        done.append(f"Moved the forum by {days:+d} days; its opening is on {forum.main_day}.")
        done += _published(forum, note="New dates")
    if not AgendaRelease.objects.filter(forum=forum).exists():
        done += _published(forum, note="Demonstration agenda")
    if exhibitors := load_exhibition(forum):
        done.append(f"Opened the exhibition with {exhibitors} invented exhibitors.")
    if doors := load_doors(forum):
        done.append(f"Added {doors} doors at which tickets are scanned.")
    done += load_registration_setup(forum)
    if with_accounts and load_invitation(forum):
        done.append(f"Made the invitation code {INVITATION_CODE}.")
    if with_accounts and (created := load_accounts(forum, forum_is_new=is_new)):
        done.append(f"Created {created} demonstration accounts.")
    editor = User.objects.filter(email=AGENDA_EDITOR).first()
    if with_accounts and is_new and editor:
        accept_warning(forum, by=editor)
        load_draft(forum, by=editor)
    return forum, done


def _described(forum: Forum) -> str:
    return (
        f"Created the forum of {forum.main_day}: {forum.sessions.count()} sessions in"
        f" {forum.venue.rooms.count()} rooms, {forum.registration_types.count()} kinds of attendance."
    )


def _published(forum: Forum, *, note: str) -> list[str]:
    try:
        release = publish_agenda(forum=forum, by=None, note=note, actor_label=ACTOR)
    except NothingToPublish:
        return []
    return [f"Published release {release.number} of the agenda."]
