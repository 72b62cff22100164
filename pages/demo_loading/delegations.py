"""The invented delegations, as their leads make them: from a list, with kept places, with one replaced."""

import uuid

from django.db import transaction
from django.utils import translation

from events.models import Forum
from pages.demo.delegations import DELEGATIONS, DelegationRecord, MemberRecord
from registrations.consents import consent_in
from registrations.delegations.members import plan_members, register_members, replace_member
from registrations.delegations.opening import open_delegation
from registrations.delegations.places import keep_places, send_place
from registrations.delegations.reading import overview_of
from registrations.models import Delegation, RegistrationType
from registrations.people.reading import read_text
from registrations.services import PersonDetails, register

_COLUMNS = ("No", "Full name", "Name in Latin letters", "Position", "E-mail", "Type")


def load_delegations(forum: Forum) -> int:
    """
    Open the delegations that were never there, and return how many those were.

    Call it as `load_guests`: their mails and tickets say when the forum begins.
    """
    known = set(
        Delegation.objects.filter(form_token__in=[_form_token(record) for record in DELEGATIONS]).values_list(
            "form_token", flat=True
        )
    )
    missing = [record for record in DELEGATIONS if _form_token(record) not in known]
    for record in missing:
        with transaction.atomic(), translation.override(record.language):
            _open(record, forum)
    return len(missing)


def _open(record: DelegationRecord, forum: Forum) -> None:
    delegation = open_delegation(
        forum=forum,
        form_token=_form_token(record),
        name=record.name,
        country=record.country,
        lead_name=record.lead_name,
        email=record.email,
        language=record.language,
    )
    types = {kind.slug: kind for kind in RegistrationType.objects.offered(forum)}
    otherwise = types["delegate"]
    sheet = read_text(_as_list(record.members), most_rows=len(record.members))
    plan = plan_members(delegation, sheet, types=list(types.values()), otherwise=otherwise)
    register_members(delegation, plan)
    if record.replaced:
        _replace(delegation, *record.replaced)
    keep_places(delegation, type=otherwise, count=record.open_places)
    if record.invited:
        (place,) = keep_places(delegation, type=otherwise, count=1)
        send_place(place, name=record.invited.name, email=record.invited.email, language=record.language)


def _as_list(members: tuple[MemberRecord, ...]) -> str:
    rows = [
        (str(number), one.name, one.latin_name, one.job_title, one.email, one.type)
        for number, one in enumerate(members, start=1)
    ]
    return "\n".join("\t".join(row) for row in [_COLUMNS, *rows])


def _replace(delegation: Delegation, name: str, other: MemberRecord) -> None:
    """Let `other` come instead of the member called `name`, who has filled in the form already."""
    (member,) = (one for one in overview_of(delegation).members if one.name == name)
    invitation = replace_member(
        delegation, member, name=other.name, email=other.email, language=member.language
    )
    register(
        forum=delegation.forum,
        type=member.type,
        form_token=uuid.uuid4(),
        details=PersonDetails(
            name=other.name,
            latin_name=other.latin_name,
            job_title=other.job_title,
            email=other.email,
            organization_name=member.organization_name,
            country=member.country,
            language=member.language,
        ),
        consents=[consent_in(delegation.forum, member.language)],
        invitation=invitation,
    )


def _form_token(record: DelegationRecord) -> uuid.UUID:
    """The same for one delegation in every run, and so the key by which it is found again."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{record.slug}.delegation.forum.example")
