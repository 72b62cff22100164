"""A worker of its own for tests that kill it: ``python -m tests.outbox.deliverer LEASE_SECONDS``.

Sends until nothing is left to do, as a worker and its sweep do together.
"""

import sys
import time
from datetime import timedelta

import django


def main(lease_seconds: float) -> None:
    """Deliver until every message is settled."""
    django.setup()
    from outbox.delivery import deliver_due
    from outbox.models import Message

    unsettled = Message.objects.filter(status__in=[Message.Status.QUEUED, Message.Status.SENDING])
    while unsettled.exists():
        deliver_due(lease=timedelta(seconds=lease_seconds))
        time.sleep(0.05)


if __name__ == "__main__":
    main(float(sys.argv[1]))
