"""Files of many documents: made once, begun anew after a dead worker, stopped, deleted in time."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from core.errors import Conflict, DomainError
from core.private_files import private_files
from events.models import Forum
from registrations import batches
from registrations.batches import LEASE, delete_expired, make_next, order_batch, stop_batch
from registrations.models import Certificate, DocumentBatch, Registration
from tests.conftest import Clock
from tests.factories import CertificateFactory, DocumentBatchFactory, RegistrationFactory, at
from tests.registrations.paper import sizes_of, words_of

pytestmark = pytest.mark.django_db

Status = DocumentBatch.Status


@pytest.fixture
def people(forum: Forum) -> list[Registration]:
    """Give 30 people, more than fit between two reports of a worker."""
    return [RegistrationFactory(forum=forum, code=f"VK-7H2K-{n:02d}") for n in range(30)]


def ordered(people: Iterable[Registration], by: User | None = None, **options: Any) -> DocumentBatch:
    rows = list(people)
    options = {"kind": "badges", "layout": "label", "language": "en"} | options
    return order_batch([row.pk for row in rows], forum=rows[0].forum, by=by, **options)


def content(batch: DocumentBatch) -> bytes:
    batch.refresh_from_db()
    with batch.file.open() as file:
        return file.read()


class TestMaking:
    def test_a_file_has_everybody_in_the_order_chosen(self, people: list[Registration], owner: User) -> None:
        batch = ordered(reversed(people), by=owner)

        assert make_next() is True
        assert make_next() is False

        pages = words_of(content(batch))
        assert [
            page for page, person in zip(pages, reversed(people), strict=True) if person.code in page
        ] == (pages)
        assert (batch.status, batch.done, batch.total) == (Status.READY, 30, 30)
        assert AuditEntry.objects.get(action="documents.ordered").actor == owner

    def test_who_cancelled_meanwhile_is_left_out(self, people: list[Registration]) -> None:
        batch = ordered(people[:3])
        Registration.objects.filter(pk=people[1].pk).update(status="cancelled", cancelled_at=at(9))

        make_next()

        assert len(sizes_of(content(batch))) == 2

    def test_nobody_left_is_said_instead_of_an_empty_page(self, people: list[Registration]) -> None:
        batch = ordered(people[:1])
        Registration.objects.update(status="cancelled", cancelled_at=at(9))

        make_next()

        batch.refresh_from_db()
        assert (batch.status, batch.error, bool(batch.file)) == (Status.FAILED, batches.NOBODY, False)

    def test_names_that_cannot_be_printed_are_named(self, people: list[Registration]) -> None:
        Registration.objects.filter(pk=people[1].pk).update(name="สมชาย")
        batch = ordered(people[:3])

        make_next()

        batch.refresh_from_db()
        assert batch.outcome == {"unprintable": [people[1].code]}

    def test_certificates_are_issued_on_the_way(self, people: list[Registration]) -> None:
        Registration.objects.filter(pk__in=[person.pk for person in people[:2]]).update(arrived_at=at(9))
        batch = ordered(people[:3], kind="certificates", layout="attendance", language="")

        make_next()

        assert len(sizes_of(content(batch))) == 2
        assert batch.outcome == {"issued": 2, "without": 1, "revoked": 0}
        assert Certificate.objects.count() == 2
        # Again: the same papers, and nothing new.
        again = ordered(people[:3], kind="certificates", layout="attendance", language="")
        make_next()
        assert words_of(content(again)) == words_of(content(batch))
        assert again.outcome["issued"] == 0

    def test_tickets_are_pages_of_a4(self, people: list[Registration]) -> None:
        batch = ordered(people[:2], kind="tickets", layout="", language="")

        make_next()

        assert sizes_of(content(batch)) == [(210, 297)] * 2

    def test_what_fails_says_so(self, people: list[Registration], monkeypatch: pytest.MonkeyPatch) -> None:
        def breaks(*_args: Any, **_options: Any) -> bytes:
            raise RuntimeError("out of ink")

        monkeypatch.setattr(batches, "render_badges", breaks)
        batch = ordered(people[:1])

        make_next()

        batch.refresh_from_db()
        assert (batch.status, batch.error) == (Status.FAILED, "RuntimeError: out of ink")

    def test_nobody_and_too_many_are_refused(
        self, people: list[Registration], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(batches, "MOST", 2)
        for chosen in ([], people[:3]):
            with pytest.raises(DomainError, match=r"1.*2"):
                order_batch([row.pk for row in chosen], forum=people[0].forum, kind="tickets", by=None)


class TestLease:
    def test_what_a_dead_worker_left_is_made_by_the_next(
        self, people: list[Registration], clock: Clock
    ) -> None:
        batch = ordered(people)
        # It dies in the middle: BaseException, as when the process is killed, reaches no handler.
        self.die_after(20, batch)
        batch.refresh_from_db()
        assert (batch.status, batch.done) == (Status.WORKING, 20)

        assert make_next() is False
        clock.instant += LEASE + timedelta(seconds=1)
        assert make_next() is True

        assert len(sizes_of(content(batch))) == 30
        assert (batch.status, batch.tries) == (Status.READY, 2)

    def die_after(self, pages: int, batch: DocumentBatch) -> None:
        class Killed(BaseException):
            pass

        told = batches._Job.tell

        def tell(job: Any, done: int) -> None:
            told(job, done)
            if done == pages:
                raise Killed

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(batches._Job, "tell", tell)
            with pytest.raises(Killed):
                make_next()

    def test_a_worker_that_lost_its_lease_hands_in_nothing(
        self, people: list[Registration], clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        batch = ordered(people[:1])
        drawn = vars(batches)["render_badges"]

        def slow(*args: Any, **options: Any) -> bytes:
            made = drawn(*args, **options)
            monkeypatch.setattr(batches, "render_badges", drawn)
            clock.instant += LEASE + timedelta(seconds=1)
            assert make_next() is True
            return made

        monkeypatch.setattr(batches, "render_badges", slow)
        assert make_next() is True

        batch.refresh_from_db()
        assert (batch.status, batch.tries) == (Status.READY, 2)
        # The second worker's file, and none beside it.
        stored = [name for name in private_files().listdir("batches")[1] if str(batch.pk) in name]
        assert [f"batches/{name}" for name in stored] == [batch.file.name]

    def test_what_kills_workers_is_given_up(self, people: list[Registration], clock: Clock) -> None:
        batch = ordered(people)
        for _try in range(3):
            self.die_after(20, batch)
            clock.instant += LEASE + timedelta(seconds=1)

        assert make_next() is False

        batch.refresh_from_db()
        assert (batch.status, batch.error) == (Status.FAILED, batches.KILLS)

    def test_a_stopped_one_stays_stopped(self, people: list[Registration], owner: User) -> None:
        batch = ordered(people)
        told = batches._Job.tell

        def stop_then_tell(job: Any, done: int) -> None:
            if done == 20:
                stop_batch(batch, by=owner)
            told(job, done)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(batches._Job, "tell", stop_then_tell)
            assert make_next() is True

        batch.refresh_from_db()
        assert (batch.status, bool(batch.file)) == (Status.STOPPED, False)
        assert make_next() is False
        with pytest.raises(Conflict):
            stop_batch(batch, by=owner)


def test_files_are_deleted_when_their_time_is_over(people: list[Registration], clock: Clock) -> None:
    batch = ordered(people[:1])
    make_next()
    batch.refresh_from_db()
    name = batch.file.name

    assert delete_expired() == 0
    clock.instant += timedelta(hours=24, seconds=1)
    assert delete_expired() == 1
    assert delete_expired() == 0

    batch.refresh_from_db()
    assert (bool(batch.file), batch.chosen, batch.status) == (False, [], Status.READY)
    assert name
    assert not private_files().exists(name)


class TestAdmin:
    ADD = "/admin/registrations/documentbatch/add/"

    def test_the_desk_orders_watches_and_fetches(
        self, desk_client: Client, people: list[Registration]
    ) -> None:
        page = desk_client.get(self.ADD).content.decode()
        assert "A4 with four A6 badges and cut marks" in page

        response = desk_client.post(
            self.ADD, {"kind": "badges", "layout": "a6-sheet", "language": "ko", "codes": people[3].code}
        )
        batch = DocumentBatch.objects.get()
        assert batch.chosen == [str(people[3].pk)]
        address = f"/admin/registrations/documentbatch/{batch.pk}/change/"
        assert response["Location"] == address
        waiting = desk_client.get(address)
        assert waiting["Refresh"] == "3"
        assert "0 / 1" in waiting.content.decode()
        assert desk_client.get(address.replace("change", "file")).status_code == 404

        make_next()

        ready = desk_client.get(address)
        assert "Refresh" not in ready
        fetched = desk_client.get(address.replace("change", "file"))
        assert sizes_of(b"".join(fetched.streaming_content)) == [(210, 297)]  # type: ignore[attr-defined]
        assert AuditEntry.objects.filter(action="documents.exported").count() == 1

    def test_without_codes_everybody_with_a_ticket_is_meant(
        self, desk_client: Client, people: list[Registration]
    ) -> None:
        RegistrationFactory(forum=people[0].forum, status="cancelled", cancelled_at=at(9))

        desk_client.post(self.ADD, {"kind": "tickets", "layout": "a6", "language": ""})

        assert DocumentBatch.objects.get().total == 30

    def test_the_desk_stops_one(self, desk_client: Client, forum: Forum) -> None:
        batch = DocumentBatchFactory(forum=forum)

        desk_client.post(f"/admin/registrations/documentbatch/{batch.pk}/stop/")

        batch.refresh_from_db()
        assert batch.status == Status.STOPPED

    def test_an_expired_file_is_gone_for_everybody(self, desk_client: Client, forum: Forum) -> None:
        batch = DocumentBatchFactory(
            forum=forum,
            status="ready",
            file="batches/x.pdf",
            expires_at=timezone.now() - timedelta(minutes=1),
        )

        address = f"/admin/registrations/documentbatch/{batch.pk}"
        assert desk_client.get(f"{address}/file/").status_code == 404
        assert "its time is over" in desk_client.get(f"{address}/change/").content.decode()

    def test_one_badge_is_given_at_once(self, desk_client: Client, people: list[Registration]) -> None:
        address = f"/admin/registrations/documentbatch/of/{people[0].pk}/"

        assert people[0].code in desk_client.get(address).content.decode()
        response = desk_client.get(f"{address}label/")
        assert sizes_of(response.content) == [(90, 55)]
        assert sizes_of(desk_client.get(f"{address}ticket/").content) == [(210, 297)]
        assert desk_client.get(f"{address}poster/").status_code == 404

    def test_chosen_people_lead_to_the_question(
        self, desk_client: Client, people: list[Registration]
    ) -> None:
        response = desk_client.post(
            "/admin/registrations/registration/",
            {"action": "print_chosen", "_selected_action": [str(people[0].pk)]},
        )

        assert response["Location"].endswith(f"{self.ADD}?codes={people[0].code}")


class TestCertificatesAdmin:
    def test_the_desk_issues_replaces_and_revokes(
        self, desk_client: Client, people: list[Registration]
    ) -> None:
        Registration.objects.filter(pk=people[0].pk).update(arrived_at=at(9))
        desk_client.post(
            "/admin/registrations/certificate/add/",
            {"kind": "attendance", "language": "", "codes": people[0].code},
        )
        make_next()
        certificate = Certificate.objects.get()
        address = f"/admin/registrations/certificate/{certificate.pk}"
        page = desk_client.get(f"{address}/change/").content.decode()
        assert f"{address}/do/revoke/" in page

        Registration.objects.filter(pk=people[0].pk).update(name="Trần Thị Mây")
        assert desk_client.post(f"{address}/do/reissue/", {"reason": ""}).status_code == 200
        response = desk_client.post(f"{address}/do/reissue/", {"reason": "misspelt"})
        new = Certificate.objects.get(revoked_at=None)
        assert str(new.pk) in response["Location"]
        assert new.facts["name"] == "Trần Thị Mây"

        desk_client.post(f"/admin/registrations/certificate/{new.pk}/do/revoke/", {"reason": "test"})
        new.refresh_from_db()
        assert new.revoke_reason == "test"
        # The replaced one stays as it is; after the revoked one another can follow.
        assert "/do/" not in desk_client.get(f"{address}/change/").content.decode()
        address = f"/admin/registrations/certificate/{new.pk}"
        page = desk_client.get(f"{address}/change/").content.decode()
        assert [name in page for name in ("/do/reissue/", "/do/revoke/")] == [False, False]
        assert f"{address}/do/issue-after-all/" in page
        desk_client.post(f"{address}/do/issue-after-all/", {"reason": "was right after all"})
        assert Certificate.objects.filter(revoked_at=None).count() == 1
        new.refresh_from_db()
        assert new.revoke_reason == "test"
        paper = desk_client.get(f"{address}/paper/ko/")
        assert sizes_of(paper.content) == [(297, 210)]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_list_takes_as_many_queries_for_one_as_for_three(
        self, desk_client: Client, people: list[Registration], rows: int, assert_queries: Any
    ) -> None:
        for person in people[:rows]:
            CertificateFactory(registration=person)
        desk_client.get("/admin/registrations/certificate/")

        with assert_queries(5):
            desk_client.get("/admin/registrations/certificate/")
