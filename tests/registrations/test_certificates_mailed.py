"""What comes of a certificate: the mail that brings it, another one after it was revoked, the ways to it."""

import re

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from core.errors import Conflict, DomainError
from outbox.models import Message
from outbox.rendering import render
from registrations.certificates import (
    NotEarned,
    Proof,
    find_certificate,
    grouped,
    issue_again,
    proof_of,
    reissue,
    revoke,
)
from registrations.documents.certificates import certificate_url
from registrations.links import link_path
from registrations.models import Registration, Visit
from tests.registrations.paper import qrs_of
from tests.registrations.test_certificates import ATTENDANCE, CME, issued

pytestmark = pytest.mark.django_db


class TestMail:
    def test_each_issue_is_told_once(self, learner: Registration) -> None:
        certificate = issued(learner, CME)
        issued(learner, CME)

        [mail] = Message.objects.filter(kind="certificate.issued")
        assert (mail.recipient, mail.language) == (learner.email, "vi")
        assert mail.context["certificate"] == certificate.code

    def test_a_new_paper_names_the_one_it_replaces(self, learner: Registration, owner: User) -> None:
        old = issued(learner, CME)
        Registration.objects.filter(pk=learner.pk).update(name="Trần Thị Mây", language="en")

        new = reissue(old, by=owner, reason="misspelt")

        mail = render(Message.objects.get(context__certificate=new.code))
        assert f"replaces the one with the number {grouped(old.code)}" in mail.text
        assert "Trần Thị Mây, your certificate is ready" in mail.text
        assert Message.objects.filter(kind="certificate.issued").count() == 2

    def test_who_loses_one_is_told_why(self, learner: Registration, owner: User) -> None:
        certificate = issued(learner, CME)
        Registration.objects.filter(pk=learner.pk).update(language="en")

        revoke(certificate, by=owner, reason="Issued to the wrong person.")
        with pytest.raises(Conflict):
            revoke(certificate, by=owner, reason="twice")

        [message] = Message.objects.filter(kind="certificate.revoked")
        text = render(message).text
        assert (message.recipient, message.language) == (learner.email, "en")
        assert "Reason: Issued to the wrong person." in text
        assert f"Number: {grouped(certificate.code)}" in text

    def test_nobody_is_told_of_what_was_refused(self, learner: Registration) -> None:
        certificate = issued(learner, CME)
        with pytest.raises(Conflict):
            reissue(certificate, by=None, reason="why not")

        assert Message.objects.filter(kind="certificate.issued").count() == 1


class TestIssuingAgain:
    def test_after_a_revoked_one_another_follows(self, learner: Registration, owner: User) -> None:
        revoked = issued(learner, CME)
        revoke(revoked, by=owner, reason="wrong person")

        new = issue_again(revoked, by=owner, reason="was right after all")

        assert [proof_of(find_certificate(one.code)) for one in (revoked, new)] == [
            Proof.REVOKED,
            Proof.GENUINE,
        ]
        assert AuditEntry.objects.filter(action="certificate.issued").latest("at").reason == (
            "was right after all"
        )
        with pytest.raises(Conflict):
            issue_again(revoked, by=owner, reason="twice")

    def test_it_takes_a_reason_and_what_it_says(self, learner: Registration) -> None:
        revoked = issued(learner, CME)
        revoke(revoked, by=None, reason="a mistake")
        with pytest.raises(DomainError) as refused:
            issue_again(revoked, by=None, reason=" ")
        assert refused.value.field == "reason"
        Visit.objects.all().delete()

        with pytest.raises(NotEarned):
            issue_again(revoked, by=None, reason="after all")


def test_from_the_mail_to_the_paper_to_the_proof_until_it_is_revoked(
    client: Client, learner: Registration, owner: User
) -> None:
    certificate = issued(learner, CME, owner)
    mail = render(Message.objects.get(kind="certificate.issued")).text
    number = grouped(certificate.code)
    paper, own_page, proof = re.findall(r"https?://[^/\s]+(/\S+)", mail)[:3]

    file = client.get(paper).content
    assert qrs_of(file) == [certificate_url(certificate, "vi")]
    assert certificate_url(certificate, "vi").endswith(proof)
    assert paper in client.get(own_page).content.decode()
    assert "Chứng nhận này là thật" in client.get(proof).content.decode()

    revoke(certificate, by=owner, reason="somebody else was there")

    page = client.get(proof).content.decode()
    assert "đã bị thu hồi" in page
    assert "somebody else was there" not in page
    assert client.get(paper).status_code == 404
    assert number not in client.get(own_page).content.decode()


def test_the_account_leads_to_the_certificates(client: Client, learner: Registration, stranger: User) -> None:
    Registration.objects.filter(pk=learner.pk).update(user=stranger)
    client.force_login(stranger)
    assert "#documents" not in client.get("/en/my/registrations/").content.decode()

    issued(learner, ATTENDANCE)

    assert (
        f"{link_path(learner, language='en')}#documents"
        in client.get("/en/my/registrations/").content.decode()
    )
