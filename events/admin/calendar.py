"""The calendar editor: pages and answers under ``/admin/events/session/calendar/``."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import acting_user, can, demand
from events import calendar_state
from events.admin.calendar_answers import (
    FOLDER,
    RIGHT,
    VIEW,
    Unfit,
    done,
    draft,
    forum_of,
    in_its_words,
    part,
    session_of,
)
from events.admin.calendar_page import day_of, page_context
from events.admin.named_forum import named_forum
from events.clashes import clashes_if, clashes_of
from events.forms.calendar import AcceptForm, PanelForm, PlaceForm, StepForm, values_of
from events.models import Forum, Session
from events.services import (
    LaterChange,
    NothingLeft,
    StaleEdit,
    leave_step,
    redo_step,
    take_step,
    undo_step,
)
from events.services.acceptance import accept_clash, withdraw_acceptance
from events.session_comparison import compare

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin


class CalendarEditor:
    """The editor's views; ``admin`` is the admin of sessions, under whose addresses they stand."""

    def __init__(self, admin: ModelAdmin[Session]) -> None:
        self.admin = admin

    def urls(self) -> list[URLPattern]:
        """The addresses, which come before those of single sessions."""
        views: dict[str, tuple[str, Any]] = {
            "": ("", self.page),
            "_state": ("state/", self.state),
            "_undo": ("undo/", self.undo),
            "_redo": ("redo/", self.redo),
            "_leave": ("leave/", self.leave),
            "_accept": ("accept/", self.accept),
            "_withdraw": ("withdraw/", self.withdraw),
            "_session": ("<int:pk>/", self.panel),
            "_place": ("<int:pk>/place/", self.place),
            "_preview": ("<int:pk>/preview/", self.preview),
        }
        gate = self.admin.admin_site.admin_view
        return [
            path(f"calendar/{address}", gate(in_its_words(view)), name=f"events_session_calendar{name}")
            for name, (address, view) in views.items()
        ]

    # --- looking ---------------------------------------------------------------------------------------

    @method_decorator([require_safe, never_cache])
    def page(self, request: HttpRequest) -> HttpResponse:
        """A day as a table with forms, of which the script makes a calendar; ``?part=day`` is the table.

        Whoever may only look sees the day without forms.
        """
        forum = named_forum(request)
        if not can(request.user, RIGHT, forum):
            demand(acting_user(request), VIEW, forum)
            looking = {**self._frame(request), **page_context(request, forum), "only_looks": True}
            return TemplateResponse(request, f"{FOLDER}/look.html", looking)
        context = page_context(request, forum)
        if request.GET.get("part") == "day":
            return TemplateResponse(request, f"{FOLDER}/_day.html", context)
        return TemplateResponse(request, f"{FOLDER}/page.html", {**self._frame(request), **context})

    @method_decorator([require_safe, never_cache])
    def state(self, request: HttpRequest) -> HttpResponse:
        """The draft, or nothing while it is still that of ``?since=``: editors ask every few seconds."""
        forum = forum_of(request)
        if request.GET.get("since") == str(forum.draft_revision):
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return draft(request, forum)

    @method_decorator([require_safe, never_cache])
    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The clashes that a session would have at another place; nothing is changed."""
        session = session_of(request, pk)
        form = PlaceForm(request.GET, forum=session.forum)
        if not form.is_valid():
            raise Unfit(form)
        room = form.cleaned_data["room"]
        found = clashes_if(
            session.forum, pk, form.period, room.pk if room else None, seen_by=acting_user(request)
        )
        return JsonResponse({"clashes": [calendar_state.as_json(clash, {}) for clash in found]})

    # --- changing --------------------------------------------------------------------------------------

    @method_decorator(never_cache)
    def panel(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One session beside the calendar: its few most edited fields, its people and its clashes."""
        session = session_of(request, pk)
        if request.method != "POST":
            return self._panel(request, session, PanelForm(forum=session.forum, initial=values_of(session)))
        form = PanelForm(request.POST, forum=session.forum)
        if not form.is_valid():
            return self._panel(request, session, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return self._write(request, session, form, _("“%(title)s” edited"))

    @method_decorator([require_POST, never_cache])
    def place(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Move a session to another time or room, into the calendar or out of it."""
        session = session_of(request, pk)
        form = PlaceForm(request.POST, forum=session.forum)
        if not form.is_valid():
            raise Unfit(form)
        return self._write(request, session, form, _("“%(title)s”: %(place)s"))

    @method_decorator([require_POST, never_cache])
    def undo(self, request: HttpRequest) -> HttpResponse:
        """Take back the organizer's last step. What hinders it is shown, with a way past it."""
        forum, only = forum_of(request), _step_in(request)
        try:
            step = undo_step(forum=forum, by=acting_user(request), only=only)
        except LaterChange as refusal:
            return self._hindered(request, forum, refusal)
        moved = calendar_state.moved_to(step)
        said = _("Undone. “%(title)s” is there again: %(place)s") if moved else _("Undone: %(step)s")
        return done(request, forum, said % (moved or {"step": step.label}))

    @method_decorator([require_POST, never_cache])
    def redo(self, request: HttpRequest) -> HttpResponse:
        """Do again what she undid last."""
        forum, only = forum_of(request), _step_in(request)
        try:
            step = redo_step(forum=forum, by=acting_user(request), only=only)
        except LaterChange as refusal:
            return self._hindered(request, forum, refusal)
        return done(request, forum, _("Done again: %(step)s") % {"step": step.label})

    @method_decorator([require_POST, never_cache])
    def leave(self, request: HttpRequest) -> HttpResponse:
        """Forget a step that cannot be undone, so that those before it can."""
        forum, only = forum_of(request), _step_in(request)
        if only is None:
            raise NothingLeft(_("There is nothing to undo."))
        leave_step(forum=forum, by=acting_user(request), only=only)
        return done(request, forum, _("The step stays as it is."))

    @method_decorator([require_POST, never_cache])
    def accept(self, request: HttpRequest) -> HttpResponse:
        """Leave a warning as it is, with a reason."""
        forum, form = forum_of(request), AcceptForm(request.POST)
        if not form.is_valid():
            raise Unfit(form)
        accept_clash(forum=forum, by=acting_user(request), **form.cleaned_data)
        return done(request, forum, _("The warning is accepted."))

    @method_decorator([require_POST, never_cache])
    def withdraw(self, request: HttpRequest) -> HttpResponse:
        """Let an accepted warning be open again."""
        forum = forum_of(request)
        withdraw_acceptance(
            forum=forum, key=request.POST.get("key", "").replace("\x00", ""), by=acting_user(request)
        )
        return done(request, forum, _("The warning is open again."))

    # --- parts -----------------------------------------------------------------------------------------

    def _frame(self, request: HttpRequest) -> dict[str, Any]:
        site = self.admin.admin_site
        return {**site.each_context(request), "title": _("Calendar"), "opts": self.admin.opts}

    def _write(self, request: HttpRequest, session: Session, form: PlaceForm, label: str) -> HttpResponse:
        """Take the step, or show what somebody else did meanwhile beside what the organizer wants."""
        place = calendar_state.place_of(Session(forum=session.forum, **form.place()))
        facts = {"title": session.display_title, "place": place}
        try:
            taken = take_step(
                forum=session.forum,
                by=acting_user(request),
                label=label % facts,
                changes=[form.move(session)],
            )
        except StaleEdit as stale:
            return self._stale(request, stale, form)
        session.refresh_from_db(fields=["period"])
        return done(request, session.forum, taken.label if taken else _("Nothing was changed."), session)

    def _panel(
        self, request: HttpRequest, session: Session, form: PanelForm, status: int = 200
    ) -> HttpResponse:
        found = clashes_of(session.forum, seen_by=acting_user(request))
        context = {
            "session": session,
            "forum": session.forum,
            "form": form,
            "people": session.session_speakers.select_related("speaker"),
            "clashes": [clash for clash in found if str(session.uid) in clash.session_uids],
            "day": day_of(session),
        }
        return part(request, "panel", context, frame=self._frame(request), status=status)

    def _stale(self, request: HttpRequest, stale: StaleEdit, form: PlaceForm) -> HttpResponse:
        comparison = compare(stale.session, form.cleaned_data["version"], form.wanted())
        mine = type(form)(forum=form.forum, initial=values_of(comparison.merged))
        context = {
            "comparison": comparison,
            "session": stale.session,
            "forum": form.forum,
            "form": mine,
            "is_place": type(form) is PlaceForm,
            "day": day_of(stale.session),
        }
        said = _("Somebody else changed this session meanwhile.")
        return part(request, "stale", context, frame=self._frame(request), status=stale.status, said=said)

    def _hindered(self, request: HttpRequest, forum: Forum, refusal: LaterChange) -> HttpResponse:
        context = {"refusal": refusal, "step": refusal.step, "forum": forum}
        return part(
            request,
            "hindered",
            context,
            frame=self._frame(request),
            status=refusal.status,
            said=str(refusal),
        )


def _step_in(request: HttpRequest) -> int | None:
    form = StepForm(request.POST)
    return form.cleaned_data["step"] if form.is_valid() else None
