"""What exhibitors write of themselves and their products, each text in three languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, current_language
from core.scripts import seems_foreign
from events.models import Topic
from exhibitors.completeness import PRODUCT_TEXTS, PROFILE_TEXTS
from exhibitors.forms.exhibitor import PictureField
from exhibitors.forms.fields import LineField, LinesField, MailField, WebsiteField, language_field, telephone
from exhibitors.models import Exhibitor, Product

LONGEST_TEXT = 4000
_ACCEPTED = "image/jpeg,image/png,image/webp"


class TopicsField(forms.ModelMultipleChoiceField):
    """Topics in the reader's language."""

    def __init__(self) -> None:
        super().__init__(
            Topic.objects.all(),
            required=False,
            label=capfirst(_("topics")),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Please choose topics from the list.")},
        )

    def label_from_instance(self, obj: Any) -> str:
        """Return the topic's name."""
        return str(obj.display_name)


class PresenceForm(forms.Form):
    """Texts of a row in three languages, filled with what stands there; what is changed is written."""

    texts: tuple[str, ...] = ()
    website = WebsiteField(label=capfirst(_("website")))
    topics = TopicsField()

    def __init__(
        self, row: models.Model, data: Any = None, files: Any = None, *, too_large: bool = False
    ) -> None:
        super().__init__(data, files)
        self.row = row
        self.too_large = too_large
        self.columns = [f"{name}_{code}" for name in self.texts for code in LANGUAGE_CODES]
        for name in self.columns:
            self.fields[name] = _text_field(row, name)
            self.initial[name] = getattr(row, name) or ""
        self.initial["website"] = getattr(row, "website", "")
        if row.pk:
            self.initial["topics"] = [topic.pk for topic in row.topics.all()]  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """Return the texts, each in three languages, the reader's own first."""
        return [[self[f"{name}_{code}"] for code in own_first()] for name in self.texts]

    def doubts(self) -> list[str]:
        """Return a sentence about each changed text that seems to stand under another language's name."""
        found = []
        for name in self.changed_data:
            language = self.fields[name].widget.attrs.get("lang")
            seems = seems_foreign(self.cleaned_data[name], language) if language else ""
            if seems:
                facts = {"field": self.fields[name].label, "language": NATIVE_NAMES[seems]}
                found.append(
                    gettext("“%(field)s” seems to be written in %(language)s. If so, please move it there.")
                    % facts
                )
        return found

    def changed(self, names: Any) -> dict[str, Any]:
        """Return of these fields what somebody changed, from a valid form."""
        return {name: self.cleaned_data[name] for name in names if name in self.changed_data}

    @property
    def topics_chosen(self) -> list[Topic] | None:
        """The topics, when they were changed."""
        return list(self.cleaned_data["topics"]) if "topics" in self.changed_data else None

    def picture_said(self, name: str) -> None:
        """Tell a file that was too large to be read from no file."""
        if self.too_large and not self.errors.get(name):
            self.add_error(name, _("The file is too large. A picture has at most 10 MB."))


class ProfileForm(PresenceForm):
    """Everything about the exhibitor itself."""

    texts = PROFILE_TEXTS
    logo = PictureField(label=_("A new logo"), widget=forms.FileInput(attrs={"accept": _ACCEPTED}))
    without_logo = forms.BooleanField(label=_("Show no logo"), required=False)
    contact_name = LineField(
        label=_("Contact person"),
        max_length=200,
        error_messages={"required": _("Please write who can be asked.")},
    )
    contact_email = MailField(
        label=_("E-mail"),
        help_text=_("The organizers’ mails about the booth go there. Never shown in public."),
        error_messages={"required": _("Please give an e-mail address: the organizers’ answer goes there.")},
    )
    contact_phone = LineField(label=_("Telephone"), max_length=40, required=False)
    language = language_field()
    billing_name = LineField(label=_("Name on invoices"), max_length=250, required=False)
    billing_address = LinesField(
        label=_("Address on invoices"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tax_code = LineField(
        label=_("Tax code"),
        help_text=_("As it must stand on the invoice; mã số thuế in Vietnam, 사업자등록번호 in Korea."),
        max_length=30,
        required=False,
    )
    contact_fields = ("contact_name", "contact_email", "contact_phone", "language")
    billing_fields = ("billing_name", "billing_address", "tax_code")

    def __init__(self, exhibitor: Exhibitor, own_names: frozenset[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(exhibitor, *args, **kwargs)
        for name in (*self.contact_fields, *self.billing_fields):
            self.initial[name] = getattr(exhibitor, name)
        for code in own_first():
            self.fields[f"called_{code}"] = LineField(
                label=format_lazy("{} · {}", _("Name of the organization"), NATIVE_NAMES[code]),
                max_length=250,
                required=False,
                disabled=code not in own_names,
                widget=forms.TextInput(attrs={"lang": code}),
            )
            self.initial[f"called_{code}"] = getattr(exhibitor.organization, f"name_{code}") or ""

    @property
    def names(self) -> list[forms.BoundField]:
        """The organization's name in three languages."""
        return [self[f"called_{code}"] for code in own_first()]

    def clean(self) -> dict[str, Any]:
        """See that a name is left, and read the number in the plan of the country."""
        cleaned = super().clean() or {}
        self.picture_said("logo")
        if not any(cleaned.get(f"called_{code}") for code in LANGUAGE_CODES):
            self.add_error(
                f"called_{current_language()}", _("Please write what your organization is called.")
            )
        if "contact_phone" in self.changed_data and "contact_phone" in cleaned:
            try:
                country = self.row.organization.country  # type: ignore[attr-defined]
                cleaned["contact_phone"] = telephone(cleaned["contact_phone"], country)
            except ValidationError as error:
                self.add_error("contact_phone", error)
        return cleaned

    @property
    def names_written(self) -> dict[str, str]:
        """The names that somebody changed, by language."""
        return {
            code: self.cleaned_data[f"called_{code}"]
            for code in LANGUAGE_CODES
            if f"called_{code}" in self.changed_data
        }


class ProductForm(PresenceForm):
    """Something an exhibitor shows."""

    texts = PRODUCT_TEXTS
    picture = PictureField(label=_("A new picture"), widget=forms.FileInput(attrs={"accept": _ACCEPTED}))
    without_picture = forms.BooleanField(label=_("Show no picture"), required=False)

    def __init__(self, product: Product, *args: Any, **kwargs: Any) -> None:
        super().__init__(product, *args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """See that it has a name in one language at least."""
        cleaned = super().clean() or {}
        self.picture_said("picture")
        if not any(cleaned.get(f"name_{code}") for code in LANGUAGE_CODES):
            self.add_error(f"name_{current_language()}", _("Please write what the product is called."))
        return cleaned


def own_first() -> list[str]:
    """Return the three languages, the reader's own first."""
    own = current_language()
    return sorted(LANGUAGE_CODES, key=lambda code: code != own)


def _text_field(row: models.Model, name: str) -> forms.CharField:
    column: Any = row._meta.get_field(name)
    label = format_lazy(
        "{} · {}", capfirst(column.translated_field.verbose_name), NATIVE_NAMES[column.language]
    )
    if isinstance(column.translated_field, models.TextField):
        area = forms.Textarea(attrs={"lang": column.language, "rows": 7})
        return LinesField(label=label, required=False, max_length=LONGEST_TEXT, widget=area)
    line = forms.TextInput(attrs={"lang": column.language})
    return LineField(label=label, required=False, max_length=column.max_length, widget=line)
