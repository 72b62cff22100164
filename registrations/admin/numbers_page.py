"""The page with a forum's registrations in figures."""

from __future__ import annotations

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.permissions import acting_user, demand
from events.models import Forum
from registrations.numbers import numbers_of_forum

RIGHT = "registrations.view_registration"


def numbers_page(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show the figures of the forum that the site shows."""
    return _page(request, admin)


@require_safe
def _page(request: HttpRequest, admin: ModelAdmin) -> HttpResponse:
    forum = Forum.objects.current().first()
    if forum is None:
        raise Http404
    demand(acting_user(request), RIGHT, forum)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Registrations in numbers"),
        "opts": admin.opts,
        "forum": forum,
        "numbers": numbers_of_forum(forum),
    }
    return TemplateResponse(request, "admin/registrations/registration/numbers.html", context)
