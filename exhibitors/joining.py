"""An organization signs up for the exhibition: who it is, and the person who looks after it from then on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Organization, User
from core.audit import record
from core.errors import DomainError
from core.folding import fold
from core.i18n import LANGUAGE_CODES
from core.locking import short_transaction
from exhibitors import mails_managers, mails_organizers
from exhibitors.models import Exhibitor, ExhibitorManager

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from events.models import Forum

# One person looks after a few organizations, not after a hundred.
MOST_OF_ONE_ACCOUNT = 10
# Addresses that stand beside those of the exhibitors.
_RESERVED = frozenset({"join", "invitation"})
_LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody wrote of her organization and herself; ``names`` by language, at least one of them."""

    names: Mapping[str, str]
    country: str
    contact_name: str
    email: str
    phone: str
    language: str


class ExhibitsAlready(DomainError):
    """The organization is there, and others look after it. ``exhibitor`` is never shown."""

    def __init__(self, exhibitor: Exhibitor) -> None:
        self.exhibitor = exhibitor
        super().__init__(_("This organization exhibits already, and somebody else looks after it."))


class TooMany(DomainError):
    """A limit against nonsense."""

    def __init__(self) -> None:
        super().__init__(_("You look after many exhibitors already. Please write to the organizers."))


def join(*, forum: Forum, sign_up: SignUp, by: User) -> Exhibitor:
    """Make an organization an exhibitor that visitors do not see yet, and ``by`` its manager.

    ``by`` has proven her address. Signing the same organization up twice returns the first exhibitor.
    Raises ExhibitsAlready when others look after it, and TooMany.
    """
    with one_at_a_time(forum):
        known = same_organizations(sign_up.names, sign_up.country)
        there = Exhibitor.objects.filter(forum=forum, organization__in=known).order_by("pk").first()
        mine = ExhibitorManager.objects.live().filter(user=by, exhibitor__forum=forum)
        if there is not None:
            if mine.filter(exhibitor=there).exists():
                return there
            raise ExhibitsAlready(there)
        if mine.count() >= MOST_OF_ONE_ACCOUNT:
            raise TooMany
        exhibitor = found_exhibitor(forum, sign_up, known, by=by)
        _look_after(exhibitor, sign_up, by)
    return exhibitor


def one_at_a_time(forum: Forum) -> AbstractContextManager[None]:
    """Return the transaction in which exhibitors are founded.

    The race: two people, or two windows of one, sign up the same organization. No row stands for an
    organization that is not there yet, so the forum's sign-ups wait for each other.
    """
    return short_transaction(turn=f"exhibitors.joining:{forum.pk}")


def same_organizations(names: Mapping[str, str], country: str) -> list[Organization]:
    """Return the organizations of ``country`` that are called like this in any language. One query."""
    wanted = {_key(name) for name in names.values() if _key(name)}
    return [
        one
        for one in Organization.objects.filter(country=country).order_by("pk")
        if wanted & {_key(getattr(one, f"name_{code}") or "") for code in LANGUAGE_CODES}
    ]


def _key(name: str) -> str:
    """Return a name without case, marks, spaces and signs: ``Công ty  A.B.C`` is ``cong ty abc``."""
    return "".join(sign for sign in fold(name) if sign.isalnum())


def found_exhibitor(
    forum: Forum,
    sign_up: SignUp,
    known: Iterable[Organization],
    *,
    by: User | None,
    host: Exhibitor | None = None,
) -> Exhibitor:
    """Write an exhibitor that visitors do not see yet, in the caller's :func:`one_at_a_time`.

    An organization that is known keeps its names: organizers and speakers share it.
    """
    organization = next(iter(known), None)
    slug = _free_slug(forum, sign_up.names)
    if organization is None:
        organization = Organization.objects.create(
            slug=_free_organization_slug(slug),
            kind=Organization.Kind.OTHER,
            country=sign_up.country,
            **{f"name_{code}": sign_up.names.get(code, "") for code in LANGUAGE_CODES},
        )
        record("organization.created", organization, actor=by, changes={"name": ("", str(organization))})
    exhibitor = Exhibitor.objects.create(
        forum=forum,
        organization=organization,
        slug=slug,
        website=organization.website,
        contact_name=sign_up.contact_name,
        contact_email=sign_up.email,
        contact_phone=sign_up.phone,
        language=sign_up.language,
        billing_name=next((name for name in _by_preference(sign_up) if name), ""),
        host=host,
    )
    record("exhibitor.created", exhibitor, actor=by, changes={"organization": ("", str(organization))})
    return exhibitor


def _by_preference(sign_up: SignUp) -> list[str]:
    order = sorted(LANGUAGE_CODES, key=lambda code: code != sign_up.language)
    return [sign_up.names.get(code, "") for code in order]


def _look_after(exhibitor: Exhibitor, sign_up: SignUp, by: User) -> None:
    now = timezone.now()
    manager = ExhibitorManager.objects.create(
        exhibitor=exhibitor,
        email=by.email,
        name=sign_up.contact_name,
        language=sign_up.language,
        user=by,
        accepted_at=now,
        agreed_at=now,
    )
    record("exhibitormanager.created", manager, actor=by, changes={"email": ("", by.email)})
    if not by.name:
        by.name = sign_up.contact_name
        by.save(update_fields=["name"])


def _free_slug(forum: Forum, names: Mapping[str, str]) -> str:
    """Return a short name for addresses that nobody has in ``forum``; of Hangul alone none can be made."""
    made = (slugify(fold(names.get(code, "")))[:_LONGEST_SLUG].strip("-") for code in ("en", "vi"))
    base = next((slug for slug in made if slug), "") or "exhibitor"
    taken = set(Exhibitor.objects.filter(forum=forum, slug__startswith=base).values_list("slug", flat=True))
    return _numbered(base, taken | _RESERVED)


def _free_organization_slug(base: str) -> str:
    taken = set(Organization.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return _numbered(base, taken)


def _numbered(base: str, taken: Iterable[str]) -> str:
    """Return ``base``, or with four random letters: a number would say how many there are."""
    taken, slug = set(taken), base
    while slug in taken:
        slug = f"{base}-{secrets.token_hex(2)}"
    return slug


def ask_managers(exhibitor: Exhibitor, *, name: str, by: User) -> None:
    """Tell those who look after an exhibitor that ``by`` would like to as well; organizers if nobody does.

    Each learns it once of a person.
    """
    with short_transaction():
        managers = list(exhibitor.managers.accepted().select_related("user"))
        for manager in managers:
            mails_managers.post_asking(exhibitor, manager, name=name, email=by.email)
        if not managers:
            text = _("%(name)s (%(email)s) would like to look after this exhibitor.")
            mails_organizers.tell_organizers(
                mails_organizers.MESSAGE,
                exhibitor,
                text=text % {"name": name, "email": by.email},
                key=f"manager-{by.pk}",
            )
        record("exhibitor.access_asked", exhibitor, actor=by)
