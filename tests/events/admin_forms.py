"""Using the admin as a browser does, and counting what a page costs."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.moment_field import MomentField
from events.forms.questions import QuestionsField
from events.models import Session

SESSIONS = "/admin/events/session/"


def change_page(session: Session) -> str:
    """Return the address of a session's form."""
    return f"{SESSIONS}{session.pk}/change/"


def filled(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """Return what a browser would send from the form at ``address``, with some fields changed."""
    page = client.get(address)
    assert page.status_code == 200, page
    data: dict[str, Any] = {}
    for bound in page.context["adminform"].form:
        value = bound.value()
        if isinstance(bound.field, MomentField):
            data[f"{bound.name}_0"] = value.date().isoformat() if value else ""
            data[f"{bound.name}_1"] = value.strftime("%H:%M") if value else ""
        elif isinstance(bound.field, QuestionsField):
            widget: Any = bound.field.widget
            data |= _rows(widget.get_context(bound.html_name, value, {})["rows"])
        elif value is True:
            data[bound.name] = "on"
        elif value not in (None, False, ""):
            data[bound.name] = [getattr(one, "pk", one) for one in value] if _is_many(value) else value
    for inline in page.context["inline_admin_formsets"]:
        data |= _rows(inline.formset)
    return {**data, **changes}


def _rows(formset: Any) -> dict[str, Any]:
    """Return what a browser would send of rows."""
    forms = (formset.management_form, *formset.forms)
    return {
        bound.html_name: bound.value() for form in forms for bound in form if bound.value() not in {None, ""}
    }


def _is_many(value: Any) -> bool:
    return isinstance(value, (list, tuple)) or hasattr(value, "all")


def errors(response: Any) -> dict[str, list[str]]:
    """Return the errors of the form in a response that shows it again."""
    assert response.status_code == 200, response
    return {name: list(found) for name, found in response.context["adminform"].form.errors.items()}


def queries(client: Client, address: str) -> int:
    """Return how many queries a page costs; what is asked once a session has been asked before."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
