"""Tells those concerned when a booth is released, or exchanged, for which passes were given already.

Nobody's ticket ends by itself: people may have bought their flights. Until the number fits again no pass is
given, and the mail asks both sides to agree on who stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exhibitors.models import BoothBooking
from leads import mails
from leads.allowances import allowance_of

Status = BoothBooking.Status


def look_at(*, booking: BoothBooking, fields: Mapping[str, Any], **_signal: object) -> None:
    """Hear of a change to a booking, in its transaction."""
    is_less = fields.get("status") == Status.RELEASED or (
        "type" in fields and booking.status == Status.CONFIRMED
    )
    if not is_less:
        return
    allowance = allowance_of(booking.exhibitor)
    if allowance.over:
        mails.post_over(booking, allowance)
