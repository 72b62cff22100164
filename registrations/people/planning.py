"""What a list of people says, person by person, with what is wrong beside each."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.countries import country_codes, country_name
from core.folding import fold
from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, texts_of
from registrations import personal_data
from registrations.models import RegistrationType
from registrations.people.columns import HEADINGS
from registrations.people.reading import PeopleSheet, PersonRow
from registrations.services.details import PersonDetails

_MOST_PRECEDENCE: Final = 32_000
_LANGUAGE_WORDS: Final[Mapping[str, str]] = {
    "vi": "vi vn vietnamese viet 베트남어",
    "ko": "ko kr korean han 한국어",
    "en": "en english anh 영어",
}
# What people write beside the names of the dictionaries.
_MORE_COUNTRIES: Final[Mapping[str, str]] = {
    "vietnam": "VN",
    "korea": "KR",
    "south korea": "KR",
    "republic of korea": "KR",
    "rok": "KR",
    "han quoc": "KR",
    "한국": "KR",
    "대한민국": "KR",
    "베트남": "VN",
    "usa": "US",
    "uk": "GB",
}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a person of whom the list does not say it."""

    type: RegistrationType
    organization_name: str
    country: str
    language: str


@dataclass(slots=True)
class PlannedPerson:
    """A person of the list. With ``errors`` nobody can be registered from it."""

    number: int
    type: RegistrationType
    name: str = ""
    latin_name: str = ""
    job_title: str = ""
    organization_name: str = ""
    email: str = ""
    country: str = ""
    language: str = ""
    precedence: int | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def details(self) -> PersonDetails:
        """Return what ``services.register`` wants to know of the person."""
        return PersonDetails(**{detail.name: getattr(self, detail.name) for detail in fields(PersonDetails)})


def plan_people(
    sheet: PeopleSheet,
    *,
    types: Sequence[RegistrationType],
    defaults: Defaults,
    needs_email: bool,
    known_addresses: Collection[str] = (),
) -> list[PlannedPerson]:
    """Return the people of ``sheet`` as they would be registered.

    ``types`` may be named in the list by short name or by their name in any language. ``needs_email`` says
    whether an empty address is an error; ``known_addresses`` are registered already.
    """
    called = _names_of(types)
    people = [_planned(row, called, defaults) for row in sheet.rows]
    written = Counter(person.email for person in people if person.email)
    for person in people:
        if not person.email and needs_email and not person.errors:
            person.errors.append(_("The e-mail address is missing."))
        if written[person.email] > 1:
            person.errors.append(_("This address is in the list more than once."))
        if person.email in known_addresses:
            person.errors.append(_("This address is already registered."))
    return people


def _planned(row: PersonRow, called: Mapping[str, RegistrationType], defaults: Defaults) -> PlannedPerson:
    person = PlannedPerson(row.number, defaults.type)
    for name in ("name", "latin_name", "job_title", "organization_name"):
        setattr(person, name, _line(row, name, person.errors))
    if not person.name and not person.errors:
        person.errors.append(_("The name is missing."))
    if not person.errors and personal_data.needs_latin_name(person.name, person.latin_name):
        sentence = _("The badge cannot print this name. Please add it in a column “%(heading)s”.")
        person.errors.append(sentence % {"heading": HEADINGS["latin_name"]})
    person.organization_name = person.organization_name or defaults.organization_name
    person.email = _address(row.cell("email"), person.errors)
    person.country = _country(row.cell("country"), person.errors) or defaults.country
    person.language = _language(row.cell("language"), person.errors) or defaults.language
    wanted = row.cell("type")
    if wanted and fold(wanted) not in called:
        person.errors.append(_("“%(text)s” is no type of attendance here.") % {"text": wanted[:60]})
    elif wanted:
        person.type = called[fold(wanted)]
    person.precedence = _precedence(row.cell("precedence"), person.errors)
    return person


def _line(row: PersonRow, name: str, errors: list[str]) -> str:
    try:
        return personal_data.answer(name, row.cell(name))
    except ValidationError as error:
        errors.extend(error.messages)
        return row.cell(name)[:60]


def _address(text: str, errors: list[str]) -> str:
    if not text:
        return ""
    try:
        return personal_data.mailbox(text)
    except ValidationError as error:
        errors.extend(error.messages)
        return text[:60]


def _names_of(types: Sequence[RegistrationType]) -> Mapping[str, RegistrationType]:
    return {
        fold(name): kind for kind in types for name in (kind.slug, *texts_of(kind, "name").values()) if name
    }


def _country(text: str, errors: list[str]) -> str:
    if not text:
        return ""
    code = _countries().get(_bare(text), "")
    if not code:
        errors.append(_("“%(text)s” is no country that is known here.") % {"text": text[:60]})
    return code


@functools.cache
def _countries() -> Mapping[str, str]:
    """Every country by its code and by its name in each language, without case, accents and signs."""
    named = {
        _bare(country_name(code, language)): code for language in LANGUAGE_CODES for code in country_codes()
    }
    return (
        named
        | {_bare(name): code for name, code in _MORE_COUNTRIES.items()}
        | {code.casefold(): code for code in country_codes()}
    )


def _language(text: str, errors: list[str]) -> str:
    if not text:
        return ""
    words = set(_bare(text).split())
    for code in LANGUAGE_CODES:
        if words & {*_LANGUAGE_WORDS[code].split(), _bare(NATIVE_NAMES[code])}:
            return code
    errors.append(
        _("Mails are written in Vietnamese, Korean or English, not in “%(text)s”.") % {"text": text[:60]}
    )
    return ""


def _precedence(text: str, errors: list[str]) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= _MOST_PRECEDENCE:
        return int(text)
    errors.append(_("“%(text)s” is no number for the order of precedence.") % {"text": text[:60]})
    return None


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
