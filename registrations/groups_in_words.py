"""What a group is, in sentences of the active language, so that nobody writes to whom she did not mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from accounts.models import User
from core import dates
from core.countries import country_name
from core.i18n import NATIVE_NAMES, current_language
from events.models import Forum, Session
from registrations.groups import CAME, Group
from registrations.models import Consent, Delegation, QuestionOption, Registration, RegistrationType

DETAIL_NAMES = {
    "email": gettext_lazy("an e-mail address of one’s own"),
    "latin_name": gettext_lazy("the name in Latin letters"),
    "job_title": gettext_lazy("the position"),
    "organization_name": gettext_lazy("the organization"),
}


def in_words(forum: Forum, group: Group, *, by: User) -> list[str]:
    """Return one sentence for each filter, for the eyes of ``by``; at most five queries."""
    sentences = [_statuses(group)]
    sentences += _named(_("Type of attendance: %(names)s"), _types(forum, group.types))
    countries = [country_name(code, current_language()) for code in group.countries]
    sentences += _named(_("Country: %(names)s"), countries)
    if group.arrival:
        came = group.arrival == CAME
        sentences.append(_("Has been at the forum") if came else _("Has not been at the forum"))
    hidden = _("a session that you may not see")
    titles = _titles(forum, {*group.seats, *group.waits}, by)
    sentences += _named(_("With a seat in: %(names)s"), [titles.get(uid, hidden) for uid in group.seats])
    waits = [titles.get(uid, hidden) for uid in group.waits]
    sentences += _named(_("Waiting for a seat in: %(names)s"), waits)
    sentences += _named(_("Of the delegation: %(names)s"), _delegations(forum, group.delegations))
    languages = [NATIVE_NAMES[code] for code in group.languages]
    sentences += _named(_("Gets mails in: %(names)s"), languages)
    without = [NATIVE_NAMES[code] for code in group.without_languages]
    sentences += _named(_("Does not get mails in: %(names)s"), without)
    missing = [str(DETAIL_NAMES[name]) for name in group.missing]
    sentences += _named(_("Has not given: %(names)s"), missing)
    sentences += _days(group)
    kinds = dict(Consent.Kind.choices)
    consents = [str(kinds[Consent.Kind(kind)]) for kind in group.consents]
    sentences += _named(_("Agrees to: %(names)s"), consents, all_of=True)
    sentences += _named(_("Answered: %(names)s"), _options(forum, group.options))
    return sentences + _by_hand(group)


def _named(sentence: str, names: list[str], *, all_of: bool = False) -> list[str]:
    joint = pgettext("between the last two of which all hold", " and ") if all_of else _or()
    return [sentence % {"names": listed(names, joint)}] if names else []


def _or() -> str:
    return pgettext("between the last two of which one holds", " or ")


def listed(names: list[str], joint: str) -> str:
    """Return ``a, b or c``."""
    return joint.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _statuses(group: Group) -> str:
    if not group.statuses:
        return _("Everybody whose registration has not ended")
    words = dict(Registration.Status.choices)
    names = [str(words[Registration.Status(status)]) for status in group.statuses]
    return _("Status: %(names)s") % {"names": listed(names, _or())}


def _types(forum: Forum, keys: tuple[int, ...]) -> list[str]:
    return _found(RegistrationType.objects.filter(forum=forum), keys) if keys else []


def _delegations(forum: Forum, keys: tuple[str, ...]) -> list[str]:
    return _found(Delegation.objects.filter(forum=forum), keys) if keys else []


def _options(forum: Forum, keys: tuple[int, ...]) -> list[str]:
    if not keys:
        return []
    options = QuestionOption.objects.filter(question__forum=forum, pk__in=keys).select_related("question")
    found = {option.pk: f"{option.question} – {option}" for option in options}
    return [found.get(key, "–") for key in keys]


def _found(rows: QuerySet[Any], keys: Iterable[Any]) -> list[str]:
    """Name the rows in the order of their keys; one that was deleted meanwhile is a dash."""
    names = {str(row.pk): str(row) for row in rows.filter(pk__in=keys)}
    return [names.get(str(key), "–") for key in keys]


def _titles(forum: Forum, uids: set[str], by: User) -> Mapping[str, str]:
    if not uids:
        return {}
    sessions = Session.objects.visible_to(by).filter(forum=forum, uid__in=uids)
    return {str(session.uid): session.display_title.text for session in sessions}


def _days(group: Group) -> list[str]:
    first, last = group.registered_from, group.registered_until
    if first and last:
        return [_("Registered from %(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}]
    if first:
        return [_("Registered on %(day)s or later") % {"day": _day(first)}]
    return [_("Registered on %(day)s or earlier") % {"day": _day(last)}] if last else []


def _day(day: date) -> str:
    return dates.full_day(day, current_language())


def _by_hand(group: Group) -> list[str]:
    chosen, left_out = len(group.people), len(group.without)
    found = []
    if chosen:
        words = ngettext("%(n)s person chosen by hand", "%(n)s people chosen by hand", chosen)
        found.append(words % {"n": chosen})
    if left_out:
        words = ngettext("%(n)s person left out by hand", "%(n)s people left out by hand", left_out)
        found.append(words % {"n": left_out})
    return found
