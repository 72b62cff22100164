"""What the form asks beside a person's details: questions with their options and conditions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationTabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts.admin_base import AuditedTabularInline, AuditedTranslationAdmin
from accounts.permissions import forums_where
from core.translation_marks import translation_marks
from registrations.models import Answer, Question, QuestionOption, RegistrationType


class OptionChoices(forms.ModelMultipleChoiceField):
    """Options of questions, each behind its question."""

    def label_from_instance(self, obj: models.Model) -> str:
        """Name the question and the option."""
        return f"{obj.question} → {obj}"  # type: ignore[attr-defined] # an option


class QuestionForm(forms.ModelForm):
    """A question that can be answered, and whose condition can come true."""

    types: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("Asked of"),
        queryset=RegistrationType.objects.none(),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Chosen none: everybody is asked."),
    )
    depends_on = OptionChoices(
        label=_("Asked only after"),
        queryset=QuestionOption.objects.none(),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Asked when one of these answers was given to an earlier question. Chosen none: always."),
    )

    class Meta:
        model = Question
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006

    def clean_kind(self) -> str:
        """What was answered already would not fit another kind."""
        kind: str = self.cleaned_data["kind"]
        is_other = self.instance.pk is not None and kind != self.initial.get("kind")
        if is_other and Answer.objects.filter(question=self.instance.pk).exists():
            raise ValidationError(
                _("People have answered this already. Please switch it off and make a new question.")
            )
        return kind

    def clean(self) -> dict[str, Any]:
        """See that everything belongs to one forum, and that conditions lie before the question."""
        cleaned = super().clean() or {}
        forum = cleaned.get("forum")
        place = (cleaned.get("position") or 0, self.instance.pk or float("inf"))
        for option in cleaned.get("depends_on", ()):
            before = (option.question.position, option.question_id)
            if forum and option.question.forum_id != forum.pk:
                self.add_error("depends_on", _("This belongs to another forum."))
            elif before >= place:
                self.add_error(
                    "depends_on",
                    _("“%(question)s” is not asked before this question. Please change the order.")
                    % {"question": option.question},
                )
        if forum and any(kind.forum_id != forum.pk for kind in cleaned.get("types", ())):
            self.add_error("types", _("This belongs to another forum."))
        self._check_followers(place)
        return cleaned

    def _check_followers(self, place: tuple[float, float]) -> None:
        """Those asked after an answer to this one must stay behind it."""
        if not self.instance.pk:
            return
        followers = Question.objects.filter(depends_on__question=self.instance.pk).distinct()
        for follower in followers:
            if (follower.position, follower.pk) <= place:
                self.add_error(
                    "position",
                    _("“%(question)s” is asked after an answer to this question and must stay behind it.")
                    % {"question": follower},
                )


class OptionFormSet(forms.BaseInlineFormSet):
    """The options: enough to choose from, and none taken away that somebody chose."""

    def clean(self) -> None:
        """Compare with the kind of the question as it is being saved."""
        super().clean()
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        kept = [row for row in rows if not row.get("DELETE")]
        kind = self.instance.kind
        if kind in (Question.Kind.CHOICE, Question.Kind.MULTIPLE) and not any(
            row.get("is_active") for row in kept
        ):
            raise ValidationError(_("Please write at least one option that can be chosen."))
        if kind not in Question.WITH_OPTIONS and kept:
            raise ValidationError(_("This kind of answer has no options. Please remove them."))
        gone = [row["id"].pk for row in rows if row.get("DELETE") and row.get("id")]
        if gone and Answer.options.through.objects.filter(questionoption_id__in=gone).exists():
            raise ValidationError(
                _("Somebody chose this option, so it stays. Take away “can be chosen” to offer it no more.")
            )


class OptionInline(AuditedTabularInline, TranslationTabularInline):
    """The answers that can be chosen."""

    model = QuestionOption
    formset = OptionFormSet
    fields = ("position", "name", "is_active")
    extra = 0


@admin.register(Question)
class QuestionAdmin(AuditedTranslationAdmin):
    """A question of the registration form."""

    form = QuestionForm
    inlines = (OptionInline,)
    list_display = (
        *("called", "kind", "of_whom", "is_required", "is_active"),
        *("position", "translations"),
    )
    list_display_links = ("called",)
    list_filter = ("is_active", "kind", "types")
    list_select_related = ("forum",)
    search_fields = ("name_vi", "name_ko", "name_en")
    readonly_fields = ("answered", "translations")
    fieldsets = (
        (None, {"fields": ("forum", ("kind", "position"), ("is_required", "is_active"), "translations")}),
        (_("What people read"), {"fields": ("name", "help")}),
        (_("Who is asked"), {"fields": ("types", "depends_on")}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With what the list says of each."""
        found = super().get_queryset(request).annotate(_answered=Count("answers", distinct=True))
        return found.prefetch_related("types", "depends_on__question")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """Offer the kinds of attendance of the person's forums, and the options of other questions there."""
        form = super().get_form(request, obj, change=change, **kwargs)
        forums = [obj.forum_id] if obj else forums_where(request.user, "registrations.change_question")
        fields: Any = form.base_fields
        fields["types"].queryset = RegistrationType.objects.filter(forum__in=forums)
        options = QuestionOption.objects.filter(question__forum__in=forums).exclude(question=obj)
        fields["depends_on"].queryset = options.select_related("question").order_by(
            "question__position", "question_id", "position"
        )
        return form

    @display(description=_("question"), ordering="position", header=True)
    def called(self, question: Question) -> tuple[str, str]:
        """The question in the reader's language, above the answers after which it is asked."""
        before = ", ".join(f"{option.question} → {option}" for option in question.depends_on.all())
        return str(question), before

    @display(description=_("asked of"))
    def of_whom(self, question: Question) -> str:
        """The kinds of attendance, or everybody."""
        return ", ".join(str(kind) for kind in question.types.all()) or str(_("everybody"))

    @display(description=_("answers"), ordering="_answered")
    def answered(self, question: Question) -> int:
        """How many have answered it."""
        return int(getattr(question, "_answered", 0))

    @display(description=_("translations"))
    def translations(self, question: Question) -> SafeString | str:
        """Which languages are complete."""
        return translation_marks(question, ("name", "help"))
