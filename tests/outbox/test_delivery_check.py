"""The command that tells whether mail works."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from embedded.mail_catcher import MailCatcher
from outbox.delivery import deliver_due
from outbox.models import Message
from tests.outbox.conftest import read


@pytest.mark.django_db
def test_the_test_mail_takes_the_road_of_every_other(mail_catcher: MailCatcher) -> None:
    said = io.StringIO()
    call_command("send_test_mail", "admin@example.org", "--language=ko", stdout=said)
    message = Message.objects.get()
    assert str(message.pk) in said.getvalue()
    assert deliver_due().sent == 1
    (mail,) = mail_catcher.messages
    assert mail.recipients == ("admin@example.org",)
    assert read(mail)["Content-Language"] == "ko"


@pytest.mark.django_db
def test_each_asking_is_a_mail_of_its_own() -> None:
    for _ in range(2):
        call_command("send_test_mail", "admin@example.org", stdout=io.StringIO())
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_what_is_no_address_is_refused_with_a_sentence() -> None:
    with pytest.raises(CommandError), translation.override("en"):
        call_command("send_test_mail", "nobody")
    assert not Message.objects.exists()
