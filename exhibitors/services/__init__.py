"""Everything that changes a booking. Each function is one short transaction and may be called twice.

Nobody else writes ``BoothBooking.status``. How booths are locked stands in ``claims``, which step follows
which in ``statuses``, and who gets a freed booth in ``line``.
"""

from exhibitors.services.alternatives import free_booths, nearest_free
from exhibitors.services.applying import accept_offer, answer, give_back, request_booth
from exhibitors.services.blocking import block_booth, keep_as_agreed, unblock_booth
from exhibitors.services.holding import hold_booth, hold_booths, release_hold, renew_hold
from exhibitors.services.moving import merge_booths, move_booking, swap_bookings
from exhibitors.services.organizing import (
    as_seen,
    book_for,
    offer_out_of_turn,
    prolong,
    put_on_waiting_list,
    remove_from_line,
)
from exhibitors.services.reviewing import ask_back, confirm, decline, make_offer, release_booking
from exhibitors.services.tidying import settle_due
from exhibitors.services.waiting import change_rank, join_line, leave_line, position_in_line

__all__ = [
    "accept_offer",
    "answer",
    "as_seen",
    "ask_back",
    "block_booth",
    "book_for",
    "change_rank",
    "confirm",
    "decline",
    "free_booths",
    "give_back",
    "hold_booth",
    "hold_booths",
    "join_line",
    "keep_as_agreed",
    "leave_line",
    "make_offer",
    "merge_booths",
    "move_booking",
    "nearest_free",
    "offer_out_of_turn",
    "position_in_line",
    "prolong",
    "put_on_waiting_list",
    "release_booking",
    "release_hold",
    "remove_from_line",
    "renew_hold",
    "request_booth",
    "settle_due",
    "swap_bookings",
    "unblock_booth",
]
