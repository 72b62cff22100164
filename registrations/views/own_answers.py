"""Changing what was answered when registering."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.throttle import over_limit, too_many
from registrations import answer_files, services
from registrations.applications import answers_of
from registrations.forms.answers import AnswersForm
from registrations.links import link_path
from registrations.models import Registration
from registrations.own_answers import own_questions
from registrations.services.answering import ChangedElsewhere
from registrations.views.holder import holders_page

# Each may bring files.
CHANGES, CHANGES_SECONDS = 30, 600


@holders_page("GET", "POST")
def answers(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Show the questions with their answers, or take others."""
    own = own_questions(registration)
    if not own.can_be_changed:
        return HttpResponseRedirect(link_path(registration))
    if request.method != "POST":
        return _page(request, AnswersForm(registration, own))
    wait = over_limit("change-answers", str(registration.pk), limit=CHANGES, seconds=CHANGES_SECONDS)
    if wait is not None:
        return too_many(request, wait)
    form = AnswersForm(registration, own, request.POST, request.FILES)
    is_valid = form.is_valid()
    form.questions.say_too_large(request)
    if not is_valid or form.errors:
        return _page(request, form)
    try:
        _change(form)
    except DomainError as error:
        if isinstance(error, ChangedElsewhere):
            form.show_as_seen(own_questions(registration).seen)
        error.add_to(form)
        return _page(request, form, status=error.status)
    messages.success(request, _("Your answers are as you wrote them now."))
    return HttpResponseRedirect(link_path(registration))


def _change(form: AnswersForm) -> None:
    questions = form.questions
    with answer_files.kept(questions.answers, questions.files) as given:
        services.change_answers(
            form.registration,
            form.own.asked,
            given,
            kept=questions.kept,
            seen=form.cleaned_data["seen"],
        )


def _page(request: HttpRequest, form: AnswersForm, *, status: int = 200) -> HttpResponse:
    form.questions.ask_for_files_again()
    registration, own = form.registration, form.own
    locked = {one.question.pk for one in own.locked}
    context = {
        "registration": registration,
        "forum": registration.forum,
        "form": form,
        "own": own,
        "groups": form.groups(),
        "locked": answers_of(registration, only=locked) if locked else [],
        "detail_path": link_path(registration),
    }
    return render(request, "registrations/answers.html", context, status=status)
