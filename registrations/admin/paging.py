"""A list of very many rows without counting them all."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

# Twenty pages. Whoever looks further back searches or filters; an export holds everything.
MOST_COUNTED = 2_000


class BoundedPaginator(Paginator):
    """Counts at most ``most_counted`` rows, so that a list of 100,000 costs what it shows."""

    most_counted = MOST_COUNTED

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through: all of them, or as many as are counted."""
        return int(self._to_count()[: self.most_counted].count())

    def _to_count(self) -> Any:
        rows: Any = self.object_list
        return rows.order_by()


class OrderedPaginator(BoundedPaginator):
    """For lists whose order an index gives whatever is filtered: counting along it reads no other rows."""

    def _to_count(self) -> Any:
        return self.object_list
