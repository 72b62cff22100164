"""What a person says about herself, in the form in which it is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from core.errors import DomainError
from registrations import personal_data


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """Who comes. ``email`` may be empty for members of delegations alone: their mails go to the lead."""

    name: str
    email: str
    organization_name: str
    country: str
    language: str
    latin_name: str = ""
    job_title: str = ""

    def cleaned(self) -> PersonDetails:
        """Return the texts as they are stored; raises DomainError for those that no ticket can hold."""
        return replace(
            self,
            name=cleaned_text("name", self.name),
            latin_name=cleaned_text("latin_name", self.latin_name),
            job_title=cleaned_text("job_title", self.job_title),
            email=cleaned_text("email", self.email) if self.email else "",
            organization_name=cleaned_text("organization_name", self.organization_name),
        )


OPTIONAL = ("latin_name", "job_title")


def cleaned_text(field: str, text: str) -> str:
    """Return ``text`` as it is stored. Callers without a form get the form's sentences as DomainError."""
    try:
        if field == "email":
            return personal_data.mailbox(text)
        if field == "country":
            return personal_data.country(text)
        if field in OPTIONAL:
            return personal_data.one_line(text, longest=personal_data.LONGEST[field])
        return personal_data.required_answer(field, text)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), field=field) from error
