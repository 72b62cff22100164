"""Who is behind a door."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from registrations.models import Door, Registration, Scan, Visit


def doors() -> Iterator[str]:
    """Who is counted behind a door is inside, came in by a scan that let her in, and is so once."""
    inside = Count("visits", filter=Q(visits__left_at__isnull=True))
    for door in Door.objects.annotate(found=inside).order_by("pk"):
        found = getattr(door, "found", 0)
        if found != door.inside:
            yield f"Door {door.slug}: {door.inside} people are counted, {found} are inside."
    entries = Visit.objects.filter(entry__isnull=False).select_related("door", "registration")
    for visit in entries.exclude(entry__result=Scan.Result.ADMITTED, entry__withdrawn_at=None):
        yield f"Door {visit.door.slug}: no scan let {visit.registration.code} in."
    let_in = Scan.objects.filter(result=Scan.Result.ADMITTED, withdrawn_at=None, visit_begun=None)
    for scan in let_in.select_related("door"):
        yield f"Door {scan.door.slug}: {scan.code} was let in and never was inside."
    unseen = Registration.objects.filter(visits__isnull=False, arrived_at=None, erased_at=None)
    for registration in unseen.distinct().only("code"):
        yield f"Registration {registration.code}: it was inside and never arrived."
