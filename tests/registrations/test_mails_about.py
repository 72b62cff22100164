"""From a registration to its mails, and back."""

import pytest
from django.test import Client

from registrations.models import Registration
from tests.factories import MessageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(forum: object) -> Registration:
    return RegistrationFactory(forum=forum, name="Lan")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_registration_lists_its_mails_and_each_leads_back(
    lan: Registration, desk_client: Client, count: int
) -> None:
    about = {"context": {"registration": str(lan.pk), "words": "x"}, "forum_id": lan.forum_id}
    mails = [MessageFactory(subject=f"Ticket {number}", **about) for number in range(count)]
    MessageFactory(subject="Somebody else’s", forum_id=lan.forum_id)
    page = f"/admin/registrations/registration/{lan.pk}/change/"
    html = desk_client.get(page).content.decode()
    for mail in mails:
        assert f"/admin/outbox/message/{mail.pk}/change/" in html
    assert "Somebody else" not in html
    assert f"/admin/outbox/message/?about=registration%3A{lan.pk}" in html
    mail_page = desk_client.get(f"/admin/outbox/message/{mails[0].pk}/change/").content.decode()
    assert page in mail_page


def test_writing_to_people_ticked_in_the_list_begins_a_draft_to_them_alone(
    lan: Registration, desk_client: Client
) -> None:
    RegistrationFactory(forum=lan.forum)
    answer = desk_client.post(
        "/admin/registrations/registration/",
        {"action": "write_to_chosen", "_selected_action": [str(lan.pk)]},
    )
    draft = lan.forum.broadcasts.get()
    assert draft.chosen == {"people": [str(lan.pk)]}
    assert answer["Location"] == f"/admin/registrations/broadcast/{draft.pk}/change/"
