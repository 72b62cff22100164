"""Certificates: earned, issued once, never changed, replaced, revoked, proved."""

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client

from accounts.models import AuditEntry, User
from core.errors import Conflict, DomainError
from events.models import Forum
from registrations.certificates import (
    NotEarned,
    Proof,
    find_certificate,
    grouped,
    issue_certificates,
    plain_code,
    proof_of,
    reissue,
    revoke,
)
from registrations.documents import render_certificates
from registrations.documents.certificates import certificate_url
from registrations.links import link_path
from registrations.models import Certificate, Registration, Visit
from tests.conftest import CountQueries
from tests.factories import (
    CertificateFactory,
    RegistrationFactory,
    at,
)
from tests.registrations.paper import letters_of, qrs_of, sizes_of, words_of

pytestmark = pytest.mark.django_db

CME, ATTENDANCE = Certificate.Kind.CME, Certificate.Kind.ATTENDANCE


@pytest.fixture
def mai(learner: Registration) -> Registration:
    """Give the person whose certificates these are."""
    return learner


def issued(person: Registration, kind: str, by: User | None = None) -> Certificate:
    [certificate] = issue_certificates([person.pk], forum=person.forum, kind=kind, by=by).certificates
    return certificate


class TestIssuing:
    def test_it_says_what_was_done(self, mai: Registration, owner: User) -> None:
        certificate = issued(mai, CME, owner)

        facts = certificate.facts
        assert (facts["name"], facts["credits"], facts["days"]) == ("Trần Thị Mai", "1.50", ["2031-05-14"])
        assert [(row["title"]["en"], row["credits"], row["minutes"]) for row in facts["sessions"]] == [
            ("Imaging", "1.50", 60)
        ]
        assert len(certificate.code) == 12
        assert AuditEntry.objects.get(action="certificate.issued").actor == owner

    def test_who_did_not_come_gets_none(self, mai: Registration) -> None:
        absent = RegistrationFactory(forum=mai.forum)

        made = issue_certificates([mai.pk, absent.pk], forum=mai.forum, kind=ATTENDANCE, by=None)

        assert [certificate.registration for certificate in made.certificates] == [mai]
        assert (made.new, made.without, made.revoked) == (1, (absent,), ())

    def test_who_came_without_earning_credits_gets_one_of_attendance_alone(self, mai: Registration) -> None:
        Visit.objects.update(left_at=at(9, 5))

        assert issued(mai, ATTENDANCE).facts["name"] == "Trần Thị Mai"
        assert issue_certificates([mai.pk], forum=mai.forum, kind=CME, by=None).without == (mai,)

    def test_who_cancelled_gets_none(self, mai: Registration) -> None:
        Registration.objects.filter(pk=mai.pk).update(
            status=Registration.Status.CANCELLED, cancelled_at=at(12)
        )

        assert issue_certificates([mai.pk], forum=mai.forum, kind=ATTENDANCE, by=None).certificates == ()

    def test_a_second_time_issues_nothing(self, mai: Registration) -> None:
        first = issued(mai, CME)

        again = issue_certificates([mai.pk], forum=mai.forum, kind=CME, by=None)

        assert (again.certificates, again.new) == ((first,), 0)

    def test_who_lost_one_gets_another_only_when_it_is_meant(self, mai: Registration) -> None:
        revoke(issued(mai, CME), by=None, reason="wrong person")

        made = issue_certificates([mai.pk], forum=mai.forum, kind=CME, by=None)
        assert (made.certificates, made.revoked) == ((), (mai,))
        made = issue_certificates([mai.pk], forum=mai.forum, kind=CME, by=None, again=True)
        assert made.new == 1

    def test_the_database_admits_one_valid_of_a_kind(self, mai: Registration) -> None:
        issued(mai, ATTENDANCE)

        with pytest.raises(IntegrityError, match="certificate_one_valid"):
            CertificateFactory(registration=mai)

    def test_asking_for_many_takes_as_many_queries_as_for_one(
        self, mai: Registration, assert_queries: CountQueries
    ) -> None:
        absent = RegistrationFactory.create_batch(3, forum=mai.forum)

        # Three of the record, two around the transaction, its lock's limit, people, and certificates.
        with assert_queries(8):
            issue_certificates([absent[0].pk], forum=mai.forum, kind=CME, by=None)
        with assert_queries(8):
            issue_certificates([row.pk for row in absent], forum=mai.forum, kind=CME, by=None)


class TestImmutable:
    @pytest.mark.parametrize(
        "change",
        [
            {"facts": {}},
            {"facts": {"name": "Somebody Else"}},
            {"code": "222222222222"},
            {"kind": "cme"},
            {"issued_at": at(1)},
            {"revoke_reason": "without revoking"},
        ],
    )
    def test_nothing_of_it_is_changed(self, mai: Registration, change: dict) -> None:
        certificate = issued(mai, ATTENDANCE)

        with pytest.raises((IntegrityError, InternalError), match="cannot be changed"), transaction.atomic():
            Certificate.objects.filter(pk=certificate.pk).update(**change)

    def test_it_is_not_deleted(self, mai: Registration) -> None:
        certificate = issued(mai, ATTENDANCE)

        with pytest.raises((IntegrityError, InternalError), match="cannot be deleted"), transaction.atomic():
            certificate.delete()

    def test_it_is_revoked_once_and_never_valid_again(self, mai: Registration) -> None:
        certificate = issued(mai, ATTENDANCE)
        revoke(certificate, by=None, reason="a mistake")

        for change in ({"revoked_at": None}, {"revoked_at": at(1)}, {"revoke_reason": "another"}):
            with (
                pytest.raises((IntegrityError, InternalError), match="cannot be changed"),
                transaction.atomic(),
            ):
                Certificate.objects.filter(pk=certificate.pk).update(**change)

    def test_its_holder_is_erased(self, mai: Registration) -> None:
        certificate = issued(mai, ATTENDANCE)
        nobody = {"name": "", "latin_name": "", "organization": ""}

        Certificate.objects.filter(pk=certificate.pk).update(facts=certificate.facts | nobody)

        certificate.refresh_from_db()
        assert (certificate.facts["name"], certificate.facts["days"]) == ("", ["2031-05-14"])


class TestReplacing:
    def test_a_corrected_name_makes_another_paper(self, mai: Registration, owner: User) -> None:
        old = issued(mai, CME)
        Registration.objects.filter(pk=mai.pk).update(name="Trần Thị Mây")

        new = reissue(old, by=owner, reason="misspelt")

        old.refresh_from_db()
        assert (new.facts["name"], new.replaces) == ("Trần Thị Mây", old)
        assert (old.facts["name"], old.revoke_reason) == ("Trần Thị Mai", "misspelt")
        assert [proof_of(find_certificate(one.code)) for one in (old, new)] == [
            Proof.REPLACED,
            Proof.GENUINE,
        ]

    def test_the_same_again_is_refused(self, mai: Registration) -> None:
        certificate = issued(mai, CME)

        with pytest.raises(Conflict):
            reissue(certificate, by=None, reason="why not")

        certificate.refresh_from_db()
        assert certificate.revoked_at is None

    def test_what_no_longer_holds_is_to_be_revoked(self, mai: Registration) -> None:
        certificate = issued(mai, CME)
        Visit.objects.all().delete()

        with pytest.raises(NotEarned):
            reissue(certificate, by=None, reason="no visits")
        certificate.refresh_from_db()
        assert certificate.revoked_at is None

    def test_a_revoked_one_is_neither_replaced_nor_revoked_again(self, mai: Registration) -> None:
        certificate = issued(mai, CME)
        revoke(certificate, by=None, reason="a mistake")

        for deed in (reissue, revoke):
            with pytest.raises(Conflict):
                deed(certificate, by=None, reason="again")

    def test_it_takes_a_reason(self, mai: Registration) -> None:
        with pytest.raises(DomainError) as refused:
            revoke(issued(mai, CME), by=None, reason="  ")
        assert refused.value.field == "reason"


@pytest.mark.parametrize("written", ["7H2K94CDXY36", "7h2k-94cd-xy36", " 7H2K 94CD XY36 ", "7H2K–94CD–XY36"])
def test_a_number_is_found_however_it_is_written(mai: Registration, written: str) -> None:
    certificate = CertificateFactory(registration=mai, code="7H2K94CDXY36")

    assert find_certificate(written) == certificate
    assert (plain_code(written), grouped("7H2K94CDXY36")) == ("7H2K94CDXY36", "7H2K-94CD-XY36")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ["Chứng nhận tham dự", "Chứng nhận"]),
        ("ko", ["참가 확인서"]),
        (
            "en",
            [
                "Certificate of attendance",
                "This certifies that",
                "took part in the forum on Wednesday 14 May 2031",
            ],
        ),
    ],
)
def test_the_paper_of_attendance_in_each_language(mai: Registration, language: str, words: list[str]) -> None:
    certificate = issued(mai, ATTENDANCE)

    file = render_certificates([(certificate, language)])

    [page] = words_of(file)
    for word in [*words, "Trần Thị Mai", grouped(certificate.code)]:
        assert word in page
    assert sizes_of(file) == [(297, 210)]
    assert qrs_of(file) == [certificate_url(certificate, language)]
    assert f"/{language}/certificates/" in certificate_url(certificate, language)


def test_the_paper_of_credits_lists_its_sessions(mai: Registration) -> None:
    certificate = issued(mai, CME)

    [page] = letters_of(render_certificates([(certificate, "en")]))

    for word in ("earned1.5creditsofcontinuingmedicaleducation", "Imaging", "60min·1.5"):
        assert word in page


def test_the_longest_paper_keeps_its_qr_free(mai: Registration) -> None:
    long = {"vi": "Chẩn đoán hình ảnh " * 10, "ko": "영상의학" * 40, "en": "Imaging " * 20}
    certificate = CertificateFactory(registration=mai, kind=CME)
    facts = certificate.facts | {
        "name": "Nguyễn " * 17,
        "latin_name": "W" * 120,
        "organization": "Trung tâm " * 16,
        "credits": "99.50",
        "sessions": [{"title": long, "credits": "1.50", "minutes": 90} for _ in range(12)],
    }
    certificate.facts = facts

    for language in ("vi", "ko", "en"):
        file = render_certificates([(certificate, language)])
        assert qrs_of(file) == [certificate_url(certificate, language)]
        assert len(sizes_of(file)) == 1


class TestPublicPage:
    def test_a_genuine_one_is_told_with_its_facts(self, client: Client, mai: Registration) -> None:
        certificate = issued(mai, CME)

        response = client.get(f"/en/certificates/{grouped(certificate.code)}/")

        page = response.content.decode()
        assert "This certificate is genuine" in page
        for word in ("Trần Thị Mai", "1.5", "Imaging"):
            assert word in page
        assert response["X-Robots-Tag"] == "noindex"
        assert "no-store" in response["Cache-Control"]
        # Not what opens her registration.
        assert mai.code not in page
        assert mai.email not in page

    def test_a_revoked_one_is_told_without_the_reason(self, client: Client, mai: Registration) -> None:
        certificate = issued(mai, CME)
        revoke(certificate, by=None, reason="found to be somebody else")

        page = client.get(f"/en/certificates/{certificate.code}/").content.decode()

        assert "This certificate was revoked" in page
        assert "found to be somebody else" not in page

    def test_a_replaced_one_does_not_lead_to_its_successor(self, client: Client, mai: Registration) -> None:
        old = issued(mai, CME)
        Registration.objects.filter(pk=mai.pk).update(name="Trần Thị Mây")
        new = reissue(old, by=None, reason="misspelt")

        page = client.get(f"/en/certificates/{old.code}/").content.decode()

        assert "This certificate was replaced" in page
        assert new.code not in page
        assert grouped(new.code) not in page

    def test_an_unknown_one_is_told_as_such(self, client: Client, forum: Forum) -> None:
        response = client.get("/en/certificates/7H2K-94CD-XY36/")

        assert response.status_code == 404
        assert "There is no certificate with this number" in response.content.decode()

    def test_guessing_is_slowed_and_right_numbers_still_open(self, client: Client, mai: Registration) -> None:
        certificate = issued(mai, CME)

        answers = [client.get("/en/certificates/7H2K-94CD-XY36/").status_code for _ in range(21)]

        assert answers == [404] * 20 + [429]
        assert client.get(f"/en/certificates/{certificate.code}/").status_code == 200

    def test_what_is_typed_leads_to_the_page(self, client: Client, forum: Forum) -> None:
        assert client.get("/en/certificates/")["Location"] == "/en/verify/"
        assert client.get("/en/verify/").status_code == 200
        for typed in ("7h2k94cdxy36", "7H2K 94CD-XY36"):
            response = client.get("/en/verify/", {"code": typed})
            assert response["Location"] == "/en/certificates/7H2K-94CD-XY36/"
        assert client.get("/en/verify/", {"code": "\x00 ??"}).status_code == 200

    def test_an_erased_one_says_that_it_was(self, client: Client, mai: Registration) -> None:
        certificate = issued(mai, CME)
        nobody = {"name": "", "latin_name": "", "organization": ""}
        Certificate.objects.filter(pk=certificate.pk).update(facts=certificate.facts | nobody)

        page = client.get(f"/en/certificates/{certificate.code}/").content.decode()

        assert "This certificate is genuine" in page
        assert "Trần Thị Mai" not in page
        assert "erased" in page


class TestHolder:
    def test_her_page_leads_to_her_papers_once_they_are_issued(
        self, client: Client, mai: Registration
    ) -> None:
        address = link_path(mai, language="en")
        assert "Number" not in client.get(address).content.decode()
        certificate = issued(mai, CME)

        page = client.get(address).content.decode()

        for language in ("vi", "ko", "en"):
            path = f"{link_path(mai, language=language)}certificates/{grouped(certificate.code)}.pdf"
            assert path in page
            response = client.get(path)
            assert response["Content-Type"] == "application/pdf"
            assert qrs_of(response.content) == [certificate_url(certificate, language)]

    def test_a_revoked_one_and_that_of_another_are_not_given(self, client: Client, mai: Registration) -> None:
        mine, others = issued(mai, CME), CertificateFactory(registration=RegistrationFactory(forum=mai.forum))
        revoke(mine, by=None, reason="a mistake")

        for certificate in (mine, others):
            assert client.get(f"{link_path(mai)}certificates/{certificate.code}.pdf").status_code == 404

    def test_her_ticket_on_paper_is_in_the_language_of_the_address(
        self, client: Client, mai: Registration
    ) -> None:
        response = client.get(f"{link_path(mai, language='en')}ticket.pdf")

        assert response["Content-Disposition"] == 'attachment; filename="VK-7H2K-94.pdf"'
        assert "What to bring" in words_of(response.content)[0]

    def test_without_a_ticket_there_is_none_on_paper(self, client: Client, mai: Registration) -> None:
        Registration.objects.filter(pk=mai.pk).update(
            status=Registration.Status.CANCELLED, cancelled_at=at(12)
        )

        assert client.get(f"{link_path(mai)}ticket.pdf").status_code == 404
        assert "ticket.pdf" not in client.get(link_path(mai)).content.decode()
