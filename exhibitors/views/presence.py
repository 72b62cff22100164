"""What visitors read of an exhibitor: its profile, its products, and what lacks in one of the languages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import acting_user
from core.errors import DomainError
from core.uploads import was_too_large
from exhibitors import presence
from exhibitors.completeness import completeness_of
from exhibitors.forms.presence import PresenceForm, ProductForm, ProfileForm
from exhibitors.models import Exhibitor, Product
from exhibitors.views.portal_page import portal


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def profile(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """Correct what is said of the exhibitor, its logo, its contact and what invoices are made out to."""
    names, large = presence.own_names(exhibitor), was_too_large(request)
    form = ProfileForm(exhibitor, names, *_sent(request), too_large=large)
    if form.is_bound and form.is_valid():
        fields = form.changed((*form.columns, "website", *form.contact_fields, *form.billing_fields))
        presence.change_profile(
            exhibitor,
            by=acting_user(request),
            fields=fields,
            names=form.names_written,
            topics=form.topics_chosen,
            logo=form.cleaned_data["logo"],
            without_logo=form.cleaned_data["without_logo"],
        )
        return _saved(request, form, reverse("exhibitors:profile", kwargs={"slug": exhibitor.slug}))
    context = {"form": form, "locked": any(bound.field.disabled for bound in form.names)}
    return _page(request, "profile", exhibitor, **context)


@require_safe
@portal
def products(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """List what the exhibitor shows, in the order in which visitors see it."""
    rows = list(exhibitor.products.prefetch_related("topics"))
    return _page(request, "products", exhibitor, products=rows, most=presence.MOST_PRODUCTS)


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def product_add(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """Add something to show."""
    return _product(request, exhibitor, None)


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def product_edit(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Correct what is said of a product."""
    return _product(request, exhibitor, get_object_or_404(exhibitor.products, pk=pk))


def _product(request: HttpRequest, exhibitor: Exhibitor, product: Product | None) -> HttpResponse:
    shown = product or Product(exhibitor=exhibitor)
    form = ProductForm(shown, *_sent(request), too_large=was_too_large(request))
    if form.is_bound and form.is_valid():
        try:
            presence.save_product(
                exhibitor,
                product,
                by=acting_user(request),
                fields=form.changed((*form.columns, "website")),
                topics=form.topics_chosen,
                picture=form.cleaned_data["picture"],
                without_picture=form.cleaned_data["without_picture"],
            )
        except DomainError as error:
            error.add_to(form)
        else:
            return _saved(request, form, reverse("exhibitors:products", kwargs={"slug": exhibitor.slug}))
    return _page(request, "product", exhibitor, form=form, product=product)


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def product_delete(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Ask once, then delete a product."""
    product = get_object_or_404(exhibitor.products, pk=pk)
    if request.method != "POST":
        return _page(request, "product_delete", exhibitor, product=product)
    presence.delete_product(exhibitor, product, by=acting_user(request))
    messages.success(request, _("“%(name)s” is deleted.") % {"name": product})
    return redirect("exhibitors:products", slug=exhibitor.slug)


@require_POST
@portal
def product_move(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Let a product change places with its neighbour."""
    product = get_object_or_404(exhibitor.products, pk=pk)
    presence.move_product(exhibitor, product, up="up" in request.POST, by=acting_user(request))
    page = reverse("exhibitors:products", kwargs={"slug": exhibitor.slug})
    return redirect(f"{page}#product-{product.pk}")


@require_safe
@portal
def languages(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """Show which texts lack in which language, each with a link to where it is written."""
    return _page(request, "languages", exhibitor, found=completeness_of(exhibitor))


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _saved(request: HttpRequest, form: PresenceForm, page: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    for doubt in form.doubts():
        messages.warning(request, doubt)
    return redirect(page)


def _page(request: HttpRequest, name: str, exhibitor: Exhibitor, **context: Any) -> HttpResponse:
    shared = {"exhibitor": exhibitor, "forum": exhibitor.forum}
    return render(request, f"exhibitors/portal/{name}.html", shared | context)
