"""Waiting for a row ends, with a sentence."""

import threading

import pytest
from django.db import OperationalError, connection

from core.locking import Busy, short_transaction
from events.models import Forum, Venue
from tests.factories import ForumFactory, VenueFactory


@pytest.mark.django_db(transaction=True)
def test_a_long_wait_ends_with_busy(settings: object) -> None:
    settings.LOCK_TIMEOUT_MS = 100  # type: ignore[attr-defined] # pytest-django's wrapper
    venue = VenueFactory()
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with short_transaction():
            Venue.objects.select_for_update().get(pk=venue.pk)
            locked.set()
            done.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert locked.wait(10)
        with pytest.raises(Busy, match=r"."), short_transaction():
            Venue.objects.select_for_update().get(pk=venue.pk)
    finally:
        done.set()
        holder.join()
    with short_transaction():  # free again, and the connection is usable
        Venue.objects.select_for_update().get(pk=venue.pk)


@pytest.mark.django_db(transaction=True)
def test_the_limit_ends_with_the_transaction() -> None:
    def limit() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            return str(cursor.fetchone()[0])

    with short_transaction():
        assert limit() == "15s"
    assert limit() == "0"


@pytest.mark.django_db(transaction=True)
def test_other_database_errors_stay_what_they_are() -> None:
    def wait_too_long() -> None:
        with short_transaction(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 50")
            cursor.execute("SELECT pg_sleep(5)")

    with pytest.raises(OperationalError, match="statement timeout"):
        wait_too_long()


@pytest.mark.django_db(transaction=True)
def test_an_error_undoes_everything() -> None:
    def change_ones_mind() -> None:
        with short_transaction():
            ForumFactory()
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        change_ones_mind()
    assert not Forum.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_that_wait_for_each_other_one_is_told_to_try_again() -> None:
    venues = [VenueFactory(), VenueFactory()]
    both = threading.Barrier(2)
    ends: list[str] = []

    def take(*wanted: Venue) -> None:
        try:
            with short_transaction():
                for number, venue in enumerate(wanted):
                    if number:
                        both.wait(10)
                    Venue.objects.select_for_update().get(pk=venue.pk)
            ends.append("done")
        except Busy:
            ends.append("busy")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=order) for order in (venues, venues[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) == ["busy", "done"]
