"""What the editor of a hall shows: its drawing, its items as a list, and the words of the script."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.i18n import LANGUAGE_CODES, NATIVE_NAMES
from exhibitors.floor.faults import faults_of
from exhibitors.floor.items import Item, items_of
from exhibitors.models import BookedBooth, BoothType, Hall, HallFeature
from exhibitors.services.planning import Clash, numbers_elsewhere

# Beside the hall, for what is put down while it is being arranged.
MARGIN_CM = 100


@dataclass(frozen=True, slots=True)
class Drawn:
    """An item as it is drawn. Numbers are texts: a template would write them as its language does."""

    item: Item
    label: str
    points: str
    x: str
    y: str
    size: str
    turn: str
    words: str
    colour: str
    place: str
    is_wrong: bool
    who: str

    @property
    def url(self) -> str:
        """The form of its own."""
        if self.item.is_booth:
            return reverse("admin:exhibitors_booth_change", args=[self.item.pk])
        return ""


def page_context(request: HttpRequest, hall: Hall) -> dict[str, Any]:
    """Return what the page shows. A constant number of queries."""
    items = items_of(hall)
    kinds = list(BoothType.objects.filter(forum_id=hall.forum_id))
    booked = booked_in(hall)
    faults = faults_of(
        items,
        width=hall.width,
        depth=hall.depth,
        types={kind.pk for kind in kinds},
        elsewhere=numbers_elsewhere(hall),
    )
    drawn = draw(items, kinds, booked, {key for fault in faults for key in fault.keys})
    return {
        "hall": hall,
        "items": drawn,
        "booths": [one for one in drawn if one.item.is_booth],
        "parts": [one for one in drawn if not one.item.is_booth],
        "faults": faults,
        "types": kinds,
        "kinds": [{"kind": kind.value, "label": kind.label} for kind in HallFeature.Kind],
        "view": f"{-MARGIN_CM} {-MARGIN_CM} {hall.width + 2 * MARGIN_CM} {hall.depth + 2 * MARGIN_CM}",
        "languages": [{"code": code, "name": NATIVE_NAMES[code]} for code in LANGUAGE_CODES],
        "config": _config(hall, items, kinds, booked),
    }


def state_of(hall: Hall) -> dict[str, Any]:
    """Return the plan as the script reads it: who has what is said beside the items."""
    return {
        "version": hall.version,
        "width": hall.width,
        "depth": hall.depth,
        "items": [item.as_json() for item in items_of(hall)],
        "booked": booked_in(hall),
    }


def booked_in(hall: Hall) -> dict[str, str]:
    """Return who has which booths now, in words, by the items' keys. One query."""
    claims = (
        BookedBooth.objects.filter(booth__hall=hall, is_live=True)
        .select_related("booking__exhibitor__organization")
        .order_by("span", "pk")
    )
    found: dict[str, str] = {}
    for claim in claims:
        booking = claim.booking
        said = f"{booking.exhibitor.organization.display_name} ({booking.get_status_display()})"
        key = f"b{claim.booth_id}"
        found[key] = f"{found[key]}, {said}" if key in found else said
    return found


def draw(
    items: Sequence[Item], kinds: Sequence[BoothType], booked: Mapping[str, str], wrong: Collection[str]
) -> list[Drawn]:
    """Return items as they are drawn: parts first, so that booths lie on top."""
    by_pk = {kind.pk: kind for kind in kinds}
    return [
        _drawn(item, by_pk, booked.get(item.key, ""), item.key in wrong)
        for item in sorted(items, key=lambda item: item.is_booth)
    ]


def _drawn(item: Item, kinds: Mapping[int, BoothType], who: str, is_wrong: bool) -> Drawn:
    floor = item.floor
    left, top, right, bottom = floor.box
    side, width = min(right - left, bottom - top), right - left
    words = item.number if item.is_booth else item.called
    x, y = floor.label_at
    # Along the longer side; a booth's number always upright.
    along = width if item.is_booth else max(width, bottom - top)
    size = min(0.34 * side if item.is_booth else min(0.5 * side, 60), 1.5 * along / max(3, len(words)))
    kind = kinds.get(item.type or 0)
    place = metres(left, top, right - left, bottom - top)
    what = f"{item.called}, {kind}" if kind else item.called
    return Drawn(
        item=item,
        label=", ".join(part for part in (capfirst(what), place, who) if part),
        points=" ".join(f"{one},{other}" for one, other in floor.corners),
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        size=f"{size:.1f}",
        turn="" if along == width else f"rotate(-90 {x:.1f} {y:.1f})",
        words="" if item.kind in {"pillar", "wall", "power"} else words,
        colour=kind.colour if kind else "",
        place=place,
        is_wrong=is_wrong,
        who=who,
    )


def clashes_in_words(hall: Hall, clashes: Sequence[Clash]) -> list[dict[str, Any]]:
    """Return what an organizer wanted beside how it is now."""
    kinds = {kind.pk: str(kind) for kind in BoothType.objects.filter(forum_id=hall.forum_id)}

    def said(item: Item | None) -> str:
        if item is None:
            return _("not there")
        left, top, right, bottom = item.floor.box
        place = metres(left, top, right - left, bottom - top)
        kind = kinds.get(item.type or 0, "")
        turn = item.shape.get("turn", 0)
        turned = _("turned by %(degrees)d°") % {"degrees": turn} if turn else ""
        return ", ".join(part for part in (item.called, kind, place, turned) if part)

    return [
        {
            "called": (clash.seen or clash.wanted or clash.now).called,  # type: ignore[union-attr] # one is
            "now": said(clash.now),
            "wanted": said(clash.wanted),
            "is_disputed": clash.is_disputed,
        }
        for clash in clashes
    ]


def metres(x: int, y: int, width: int, depth: int) -> str:
    """Return size and place in words, as the script writes them too."""
    values = {"width": width, "depth": depth, "x": x, "y": y}
    said = {name: f"{value / 100:g}" for name, value in values.items()}
    return _("{width} × {depth} m, {x} m from the left, {y} m from the top").format(**said)


def _config(
    hall: Hall, items: Sequence[Item], kinds: Sequence[BoothType], booked: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the script needs to know once, as JSON values."""
    args = [hall.pk]
    return {
        "plan": {
            "version": hall.version,
            "width": hall.width,
            "depth": hall.depth,
            "items": [item.as_json() for item in items],
            "booked": dict(booked),
        },
        "types": [
            {
                "id": kind.pk,
                "name": str(kind),
                "width": kind.width,
                "depth": kind.depth,
                "colour": kind.colour,
            }
            for kind in kinds
        ],
        "kinds": {kind.value: str(kind.label) for kind in HallFeature.Kind},
        "solid": sorted(HallFeature.SOLID),
        "urls": {
            name: reverse(f"admin:exhibitors_hall_plan_{name}", args=args)
            for name in ("save", "check", "arrange", "row")
        },
        "words": _words(),
    }


def _words() -> dict[str, str]:
    """Return the sentences that the script says by itself; what stands in braces is put in there."""
    return {
        "place": _("{width} × {depth} m, {x} m from the left, {y} m from the top"),
        "added": _("{what} added"),
        "moved": _("{what} moved: {place}"),
        "changed": _("{what} changed: {place}"),
        "deleted": _("{what} deleted"),
        "bringBack": _("Undo brings it back."),
        "several": _("{number} things"),
        "undone": _("Undone: {step}"),
        "redone": _("Done again: {step}"),
        "booked": _("{what} is booked ({who}), so it cannot be deleted."),
        "saving": _("Saving…"),
        "saved": _("Saved"),
        "nothing": _("There is nothing to save."),
        "unsaved": _("Not saved yet: {number}"),
        "failed": _("The server did not answer. Nothing is lost here; please try again."),
        "wrong": _("This cannot be built yet:"),
        "chosen": _("{number} chosen"),
        "noneChosen": _("Nothing is chosen. Click a booth, or use the keys in the drawing."),
        "cornersNeeded": _("A shape has at least three corners."),
        "badNumber": _("A number is needed here."),
        "theirs": _("The hall as it is now; yours can be brought back with Undo."),
        "mine": _("Your changes lie on the hall as it is now. Look at them, then save."),
        "measured": "{metres} m",
    }
