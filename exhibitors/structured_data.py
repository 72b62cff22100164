"""Exhibitors and products as schema.org data, for search engines."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from core.i18n import localized
from exhibitors.catalogue import Entry
from exhibitors.models import Product

JsonLd = dict[str, Any]


def organization(entry: Entry) -> JsonLd:
    """Return an exhibitor in the active language."""
    return {
        "@context": "https://schema.org",
        **_organization(entry),
        "description": str(localized(entry.exhibitor, "description")),
        "makesOffer": [
            {"@type": "Offer", "itemOffered": {"@type": "Product", "name": str(product.display_name)}}
            for product in entry.products
        ],
    }


def product(shown: Product, entry: Entry) -> JsonLd:
    """Return something an exhibitor shows, in the active language."""
    data: JsonLd = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": str(shown.display_name),
        "description": str(localized(shown, "description") or localized(shown, "tagline")),
        "url": settings.SITE_URL + reverse("exhibitors:product", args=[entry.exhibitor.slug, shown.slug]),
        "manufacturer": _organization(entry),
    }
    if shown.picture:
        data["image"] = settings.SITE_URL + shown.picture.url
    return data


def _organization(entry: Entry) -> JsonLd:
    data: JsonLd = {
        "@type": "Organization",
        "name": str(entry.name),
        "url": settings.SITE_URL + reverse("exhibitors:exhibitor", args=[entry.exhibitor.slug]),
        "address": {"@type": "PostalAddress", "addressCountry": entry.country},
    }
    if entry.exhibitor.logo:
        data["logo"] = settings.SITE_URL + entry.exhibitor.logo.url
    if entry.exhibitor.website:
        data["sameAs"] = [entry.exhibitor.website]
    return data
