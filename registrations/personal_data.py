"""What people write about themselves, made uniform, or refused with a sentence they can act on.

Names are kept as their owners write them: any script, emoji, mixed directions. Refused is only what no
ticket can show, what would change how the text around it is read, and a name that nobody can call out.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from core.countries import country_codes
from core.typeset.fitting import is_printed_whole, settable

# As long as the columns of Registration are.
LONGEST = {"name": 120, "latin_name": 120, "job_title": 120, "organization_name": 160}
# RFC 5321, 4.5.3.1: the longest path is 256 octets with its angle brackets, the longest local part 64.
EMAIL_LENGTH = 254
LOCAL_PART_LENGTH = 64

# Latin with its accents and Hangul: every face has them, so nobody waits for the faces to be read.
PRINTABLE = re.compile("[\0-\u024f\u1e00-\u1eff\uac00-\ud7a3]*")
# Embeddings, overrides and isolates (Unicode UAX #9): after them "gpj.exe" reads "exe.jpg", and so does
# whatever stands behind the name in a list or a mail. The plain marks U+200E and U+200F are harmless.
DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Categories of the Unicode character database: control characters, and halves of surrogate pairs.
UNPRINTABLE = frozenset({"Cc", "Cs"})
# Marks above and below one letter. No orthography stacks more (Tibetan and Hebrew come close); those who
# do let them grow into the lines around, on badges and in lists.
MOST_MARKS = 4
STACKED_MARKS = frozenset({"Mn", "Me"})
# Formats and separators: a text of these alone shows nothing.
INVISIBLE = frozenset({"Cf", "Zs", "Zl", "Zp", "Mn"})

_validate_address = EmailValidator(
    message=_("This is not a mail address. It should look like name@hospital.vn."), allowlist=[]
)


def one_line(text: str, *, longest: int) -> str:
    """Return ``text`` as one line in Unicode's composed form (NFC), or ``""`` when nothing would show.

    White space of any kind, line ends included, becomes single spaces. Raises ValidationError for control
    characters, for characters that turn the direction of the text around them, and for more than
    ``longest`` characters.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    categories = {unicodedata.category(character) for character in text}
    if categories & UNPRINTABLE:
        raise ValidationError(
            _("There is an invisible control character in it. Please type it instead of pasting it."),
            code="control",
        )
    if DIRECTION_CONTROLS & set(text):
        raise ValidationError(
            _(
                "There is an invisible character in it that turns the direction of writing. "
                "Please type it instead of pasting it."
            ),
            code="direction",
        )
    if categories <= INVISIBLE:
        return ""
    if _tallest_stack(text) > MOST_MARKS:
        raise ValidationError(
            _("There are too many accents on one letter. Please write it as on your passport or card."),
            code="marks",
        )
    if len(text) > longest:
        raise ValidationError(
            _("This is too long: at most %(longest)d characters fit, and there are %(length)d."),
            code="long",
            params={"longest": longest, "length": len(text)},
        )
    return text


def _tallest_stack(text: str) -> int:
    """Return how many marks stand on the letter that has most of them."""
    tallest = height = 0
    for character in text:
        height = height + 1 if unicodedata.category(character) in STACKED_MARKS else 0
        tallest = max(tallest, height)
    return tallest


def answer(field: str, text: str) -> str:
    """Return what a person wrote as her ``field`` (a key of LONGEST) as :func:`one_line` does.

    Raises ValidationError also for a name without a letter, such as one of emoji alone, and for a Latin
    name with others.
    """
    line = one_line(text, longest=LONGEST[field])
    if field == "name" and line and not any(unicodedata.category(sign).startswith("L") for sign in line):
        raise ValidationError(_("Please write your name with letters."), code="letters")
    if field == "latin_name" and not _is_latin(line):
        raise ValidationError(_("Please write it with Latin letters, as in your passport."), code="latin")
    return line


def _is_latin(line: str) -> bool:
    """True when every letter of it, with or without marks, is one of the Latin script."""
    letters = [sign for sign in line if unicodedata.category(sign).startswith("L")]
    return all(unicodedata.name(letter, "").startswith("LATIN ") for letter in letters)


def needs_latin_name(name: str, latin_name: str) -> bool:
    """Say whether tickets, badges and certificates could not print a name whole, nor its Latin form."""
    if PRINTABLE.fullmatch(name):
        return False
    return bool(name) and not is_printed_whole(name) and not settable(latin_name)


MISSING = {
    "name": _("Please write the name."),
    "latin_name": _("Please write the name in Latin letters."),
    "job_title": _("Please write the position."),
    "organization_name": _("Please write the organization."),
}


def required_answer(field: str, text: str) -> str:
    """Return ``text`` as :func:`answer` does; raises ValidationError also when nothing would show."""
    line = answer(field, text)
    if not line:
        raise ValidationError(MISSING[field], code="required")
    return line


def country(code: str) -> str:
    """Return an ISO 3166 code that is one; raises ValidationError for any other."""
    if code not in country_codes():
        raise ValidationError(_("Please choose your country or territory."), code="country")
    return code


def mailbox(text: str) -> str:
    """Return a mail address in lower case, an international domain in its ASCII form (RFC 5890).

    Raises ValidationError for anything a common mail server would not take: local parts with quotes or
    outside ASCII, addresses of machines in brackets, line ends, more than 254 characters.
    """
    address = text.strip()
    local, at, domain = address.rpartition("@")
    if not at:
        raise ValidationError(
            _("This is not a mail address. It should look like name@hospital.vn."), code="at"
        )
    if not local:
        raise ValidationError(
            _("The address has no part before the @, as in name@hospital.vn."), code="local"
        )
    if not domain:
        raise ValidationError(
            _("The address has no part after the @, as in name@hospital.vn."), code="domain"
        )
    if len(address) > EMAIL_LENGTH or len(local) > LOCAL_PART_LENGTH:
        raise ValidationError(_("This is too long for a mail address."), code="long")
    if not local.isascii():
        raise ValidationError(
            _("Before the @ there may be only Latin letters without accents, digits and signs."),
            code="local",
        )
    try:
        address = f"{local}@{domain.encode('idna').decode('ascii')}".lower()
    except UnicodeError:
        address = ""
    # A quoted local part may hold control characters, and a domain in brackets names a machine.
    if set(address) & set('"[]\\'):
        address = ""
    _validate_address(address)
    if len(address) > EMAIL_LENGTH:
        raise ValidationError(_("This is too long for a mail address."), code="long")
    return address
