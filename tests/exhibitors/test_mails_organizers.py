"""What organizers are told of, who of them, and in which language."""

from datetime import date

import pytest
from django.conf import settings

from accounts.models import ForumRole, User
from core.dates import full_day
from exhibitors import services
from exhibitors.mails_organizers import MESSAGE, UNPAID, tell_organizers
from outbox.models import Message
from outbox.rendering import render
from tests.exhibitors.conftest import Fair
from tests.factories import ForumFactory, ForumRoleFactory, UserFactory, in_three_languages

pytestmark = pytest.mark.django_db


def manager(fair: Fair, language: str = "en", **fields: object) -> User:
    """Return somebody who manages exhibitions in the forum of ``fair``."""
    user = UserFactory(language=language, **fields)
    ForumRoleFactory(user=user, forum=fair.forum, role=ForumRole.Role.EXHIBITION_MANAGER)
    return user


def told() -> list[tuple[str, str, str]]:
    """Return kind, recipient and language of each mail to organizers, by the alphabet."""
    rows = Message.objects.filter(kind__startswith="exhibition.")
    return sorted(rows.values_list("kind", "recipient", "language"))


def test_each_manager_is_told_in_her_language(fair: Fair) -> None:
    minji, lan = (
        manager(fair, "ko", email="a-minji@example.org"),
        manager(fair, "vi", email="b-lan@example.org"),
    )
    gone = manager(fair, is_active=False)
    fair.apply(fair.hold("A1"), note="Two sockets, please.")
    assert told() == [
        ("exhibition.applied", minji.email, "ko"),
        ("exhibition.applied", lan.email, "vi"),
    ]
    assert not Message.objects.filter(recipient=gone.email).exists()


def test_managers_of_another_forum_hear_nothing(fair: Fair) -> None:
    stranger = UserFactory()
    other = ForumFactory(is_current=False)
    ForumRoleFactory(user=stranger, forum=other, role=ForumRole.Role.EXHIBITION_MANAGER)
    fair.apply(fair.hold("A1"))
    assert not Message.objects.filter(recipient=stranger.email).exists()


def test_without_a_manager_the_contact_address_of_the_forum_is_told(fair: Fair) -> None:
    fair.forum.contact_email = "desk@example.org"
    fair.forum.save()
    fair.apply(fair.hold("A1"))
    assert told() == [("exhibition.applied", "desk@example.org", settings.LANGUAGE_CODE)]


def test_without_anybody_nothing_is_written_and_the_application_stands(fair: Fair) -> None:
    fair.forum.contact_email = ""
    fair.forum.save()
    assert fair.apply(fair.hold("A1")).status == "requested"
    assert told() == []


def test_every_step_of_an_exhibitor_that_matters_is_told_once(fair: Fair) -> None:
    manager(fair)
    booking = fair.apply(fair.hold("A1"))
    services.ask_back(booking, by=fair.organizer, question="How heavy is it?")
    services.answer(booking, by=None, text="Two tonnes.")
    services.make_offer(booking, by=fair.organizer)
    services.accept_offer(booking, by=None)
    services.accept_offer(booking, by=None)
    services.give_back(booking, by=None, reason="The budget was cut.")
    services.give_back(booking, by=None, reason="The budget was cut.")
    assert [kind for kind, _who, _language in told()] == [
        "exhibition.accepted",
        "exhibition.answered",
        "exhibition.applied",
        "exhibition.given_back",
    ]


def test_nobody_is_told_of_a_hold_that_is_given_up(fair: Fair) -> None:
    manager(fair)
    services.give_back(fair.hold("A1"), by=None, reason="A slip of the hand.")
    assert told() == []


def test_a_message_says_who_wrote_what_and_where_to_answer(fair: Fair) -> None:
    manager(fair)
    exhibitor = fair.exhibitor(organization__name_en="Lotus Imaging")
    tell_organizers(MESSAGE, exhibitor, text="May we bring\na robot?", path="/admin/here/", key="7")
    tell_organizers(MESSAGE, exhibitor, text="May we bring\na robot?", path="/admin/here/", key="7")
    tell_organizers(MESSAGE, exhibitor, text="And a dog?", path="/admin/here/", key="8")
    second, first = Message.objects.filter(kind=MESSAGE).order_by("context__text")
    mail = render(first)
    assert "Lotus Imaging" in mail.subject
    assert "May we bring\na robot?" in mail.text
    assert "May we bring<br>a robot?" in mail.html
    assert f"{settings.SITE_URL}/admin/here/" in mail.text
    assert second.context["text"] == "And a dog?"


def test_html_of_an_exhibitor_is_shown_and_not_obeyed(fair: Fair) -> None:
    manager(fair)
    tell_organizers(MESSAGE, fair.exhibitor(), text="<b>Now</b>", key="1")
    mail = render(Message.objects.get(kind=MESSAGE))
    assert "&lt;b&gt;Now" in mail.html
    assert "<b>Now</b>" in mail.text


def test_a_late_payment_says_which_and_by_when_it_was_due(fair: Fair) -> None:
    manager(fair)
    booking = services.accept_offer(fair.offered("A1"), by=None)
    tell_organizers(UNPAID, booking, due=date(2031, 4, 30), key="2031-04-30")
    mail = render(Message.objects.get(kind=UNPAID))
    assert f"Expected by: {full_day(date(2031, 4, 30), 'en')}" in mail.text
    assert "Total with VAT: $" in mail.text
    assert "A1" in mail.subject
    assert f"/admin/exhibitors/boothbooking/{booking.pk}/change/" in mail.text


def test_names_are_in_the_readers_language(fair: Fair) -> None:
    manager(fair, "ko")
    names = in_three_languages("organization__name", "Lotus")
    exhibitor = fair.exhibitor(**(names | {"organization__name_ko": "연꽃 영상"}))
    fair.apply(fair.hold("A2", exhibitor))
    mail = render(Message.objects.get(kind="exhibition.applied"))
    assert "연꽃 영상" in mail.subject
