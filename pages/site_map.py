"""What search engines are told: which pages there are, in which languages, and where not to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.i18n import LANGUAGE_CODES
from events.agenda import Agenda
from exhibitors.models import Exhibitor

# https://www.sitemaps.org/protocol.html
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
# What is one person's, what is changed by a visit, what is for organizers.
_NOT_FOR_ROBOTS = ("/admin/", "/language/", "/*/accounts/", "/*/my/", "/*/registration/", "/*/register/sent/")

# An address by its name and arguments.
_Page = tuple[str, tuple[str, ...]]


def site_map(agenda: Agenda | None, exhibitors: Iterable[Exhibitor]) -> bytes:
    """Return the list of public pages, each in every language beside the others, as XML."""
    root = Element("urlset", {"xmlns": _NAMESPACE, "xmlns:xhtml": _XHTML})
    for name, arguments in _pages(agenda, exhibitors):
        addresses = {code: _address(code, name, arguments) for code in LANGUAGE_CODES}
        for address in addresses.values():
            page = SubElement(root, "url")
            SubElement(page, "loc").text = address
            if agenda is not None:
                SubElement(page, "lastmod").text = agenda.published_at.date().isoformat()
            for code, other in addresses.items():
                SubElement(page, "xhtml:link", {"rel": "alternate", "hreflang": code, "href": other})
    return tostring(root, encoding="utf-8", xml_declaration=True)


def robots() -> str:
    """Return the rules for robots (RFC 9309)."""
    rules = "".join(f"Disallow: {path}\n" for path in _NOT_FOR_ROBOTS)
    return f"User-agent: *\n{rules}\nSitemap: {settings.SITE_URL}{reverse('sitemap')}\n"


def _pages(agenda: Agenda | None, exhibitors: Iterable[Exhibitor]) -> Iterator[_Page]:
    for name in (
        "pages:home",
        "events:agenda",
        "events:speakers",
        "exhibitors:exhibition",
        "pages:venue",
        "registrations:register",
    ):
        yield name, ()
    if agenda is not None:
        yield from (("events:session", (session.slug,)) for session in agenda.sessions)
        yield from (("events:speaker", (speaker.slug,)) for speaker in agenda.speakers)
    for exhibitor in exhibitors:
        yield "exhibitors:exhibitor", (exhibitor.slug,)
        for product in exhibitor.products.all():
            yield "exhibitors:product", (exhibitor.slug, product.slug)


def _address(code: str, name: str, arguments: tuple[str, ...]) -> str:
    with translation.override(code):
        return settings.SITE_URL + reverse(name, args=arguments)
