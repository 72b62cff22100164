"""The page on which an organizer imports a schedule: file, preview, and exactly what was previewed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import demand
from core.i18n import NATIVE_NAMES, current_language
from events.admin.draft_page import CHANGE, DraftPage, Visit
from events.forms.importing import ApplyForm, ShiftForm, UploadForm
from events.import_preview import preview_of
from events.imports.day_shift import first_day_of, shifted
from events.imports.limits import UnreadableSchedule
from events.imports.plan import Plan
from events.imports.planning import needs_language
from events.imports.reading import read_schedule
from events.imports.rows import ScheduleFile
from events.imports.sheet_template import sheet_template
from events.models import ScheduleUpload
from events.services.importing import PlanChanged, RowsRefused, import_schedule, plan_import
from events.services.schedule_uploads import drop_upload, keep_upload, kept_upload

ADD = "events.add_session"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def import_page(visit: Visit) -> HttpResponse:
    """Ask for a file, show what it would do, do it; each step is a form of its own."""
    demand(visit.user, ADD, visit.forum)
    if "template" in visit.request.GET:
        return _template()
    if not visit.is_sent:
        upload = kept_upload(forum=visit.forum, by=visit.user)
        return _kept(visit, upload) if upload else _ask(visit, _empty_form())
    if "discard" in visit.request.POST:
        drop_upload(forum=visit.forum, by=visit.user)
        return visit.done(_("The file is forgotten. Nothing was imported."), messages.INFO)
    return _apply(visit) if "seen" in visit.request.POST else _upload(visit)


def _empty_form() -> UploadForm:
    return UploadForm(initial={"language": current_language()})


def _ask(visit: Visit, form: UploadForm) -> HttpResponse:
    return visit.show("import", {"form": form, "template_url": visit.url({"template": "xlsx"})})


def _upload(visit: Visit) -> HttpResponse:
    form = UploadForm(visit.request.POST, visit.request.FILES)
    if not form.is_valid():
        return _ask(visit, form)
    file = form.cleaned_data["file"]
    try:
        keep_upload(
            forum=visit.forum,
            by=visit.user,
            name=file.name,
            content=file.read(),
            language=form.cleaned_data["language"],
        )
    except UnreadableSchedule as error:
        error.add_to(form)
        return _ask(visit, form)
    return HttpResponseRedirect(visit.url())


def _kept(visit: Visit, upload: ScheduleUpload) -> HttpResponse:
    """Show what the kept file would do. One that can no longer be read is forgotten, and the reason said.

    It could when it was kept: since then the site may have learnt to read more strictly.
    """
    shift = ShiftForm(visit.request.GET)
    days = shift.cleaned_data["shift"] if shift.is_valid() else None
    try:
        file = shifted(read_schedule(bytes(upload.content)), days or 0)
    except UnreadableSchedule as error:
        drop_upload(forum=visit.forum, by=visit.user)
        form = UploadForm({"language": upload.language}, {})
        form.errors.clear()
        error.add_to(form)
        return _ask(visit, form)
    return _preview(visit, upload, file, days or 0, shift)


def _preview(
    visit: Visit, upload: ScheduleUpload, file: ScheduleFile, days: int, shift: ShiftForm
) -> HttpResponse:
    plan = plan_import(forum=visit.forum, file=file, by=visit.user, language=upload.language)
    form = ApplyForm(initial={"seen": plan.digest, "shift": days})
    first = first_day_of(file)
    context = {
        "upload": upload,
        "preview": preview_of(plan, visit.forum),
        "written": len(plan.additions) + len(plan.changes),
        "language": NATIVE_NAMES[upload.language] if needs_language(file) else "",
        "form": form,
        "shift": shift,
        "days": days,
        # What brings the file's first day to the forum's, from the file as it is.
        "wanted_days": days + (visit.forum.first_day - first).days if first else 0,
    }
    return visit.show("import_preview", context)


def _apply(visit: Visit) -> HttpResponse:
    form = ApplyForm(visit.request.POST)
    upload = kept_upload(forum=visit.forum, by=visit.user)
    if upload is None:
        return visit.done(
            _("The file is no longer kept. Please upload it again; nothing was imported."), messages.WARNING
        )
    if not form.is_valid():
        return visit.done(_("Please look at the preview again; nothing was imported."), messages.WARNING)
    try:
        plan = import_schedule(
            forum=visit.forum,
            file=shifted(read_schedule(bytes(upload.content)), form.cleaned_data["shift"] or 0),
            by=visit.user,
            language=upload.language,
            seen=form.cleaned_data["seen"],
            without_refused=form.cleaned_data["without_refused"],
        )
    except (PlanChanged, RowsRefused, UnreadableSchedule) as error:
        return visit.done(str(error), messages.WARNING)
    drop_upload(forum=visit.forum, by=visit.user)
    return visit.done(_said(plan))


def _said(plan: Plan) -> str:
    added, changed = len(plan.additions), len(plan.changes)
    parts = [
        ngettext("%(n)s session was added", "%(n)s sessions were added", added) % {"n": added},
        ngettext("%(n)s was changed", "%(n)s were changed", changed) % {"n": changed},
    ]
    facts = {"what": ", ".join(parts)}
    return _("%(what)s. Nothing is public before the agenda is published.") % facts


def _template() -> HttpResponse:
    response = HttpResponse(sheet_template(), content_type=_XLSX)
    response["Content-Disposition"] = 'attachment; filename="sessions.xlsx"'
    return response


IMPORT = DraftPage("import", gettext_lazy("Import"), import_page, right=CHANGE)
