"""What visitors read of an exhibitor and its products, written by the exhibitor."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Membership, Organization
from core.audit import record
from core.errors import DomainError
from core.folding import fold
from core.i18n import LANGUAGE_CODES
from core.locking import short_transaction
from events.models import Topic
from exhibitors.models import Exhibitor, Product
from speakers.models import Speaker

if TYPE_CHECKING:
    from accounts.models import User

MOST_PRODUCTS = 50
# What is in a picture's place in the trail.
_PICTURE = "…"
_LONGEST_SLUG = 60


class TooManyProducts(DomainError):
    """A page that nobody would read to its end."""

    def __init__(self) -> None:
        super().__init__(_("An exhibitor shows at most %(number)s products.") % {"number": MOST_PRODUCTS})


def own_names(exhibitor: Exhibitor) -> frozenset[str]:
    """Return the languages in which the exhibitor may write its organization's name. Three queries at most.

    All of them while nobody else uses the organization; else those in which it has no name yet.
    """
    organization = exhibitor.organization
    is_shared = (
        organization.exhibitors.exclude(pk=exhibitor.pk).exists()
        or Membership.objects.filter(organization=organization).exists()
        or Speaker.objects.filter(organization=organization).exists()
    )
    return frozenset(
        code for code in LANGUAGE_CODES if not (is_shared and getattr(organization, f"name_{code}"))
    )


def change_profile(
    exhibitor: Exhibitor,
    *,
    by: User | None,
    fields: Mapping[str, Any],
    names: Mapping[str, str] | None = None,
    topics: Sequence[Topic] | None = None,
    logo: ContentFile[bytes] | None = None,
    without_logo: bool = False,
) -> Exhibitor:
    """Write those ``fields`` of an exhibitor that somebody changed, by the names of their columns.

    ``names`` are the organization's by language, ``topics`` all that count from now on, ``logo`` a picture
    that :mod:`exhibitors.pictures` has made. What another manager wrote meanwhile in other fields stays.
    """
    with _stored(Exhibitor, "logo", logo) as stored, short_transaction():
        row = Exhibitor.objects.select_for_update(of=("self",)).get(pk=exhibitor.pk)
        changes = _write(row, fields) | _put_picture(row, "logo", stored, without_logo)
        changes |= _write_names(row.organization, names or {}, by)
        changes |= _write_topics(row, topics)
        if changes:
            record("exhibitor.changed", row, actor=by, changes=changes)
    return row


def save_product(
    exhibitor: Exhibitor,
    product: Product | None,
    *,
    by: User | None,
    fields: Mapping[str, Any],
    topics: Sequence[Topic] | None = None,
    picture: ContentFile[bytes] | None = None,
    without_picture: bool = False,
) -> Product:
    """Write the changed ``fields`` of a product, or add one after all others. Raises TooManyProducts."""
    with _stored(Product, "picture", picture) as stored, short_transaction():
        # The race: two managers add at once, and both get the same place and the same short name.
        host = Exhibitor.objects.select_for_update(of=("self",)).get(pk=exhibitor.pk)
        row = host.products.get(pk=product.pk) if product else _new_product(host, fields)
        changes = _write(row, fields) | _put_picture(row, "picture", stored, without_picture)
        changes |= _write_topics(row, topics)
        if changes:
            record("product.changed" if product else "product.added", row, actor=by, changes=changes)
    return row


def _new_product(exhibitor: Exhibitor, fields: Mapping[str, Any]) -> Product:
    known = list(exhibitor.products.values_list("slug", "position"))
    if len(known) >= MOST_PRODUCTS:
        raise TooManyProducts
    names = (slugify(fold(str(fields.get(f"name_{code}", ""))))[:_LONGEST_SLUG] for code in ("en", "vi"))
    base = next((name.strip("-") for name in names if name.strip("-")), "") or "product"
    slug, taken = base, {slug for slug, _position in known}
    while slug in taken:
        slug = f"{base}-{secrets.token_hex(2)}"
    place = max((position for _slug, position in known), default=0) + 1
    return Product.objects.create(exhibitor=exhibitor, slug=slug, position=place)


def delete_product(exhibitor: Exhibitor, product: Product, *, by: User | None) -> None:
    """Delete a product with its picture. A second call changes nothing."""
    with short_transaction():
        row = exhibitor.products.select_for_update().filter(pk=product.pk).first()
        if row is None:
            return
        record("product.deleted", row, actor=by, changes={"name": (str(row), "")})
        _forget_file(row.picture)
        row.delete()


def move_product(exhibitor: Exhibitor, product: Product, *, up: bool, by: User | None) -> None:
    """Let a product change places with the one before or after it; the first and the last stay."""
    with short_transaction():
        # The race: two clicks at once would give two products one place.
        Exhibitor.objects.select_for_update(of=("self",)).get(pk=exhibitor.pk)
        rows = list(exhibitor.products.all())
        here = next((place for place, row in enumerate(rows) if row.pk == product.pk), None)
        there = None if here is None else here + (-1 if up else 1)
        if here is None or there is None or not 0 <= there < len(rows):
            return
        rows[here], rows[there] = rows[there], rows[here]
        for place, row in enumerate(rows, start=1):
            if row.position != place:
                Product.objects.filter(pk=row.pk).update(position=place)
        record("product.moved", rows[there], actor=by, changes={"position": (here + 1, there + 1)})


def _write(row: models.Model, fields: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    changes = {
        name: (getattr(row, name), value)
        for name, value in fields.items()
        if (getattr(row, name) or "") != (value or "")
    }
    for name, (_before, value) in changes.items():
        setattr(row, name, value)
    if changes:
        row.save(update_fields=list(changes))
    return changes


def _write_names(
    organization: Organization, names: Mapping[str, str], by: User | None
) -> dict[str, tuple[Any, Any]]:
    changes = _write(organization, {f"name_{code}": name for code, name in names.items()})
    if changes:
        record("organization.changed", organization, actor=by, changes=changes)
    return {}


def _write_topics(row: Exhibitor | Product, topics: Sequence[Topic] | None) -> dict[str, tuple[Any, Any]]:
    if topics is None:
        return {}
    before = {topic.pk: topic for topic in row.topics.all()}
    if set(before) == {topic.pk for topic in topics}:
        return {}
    row.topics.set(topics)
    said = [", ".join(sorted(topic.slug for topic in some)) for some in (before.values(), topics)]
    return {"topics": (said[0], said[1])}


def _put_picture(
    row: Exhibitor | Product, field: str, stored: str, is_removed: bool
) -> dict[str, tuple[Any, Any]]:
    """Let ``row`` have the stored file, or none; the one before is deleted after the commit."""
    before = getattr(row, field)
    if not stored and not (is_removed and before):
        return {}
    had = bool(before)
    _forget_file(before)
    setattr(row, field, stored)
    row.save(update_fields=[field])
    return {field: (_PICTURE if had else "", _PICTURE if stored else "")}


def _forget_file(file: Any) -> None:
    if file:
        storage, name = file.storage, file.name
        transaction.on_commit(lambda: storage.delete(name))


@contextmanager
def _stored(model: type[models.Model], field: str, picture: ContentFile[bytes] | None) -> Iterator[str]:
    """Store a picture before the transaction, and take it away again when that fails."""
    if picture is None:
        yield ""
        return
    column: Any = model._meta.get_field(field)
    name = column.storage.save(f"{column.upload_to}{picture.name}", picture)
    try:
        yield name
    except BaseException:
        column.storage.delete(name)
        raise
