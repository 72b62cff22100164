"""Changing the plan of a hall: all of what an organizer did, in one transaction, or nothing of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from core.audit import record
from core.constraints import violated_constraint
from core.errors import Conflict, DomainError
from core.i18n import LANGUAGE_CODES
from core.locking import short_transaction
from exhibitors import mails
from exhibitors.floor.faults import BadPlan, faults_of
from exhibitors.floor.items import Item, by_key, items_of
from exhibitors.geometry import is_one_piece, read_shape
from exhibitors.models import BookedBooth, Booth, BoothBooking, BoothType, Hall, HallFeature
from exhibitors.models.booking import ENDED
from exhibitors.plan import in_order

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one item: ``before`` is None for a new one, ``after`` for one that was taken away."""

    before: Item | None
    after: Item | None

    @property
    def key(self) -> str:
        """The key of the item."""
        item = self.before or self.after
        assert item is not None  # noqa: S101 # one of the two is there
        return item.key


@dataclass(frozen=True, slots=True)
class Clash:
    """An item that an organizer changed: as it was for her, as it is now, as she wants it."""

    seen: Item | None
    now: Item | None
    wanted: Item | None

    @property
    def is_disputed(self) -> bool:
        """True when somebody else changed the same item."""
        return (self.seen and self.seen.facts()) != (self.now and self.now.facts())


class StalePlan(Conflict):
    """Somebody else changed the hall meanwhile. ``hall`` is how it is now, ``clashes`` what was wanted."""

    def __init__(self, hall: Hall, clashes: Sequence[Clash]) -> None:
        self.hall = hall
        self.clashes = list(clashes)
        super().__init__(
            _("Somebody else has changed this hall meanwhile. Nothing of yours is lost or saved yet.")
        )


class BoothsBooked(Conflict):
    """Booths that somebody has would get another place, size, number or type; ask once.

    ``bookings`` are by the numbers of the booths.
    """

    def __init__(self, bookings: Mapping[str, Sequence[BoothBooking]]) -> None:
        self.bookings = dict(bookings)
        super().__init__(
            _("Somebody has %(booths)s. Please confirm the change.")
            % {"booths": get_text_list(list(self.bookings), _("and"))}
        )


class BoothKept(DomainError):
    """Booths that were booked cannot be deleted."""

    status = 422

    def __init__(self, numbers: Sequence[str], *, is_live: bool) -> None:
        listed = {"booths": get_text_list(list(numbers), _("and"))}
        if is_live:
            sentence = _("%(booths)s: booked, so not deleted. Move or release the booking first.")
        else:
            sentence = _(
                "%(booths)s: somebody applied once, and what was decided is kept. Keep it free instead."
            )
        super().__init__(sentence % listed)


class BookedAsItIs(DomainError):
    """A booth that somebody has keeps its type, and stays beside those it was booked with."""

    status = 422


def change_plan(
    hall: Hall,
    *,
    by: User,
    version: int,
    differences: Sequence[Difference],
    size: tuple[int, int] | None = None,
    agreed: bool = False,
    tell: bool = False,
) -> dict[str, str]:
    """Write all differences or none; return which key each new item has now.

    ``version`` is the one from which the organizer began, ``size`` a new width and depth in centimetres.
    With ``agreed``, booths that somebody has are changed too, and ``tell`` writes to whoever applied for
    them or further. Raises StalePlan, BadPlan, BoothsBooked, BoothKept, BookedAsItIs.
    """
    if not differences and size is None:
        return {}
    known = [found.before.pk for found in differences if found.before and found.before.is_booth]
    try:
        with short_transaction():
            # The race: an exhibitor takes a booth at the moment in which it is moved or deleted. Booths come
            # first in every transaction; then the hall, where two organizers who save at once meet.
            booths = {booth.pk: booth for booth in Booth.objects.locked([pk for pk in known if pk])}
            hall = Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
            stored = by_key(items_of(hall))
            if hall.version != version:
                raise StalePlan(hall, [Clash(d.before, stored.get(d.key), d.after) for d in differences])
            _check_known(differences, stored)
            if size:
                _resize(hall, size, by)
            _check(hall, stored, differences)
            affected = _booked(differences)
            if affected and not agreed:
                raise BoothsBooked(affected)
            given = _write(hall, differences, booths, by)
            if tell:
                _tell(affected)
    except IntegrityError as error:
        # Another hall got one of the numbers in this very moment.
        if violated_constraint(error) == "booth_number_in_forum":
            raise Conflict(_("Another booth has this number.")) from error
        raise
    return given


def differences_between(before: Iterable[Item], after: Iterable[Item]) -> list[Difference]:
    """Return what leads from one plan to another, item by item after their keys."""
    was, becomes = by_key(before), by_key(after)
    changed = [
        Difference(was.get(key), item)
        for key, item in becomes.items()
        if key not in was or was[key].facts() != item.facts()
    ]
    return changed + [Difference(item, None) for key, item in was.items() if key not in becomes]


def numbers_elsewhere(hall: Hall) -> set[str]:
    """Return the numbers of booths in the forum's other halls."""
    others = Booth.objects.filter(forum_id=hall.forum_id).exclude(hall=hall)
    return set(others.values_list("number", flat=True))


def type_ids(hall: Hall) -> set[int]:
    """Return the ids of the types that booths of this hall may have."""
    return set(BoothType.objects.filter(forum_id=hall.forum_id).values_list("pk", flat=True))


# --- checking ------------------------------------------------------------------------------------------


def _check_known(differences: Sequence[Difference], stored: Mapping[str, Item]) -> None:
    """An item with an id is one of this hall, and what it says it is; what is new has none.

    Otherwise the id of a part could be sent as that of a booth, which may stand in anybody's hall.
    """
    for found in differences:
        known, sides = stored.get(found.key), [side for side in (found.before, found.after) if side]
        is_another = known is not None and any(side.is_booth != known.is_booth for side in sides)
        if (found.before is not None) != (known is not None) or not sides or is_another:
            raise Conflict(_("This is not how the hall is any more. Please look at the page again."))


def _resize(hall: Hall, size: tuple[int, int], by: User) -> None:
    before = (hall.width, hall.depth)
    if before == size:
        return
    hall.width, hall.depth = size
    hall.full_clean(exclude=["forum", "slug", "background"])
    hall.save(update_fields=["width", "depth"])
    changes = {"width": (before[0], size[0]), "depth": (before[1], size[1])}
    record("hall.changed", hall, actor=by, changes=changes)


def _check(hall: Hall, stored: Mapping[str, Item], differences: Sequence[Difference]) -> None:
    result = dict(stored)
    for found in differences:
        if found.after is None:
            del result[found.key]
        else:
            result[found.key] = found.after
    faults = faults_of(
        list(result.values()),
        width=hall.width,
        depth=hall.depth,
        types=type_ids(hall),
        elsewhere=numbers_elsewhere(hall),
    )
    if faults:
        raise BadPlan(faults)


def _booked(differences: Sequence[Difference]) -> dict[str, list[BoothBooking]]:
    """Return the live bookings of booths that would be changed, by the booths' numbers.

    Raises BoothKept for booths that cannot be deleted, BookedAsItIs for those that cannot become what they
    would.
    """
    _keep_what_was_booked([d.before.pk for d in differences if d.before and d.after is None])
    changed = {d.before.pk: d for d in differences if d.before and d.before.is_booth and d.after is not None}
    claims = BookedBooth.objects.filter(booth__in=list(changed), is_live=True).select_related(
        "booth", "booking__exhibitor__organization", "booking__exhibitor__forum", "booking__type"
    )
    found: dict[str, list[BoothBooking]] = {}
    for claim in sorted(claims, key=lambda claim: in_order(claim.booth.number)):
        wanted = changed[claim.booth_id].after
        if wanted and wanted.type != claim.booth.type_id:
            sentence = _("%(booth)s is booked, so it keeps its type. Move or release the booking first.")
            raise BookedAsItIs(sentence % {"booth": claim.booth.number})
        found.setdefault(claim.booth.number, []).append(claim.booking)
    _keep_together({claim.booking_id for claim in claims}, changed)
    return found


def _keep_what_was_booked(gone: Sequence[int | None]) -> None:
    kept = BookedBooth.objects.filter(booth__in=[pk for pk in gone if pk]).select_related("booth")
    # A hold that nobody made an application of is no decision.
    for is_live, rows in (
        (True, kept.filter(is_live=True)),
        (False, kept.filter(is_live=False, booking__terms_version__isnull=False)),
    ):
        if numbers := sorted({row.booth.number for row in rows}, key=in_order):
            raise BoothKept(numbers, is_live=is_live)


def _keep_together(bookings: set[int], changed: Mapping[int | None, Difference]) -> None:
    """Booths that were booked as one still stand side by side."""
    rows: dict[int, list[Booth]] = {}
    for claim in BookedBooth.objects.filter(booking__in=bookings, is_live=True).select_related("booth"):
        rows.setdefault(claim.booking_id, []).append(claim.booth)
    for booths in rows.values():
        shapes = []
        for booth in booths:
            found = changed.get(booth.pk)
            shapes.append(read_shape(found.after.shape if found and found.after else booth.shape))
        if not is_one_piece(shapes):
            numbers = get_text_list(sorted((booth.number for booth in booths), key=in_order), _("and"))
            sentence = _("%(booths)s are booked as one and would no longer stand side by side.")
            raise BookedAsItIs(sentence % {"booths": numbers})


# --- writing -------------------------------------------------------------------------------------------


def _write(
    hall: Hall, differences: Sequence[Difference], booths: Mapping[int, Booth], by: User
) -> dict[str, str]:
    gone = _gone(differences, are_booths=True)
    parts = _gone(differences, are_booths=False)
    for pk in gone:
        if pk in booths:
            record("booth.deleted", booths[pk], actor=by, changes={"number": (booths[pk].number, "")})
    BookedBooth.objects.filter(booth__in=gone, is_live=False, booking__status__in=ENDED).delete()
    Booth.objects.filter(pk__in=gone).delete()
    HallFeature.objects.filter(hall=hall, pk__in=parts).delete()
    _write_booths(differences, booths, by)
    given = _write_features(hall, differences, by)
    for found in differences:
        if found.before is None and found.after and found.after.is_booth:
            item = found.after
            booth = Booth.objects.create(
                forum_id=hall.forum_id,
                hall=hall,
                type_id=item.type or 0,
                number=item.number,
                shape=item.shape,
            )
            record("booth.added", booth, actor=by, changes={"number": ("", item.number)})
            given[item.key] = f"b{booth.pk}"
    return given


def _gone(differences: Sequence[Difference], *, are_booths: bool) -> list[int]:
    keys = [d.before.pk for d in differences if d.before and not d.after and d.before.is_booth is are_booths]
    return [pk for pk in keys if pk is not None]


def _write_booths(differences: Sequence[Difference], booths: Mapping[int, Booth], by: User) -> None:
    changed = []
    for found in differences:
        if found.before is None or found.after is None or not found.after.is_booth:
            continue
        booth = booths[found.before.pk or 0]
        before = found.before.facts()
        booth.number, booth.type_id = found.after.number, found.after.type or 0
        booth.shape = dict(found.after.shape)
        changes = {
            name: (before[name], value)
            for name, value in found.after.facts().items()
            if before[name] != value
        }
        record("booth.changed", booth, actor=by, changes=changes)
        changed.append((booth, "number" in changes))
    # Two booths may take each other's number, which the database refuses row by row.
    renumbered = [booth.pk for booth, is_renumbered in changed if is_renumbered]
    for pk in renumbered:
        Booth.objects.filter(pk=pk).update(number=f"~{pk}"[:12])
    Booth.objects.bulk_update([booth for booth, _renumbered in changed], ["number", "type", "shape"], 500)


def _write_features(hall: Hall, differences: Sequence[Difference], by: User) -> dict[str, str]:
    """Write parts that are no booths; the trail of the hall has them, as when its form is saved."""
    given, changes = {}, {}
    for found in differences:
        item, before = found.after, found.before
        if (item or before).is_booth:  # type: ignore[union-attr] # one of the two is there
            continue
        changes[f"hallfeature {found.key[1:]}"] = (
            _in_words(before) if before else "",
            _in_words(item) if item else "",
        )
        if item is None:
            continue
        fields = {f"name_{code}": item.names.get(code, "") for code in LANGUAGE_CODES}
        fields["kind"] = item.kind
        shape = dict(item.shape)
        if found.before is None:
            row = HallFeature.objects.create(hall=hall, shape=shape, **fields)
            given[item.key] = f"f{row.pk}"
        else:
            HallFeature.objects.filter(hall=hall, pk=found.before.pk or 0).update(shape=shape, **fields)
    if changes:
        record("hall.changed", hall, actor=by, changes=changes)
    return given


def _in_words(item: Item) -> str:
    return f"{item.called}: {json.dumps(item.shape)}"


def _tell(affected: Mapping[str, Sequence[BoothBooking]]) -> None:
    """Write once to each who applied or went further; who merely holds a booth has its page open."""
    told, was = {}, defaultdict(list)
    for number, bookings in affected.items():
        for booking in bookings:
            told[booking.pk] = booking
            was[booking.pk].append(number)
    for booking in told.values():
        if booking.status == BoothBooking.Status.HELD:
            continue
        booking.revision += 1
        booking.save(update_fields=["revision"])
        mails.post(mails.REPLANNED, booking, before=", ".join(was[booking.pk]))
