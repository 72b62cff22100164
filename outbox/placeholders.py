"""What differs from reader to reader in a text that organizers write: ``{name}``, ``{link}``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

# Whatever stands between braces on one line is meant as a placeholder: a slip of the keyboard shall be
# told before it is mailed.
PLACEHOLDER = re.compile(r"\{([^{}\n]{1,60})\}")


def names_in(text: str) -> Iterator[str]:
    """Yield each placeholder of ``text`` once, in their order."""
    yield from dict.fromkeys(found[1].strip() for found in PLACEHOLDER.finditer(text))


def refuse_unknown(text: str, known: Collection[str]) -> None:
    """Raise ValidationError with a sentence that names the unknown placeholders and those that exist."""
    unknown = [name for name in names_in(text) if name not in known]
    if unknown:
        refusal = ngettext(
            "There is no placeholder %(unknown)s. There are: %(known)s.",
            "There are no placeholders %(unknown)s. There are: %(known)s.",
            len(unknown),
        )
        raise ValidationError(
            refusal % {"unknown": _listed(unknown), "known": _listed(known)}, code="placeholder"
        )


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with its placeholders replaced, once: what a value holds is no placeholder.

    An unknown one becomes nothing: forms refuse them, and a mail that is owed must go.
    """
    return PLACEHOLDER.sub(lambda found: values.get(found[1].strip(), ""), text)


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
