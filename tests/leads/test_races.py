"""Many at once, in threads on PostgreSQL. Each race is shown to be real by a negative control."""

import contextlib
import threading
import uuid
from collections.abc import Iterator
from functools import partial

import pytest
from django.db import connection

from accounts.models import User
from exhibitors.models import BoothBooking, Exhibitor
from leads import passes, scanning
from leads.allowances import Allowance, allowance_of
from leads.models import Lead, LeadScanner, LeadVisit
from leads.passes import give_pass
from leads.scanning import take_scan
from outbox.models import Message
from registrations.models import Registration
from tests.crowd import at_once
from tests.leads.conftest import another, badge, held, scan, staff

pytestmark = pytest.mark.django_db(transaction=True)
MANAGERS = 8


@contextlib.contextmanager
def without_the_lock(*, trigger: bool) -> Iterator[None]:
    """Give passes without locking whose they are: whoever sees the last one waits for another."""
    two_people = threading.Barrier(2, timeout=3)
    real = allowance_of

    def seen(exhibitor: Exhibitor) -> Allowance:
        found = real(exhibitor)
        if found.left == 1:
            with contextlib.suppress(threading.BrokenBarrierError):
                two_people.wait()
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passes, "_lock_and_look", lambda exhibitor, form_token: None)
        patch.setattr(passes, "allowance_of", seen)
        _switch("ENABLE" if trigger else "DISABLE")
        try:
            yield
        finally:
            _switch("ENABLE")


def _switch(state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE leads_staffpass {state} TRIGGER staff_pass_allowance")


def give_at_once(exhibitor: Exhibitor, manager: User) -> dict[str, int]:
    """Let eight managers give a pass each."""
    return at_once(
        [
            partial(give_pass, exhibitor, staff(number), form_token=uuid.uuid4(), by=manager)
            for number in range(MANAGERS)
        ],
        threads=MANAGERS,
    )


def test_eight_managers_and_two_passes(exhibitor: Exhibitor, booking: BoothBooking, manager: User) -> None:
    assert give_at_once(exhibitor, manager) == {"done": 2, "AllowanceUsed": 6}
    assert allowance_of(exhibitor) == Allowance(total=2, given=2)
    assert Message.objects.filter(kind="registration.confirmed").count() == 2


def test_without_the_lock_the_database_stands_firm(
    exhibitor: Exhibitor, booking: BoothBooking, manager: User
) -> None:
    give_pass(exhibitor, staff(99), form_token=uuid.uuid4(), by=manager)
    with without_the_lock(trigger=True):
        ends = give_at_once(exhibitor, manager)
    assert ends["done"] == 1
    assert allowance_of(exhibitor).given == 2


def test_without_both_more_are_given_than_there_are(
    exhibitor: Exhibitor, booking: BoothBooking, manager: User
) -> None:
    give_pass(exhibitor, staff(99), form_token=uuid.uuid4(), by=manager)
    with without_the_lock(trigger=False):
        give_at_once(exhibitor, manager)
    assert allowance_of(exhibitor).over > 0


def test_two_telephones_and_one_visitor(mai: Registration, exhibitor: Exhibitor, phone: LeadScanner) -> None:
    phones = [phone, *(LeadScanner.objects.create(exhibitor=exhibitor, name=f"{n}") for n in range(5))]

    ends = at_once([partial(scan, mai, one) for one in phones], threads=len(phones))

    assert ends == {"done": 6}
    assert Lead.objects.get().visits.count() == 6
    assert Message.objects.filter(kind="lead.asked").count() == 1


def test_one_scan_sent_by_many_requests_at_once(mai: Registration, phone: LeadScanner) -> None:
    name = uuid.uuid4()
    ends = at_once([lambda: take_scan(held(badge(mai), id=name), scanner=phone)] * 6, threads=6)
    assert ends == {"done": 6}
    assert LeadVisit.objects.count() == 1


def test_without_the_turn_a_scan_fails(mai: Registration, phone: LeadScanner) -> None:
    """The control: two visitors at once would get one number, and one of the scans would be lost."""
    both = threading.Barrier(2, timeout=3)

    def together(_name: str) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait()

    lan = another(mai)
    real = Lead.objects.create

    def late(**values: object) -> Lead:
        together("")
        return real(**values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanning, "lock_by_name", together)
        patch.setattr(Lead.objects, "create", late, raising=False)
        ends = at_once([lambda: scan(mai, phone), lambda: scan(lan, phone)], threads=2)
    assert ends == {"done": 1, "IntegrityError": 1}
