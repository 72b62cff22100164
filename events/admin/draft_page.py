"""Pages of the admin about one forum's draft: who may see them, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import acting_user, can, demand, forums_where
from events.admin.named_forum import named_forum
from events.models import Forum
from events.services.steps import steps_of, undo_step

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

CHANGE = "events.change_session"
VIEW = "events.view_session"


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A page under the list of sessions. ``name`` is the last part of its address and of its name in code.

    ``right`` is what somebody needs who opens it; the view asks for more where it writes.
    """

    name: str
    title: str | Promise
    view: Callable[[Visit], HttpResponse]
    right: str = CHANGE

    @property
    def url_name(self) -> str:
        """The name of its address in the admin."""
        return f"events_session_{self.name.replace('-', '_')}"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody opens a page, or sends its form, for one forum."""

    request: HttpRequest
    admin: ModelAdmin[Any]
    page: DraftPage
    pages: tuple[DraftPage, ...]
    forum: Forum
    user: User

    @property
    def is_sent(self) -> bool:
        """True when a form comes with it."""
        return self.request.method == "POST"

    def may(self, right: str) -> bool:
        """Say whether the visitor holds ``right`` in this forum."""
        return can(self.user, right, self.forum)

    def url(self, query: Mapping[str, Any] | None = None) -> str:
        """Return this page's address for this forum."""
        return page_url(self.page, self.forum, query)

    def show(self, template: str, context: dict[str, Any]) -> HttpResponse:
        """Answer with a page."""
        last = steps_of(forum=self.forum, by=self.user).filter(is_undone=False).last()
        around = {
            **self.admin.admin_site.each_context(self.request),
            "title": self.page.title,
            "opts": self.admin.opts,
            "forum": self.forum,
            "last_step": last if self.may(CHANGE) else None,
            "forums": forums_where(self.user, self.page.right),
            "neighbours": [
                (page.title, page_url(page, self.forum), page is self.page)
                for page in self.pages
                if self.may(page.right)
            ],
        }
        return TemplateResponse(self.request, f"admin/events/draft/{template}.html", {**around, **context})

    def undo(self) -> HttpResponse:
        """Take back the visitor's last step, if it is still the one that the page has shown."""
        shown = self.request.POST.get("undo", "")
        only = int(shown) if shown.isdecimal() and len(shown) < 19 else None
        step = undo_step(forum=self.forum, by=self.user, only=only)
        return self.done(_("Undone: %(step)s") % {"step": step.label})

    def done(self, said: str, level: int = messages.SUCCESS) -> HttpResponse:
        """Go back to this page, as it was asked for, with a sentence about what happened."""
        self.admin.message_user(self.request, said, level)
        return HttpResponseRedirect(self.url(self.request.GET.dict()))


def page_url(page: DraftPage, forum: Forum, query: Mapping[str, Any] | None = None) -> str:
    """Return the address of ``page`` for ``forum``; empty values are left out."""
    asked = {name: value for name, value in (query or {}).items() if value} | {"forum": forum.slug}
    return f"{reverse(f'admin:{page.url_name}')}?{urlencode(asked, doseq=True)}"


def urls(admin: ModelAdmin[Any], pages: tuple[DraftPage, ...]) -> list[URLPattern]:
    """Return the addresses of ``pages``, to stand before those of single sessions."""
    gate = admin.admin_site.admin_view

    def serve(page: DraftPage, request: HttpRequest) -> HttpResponse:
        user, forum = acting_user(request), named_forum(request)
        demand(user, page.right, forum)
        visit = Visit(request, admin, page, pages, forum, user)
        if visit.is_sent and "undo" in request.POST:
            demand(user, CHANGE, forum)
            return visit.undo()
        return page.view(visit)

    def viewed(page: DraftPage) -> Callable[..., HttpResponse]:
        view = update_wrapper(partial(serve, page), serve)
        return gate(require_http_methods(["GET", "HEAD", "POST"])(never_cache(view)))

    return [path(f"{page.name}/", viewed(page), name=page.url_name) for page in pages]
