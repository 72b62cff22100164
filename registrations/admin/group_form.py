"""Choosing a group of people: one field for each filter, none of which need be filled in."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from core.countries import country_choices
from core.i18n import NATIVE_NAMES, current_language
from core.moment_field import DayField
from events.models import Forum, Session
from registrations.groups import CAME, MOST_CHOSEN, NEVER_CAME, Group, read_group
from registrations.groups_in_words import DETAIL_NAMES
from registrations.models import Consent, Delegation, Question, Registration, RegistrationType

LANGUAGES = list(NATIVE_NAMES.items())
# The filters that are chosen from lists, and those of them whose keys are numbers.
CHOSEN = (
    "types",
    "countries",
    "statuses",
    "seats",
    "waits",
    "delegations",
    "languages",
    "without_languages",
    "missing",
    "consents",
    "options",
)
NUMBERS = frozenset({"types", "options"})


class _Ticks(forms.MultipleChoiceField):
    """Some of several; a list that wants a key held down while one clicks loses what was chosen."""

    widget = forms.CheckboxSelectMultiple


class CodesField(forms.CharField):
    """People by the codes of their tickets, as one copies them from a list."""

    widget = forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "characters"})

    def clean(self, value: Any) -> list[str]:
        """Return the codes in capital letters, each once."""
        words = re.split(r"[\s,;]+", super().clean(value).upper())
        codes = list(dict.fromkeys(word for word in words if word))
        if len(codes) > MOST_CHOSEN:
            raise ValidationError(_("At most %(most)s people are chosen by hand.") % {"most": MOST_CHOSEN})
        return codes


class GroupForm(forms.Form):
    """The filters of a group in one forum, offered to one organizer."""

    types = _Ticks(label=capfirst(_("type of attendance")), required=False)
    statuses = _Ticks(
        label=capfirst(_("status")),
        required=False,
        choices=Registration.Status.choices,
        help_text=_("None chosen: everybody whose registration has not ended."),
    )
    languages = _Ticks(label=_("Gets mails in"), required=False, choices=LANGUAGES)
    without_languages = _Ticks(label=_("Does not get mails in"), required=False, choices=LANGUAGES)
    arrival = forms.ChoiceField(
        label=_("At the forum"),
        required=False,
        choices=[
            ("", _("does not matter")),
            (CAME, _("has been there")),
            (NEVER_CAME, _("has not been there")),
        ],
    )
    consents = _Ticks(label=_("Agrees to all of"), required=False)
    missing = _Ticks(label=_("Has not given"), required=False, choices=list(DETAIL_NAMES.items()))
    registered_from = DayField(label=_("Registered from"), required=False)
    registered_until = DayField(label=_("Registered until"), required=False)
    countries = _Ticks(label=capfirst(_("country")), required=False)
    seats = _Ticks(label=_("With a seat in"), required=False)
    waits = _Ticks(label=_("Waiting for a seat in"), required=False)
    delegations = _Ticks(label=_("Of the delegation"), required=False)
    options = _Ticks(label=_("Answered"), required=False)
    people = CodesField(
        label=_("Only these people"),
        required=False,
        help_text=_("Codes of tickets, with spaces between them."),
    )
    without = CodesField(label=_("Not these people"), required=False)

    def __init__(
        self, *args: Any, forum: Forum, by: User, stored: Group | None = None, **kwargs: Any
    ) -> None:
        self.forum, self.stored = forum, stored or Group()
        kwargs["initial"] = {**_initial(forum, self.stored), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        limited = Session.objects.visible_to(by).filter(forum=forum, seat_limit__isnull=False)
        sessions = [(str(session.uid), session.display_title.text) for session in limited]
        for name, choices in (
            ("types", [(kind.pk, str(kind)) for kind in RegistrationType.objects.filter(forum=forum)]),
            ("countries", list(country_choices(current_language()))),
            ("seats", sessions),
            ("waits", sessions),
            ("delegations", [(str(one.pk), str(one)) for one in Delegation.objects.filter(forum=forum)]),
            ("consents", [one for one in Consent.Kind.choices if one[0] != Consent.Kind.PRIVACY]),
            ("options", _options(forum)),
        ):
            self._offer(name, choices)

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # for the type checker
        field.choices = choices

    @property
    def filters_in_use(self) -> bool:
        """True when any of the filters behind the fold is set, so that the page opens it."""
        return bool(set(self.stored.as_json()) - {"types", "statuses", "languages"}) or self.is_bound

    def clean_people(self) -> list[str]:
        """Ids of the registrations that have these codes."""
        return self._ids("people")

    def clean_without(self) -> list[str]:
        """Ids of the registrations that have these codes."""
        return self._ids("without")

    def _ids(self, name: str) -> list[str]:
        codes: list[str] = self.cleaned_data[name]
        rows = Registration.objects.filter(forum=self.forum, code__in=codes, erased_at=None)
        found = dict(rows.values_list("code", "pk")) if codes else {}
        unknown = [code for code in codes if code not in found]
        if unknown:
            refusal = ngettext(
                "There is no ticket %(codes)s in this forum.",
                "There are no tickets %(codes)s in this forum.",
                len(unknown),
            )
            raise ValidationError(refusal % {"codes": ", ".join(unknown[:10])})
        return [str(found[code]) for code in codes]

    def clean(self) -> dict[str, Any]:
        """Let the period end after its beginning."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("registered_from"), cleaned.get("registered_until")
        if first and last and last < first:
            self.add_error("registered_until", _("The period ends before it begins."))
        return cleaned

    def group(self) -> Group:
        """Return the group. What is stored and not offered to her stays, or the group would grow."""
        chosen: dict[str, Any] = {
            name: self.cleaned_data[name].isoformat()
            for name in ("registered_from", "registered_until")
            if self.cleaned_data[name]
        }
        if self.cleaned_data["arrival"]:
            chosen["arrival"] = self.cleaned_data["arrival"]
        for name in CHOSEN:
            values = [int(one) if name in NUMBERS else one for one in self.cleaned_data[name]]
            chosen[name] = [*values, *self._not_offered(name)]
        chosen |= {name: self.cleaned_data[name] for name in ("people", "without")}
        return read_group(chosen)

    def _not_offered(self, name: str) -> list[Any]:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 # for the type checker
        return [one for one in getattr(self.stored, name) if not field.valid_value(str(one))]


def _options(forum: Forum) -> list[tuple[Any, Any]]:
    """The options of each question, under its words."""
    questions = Question.objects.filter(forum=forum, kind__in=Question.WITH_OPTIONS)
    return [
        (str(question), [(option.pk, str(option)) for option in question.options.all()])
        for question in questions.prefetch_related("options")
    ]


def _initial(forum: Forum, group: Group) -> dict[str, Any]:
    """What the fields show of a stored group: people by their codes."""
    found: dict[str, Any] = {name: list(getattr(group, name)) for name in CHOSEN}
    found |= {name: getattr(group, name) for name in ("arrival", "registered_from", "registered_until")}
    ids = {*group.people, *group.without}
    codes = (
        {
            str(pk): code
            for pk, code in Registration.objects.filter(forum=forum, pk__in=ids).values_list("pk", "code")
        }
        if ids
        else {}
    )
    for name in ("people", "without"):
        found[name] = " ".join(codes[one] for one in getattr(group, name) if one in codes)
    return found
